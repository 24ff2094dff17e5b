// Small tools of every decision here: an order that does not depend on the order of the input, and the largest whole
// number for which something still holds.

/** What stands at this number; 0 where there is none. */
export function at(amounts: readonly number[], index: number): number {
  return amounts[index] ?? 0;
}

/** Numbers of charge points sorted by the keys, the first that differs decides; what is equal in all stands by number. */
export function ordered(points: readonly number[], ...keys: ((point: number) => number)[]): number[] {
  const columns = keys.map((key) => points.map(key));
  const compared = (a: number, b: number): number => {
    for (const column of columns) {
      const difference = at(column, a) - at(column, b);
      if (difference !== 0) return difference;
    }
    return at(points, a) - at(points, b);
  };
  const rows = [...points.keys()].sort(compared);
  return rows.map((row) => at(points, row));
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
