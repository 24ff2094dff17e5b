// How 2.07 divides what it has (behaviour.md 5.3, step 11): in whole amperes, equally, whoever has a smaller maximum
// first. The sum is exact, and what does not divide goes to the highest numbers (W2). `regulate` calls it.
import { type ClassicRecord } from './types.js';

type Numbered = ClassicRecord & { readonly index: number };
type Share = { readonly index: number; readonly share_A: number };

/** Who does not charge keeps the share that it had. */
export function shared(total_A: number, records: readonly ClassicRecord[]): readonly ClassicRecord[] {
  const open = records.map((record, index) => ({ ...record, index })).filter(({ state }) => state === 'charging');
  const shares = new Map(sharesOf(total_A, open).map(({ index, share_A }) => [index, share_A]));
  return records.map((record, index) => ({ ...record, share_A: shares.get(index) ?? record.share_A }));
}

/** Each time that one is settled the average is anew, and the search begins again with the lowest number. */
function sharesOf(left_A: number, open: readonly Numbered[]): readonly Share[] {
  const average_A = Math.trunc(left_A / open.length);
  const small = open.find(({ maximum_A }) => maximum_A <= average_A);
  if (small === undefined) return evenly(left_A, open);
  const { index, maximum_A } = small;
  const others = open.filter((one) => one !== small);
  return [{ index, share_A: maximum_A }, ...sharesOf(left_A - maximum_A, others)];
}

function evenly(left_A: number, [first, ...others]: readonly Numbered[]): readonly Share[] {
  if (first === undefined) return [];
  const share_A = Math.trunc(left_A / (others.length + 1));
  return [{ index: first.index, share_A }, ...evenly(left_A - share_A, others)];
}
