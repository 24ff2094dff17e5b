// The site as numbers, so that a thousand charge points are decided in milliseconds: every conductor of every circuit is
// a branch, every charge point has the path of branches from itself to the mains. Charge points are numbered by id,
// whatever the order of the input; all later steps speak of numbers only.
import { type Because, type Deciamps, PHASES, type Phase, assert, becauseOfBranch } from '@fairamp/units';
import type { ChargePoint, Circuit, Site } from './types.js';

export type Branch = {
  readonly circuit: Circuit;
  readonly phase: Phase;
  readonly because: Because;
  /** 0 on a conductor that is not there or cannot be seen. */
  readonly limit_dA: Deciamps;
  readonly isSeen: boolean;
  readonly isMeasured: boolean;
  /** The numbers of those who draw through it, rising. */
  readonly users: readonly number[];
};

export type Plan = {
  readonly site: Site;
  readonly points: readonly ChargePoint[];
  readonly branches: readonly Branch[];
  /** Of each charge point, the numbers of its branches, its own circuit's first. */
  readonly paths: readonly (readonly number[])[];
};

/** An amount for each branch, or for each charge point. */
export type Amounts = readonly number[];

/** @throws on a circuit that is not there, twice there, or before the one that feeds it: a mistake of the caller */
export function planOf(site: Site): Plan {
  const points = [...site.chargePoints].sort((a, b) => (a.id < b.id ? -1 : 1));
  const above = circuitsAbove(site.circuits);
  const users: number[][] = site.circuits.flatMap(() => PHASES.map(() => []));
  const pathOf = remembered(above);
  const paths = points.map(({ circuit, phases }) => pathOf(circuit, phases));
  paths.forEach((path, point) => {
    for (const branch of path) users[branch]?.push(point);
  });
  const branches = site.circuits.flatMap((circuit, row) => {
    return PHASES.map((phase, column) => branchOf(circuit, phase, users[3 * row + column] ?? []));
  });
  return { site, points, branches, paths };
}

function branchOf(circuit: Circuit, phase: Phase, users: readonly number[]): Branch {
  const isSeen = circuit.seen.includes(phase);
  return {
    circuit,
    phase,
    // A circuit that nobody sees may be empty or full: what holds back there is that nobody knows.
    because: isSeen || circuit.parent === null ? becauseOfBranch(circuit.id, phase) : 'stale-mains',
    limit_dA: isSeen ? circuit.limit_dA[phase] : 0,
    isSeen,
    isMeasured: circuit.load.kind === 'measured',
    users,
  };
}

type Above = ReadonlyMap<string, readonly number[]>;

/** Of each circuit, the numbers of itself and of all that feed it. */
function circuitsAbove(circuits: readonly Circuit[]): Above {
  const above = new Map<string, readonly number[]>();
  circuits.forEach(({ id, parent }, number) => {
    const feeders = parent === null ? [] : above.get(parent);
    assert(feeders !== undefined, `circuit "${id}" is fed by "${parent}", which is not before it`);
    assert(!above.has(id), `circuit "${id}" stands twice`);
    above.set(id, [number, ...feeders]);
  });
  return above;
}

/** Hundreds of charge points share a few paths. */
function remembered(above: Above): (circuit: string, phases: readonly Phase[]) => readonly number[] {
  const known = new Map([...above.keys()].map((circuit) => [circuit, new Map<number, readonly number[]>()]));
  return (circuit, phases) => {
    const paths = known.get(circuit);
    assert(paths !== undefined, `a charge point hangs on circuit "${circuit}", which is not there`);
    let key = 0;
    for (const phase of phases) key = 4 * key + PHASES.indexOf(phase) + 1;
    const found = paths.get(key);
    if (found !== undefined) return found;
    const path = (above.get(circuit) ?? []).flatMap((row) => {
      return phases.map((phase) => 3 * row + PHASES.indexOf(phase));
    });
    paths.set(key, path);
    return path;
  };
}

/** For each branch the sum over its users of what each has there. */
export function sumOn({ branches }: Plan, amount: (point: number, branch: number) => number): number[] {
  return branches.map(({ users }, branch) => {
    let sum = 0;
    for (const point of users) sum += amount(point, branch);
    return sum;
  });
}

/** For each branch the sum of what its users have, the same on all their branches. */
export function totalOn({ branches }: Plan, amounts: Amounts): number[] {
  return branches.map(({ users }) => {
    let sum = 0;
    for (const point of users) sum += amounts[point] ?? 0;
    return sum;
  });
}

/** For each branch, how many of its users have any of these amounts. */
export function holdersOn({ branches }: Plan, amounts: Amounts): number[] {
  return branches.map(({ users }) => {
    let count = 0;
    for (const point of users) if ((amounts[point] ?? 0) > 0) count += 1;
    return count;
  });
}
