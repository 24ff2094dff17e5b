// The kinds of value that a scenario's file is made of.
import { z } from 'zod';
import { rising } from './ranges.js';

export const RISING = 'the lowest comes first';

/** A figure, or a range from which each use draws. */
export const range = (lowest: number, highest: number) => {
  const value = z.number().min(lowest).max(highest);
  return z.union([value, z.tuple([value, value]).refine(rising, RISING)]);
};
export type Range = number | readonly [number, number];

export const permille = z.number().min(0).max(1000);
