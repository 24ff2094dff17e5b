// Arbitrary sites for the properties: valid by the contract of types.ts, otherwise as awkward as it allows. What belongs
// together in the world (what is held, obeyed, reserved and drawn; what a circuit shows and what is drawn below it) is
// drawn from each other, so that most sites are decided and not refused as a whole.
import { type Because, MAINS, PHASES, type PerPhase, type Phase, mapPhases, perPhase, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import type { ChargePoint, Circuit, Goal, Load, Site } from '../src/index.js';

export const NOW = 2_000_000;
export const TURN_ms = 900_000;
export const SETS: readonly (readonly Phase[])[] = [
  ['L1'],
  ['L2'],
  ['L3'],
  ['L1', 'L2'],
  ['L2', 'L3'],
  ['L1', 'L2', 'L3'],
];
/** Not in the order of their names, for no order may mean anything. */
const NAMES = [MAINS, 'yard', 'barn', 'garage', 'attic'] as const;

export const byPhase = (value: fc.Arbitrary<number>): fc.Arbitrary<PerPhase<number>> =>
  fc.record({ L1: value, L2: value, L3: value });
export const upTo = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });
export const rarely = <T>(ordinary: T, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(ordinary) }, { weight: 1, arbitrary: odd });
const barredBy = (...reasons: Because[]): fc.Arbitrary<readonly Because[]> =>
  rarely<readonly Because[]>([], fc.subarray(reasons, { minLength: 1 }));

/** Times of the past, some of them just at a bound. */
const ages = (...bounds: readonly number[]): fc.Arbitrary<number> =>
  fc.oneof(upTo(30_000), upTo(NOW), fc.constantFrom(...bounds.flatMap((bound) => [bound - 1, bound, bound + 1])));
const ago = (...bounds: readonly number[]) => ages(...bounds).map((age) => NOW - age);

const goals: fc.Arbitrary<Goal | null> = rarely<Goal | null>(
  null,
  fc.record({ pace_dA: upTo(400), laxity_ms: fc.integer({ min: -1_000_000, max: 10_000_000 }) }),
);

/** What it is and wants, whatever it holds. */
const natures = fc.record({
  need: fc.constantFrom('none', 'starting', 'charging', 'charging', 'charging', 'resting' as const),
  since: upTo(20),
  waitsSince: ago(TURN_ms),
  priority: rarely(0, fc.integer({ min: -1, max: 2 })),
  goal: goals,
  phases: fc.constantFrom(...SETS),
  minimum_dA: rarely(60, fc.integer({ min: 60, max: 160 })),
  above_dA: upTo(300),
  maximumBecause: fc.constantFrom('setting-max' as const, 'cable' as const),
});

/** What it holds, obeys, may still have and draws: the draws in hundredths of what it may have. */
const histories = fc.record({
  holds: fc.integer({ min: -100, max: 320 }),
  seatedAt: ago(TURN_ms),
  isOdd: rarely(false, fc.constant(true)),
  obeys: rarely(0, fc.integer({ min: -80, max: 120 })),
  older_dA: rarely(0, upTo(200)),
  drawn: byPhase(upTo(100)),
  before: rarely(100, upTo(100)),
  excess_dA: rarely(0, upTo(60)),
  fluctuates_dA: upTo(30),
  isMetered: rarely(true, fc.constant(false)),
  answered: rarely(true, fc.constant(false)),
  lowOn: rarely({}, fc.dictionary(fc.constantFrom(...NAMES), fc.option(upTo(60)), { maxKeys: 2 })),
  heard: rarely(true, fc.constant(false)),
  raisedAt: fc.option(ago(5_000, 10_000)),
  loweredAt: fc.option(ago(5_000, 10_000)),
  barred: barredBy('duplicate-id', 'doubtful-meter'),
});

type Nature = typeof natures extends fc.Arbitrary<infer T> ? T : never;
type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

export const chargePoint = (id: string, circuits: readonly string[]): fc.Arbitrary<ChargePoint> =>
  fc
    .tuple(natures, histories, fc.constantFrom(...circuits))
    .map(([nature, history, circuit]) => pointOf(nature, history, { id, circuit }));

function pointOf(
  nature: Nature,
  history: History,
  where: { readonly id: string; readonly circuit: string },
): ChargePoint {
  const { above_dA, ...wants } = nature;
  const { holds, obeys, older_dA, seatedAt, isOdd, isMetered, heard, raisedAt, loweredAt, barred } = history;
  const limit_dA = holds < 60 ? 0 : holds;
  const obeyed_dA = Math.max(0, limit_dA + obeys);
  const most_dA = Math.max(limit_dA, obeyed_dA);
  // Whoever holds something has a place and who holds nothing waits, but for what is just changing.
  const isSeated = (wants.need === 'starting' || wants.need === 'charging') && limit_dA > 0 !== isOdd;
  return {
    ...where,
    ...wants,
    maximum_dA: wants.minimum_dA + above_dA,
    seatedAt: isSeated ? seatedAt : null,
    limit_dA,
    obeyed_dA,
    reserved_dA: most_dA + older_dA,
    isMetered,
    ...drawsOf(history, wants.phases, most_dA),
    heard,
    raisedAt,
    loweredAt,
    barred,
  };
}

type Draws = Pick<ChargePoint, 'drawHigh_dA' | 'drawBefore_dA' | 'drawLow_dA' | 'drawLowOn'>;

