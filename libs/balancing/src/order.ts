// Small tools of every decision here: an order that does not depend on the order of the input, and the largest whole
// number for which something still holds.

/** What stands at this number; 0 where there is none. */
export function at(amounts: readonly number[], index: number): number {
  return amounts[index] ?? 0;
}

/** @param holds true up to some number and false above it; for `lowest` it is taken for granted */
export function largest(lowest: number, highest: number, holds: (candidate: number) => boolean): number {
  let sure = lowest;
  let possible = highest;
  while (sure < possible) {
    const middle = Math.ceil((sure + possible) / 2);
    if (holds(middle)) sure = middle;
    else possible = middle - 1;
  }
  return sure;
}
