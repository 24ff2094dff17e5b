// No limit swings: while house and cars stay the same, a car that charges is not offered more and less and more again.
// One step up or down follows from what happened before; a row of them has its cause in the regulation itself.
import { amps, type Deciamps, type Milliseconds } from '@fairamp/units';
import { Calm, Pace } from './calm.js';
import type { Accuse, Checker, Moment, OutletTruth } from './moment.js';
import { drawsAnything } from './truth.js';

/** A smaller change is none. */
const STEP_dA: Deciamps = 30;
const WITHIN_ms: Milliseconds = 600_000;
/** So many turns are three times up and down. */
const TURNS_MAX = 6;

/** The newest way, and from where it is measured. */
type Swing = { lowest_dA: Deciamps; highest_dA: Deciamps; way: 'up' | 'down' | null; turnedAt: Milliseconds[] };

export class Swinging implements Checker {
  readonly invariant = 'swinging';
  readonly #pace = new Pace();
  readonly #calm = new Calm();
  readonly #swings: Swing[] = [];
  #since: Milliseconds = 0;

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets } = moment;
    if (!this.#pace.isDue(at)) return;
    const since = this.#calm.look(moment);
    if (since !== this.#since) this.#swings.length = 0;
    this.#since = since;
    outlets.forEach((outlet, index) => {
      if (outlet.isClosed && drawsAnything(outlet)) this.#follow(outlet, index, at);
    });
  }

  #follow({ id, offered_dA }: OutletTruth, index: number, at: Milliseconds): void {
    const swing = (this.#swings[index] ??= begun(offered_dA));
    if (!hasTurned(swing, offered_dA)) return;
    swing.turnedAt = [...swing.turnedAt.filter((turnedAt) => at - turnedAt <= WITHIN_ms), at];
    if (swing.turnedAt.length <= TURNS_MAX) return;
    const times = `${swing.turnedAt.length} times within ${WITHIN_ms / 60_000} minutes`;
    const detail = `the limit of ${id} turned ${times} by more than ${amps(STEP_dA)} A, and nothing else changed`;
    this.accuse({ invariant: 'swinging', at, detail });
    this.#swings[index] = begun(offered_dA);
  }
}

function begun(offered_dA: Deciamps): Swing {
  return { lowest_dA: offered_dA, highest_dA: offered_dA, way: null, turnedAt: [] };
}

/** It goes the other way by more than a step from the farthest that it has come. The first way is no turn. */
function hasTurned(swing: Swing, offered_dA: Deciamps): boolean {
  swing.lowest_dA = Math.min(swing.lowest_dA, offered_dA);
  swing.highest_dA = Math.max(swing.highest_dA, offered_dA);
  const isUp = swing.way !== 'up' && offered_dA - swing.lowest_dA > STEP_dA;
  const isDown = swing.way !== 'down' && swing.highest_dA - offered_dA > STEP_dA;
  if (!isUp && !isDown) return false;
  const isTurn = swing.way !== null;
  swing.way = isUp ? 'up' : 'down';
  swing.lowest_dA = swing.highest_dA = offered_dA;
  return isTurn;
}
