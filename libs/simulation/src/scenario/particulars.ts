// What is so of one charge point and its car by the scenario's word, in the place of what would be drawn: its MAX, the
// conductors it hangs on, what its car takes and how quickly it follows. For stories whose charge points differ; the draws
// are made all the same, so that a particular changes nothing else.
import { PHASES, type Phase } from '@fairamp/units';
import { z } from 'zod';
import type { CarConfig } from '../car.js';
import type { PointConfig } from '../world/system.js';
import { rising } from './ranges.js';

const most_A = z.number().min(0).max(80);

export const particularSchema = z.strictObject({
  point: z.int().min(1).max(8),
  maximum_A: z.int().min(10).max(80).optional(),
  /** The mains' conductors on its own L1, L2, L3; a single one is a charge point of one phase. */
  wired: z.array(z.enum(PHASES)).min(1).max(3).optional(),
  /** What its car takes at most, at first and from a time on. */
  car_A: most_A.optional(),
  later: z
    .array(z.strictObject({ at_s: z.number().min(0), car_A: most_A }))
    .refine((steps) => rising(steps.map(({ at_s }) => at_s)), 'in the order of time')
    .optional(),
  follow_s: z.number().min(0).max(6).optional(),
});

export type Particular = z.infer<typeof particularSchema>;

/** The last one that speaks of this charge point. */
export function particularOf(particulars: readonly Particular[], index: number): Particular | undefined {
  return particulars.findLast(({ point }) => point === index + 1);
}

export function particularPoint(drawn: PointConfig, particular: Particular | undefined): PointConfig {
  if (particular === undefined) return drawn;
  const { maximum_A, wired } = particular;
  return {
    ...drawn,
    ...(maximum_A === undefined ? {} : { maximum_dA: 10 * maximum_A }),
    ...(wired === undefined ? {} : { wired }),
  };
}

/** Where a charge point has one conductor, its car uses one. */
export function particularCar(
  drawn: CarConfig,
  wired: readonly Phase[],
  particular: Particular | undefined,
): CarConfig {
  const fitting: CarConfig = wired.length === 1 ? { ...drawn, terminals: ['L1'] } : drawn;
  if (particular === undefined) return fitting;
  const { car_A, follow_s, later } = particular;
  return {
    ...fitting,
    ...(car_A === undefined ? {} : { maximum_dA: Math.round(10 * car_A) }),
    ...(follow_s === undefined ? {} : { follow_ms: Math.round(1000 * follow_s) }),
    ...(later === undefined ? {} : { later: later.map(laterOf) }),
  };
}

function laterOf({ at_s, car_A }: NonNullable<Particular['later']>[number]): NonNullable<CarConfig['later']>[number] {
  return { at: Math.round(1000 * at_s), maximum_dA: Math.round(10 * car_A) };
}
