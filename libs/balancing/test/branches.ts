// The arithmetic of the properties, written a second time and as plainly as can be, from the words of types.ts: nothing
// here may come from the source that it judges, but two figures of the promise (LONGEST_PATIENCE_ms, PAUSE_TOLERANCE_dA)
// and the physics of a device (carries_dA), which heat.spec.ts holds against a table.
import { PHASES, type Because, type Phase, becauseOfBranch, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import {
  type ChargePoint,
  type Circuit,
  type Decision,
  LONGEST_PATIENCE_ms,
  PAUSE_TOLERANCE_dA,
  type Site,
  carries_dA,
  decide,
} from '../src/index.js';
import { runs } from '../../../test/runs.js';
import { below } from './sites.js';

export type Pair = {
  readonly point: ChargePoint;
  readonly decision: Decision;
  /** Raised so lately that no report need show what its car draws of it. */
  readonly isFresh: boolean;
};
const SHOWN_AFTER_ms = 10_000;
/** A conductor of a circuit, and everybody who draws through it. */
export type On = {
  readonly circuit: Circuit;
  readonly phase: Phase;
  readonly because: Because;
  readonly users: readonly Pair[];
};

export type Law = (site: Site, decided: readonly Pair[], branches: readonly On[]) => boolean;

/** All of these hold of every site: one site is drawn and decided for all of them, and what fails names its law. */
export function holdOf(drawn: fc.Arbitrary<Site>, laws: Readonly<Record<string, Law>>, quick = 500): void {
  const judge = (site: Site): void => {
    const decided = pairsOf(site);
    const branches = branchesOf(site, decided);
    for (const [words, holds] of Object.entries(laws)) {
      if (!holds(site, decided, branches)) throw new Error(`not so: ${words}`);
    }
  };
  fc.assert(fc.property(drawn, judge), runs(quick));
}

export function pairsOf(site: Site): readonly Pair[] {
  const decisions = new Map(decide(site).decisions.map((decision) => [decision.id, decision]));
  return site.chargePoints.map((point) => {
    const decision = decisions.get(point.id);
    if (decision === undefined) throw new Error(`nothing was decided about ${point.id}`);
    const isFresh = point.raisedAt !== null && site.now - point.raisedAt < SHOWN_AFTER_ms;
    return { point, decision, isFresh };
  });
}

export function branchesOf(site: Site, pairs: readonly Pair[]): readonly On[] {
  return site.circuits.flatMap((circuit) => {
    const ids = new Set(below(site.circuits, circuit.id, site.chargePoints).map(({ id }) => id));
    return PHASES.map((phase) => {
      const users = pairs.filter(({ point }) => ids.has(point.id) && point.phases.includes(phase));
      return { circuit, phase, because: becauseOfBranch(circuit.id, phase), users };
    });
  });
}

export function pathOf(branches: readonly On[], { point }: Pair): readonly On[] {
  return branches.filter(({ users }) => users.some((one) => one.point.id === point.id));
}

export const limitOn = ({ circuit, phase }: On): number => (circuit.seen.includes(phase) ? circuit.limit_dA[phase] : 0);
/** Of who is not heard any more, no more than what is still promised to it. */
export function heldBy({ point: { limit_dA, obeyed_dA, heard, reserved_dA } }: Pair): number {
  const told_dA = Math.max(limit_dA, obeyed_dA);
  return heard ? told_dA : Math.min(told_dA, reserved_dA);
}
/** What flows, or may flow, beside such a draw of our cars. */
export function besideOn({ circuit: { load }, phase }: On, cars_dA: number): number {
  if (load.kind === 'allowed') return load.allowance_dA[phase];
  const beside_dA = load.current_dA[phase] - cars_dA;
  return load.signed ? beside_dA : Math.max(0, beside_dA);
}

/** It may draw, and nothing tells how much. */
const isUnknown = ({ point, isFresh }: Pair): boolean => {
  const tellsNothing = point.phases.every((phase) => point.drawHigh_dA[phase] === 0);
  return point.need === 'charging' && tellsNothing && (isFresh || !point.isMetered);
};

export type Draw = (one: Pair, on: On) => number;
/** The most that it draws; where nobody measures, all that it holds. */
export const drawHigh: Draw = (one, { circuit, phase }) =>
  circuit.load.kind === 'allowed' || isUnknown(one) ? heldBy(one) : one.point.drawHigh_dA[phase];
/** The same as far as the sample can show it. */
export const drawSampled: Draw = (one, { circuit, phase }) =>
  circuit.load.kind === 'allowed' || isUnknown(one) ? heldBy(one) : one.point.drawBefore_dA[phase];
/** What it surely drew; nothing where no report proves it. */
export function drawLow({ point }: Pair, { circuit, phase }: On): number {
  const own = point.drawLowOn?.[circuit.id];
  return (own === undefined ? point.drawLow_dA : own)?.[phase] ?? 0;
}

/** What is known to be no other's: without a meter, what it surely drew. */
const drawKnown: Draw = (one, on) => {
  const isMetered = on.circuit.load.kind === 'allowed' || one.point.isMetered;
  return isMetered ? drawHigh(one, on) : Math.min(drawLow(one, on), heldBy(one));
};

export function overOn(on: On): number {
  if (!on.circuit.seen.includes(on.phase)) return 0;
  const cars_dA = sumOf(on.users, (one) => drawKnown(one, on));
  return besideOn(on, cars_dA) + cars_dA - limitOn(on);
}

/** What is coming down already, above all that one may still have. */
export function inFlightOn(on: On, draw: Draw): number {
  if (on.circuit.load.kind === 'allowed') return 0;
  return sumOf(on.users, (one) => Math.max(0, draw(one, on) - heldBy(one)));
}

/** What may stay over without a pause. */
export function carriedOn(now: number, on: On): number {
  const { device, heat, answers_ms, overSince, load } = on.circuit;
  const since = overSince[on.phase];
  const isLong = since !== null && now - since > LONGEST_PATIENCE_ms - answers_ms;
  const limit_dA = limitOn(on);
  if (load.kind === 'allowed' || isLong || limit_dA === 0) return PAUSE_TOLERANCE_dA;
  return Math.max(PAUSE_TOLERANCE_dA, carries_dA(heat[on.phase], { device, limit_dA }, answers_ms) - limit_dA);
}
