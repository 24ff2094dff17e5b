// Small tools of every decision here: an order that does not depend on the order of the input, and the largest whole
// number for which something still holds.

/** What stands at this number; 0 where there is none. */
export function at(amounts: readonly number[], index: number): number {
  return amounts[index] ?? 0;
}

/** Numbers of charge points sorted by the keys, the first that differs decides; what is equal in all stands by number. */
export function ordered(points: readonly number[], ...keys: ((point: number) => number)[]): number[] {
  const rows = points.map((point) => ({ point, values: keys.map((key) => key(point)) }));
  return rows.sort((a, b) => compared(a.values, b.values) || a.point - b.point).map(({ point }) => point);
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
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

/** The number of the smallest value among those that are open; null where none is. */
export function smallest(values: readonly number[], isOpen: readonly boolean[]): number | null {
  let found: number | null = null;
  let least = Infinity;
  values.forEach((value, index) => {
    if (isOpen[index] !== true || value >= least) return;
    found = index;
    least = value;
  });
  return found;
}
