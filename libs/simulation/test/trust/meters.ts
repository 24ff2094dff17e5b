// The meters that trust is tried on, one of each kind of source: the simulated Sensorbox as it is, a Modbus meter and a
// P1 port as wire.md describes them. Each may lie. What they hand over is what the master's node would know: the
// reading, when it arrived, and since when it can be true.
import { deciampsOfCount } from '@fairamp/protocol';
import type { SourceKind } from '@fairamp/balancing';
import { chance, gaussian } from '../../src/random.js';
import { distorted, type MeterLie } from '../../src/meter-lies.js';
import { initialSensorbox, stepSensorbox } from '../../src/sensorbox15.js';
import { mapPhases, PHASES, type PerPhase } from '@fairamp/units';

/** outside: the transformers sit where our cars do not draw. */
export type Lie = MeterLie | 'outside';
export type Reading = {
  readonly at: number;
  readonly measuredAt: number;
  readonly current_dA: PerPhase<number>;
  readonly signed: boolean;
};
/** Both true, in deciamperes with fractions. */
export type Truth = { readonly at: number; readonly house_dA: PerPhase<number>; readonly cars_dA: PerPhase<number> };

export type Meter = {
  /** Whether it measures at the end of this step, so that the truth needs to be exact. */
  step(truth: Truth, lie: Lie | null): Reading | null;
};

export function meterOf(kind: SourceKind, seed: number): Meter {
  if (kind === 'sensorbox') return new Sensorbox(seed);
  return kind === 'modbus' ? new Polled(seed, MODBUS) : new Polled(seed, P1);
}

const flows = ({ house_dA, cars_dA }: Truth, lie: Lie | null): PerPhase<number> =>
  lie === 'outside' ? house_dA : mapPhases(house_dA, (house, phase) => house + cars_dA[phase]);

/** From the flag before a frame to its end, and the bridge's two punctual ticks (decision 0004). */
const FRAME_ms = 183;
const DATED_BEFORE_ms = 90;

class Sensorbox implements Meter {
  readonly #config;
  #state;
  #waiting: Reading | null = null;

  constructor(private readonly seed: number) {
    this.#config = { seed, noise: 0, broken: 0, make: 'real' } as const;
    this.#state = initialSensorbox(0, this.#config);
  }

  step(truth: Truth, lie: Lie | null): Reading | null {
    const { at } = truth;
    const health = lie === null || lie === 'outside' ? 'well' : lie;
    const before = this.#state;
    const { state } = stepSensorbox({ ...before, health }, { at, mains_dA: flows(truth, lie) }, this.#config);
    this.#state = state;
    if (before.counts !== null && state.counts === null) {
      const spokenAt = before.nextTickAt;
      const dA = (index: number) => deciampsOfCount(state.last?.[index] ?? 0, { ical: 3, signed: false });
      const way_ms = 5 + Math.floor(20 * chance(this.seed, 60, at));
      const current_dA = { L1: dA(0), L2: dA(1), L3: dA(2) };
      const arrives = { at: spokenAt + FRAME_ms + way_ms, measuredAt: spokenAt - DATED_BEFORE_ms, signed: false };
      this.#waiting = { ...arrives, current_dA };
    }
    return this.#arrived(at);
  }

  #arrived(at: number): Reading | null {
    const waiting = this.#waiting;
    if (waiting === null || waiting.at > at) return null;
    this.#waiting = null;
    return waiting;
  }
}

type Polling = {
  readonly each_ms: number;
  /** The reading is so old when it is asked for, at most. */
  readonly old_ms: number;
  readonly answers_ms: readonly [number, number];
  readonly step_dA: number;
  readonly noise: number;
};
const MODBUS: Polling = { each_ms: 1_000, old_ms: 1_000, answers_ms: [40, 200], step_dA: 1, noise: 0.001 };
/** A telegram each 10 s, whole amperes. */
const P1: Polling = { each_ms: 10_000, old_ms: 2_000, answers_ms: [200, 1_200], step_dA: 10, noise: 0.002 };

class Polled implements Meter {
  #past: Truth[] = [];
  #last: readonly number[] | null = null;
  #asksAt: number;
  #waiting: Reading | null = null;

  constructor(
    private readonly seed: number,
    private readonly polling: Polling,
  ) {
    this.#asksAt = Math.floor(polling.each_ms * chance(seed, 61));
  }

  step(truth: Truth, lie: Lie | null): Reading | null {
    const { at } = truth;
    const { each_ms, old_ms, answers_ms } = this.polling;
    this.#past = [...this.#past.filter((one) => at - one.at <= old_ms), truth];
    if (at >= this.#asksAt) {
      this.#asksAt += each_ms;
      const oldest = this.#past[Math.floor(chance(this.seed, 62, at) * this.#past.length)] ?? truth;
      const [quickest, slowest] = answers_ms;
      const arrives = at + quickest + Math.floor((slowest - quickest) * chance(this.seed, 63, at));
      this.#waiting = { at: arrives, measuredAt: at, signed: true, current_dA: this.#read(oldest, lie) };
    }
    const waiting = this.#waiting;
    if (waiting === null || waiting.at > at) return null;
    this.#waiting = null;
    return waiting;
  }

  #read(truth: Truth, lie: Lie | null): PerPhase<number> {
    const { step_dA, noise } = this.polling;
    const current_dA = flows(truth, lie);
    const exact = PHASES.map(
      (phase, index) => current_dA[phase] * (1 + noise * gaussian(this.seed, 70 + index, truth.at)),
    );
    const told = distorted(exact, lie ?? 'well', { seed: this.seed, tick: truth.at });
    const rounded = told.map((value) => Math.round(value / step_dA) * step_dA);
    const says = lie === 'frozen' && this.#last !== null ? this.#last : rounded;
    this.#last = says;
    return { L1: says[0] ?? 0, L2: says[1] ?? 0, L3: says[2] ?? 0 };
  }
}
