// Samples the control pilot by two peak detectors, one for each half of the wave: both forget, both watch for two
// periods, both are read (io.md 1.2). It runs by itself from start to stop, which is for good. A sample that spans a change of the output
// is garbage, and the one after it may still settle: both are dropped, and nothing is made up in their place.
import type { Milliseconds, Millivolts } from '@fairamp/units';
import type { PeakDetector, Schedule } from './ports.js';

export type SamplerParts = {
  readonly positive: PeakDetector;
  readonly negative: PeakDetector;
  readonly period_ms: Milliseconds;
  readonly reset_ms: Milliseconds;
  readonly settle_ms: Milliseconds;
  readonly schedule: Schedule;
  readonly onSample: (high_mV: Millivolts, low_mV: Millivolts) => void;
  /** A reset or a reading failed; the next cycle tries again. */
  readonly onFailure: (error: unknown) => void;
};

export class PilotSampler {
  readonly #parts: SamplerParts;
  #callOff: (() => void) | null = null;
  /** Samples that are not to be believed yet. */
  #doubtful = 0;
  #isWatching = false;
  #isOver = false;

  constructor(parts: SamplerParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#callOff === null && !this.#isOver) this.#begin();
  }

  stop(): void {
    this.#isOver = true;
    this.#callOff?.();
    this.#callOff = null;
  }

  /** Called when the output has changed. */
  outputChanged(): void {
    this.#doubtful = this.#isWatching ? 2 : 1;
  }

  #begin(): void {
    const { positive, negative, reset_ms, settle_ms, period_ms } = this.#parts;
    this.#isWatching = true;
    const isReset = this.#try(() => [positive, negative].forEach(({ reset }) => reset.set(true)));
    if (!isReset) return this.#next(period_ms);
    this.#after(reset_ms, () => {
      const isWatching = this.#try(() => [positive, negative].forEach(({ reset }) => reset.set(false)));
      if (!isWatching) return this.#next(period_ms - reset_ms);
      this.#after(settle_ms, () => {
        this.#read();
        this.#next(period_ms - reset_ms - settle_ms);
      });
    });
  }

  #next(rest_ms: Milliseconds): void {
    this.#isWatching = false;
    this.#after(rest_ms, () => this.#begin());
  }

  #read(): void {
    const { positive, negative, onSample } = this.#parts;
    let levels: readonly [Millivolts, Millivolts] | null = null;
    this.#try(() => (levels = [positive.adc.read_mV(), negative.adc.read_mV()]));
    // What is changed by who hears of this sample comes between two cycles.
    this.#isWatching = false;
    if (levels === null) return;
    if (this.#doubtful > 0) this.#doubtful -= 1;
    else onSample(...(levels as readonly [Millivolts, Millivolts]));
  }

  #after(ms: Milliseconds, run: () => void): void {
    // Who was told of a sample, or of a failure, may have stopped this sampler.
    if (!this.#isOver) this.#callOff = this.#parts.schedule.after(ms, run);
  }

  #try(run: () => void): boolean {
    try {
      run();
      return true;
    } catch (error) {
      this.#parts.onFailure(error);
      return false;
    }
  }
}
