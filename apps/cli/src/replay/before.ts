// What the recorded master knew of the time before the recording, and the node that plays cannot have seen: that a car
// which waits has charged already and takes no more. The recording tells it, as the because of its charge point. It is
// told to the node once, as it begins; from then on the node alone decides what the car needs.
import { type MasterState } from '@fairamp/nodes';
import { type MessageOf } from '@fairamp/protocol';
import { ownOf, type Milliseconds } from '@fairamp/units';
import { becausesOf } from '../plain-values.js';

export class Before {
  /** Whom the node has been told of, in the order of their reports. */
  readonly resting: string[] = [];
  readonly #takesNoMore = new Set<string>();
  /** Whose car the node knows by itself. */
  readonly #isKnown = new Set<string>();
  #isForgotten = false;

  /** Also a retained one: it is of the grant that the charge point obeys. */
  hearBecause(id: string, payload: Uint8Array): void {
    const isSaid = becausesOf(new TextDecoder().decode(payload)).includes('car-draws-less');
    if (isSaid) this.#takesNoMore.add(id);
    else this.#takesNoMore.delete(id);
  }

  /** Of a master that began during the recording all is in it: it knew nothing of before either. */
  forget(): void {
    this.#isForgotten = true;
  }

  /** @returns what the node must know before it hears this report */
  toldTo(state: MasterState, { from, pilot }: MessageOf['report'], at: Milliseconds): MasterState {
    const record = ownOf(state.slaves, from);
    if (record === undefined || this.#isForgotten || this.#isKnown.has(from)) return state;
    const isResting = pilot === 'B' && this.#takesNoMore.has(from);
    if (pilot === 'B' && !isResting) return state;
    this.#isKnown.add(from);
    if (!isResting) return state;
    this.resting.push(from);
    return { ...state, slaves: { ...state.slaves, [from]: { ...record, need: 'resting', chargedAt: at } } };
  }
}
