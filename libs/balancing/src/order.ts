// Two small tools of every decision here: an order that does not depend on the order of the input, and the largest
// whole number for which something still holds.

/** Sorted by the keys, the first that differs decides; what is equal in all of them stands by id. */
export function ordered<T extends { readonly id: string }>(items: readonly T[], ...keys: ((item: T) => number)[]): T[] {
  return [...items].sort((a, b) => {
    const key = keys.find((of) => of(a) !== of(b));
    if (key !== undefined) return key(a) - key(b);
    return a.id < b.id ? -1 : 1;
  });
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
