// Who is first of many, while some go and others come back later in the order: a binary heap.
export type Heap<T> = { readonly rows: T[]; readonly isBefore: (one: T, other: T) => boolean };

export function heapOf<T>(isBefore: (one: T, other: T) => boolean): Heap<T> {
  return { rows: [], isBefore };
}

export function push<T>({ rows, isBefore }: Heap<T>, one: T): void {
  let place = rows.length;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const other = rows[above] as T;
    if (!isBefore(one, other)) break;
    rows[place] = other;
    place = above;
  }
  rows[place] = one;
}

/** Takes the first out; undefined = there is none. */
export function pop<T>({ rows, isBefore }: Heap<T>): T | undefined {
  const first = rows[0];
  const last = rows.pop();
  if (last === undefined || rows.length === 0) return first;
  let place = 0;
  for (;;) {
    let below = 2 * place + 1;
    if (below >= rows.length) break;
    if (below + 1 < rows.length && isBefore(rows[below + 1] as T, rows[below] as T)) below += 1;
    if (!isBefore(rows[below] as T, last)) break;
    rows[place] = rows[below] as T;
    place = below;
  }
  rows[place] = last;
  return first;
}
