// Amounts stand in lists by the numbers of branches or of charge points. What is not in such a list is nothing.

/** What stands at this number; 0 where there is none. */
export function at(amounts: readonly number[], index: number): number {
  return amounts[index] ?? 0;
}
