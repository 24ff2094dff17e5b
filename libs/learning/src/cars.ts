// Which of its charge point's conductors the present car uses: read off where there is a meter, otherwise from what the
// transformers answered to this car alone.
import { type Phase, PHASES } from '@fairamp/units';
import { favouriteOf } from './odds.js';
import { SURE } from './named.js';
import type { PointState } from './point.js';
import type { PointBelief } from './posterior.js';
import { usesOf } from './session.js';

export type CarNamed = { readonly phases: readonly Phase[]; readonly margin: number };

export function carOf(point: PointState, belief: PointBelief): CarNamed | null {
  const { level, movement, isClosed } = point;
  if (level === null || movement !== null || !isClosed) return null;
  return level.draw_dA === null ? inferred(point, belief) : read(level.draw_dA);
}

/** A car draws 6 A at least; a conductor that it does not use shows what a meter calls nothing. */
const DRAWS_dA = 45;
const IDLE_dA = 8;
/** A charge point's meter is sure to half an ampere: so many of its deviations away. */
const DEVIATION_dA = 5;
const HIGHEST_MARGIN = 60;

function read(draw_dA: Readonly<Record<Phase, number>>): CarNamed | null {
  const highest_dA = Math.max(...PHASES.map((phase) => draw_dA[phase]));
  if (highest_dA < DRAWS_dA) return null;
  const phases = PHASES.filter((phase) => draw_dA[phase] >= highest_dA / 2);
  const isClear = PHASES.every((phase) => phases.includes(phase) || draw_dA[phase] <= IDLE_dA);
  const margin = Math.min((highest_dA / 2 / DEVIATION_dA) ** 2 / 2, HIGHEST_MARGIN);
  return isClear && margin >= SURE ? { phases, margin } : null;
}

function inferred({ session }: PointState, { cells }: PointBelief): CarNamed | null {
  const { index: used, margin } = favouriteOf(usesOf(session, cells));
  return used > 0 && margin >= SURE ? { phases: PHASES.slice(0, used), margin } : null;
}
