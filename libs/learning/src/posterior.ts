// All tables together. Orders and directions belong to the whole site, a rotation to its charge point; given order and
// directions the charge points say nothing of one another, so the sum over all wirings of a site is exact and quick.
import { type PerPhase, perPhase } from '@fairamp/units';
import { ALL, CELLS, DIRECTIONS, cellOf, isReversed, seenWiring } from './hypotheses.js';
import { NEVER, logAdd, logSum } from './odds.js';

// Out of the global once: under jest each look-up of it costs as much as the arithmetic.
const { log: ln, max } = Math;

/** One number for each cell (a seen wiring and a set of directions): the logarithm of how likely, the best 0. */
export type Table = readonly number[];
export const NOTHING_SEEN: Table = new Array<number>(CELLS).fill(0);

/** Enough to be sure; more would only take longer to unlearn when somebody changes the wiring. */
const LOWEST_LOG = -60;

export function added(table: Table, more: readonly number[]): Table {
  const sums = table.map((log, cell) => log + (more[cell] ?? 0));
  return fromBest(sums, LOWEST_LOG);
}

/** The best becomes 0 and nothing is lower than `lowest`. */
export function fromBest(logs: readonly number[], lowest: number): readonly number[] {
  const best = logs.reduce((highest, log) => max(highest, log), NEVER);
  return logs.map((log) => max(log - best, lowest));
}

export type Candidate = { readonly table: Table; readonly rotations: readonly number[] };
export type Question = {
  readonly orders: readonly number[];
  readonly directions: readonly number[];
  readonly points: readonly Candidate[];
};

/** Logarithms of how likely, up to the same constant. */
export type PointBelief = {
  readonly cells: readonly number[];
  readonly rotations: readonly number[];
};
export type Beliefs = {
  readonly total: number;
  readonly orders: readonly number[];
  /** Of a transformer: straight, reversed. */
  readonly directions: PerPhase<readonly [number, number]>;
  /** By the place in the question; reckoned when it is asked for. */
  readonly pointAt: (index: number) => PointBelief;
  /** How much likelier all would be, were any of the six rotations allowed there. */
  readonly freedAt: (index: number) => number;
};

export function believe(question: Question): Beliefs {
  const sums = sumsOf(question);
  const over = (select: (sum: Sum) => boolean): number => logSum(sums.filter(select).map(({ log }) => log));
  const total = over(() => true);
  return {
    total,
    orders: ALL.map((order) => over((sum) => sum.order === order)),
    directions: perPhase((transformer) => [
      over(({ direction }) => !isReversed(direction, transformer)),
      over(({ direction }) => isReversed(direction, transformer)),
    ]),
    pointAt: (index) => beliefOf(question.points[index], index, sums),
    freedAt: (index) => freed(question.points[index], index, sums) - total,
  };
}

/** For one order and one set of directions: of all together, and the part of each charge point. */
type Sum = {
  readonly order: number;
  readonly direction: number;
  readonly log: number;
  readonly parts: readonly number[];
};

function sumsOf({ orders, directions, points }: Question): readonly Sum[] {
  const even = -ln(orders.length * directions.length);
  return orders.flatMap((order) =>
    directions.map((direction): Sum => {
      const parts = points.map(({ table, rotations }) => partOf(table, rotations, { order, direction }));
      return { order, direction, parts, log: parts.reduce((sum, part) => sum + part, even) };
    }),
  );
}

type Place = { readonly order: number; readonly direction: number };

function partOf(table: Table, rotations: readonly number[], { order, direction }: Place): number {
  if (table === NOTHING_SEEN) return 0;
  const logs = rotations.map((rotation) => table[cellOf(seenWiring(order, rotation), direction)] ?? 0);
  return logSum(logs) - ln(rotations.length);
}

const NOBODY: Candidate = { table: NOTHING_SEEN, rotations: [] };

function beliefOf(point: Candidate = NOBODY, index: number, sums: readonly Sum[]): PointBelief {
  const { table, rotations } = point;
  const cells = new Array<number>(CELLS).fill(NEVER);
  const byRotation = new Array<number>(ALL.length).fill(NEVER);
  for (const { order, direction, log, parts } of sums) {
    const others = log - (parts[index] ?? 0) - ln(rotations.length);
    for (const rotation of rotations) {
      const cell = cellOf(seenWiring(order, rotation), direction);
      const mass = others + (table[cell] ?? 0);
      cells[cell] = logAdd(cells[cell] ?? NEVER, mass);
      byRotation[rotation] = logAdd(byRotation[rotation] ?? NEVER, mass);
    }
  }
  return { cells, rotations: byRotation };
}

function freed({ table }: Candidate = NOBODY, index: number, sums: readonly Sum[]): number {
  return logSum(sums.map(({ log, parts, ...place }) => log - (parts[index] ?? 0) + partOf(table, ALL, place)));
}

export const EVERY_DIRECTION: readonly number[] = DIRECTIONS.map((_, index) => index);
