// The promise against the devices themselves (docs/safety.md): a typical circuit breaker that is already warm, a slow one
// and the fastest fuse never open because of our cars. Excused is, for the minute that heat stays, what no promise in
// seconds can carry: the house, and what no grant rules (unruled.ts), above the rating, a meter that lies, and a house that steps up by more at once than
// the fastest fuse, loaded to its rating, carries for the time in which our cars must have given way.
import { PHASES, perPhase, type Milliseconds, type Phase } from '@fairamp/units';
import type { DeviceName, ProtectiveDevices } from '../devices.js';
import { Lowest } from './lowest.js';
import type { Accuse, Checker, Moment } from './moment.js';
import { carsOn, isLiedTo, isSlowMeter } from './truth.js';
import { Unruled } from './unruled.js';

/** The others are carried for the figures alone: no software is quick enough for the fastest breaker that is allowed. */
const PROMISED: readonly DeviceName[] = ['mcb-typical-hot', 'mcb-slow', 'gg-fastest'];
const GRACE_ms: Milliseconds = 60_000;

/**
 * 18 s at 1.42 of its rating, or 33 s at 1.31, open a fastest gG fuse that was loaded to it (reliability.md 3: K = 1.5625,
 * 22.3 s): steps of a house up to this much are carried.
 */
const STEP = { within_ms: 18_000, share: 0.4 } as const;
const SLOW_STEP = { within_ms: 33_000, share: 0.3 } as const;

export class Trips implements Checker {
  readonly invariant = 'trip';
  readonly #excusedAt: Record<Phase, Milliseconds> = { L1: -Infinity, L2: -Infinity, L3: -Infinity };
  readonly #house: Readonly<Record<Phase, Lowest>> = perPhase(() => new Lowest(SLOW_STEP.within_ms));
  readonly #unruled = new Unruled();
  #moment: { at: Milliseconds; phase: Phase } = { at: 0, phase: 'L1' };

  /** @param devices are carried here and read by whoever wants their figures */
  constructor(
    private readonly accuse: Accuse,
    private readonly devices: ProtectiveDevices,
  ) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, limit_dA, house_dA } = moment;
    this.#moment.at = at;
    this.#unruled.look(moment);
    for (const phase of PHASES) {
      this.#house[phase].note(at, house_dA[phase] + this.#unruled.of(phase));
      const load_dA = house_dA[phase] + carsOn(moment, phase);
      if (load_dA > limit_dA && this.#isExcused(phase, moment)) this.#excusedAt[phase] = at;
      this.#moment.phase = phase;
      this.devices.carry(phase, at, load_dA / limit_dA, this.#tripped);
    }
  }

  #isExcused(phase: Phase, moment: Moment): boolean {
    const { at, limit_dA, house_dA } = moment;
    const { within_ms, share } = isSlowMeter(moment) ? SLOW_STEP : STEP;
    const alone_dA = house_dA[phase] + this.#unruled.of(phase);
    const step_dA = alone_dA - this.#house[phase].since(at - within_ms, at);
    return alone_dA > limit_dA || isLiedTo(moment) || step_dA > share * limit_dA;
  }

  readonly #tripped = (device: DeviceName): void => {
    const { at, phase } = this.#moment;
    if (!PROMISED.includes(device) || at - this.#excusedAt[phase] < GRACE_ms) return;
    this.accuse({
      invariant: 'trip',
      at,
      detail: `${device} on ${phase} opened, and no step of the house explains it`,
    });
  };
}
