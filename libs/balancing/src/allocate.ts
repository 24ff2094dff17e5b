// Sharing: what each charge point should have of a given capacity, were there no past. Per phase and max-min fair, in
// whole deciamperes, whatever the order of the input; 0 or at least its minimum, never above its maximum, and never
// without a reason. `decide` calls it; how and when one gets there from what is held now is decided elsewhere.
import type { Because, Deciamps, PerPhase, Phase } from '@fairamp/units';
import type { Demand, Turn } from './demand.js';
import { type Filled, fill, without } from './fill.js';
import { ordered } from './order.js';

export type Target<D extends Demand> = {
  readonly of: D;
  readonly target_dA: Deciamps;
  readonly because: readonly Because[];
};

export function allocate<D extends Demand>(
  capacity_dA: PerPhase<Deciamps>,
  demands: readonly D[],
): readonly Target<D>[] {
  const of = (...turns: Turn[]): readonly D[] => demands.filter((demand) => turns.includes(demand.turn));
  const first = admit(
    capacity_dA,
    ordered(of('keeps', 'queues'), (demand) => (demand.turn === 'keeps' ? 0 : 1), since),
  );
  const served = share(capacity_dA, first.seated);
  const left_dA = without(capacity_dA, served);
  // Who rests uses nothing now, so it holds nothing back from those who do.
  const last = admit(left_dA, ordered(of('rests'), since));
  const seated = [...served, ...share(left_dA, last.seated)];
  const users = seated.map(({ of }) => of);
  return [
    ...seated.map((one) => ({ of: one.of, target_dA: one.value_dA, because: becauseOf(one, users) })),
    ...[...first.waiting, ...last.waiting].map((one) => {
      return { of: one.of, target_dA: 0, because: whyWaits(one, capacity_dA) };
    }),
    ...of('absent').map((one) => ({ of: one, target_dA: 0, because: ['no-car'] as const })),
  ];
}

const since = (demand: Demand): number => demand.since;

type Waiting<D extends Demand> = { readonly of: D; readonly lacking: readonly Phase[] };

/** Everybody's minimum in this order, passing over whom it does not fit: so the fewest of them wait. */
function admit<D extends Demand>(capacity_dA: PerPhase<Deciamps>, queue: readonly D[]) {
  const seated: D[] = [];
  const waiting: Waiting<D>[] = [];
  let left_dA = capacity_dA;
  for (const demand of queue) {
    const lacking = demand.phases.filter((phase) => left_dA[phase] < demand.minimum_dA);
    if (lacking.length > 0) waiting.push({ of: demand, lacking });
    else {
      seated.push(demand);
      left_dA = without(left_dA, [{ of: demand, value_dA: demand.minimum_dA }]);
    }
  }
  return { seated, waiting };
}

/** First what each can use; what then is left, to whoever may have it. */
function share<D extends Demand>(capacity_dA: PerPhase<Deciamps>, seated: readonly D[]): readonly Filled<D>[] {
  const used = fill(
    capacity_dA,
    seated.map((of) => ({ of, floor_dA: of.minimum_dA, ceiling_dA: of.wants_dA })),
  );
  return fill(
    capacity_dA,
    used.map(({ of, value_dA }) => ({ of, floor_dA: value_dA, ceiling_dA: of.maximum_dA })),
  );
}

function becauseOf({ of, value_dA, boundBy }: Filled<Demand>, seated: readonly Demand[]): readonly Because[] {
  if (value_dA === of.maximum_dA) return [of.maximumBecause];
  const unused: readonly Because[] = value_dA >= of.wants_dA ? ['car-draws-less'] : [];
  return [...unused, ...becauseOfPhases(of.id, boundBy, seated)];
}

/** Who stopped by itself waits for nothing: it comes back when it asks and there is room. */
function whyWaits({ of, lacking }: Waiting<Demand>, capacity_dA: PerPhase<Deciamps>): readonly Because[] {
  if (of.turn === 'rests') return ['car-draws-less'];
  const alone = of.phases.every((phase) => capacity_dA[phase] >= of.minimum_dA);
  return [alone ? 'waiting-turn' : 'no-current', ...lacking.map((phase) => `mains-${phase}` as const)];
}

/** The phases, and that they are shared if somebody else has a part of them. */
export function becauseOfPhases(
  id: string,
  phases: readonly Phase[],
  all: readonly { readonly id: string; readonly phases: readonly Phase[] }[],
): readonly Because[] {
  const shared = all.some((other) => other.id !== id && other.phases.some((phase) => phases.includes(phase)));
  return [...phases.map((phase) => `mains-${phase}` as const), ...(shared ? (['fair-share'] as const) : [])];
}