function drawsOf(history: History, phases: readonly Phase[], most_dA: number): Draws {
  const { drawn, before, excess_dA, fluctuates_dA, isMetered, answered, lowOn } = history;
  const drawHigh_dA = perPhase((phase) => {
    return isMetered && phases.includes(phase) ? Math.round(((most_dA + excess_dA) * drawn[phase]) / 100) : 0;
  });
  const lower = (by_dA: number) => mapPhases(drawHigh_dA, (draw) => Math.max(0, draw - by_dA));
  const named = Object.entries(lowOn).map(([id, by_dA]) => [id, by_dA === null ? null : lower(by_dA)] as const);
  return {
    drawHigh_dA,
    drawBefore_dA: mapPhases(drawHigh_dA, (draw) => Math.round((draw * before) / 100)),
    drawLow_dA: answered ? lower(fluctuates_dA) : null,
    ...(named.length > 0 ? { drawLowOn: Object.fromEntries(named) } : {}),
  };
}

/** The ids of a site's circuits with those that feed them; the mains first. */
export type Tree = readonly { readonly id: string; readonly parent: string | null }[];

/** @param most circuits, the mains among them */
export const treesOf = (most: number): fc.Arbitrary<Tree> =>
  fc
    .tuple(fc.integer({ min: 1, max: Math.min(most, NAMES.length) }), ...NAMES.map(() => upTo(NAMES.length - 1)))
    .map(([count, ...feeders]) =>
      NAMES.slice(0, count).map((id, number) => {
        return { id, parent: number === 0 ? null : (NAMES[(feeders[number] ?? 0) % number] ?? MAINS) };
      }),
    );

const natureOfCircuit = fc.record({
  limit_dA: fc.oneof(
    fc.integer({ min: 60, max: 1000 }).map((one) => perPhase(() => one)),
    byPhase(fc.integer({ min: 60, max: 1000 })),
  ),
  seen: rarely<readonly Phase[]>(PHASES, fc.subarray([...PHASES])),
  device: fc.record({
    curve: fc.constantFrom('B' as const, 'C' as const, 'gG' as const),
    rated_dA: fc.integer({ min: 60, max: 1250 }),
  }),
  heat: byPhase(fc.double({ min: 0, max: 1.6, noNaN: true })),
  answers_ms: fc.constantFrom(4_500, 11_500, 26_500),
  overSince: fc.record({ L1: fc.option(ago(120_000)), L2: fc.option(ago(120_000)), L3: fc.option(ago(120_000)) }),
  recent_dA: fc.option(byPhase(fc.integer({ min: -200, max: 500 }))),
  kind: fc.constantFrom('signed', 'signed', 'unsigned', 'allowed' as const),
  beside_dA: byPhase(fc.integer({ min: -200, max: 500 })),
  /** The meter shows what it likes, whatever our cars say. */
  isWild: rarely(false, fc.constant(true)),
});
type NatureOfCircuit = typeof natureOfCircuit extends fc.Arbitrary<infer T> ? T : never;

function loadOf({ kind, beside_dA, isWild }: NatureOfCircuit, below: readonly ChargePoint[]): Load {
  if (kind === 'allowed') return { kind, allowance_dA: mapPhases(beside_dA, (amount) => Math.max(0, amount)) };
  const drawn = (phase: Phase): number => {
    return sumOf(below, (one) =>
      one.isMetered ? one.drawHigh_dA[phase] : one.phases.includes(phase) ? one.obeyed_dA : 0,
    );
  };
  const current_dA = mapPhases(beside_dA, (amount, phase) => (isWild ? 2 * amount : amount + drawn(phase)));
  if (kind === 'signed') return { kind: 'measured', signed: true, current_dA };
  return { kind: 'measured', signed: false, current_dA: mapPhases(current_dA, Math.abs) };
}

/** Who hangs on it, however deep. */
export function below(tree: Tree, circuit: string, points: readonly ChargePoint[]): readonly ChargePoint[] {
  const feeders = (id: string | null): readonly string[] => {
    if (id === null) return [];
    return [id, ...feeders(tree.find((one) => one.id === id)?.parent ?? null)];
  };
  return points.filter((point) => feeders(point.circuit).includes(circuit));
}

const pointsOn = (tree: Tree, most: number): fc.Arbitrary<readonly ChargePoint[]> =>
  fc
    .array(
      chargePoint(
        '',
        tree.map(({ id }) => id),
      ),
      { maxLength: most },
    )
    .map((points) => points.map((point, number) => ({ ...point, id: `cp${number}` })));

/** @param most charge points */
export const sitesOf = (most: number): fc.Arbitrary<Site> =>
  treesOf(NAMES.length).chain((tree) =>
    fc
      .record({
        points: pointsOn(tree, most),
        kinds: fc.tuple(...tree.map(() => natureOfCircuit)),
        barred: barredBy('silence', 'stale-mains', 'doubtful-meter'),
      })
      .map(({ points, kinds, barred }) => ({
        now: NOW,
        turn_ms: TURN_ms,
        barred,
        chargePoints: points,
        circuits: tree.flatMap((place, number) => {
          const kind = kinds[number];
          return kind === undefined ? [] : [circuitOf(place, kind, below(tree, place.id, points))];
        }),
      })),
  );

function circuitOf(place: Tree[number], nature: NatureOfCircuit, cars: readonly ChargePoint[]): Circuit {
  const { limit_dA, seen, device, heat, answers_ms, overSince, recent_dA } = nature;
  return { ...place, limit_dA, seen, device, heat, answers_ms, overSince, recent_dA, load: loadOf(nature, cars) };
}

export const sites = sitesOf(8);
