// Sums of probabilities that are kept as logarithms.

export function logSum(logs: readonly number[]): number {
  let highest = -Infinity;
  for (const log of logs) if (log > highest) highest = log;
  if (highest === -Infinity) return -Infinity;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - highest);
  return highest + Math.log(sum);
}

export function logAdd(one: number, other: number): number {
  const [higher, lower] = one > other ? [one, other] : [other, one];
  return lower === -Infinity ? higher : higher + Math.log1p(Math.exp(lower - higher));
}

export type Favourite = { readonly index: number; readonly margin: number };

/** The likeliest, and the odds of it against all others together. */
export function favouriteOf(logs: readonly number[]): Favourite {
  let index = 0;
  for (let other = 1; other < logs.length; other += 1) if ((logs[other] ?? 0) > (logs[index] ?? 0)) index = other;
  const others = logs.filter((_, other) => other !== index);
  return { index, margin: (logs[index] ?? 0) - logSum(others) };
}
