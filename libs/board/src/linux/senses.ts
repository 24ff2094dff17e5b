// What a Linux board senses beside pilot and contactor, each time that somebody looks: the residual-current input and the
// supply, which open the contactor before anybody is told; the lock's contact, the switch, the warmth and the plug.
import type { BoardEvent } from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';
import { Debounced } from './debounced.js';
import type { BoardDescription } from './description.js';
import { Patience } from './patience.js';
import { plugResistor } from './plug-resistor.js';
import type { BoardHardware } from './ports.js';

export type SensesParts = {
  readonly hardware: BoardHardware;
  readonly description: BoardDescription;
  readonly now: () => Milliseconds;
  readonly emit: (event: BoardEvent) => void;
  /** Opens the contactor: at once, whatever it was. */
  readonly open: () => void;
  /** The supply goes; called once each time. */
  readonly onSupplyFailing: () => void;
};

/** A monitor that has let go is believed after so long; its trip at once. */
const RESIDUAL_QUIET_ms: Milliseconds = 50;
/** A converter may be busy once; a second failure in a row is one. */
const FAILURES_MAX = 2;
const SUPPLY_ms: Milliseconds = 20;
const WARMTH_ms: Milliseconds = 1000;

export class Senses {
  readonly #parts: SensesParts;
  readonly #residual = new Debounced(RESIDUAL_QUIET_ms, true);
  readonly #supply = new Debounced(SUPPLY_ms, true);
  readonly #switch: Debounced;
  readonly #lockPatience = new Patience(FAILURES_MAX);
  readonly #plugPatience = new Patience(FAILURES_MAX);
  /** For comfort: nothing else rests on it. */
  readonly #warmthPatience = new Patience(Infinity);
  #lockHigh: boolean | null = null;
  #plugReadAt: Milliseconds | null = null;
  #warmthReadAt: Milliseconds | null = null;

  constructor(parts: SensesParts) {
    this.#parts = parts;
    this.#switch = new Debounced(parts.description.switch?.debounce_ms ?? 0);
  }

  /** No residual current flows and the supply holds, read now. */
  isSound(): boolean {
    const { residual, supply } = this.#parts.hardware;
    return residual?.tripped.get() !== true && supply?.get() !== true;
  }

  isSupplyFailing(): boolean {
    return this.#parts.hardware.supply?.get() === true;
  }

  look(): void {
    this.#lookAtResidual();
    this.#lookAtSupply();
    this.#lookAtLock();
    this.#lookAtSwitch();
    this.#readWarmth();
    this.#readPlug();
  }

  #lookAtResidual(): void {
    const { hardware, open, emit, now } = this.#parts;
    if (hardware.residual === null) return;
    const tripped = hardware.residual.tripped.get();
    if (tripped) open();
    const changed = this.#residual.hear(tripped, now());
    if (changed !== null) emit({ kind: 'residual-sensed', at: now(), tripped: changed });
  }

  #lookAtSupply(): void {
    const { hardware, open, emit, now, onSupplyFailing } = this.#parts;
    if (hardware.supply === null) return;
    const failing = hardware.supply.get();
    if (failing) open();
    const changed = this.#supply.hear(failing, now());
    if (changed === null) return;
    emit({ kind: 'supply-sensed', at: now(), failing: changed });
    if (changed) onSupplyFailing();
  }

  #lookAtLock(): void {
    const { hardware, emit, now } = this.#parts;
    if (hardware.lock === null) return;
    const { lock } = hardware;
    const high = this.#lockPatience.read(() => lock.isHigh());
    if (high === null || high === this.#lockHigh) return;
    this.#lockHigh = high;
    emit({ kind: 'lock-sensed', at: now(), high });
  }

  #lookAtSwitch(): void {
    const { hardware, emit, now } = this.#parts;
    const changed = hardware.switch === null ? null : this.#switch.hear(hardware.switch.get(), now());
    if (changed !== null) emit({ kind: 'switch-sensed', at: now(), pressed: changed });
  }

  #readWarmth(): void {
    const { hardware, emit, now } = this.#parts;
    if (hardware.temperature === null || !isDue(this.#warmthReadAt, now(), WARMTH_ms)) return;
    this.#warmthReadAt = now();
    const { temperature } = hardware;
    const celsius = this.#warmthPatience.read(() => temperature.celsius());
    if (celsius !== null) emit({ kind: 'temperature-sensed', at: now(), celsius });
  }

  #readPlug(): void {
    const { hardware, description, emit, now } = this.#parts;
    const { proximity } = description;
    if (hardware.proximity === null || proximity === undefined) return;
    if (!isDue(this.#plugReadAt, now(), proximity.poll_ms)) return;
    this.#plugReadAt = now();
    const { read_mV } = hardware.proximity;
    const level_mV = this.#plugPatience.read(() => read_mV());
    if (level_mV === null) return;
    emit({ kind: 'proximity-sampled', at: now(), ohm: plugResistor(level_mV, proximity.reads) });
  }
}

function isDue(before: Milliseconds | null, at: Milliseconds, each_ms: Milliseconds): boolean {
  return before === null || at - before >= each_ms;
}
