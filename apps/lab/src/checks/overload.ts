// The two figures that a run is judged by: how far a phase was above MAINS, and for how long at a stretch, while our
// cars drew on it. Strict: the first tenth of an ampere counts.
import { mapPhases, PHASES, type Deciamps, type PerPhase } from '@fairamp/units';
import { overOn } from './conditions.js';
import { type Moment } from './moment.js';

export type Overload = {
  readonly worst_dA: Deciamps;
  readonly worst_s: number;
  readonly since_s: PerPhase<number | null>;
};

export const NO_OVERLOAD: Overload = { worst_dA: 0, worst_s: 0, since_s: { L1: null, L2: null, L3: null } };

export function stepOverload(overload: Overload, moment: Moment): Overload {
  const over_dA = mapPhases(overload.since_s, (_, phase) => overOn(moment, phase));
  const since_s = mapPhases(over_dA, (over, phase) => (over > 0 ? (overload.since_s[phase] ?? moment.at_s) : null));
  const lasted_s = PHASES.map((phase) => moment.at_s - (since_s[phase] ?? moment.at_s));
  return {
    worst_dA: Math.max(overload.worst_dA, ...PHASES.map((phase) => over_dA[phase])),
    worst_s: Math.max(overload.worst_s, ...lasted_s),
    since_s,
  };
}
