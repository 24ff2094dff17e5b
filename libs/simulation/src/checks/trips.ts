// The promise against the devices themselves (docs/safety.md): a typical circuit breaker that is already warm, a slow one
// and the fastest fuse never open because of our cars. Where the house alone was above the rating within the last minute
// it would explain the trip: only then could a twin that carries the house alone be near its level, and for so long the
// heat that it left stays.
import { PHASES, type Milliseconds, type Phase } from '@fairamp/units';
import type { DeviceName, ProtectiveDevices } from '../devices.js';
import type { Accuse, Checker, Moment } from './moment.js';
import { carsOn, isLiedTo } from './truth.js';

/** The others are carried for the figures alone: no software is quick enough for the fastest breaker that is allowed. */
const PROMISED: readonly DeviceName[] = ['mcb-typical-hot', 'mcb-slow', 'gg-fastest'];
const GRACE_ms: Milliseconds = 60_000;

export class Trips implements Checker {
  readonly invariant = 'trip';
  readonly #excusedAt: Record<Phase, Milliseconds> = { L1: -Infinity, L2: -Infinity, L3: -Infinity };
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
    for (const phase of PHASES) {
      // A lying meter is not promised against either: nothing can know of the current that warms the device.
      if (house_dA[phase] > limit_dA || isLiedTo(moment)) this.#excusedAt[phase] = at;
      this.#moment.phase = phase;
      this.devices.carry(phase, at, (house_dA[phase] + carsOn(moment, phase)) / limit_dA, this.#tripped);
    }
  }

  readonly #tripped = (device: DeviceName): void => {
    const { at, phase } = this.#moment;
    if (!PROMISED.includes(device) || at - this.#excusedAt[phase] < GRACE_ms) return;
    this.accuse({ invariant: 'trip', at, detail: `${device} on ${phase} opened, and not because of the house` });
  };
}
