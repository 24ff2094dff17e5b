// Sums of probabilities that are kept as logarithms.

// Out of the global once: under jest each look-up of it costs as much as the arithmetic.
const { exp, log, log1p } = Math;
/** Of what cannot be. */
export const NEVER = -Infinity;

export function logSum(logs: readonly number[]): number {
  let highest = NEVER;
  for (const one of logs) if (one > highest) highest = one;
  if (highest === NEVER) return NEVER;
  let sum = 0;
  for (const one of logs) sum += exp(one - highest);
  return highest + log(sum);
}

export function logAdd(one: number, other: number): number {
  const [higher, lower] = one > other ? [one, other] : [other, one];
  return lower === NEVER ? higher : higher + log1p(exp(lower - higher));
}

export type Favourite = { readonly index: number; readonly margin: number };

/** The likeliest, and the odds of it against all others together. */
export function favouriteOf(logs: readonly number[]): Favourite {
  let index = 0;
  for (let other = 1; other < logs.length; other += 1) if ((logs[other] ?? 0) > (logs[index] ?? 0)) index = other;
  const others = logs.filter((_, other) => other !== index);
  return { index, margin: (logs[index] ?? 0) - logSum(others) };
}
