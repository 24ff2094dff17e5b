// A scripted run: the site for so many seconds, its script, then a result. The last line on standard output is one JSON
// object, or a short summary for people; what happens on the way goes to standard error.
import { type PhysicalFault } from '@fairamp/simulation';
import { type SessionWord } from '@fairamp/terminal';
import { PHASES, type Because, type Deciamps, type Fault, type PerPhase } from '@fairamp/units';
import { type Violation } from './checks/episodes.js';
import { type Lab } from './lab.js';
import { snapshotOf } from './lab-snapshot.js';
import { type ChargePointRow } from './view/snapshot.js';

export type Outcome = {
  readonly well: boolean;
  readonly seconds: number;
  /** Charge points whose car draws at the end. */
  readonly charging: number;
  /** Above MAINS while our cars drew there: the highest, and the longest run. */
  readonly worst_over_A: number;
  readonly worst_over_s: number;
  readonly violations: readonly Violation[];
  /** Processes that ended without having been asked. */
  readonly unexpected: readonly string[];
  /** Charge points whose car fits, is hungry, and had been left without at the end. */
  readonly unserved: readonly string[];
  /** Charge points with a fault at the end that nothing in the script explains. */
  readonly faulted: readonly string[];
  readonly chargePoints: readonly {
    readonly id: string;
    readonly state: SessionWord | 'unheard';
    readonly limit_dA: Deciamps | null;
    readonly draw_dA: PerPhase<Deciamps>;
    readonly because: readonly Because[];
    readonly faults: readonly Fault[];
    readonly lock: ChargePointRow['lock'];
    /** What is broken of it at the end. */
    readonly broken: readonly PhysicalFault[];
  }[];
  readonly events: readonly { readonly at_s: number; readonly text: string }[];
};

export function outcomeOf(lab: Lab, seconds: number): Outcome {
  const { judge, processes, truth } = lab;
  const { chargePoints, events } = snapshotOf(lab);
  const unserved = judge.unserved();
  const withFault = chargePoints.filter(({ faults, unheard }) => faults.length > 0 || unheard !== null);
  const unexplained = withFault.map(({ id }) => id).filter((id) => !lab.everBroken.has(id));
  const faulted = judge.isUndisturbed ? unexplained : [];
  return {
    well: judge.violations.length + processes.unexpected.length + unserved.length + faulted.length === 0,
    seconds,
    charging: chargePoints.filter(({ draw_dA }) => PHASES.some((phase) => draw_dA[phase] > 0)).length,
    worst_over_A: (truth?.worst_over_dA ?? 0) / 10,
    worst_over_s: (truth?.worst_over_ms ?? 0) / 1000,
    violations: judge.violations,
    unexpected: processes.unexpected,
    unserved,
    faulted,
    chargePoints: chargePoints.map(({ id, session, unheard, limit_dA, draw_dA, because, faults, lock, broken }) => {
      const isHeard = unheard === null;
      return {
        id,
        state: isHeard && session !== null ? session : 'unheard',
        limit_dA: isHeard ? limit_dA : null,
        draw_dA,
        because,
        faults,
        lock,
        broken,
      };
    }),
    events: events.map(({ at_s, text }) => ({ at_s, text })),
  };
}

/** For people, in a few lines. */
export function summaryOf(outcome: Outcome): string {
  const { charging, chargePoints, seconds, worst_over_A, worst_over_s, well } = outcome;
  const troubles = [
    ...outcome.violations.map(({ invariant, at_s, detail }) => `${invariant} at ${at_s.toFixed(1)} s: ${detail}`),
    ...outcome.unexpected,
    ...outcome.faulted.map((id) => `${id} ended with a fault that the script does not explain`),
    ...outcome.unserved.map((id) => `${id} had room for its car and gave it nothing`),
  ];
  return [
    `${seconds} s: ${charging} of ${chargePoints.length} charge points charging`,
    worst_over_s === 0
      ? 'no phase was ever above MAINS'
      : `at worst ${worst_over_A.toFixed(1)} A above MAINS, at longest ${worst_over_s.toFixed(1)} s in a row`,
    ...troubles.map((trouble) => `  ${trouble}`),
    well ? 'all was well' : 'not all was well',
  ].join('\n');
}
