// A story for the inference: samples each 2 s that are 1 s old, reports when something changes. Conductors that it does
// not name carry the house alone.
import { type PerPhase, type Phase, perPhase } from '@fairamp/units';
import { type InferenceState, inferredOf, initialInference, stepInference } from '../src/inference/index.js';

const HOUSE_dA = 50;
export const NOTHING = perPhase(() => 0);
type Mains = Partial<PerPhase<number>>;

/** Somebody who tells the inference what happens, second by second. */
export class Story {
  state: InferenceState = initialInference();
  at = 0;
  signed = true;
  mayExport = false;

  /** @param above the mains above a house of 5 A, for so many samples */
  sample(above: Mains = {}, times = 1, metered: [Mains, Mains] = [{}, {}]): this {
    for (let left = times; left > 0; left -= 1) {
      this.at += 2_000;
      const current_dA = perPhase((phase) => HOUSE_dA + (above[phase] ?? 0));
      const [lowest_dA, highest_dA] = [
        { ...NOTHING, ...metered[0] },
        { ...NOTHING, ...metered[1] },
      ];
      const { at, signed } = this;
      const told = { at, measuredAt: at - 1_000, current_dA, signed, metered: { lowest_dA, highest_dA } };
      this.state = stepInference(this.state, { kind: 'sample', ...told }, this);
    }
    return this;
  }

  /** @param later than the newest sample */
  obeys(limit_dA: number, id = 'a', later_ms = 0): this {
    const phases: readonly Phase[] = ['L1', 'L2', 'L3'];
    const told = { id, at: this.at + later_ms, limit_dA, isClosed: limit_dA > 0, isPlugged: true, phases };
    this.state = stepInference(this.state, { kind: 'obeyed', ...told }, this);
    return this;
  }

  probe(id = 'a'): this {
    this.state = stepInference(this.state, { kind: 'probe', id, at: this.at }, this);
    return this;
  }

  of(id = 'a') {
    const inferred = inferredOf(this.state, id);
    if (inferred === null) throw new Error(`nothing of ${id}`);
    return inferred;
  }

  low(id = 'a') {
    return this.of(id).low_dA;
  }
}

/** Open contactors, some quiet samples. */
export const quiet = (...ids: string[]): Story => {
  const story = new Story();
  for (const id of ids.length === 0 ? ['a'] : ids) story.obeys(0, id);
  return story.sample({}, 5);
};
/** One car on L1, seen to start at 6 A and to follow to 16 A; both trials are over. */
export const charging = (): Story =>
  quiet().obeys(60).sample({}, 1).sample({ L1: 60 }, 9).obeys(160).sample({ L1: 60 }, 1).sample({ L1: 160 }, 6);
/** The same on three conductors. */
export const three = (draw_dA: number): Mains => ({ L1: draw_dA, L2: draw_dA, L3: draw_dA });
export const chargingOnThree = (): Story =>
  quiet().obeys(60).sample({}, 1).sample(three(60), 9).obeys(160).sample(three(60), 1).sample(three(160), 6);
