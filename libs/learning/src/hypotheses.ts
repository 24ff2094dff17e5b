// Everything that a wiring can be. Only the composition of a charge point's rotation and the transformers' order is
// ever seen; a seen wiring names, for each own conductor, the transformer that shows it. A table holds one number for
// each seen wiring and each set of directions: how well that explains what was measured.
import { type PerPhase, type Phase, type Rotation, PHASES, labelOf } from '@fairamp/units';

/** The cyclic ones first. */
export const WIRINGS: readonly Rotation[] = [
  ['L1', 'L2', 'L3'],
  ['L2', 'L3', 'L1'],
  ['L3', 'L1', 'L2'],
  ['L2', 'L1', 'L3'],
  ['L1', 'L3', 'L2'],
  ['L3', 'L2', 'L1'],
];
export const ALL: readonly number[] = [0, 1, 2, 3, 4, 5];
/** What electricians do to charge points; of the transformers any order is found. */
export const CYCLIC: readonly number[] = [0, 1, 2];

export type Sign = 1 | -1;
const ONE_OR_OTHER: readonly Sign[] = [1, -1];

/** For each set of directions the sign with which each transformer shows import; the first is that of none reversed. */
export const DIRECTIONS: readonly PerPhase<Sign>[] = ONE_OR_OTHER.flatMap((L3) =>
  ONE_OR_OTHER.flatMap((L2) => ONE_OR_OTHER.map((L1): PerPhase<Sign> => ({ L1, L2, L3 }))),
);

export const CELLS = WIRINGS.length * DIRECTIONS.length;

export function cellOf(wiring: number, direction: number): number {
  return wiring * DIRECTIONS.length + direction;
}

export function indexOf(rotation: Rotation): number {
  return WIRINGS.findIndex((wiring) => PHASES.every((_, index) => wiring[index] === rotation[index]));
}

export function wiringAt(index: number): Rotation {
  return WIRINGS[index] ?? ['L1', 'L2', 'L3'];
}

/** For transformers in an order and a charge point of a rotation, both by index: the wiring that is seen. */
const SEEN: readonly (readonly number[])[] = WIRINGS.map((order) =>
  WIRINGS.map(([first, second, third]) => {
    const transformerOn = (conductor: Phase): Phase => labelOf(conductor, order);
    return indexOf([transformerOn(first), transformerOn(second), transformerOn(third)]);
  }),
);

export function seenWiring(order: number, rotation: number): number {
  return SEEN[order]?.[rotation] ?? 0;
}

export function isReversed(direction: number, transformer: Phase): boolean {
  return DIRECTIONS[direction]?.[transformer] === -1;
}
