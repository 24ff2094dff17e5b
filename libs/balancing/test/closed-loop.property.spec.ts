// What only time shows: everybody's turn comes, and where nothing changes outside nothing changes inside.
import { type PerPhase, type Phase, MAINS, PHASES, mapPhases, perPhase, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { MARGIN_dA, type Site } from '../src/index.js';
import { type Moment, type Play, type Visit, momentsOf } from './closed-loop.js';
import { car, circuit, measured, smart } from './site.js';
import { byPhase, chargePoint, sitesOf, upTo } from './sites.js';

const TURN_ms = 600_000;
const EVER = 1e12;
/** Each turn ends between two cycles. */
const CYCLE_ms = 50_000;

/** Their house: an unsigned meter shows no export. */
const housesOf = (site: Site, drawn: readonly PerPhase<number>[]): readonly PerPhase<number>[] =>
  site.circuits.map(({ load }, row) => {
    const house = drawn[row] ?? perPhase(() => 0);
    return load.kind === 'measured' && !load.signed ? mapPhases(house, Math.abs) : house;
  });
const appetites = fc.oneof(fc.constant(800), upTo(320));
const equals = (site: Site): Site => ({
  ...site,
  turn_ms: TURN_ms,
  chargePoints: site.chargePoints.map((point) => ({ ...point, priority: 0, goal: null })),
});

function playsOf(site: fc.Arbitrary<Site>, visit: fc.Arbitrary<Visit>): fc.Arbitrary<Play> {
  const houses = fc.array(byPhase(fc.integer({ min: -200, max: 500 })), { minLength: 5, maxLength: 5 });
  return fc
    .tuple(site, fc.array(visit, { minLength: 8, maxLength: 8 }), houses)
    .map(([drawn, visits, house]) => ({ site: drawn, visits, houses: housesOf(drawn, house), cycle_ms: CYCLE_ms }));
}
const stays: fc.Arbitrary<Visit> = appetites.map((appetite_dA) => ({ from: 0, until: EVER, appetite_dA }));
const arrives: fc.Arbitrary<Visit> = fc.record({
  from: upTo(2 * TURN_ms),
  until: fc.oneof(fc.constant(EVER), fc.integer({ min: 2 * TURN_ms, max: 4 * TURN_ms })),
  appetite_dA: appetites,
});

const limitsOf = ({ decisions }: Moment): string =>
  [...decisions.values()].map(({ id, limit_dA }) => `${id}=${limit_dA}`).join(' ');
const placesOf = ({ decisions }: Moment): string =>
  [...decisions.values()].map(({ id, seated }) => `${id}=${seated}`).join(' ');

/** Nobody gives its place in vain, or to somebody who has just given his: one after the other would pause. */
function isTurn(before: Moment, { site, decisions }: Moment): boolean {
  const had = before.site.chargePoints.filter(({ id }) => before.decisions.get(id)?.seated === true);
  const lost = had.filter(({ id }) => decisions.get(id)?.seated !== true);
  const won = site.chargePoints.filter(({ id, seatedAt }) => seatedAt === null && decisions.get(id)?.seated === true);
  const mayTake = won.filter(({ since, waitsSince }) => waitsSince <= since || site.now - waitsSince >= site.turn_ms);
  return lost.length === 0 || mayTake.length > 0;
}

test('with constant inputs the limits come to rest, and then only a turn moves them', () => {
  const SETTLES_IN = 12;
  fc.assert(
    fc.property(playsOf(sitesOf(6), stays), (play) => {
      let [limits, places, sinceTurn] = ['', '', 0];
      let before: Moment | null = null;
      momentsOf(play, 60, (moment) => {
        expect(before === null || isTurn(before, moment)).toBe(true);
        before = moment;
        sinceTurn = placesOf(moment) === places ? sinceTurn + 1 : 0;
        if (sinceTurn > SETTLES_IN && limitsOf(moment) !== limits) {
          throw new Error(`${sinceTurn} cycles after a place has changed: ${limits} becomes ${limitsOf(moment)}`);
        }
        [limits, places] = [limitsOf(moment), placesOf(moment)];
      });
    }),
    runs(100),
  );
});

/** Who waits, and is not told that not even alone it could charge. */
function waitingIn({ site, decisions }: Moment): Site['chargePoints'] {
  return site.chargePoints.filter(({ id, need, seatedAt }) => {
    const { seated = false, because = [] } = decisions.get(id) ?? {};
    return need !== 'none' && seatedAt === null && !seated && !because.includes('no-current');
  });
}

/** Who has waited for longer than there were others at any time of its wait, each with a turn. */
function longestWaits(play: Play, cycles: number): readonly string[] {
  const late: string[] = [];
  let rivals: ReadonlyMap<string, number> = new Map();
  momentsOf(play, cycles, (moment) => {
    const { now, chargePoints } = moment.site;
    const others = chargePoints.filter(({ need }) => need !== 'none').length - 1;
    const waiting = waitingIn(moment);
    rivals = new Map(waiting.map(({ id }) => [id, Math.max(rivals.get(id) ?? 0, others)]));
    for (const { id, waitsSince } of waiting) {
      const bound_ms = (rivals.get(id) ?? 0) * TURN_ms + 2 * CYCLE_ms;
      if (now - waitsSince > bound_ms) late.push(`${id} waits for ${now - waitsSince} ms`);
    }
  });
  return late;
}

test('nobody starves: who asks gets a place within as many turns as there are others', () => {
  fc.assert(
    fc.property(playsOf(sitesOf(5).map(equals), arrives), (play) => {
      expect(longestWaits(play, 72)).toEqual([]);
    }),
    runs(60),
  );
});

/** As long as several turns: ends of turns fall on different cycles, but each of them on one. */
const LONG_CYCLE_ms = TURN_ms / 4;
const conductors = fc.subarray([...PHASES], { minLength: 1 });
/** On bare mains: cars on one conductor take turns, and end theirs at different times; others need several. */
const mixed = fc
  .tuple(fc.integer({ min: 60, max: 200 }), fc.array(fc.tuple(conductors, upTo(8)), { minLength: 3, maxLength: 7 }))
  .map(([limit_dA, cars]): Play => {
    const chargePoints = cars.map(([phases], number) => car(`cp${number}`, { need: 'none', phases }));
    const visits = cars.map(([, from]) => ({ from: from * LONG_CYCLE_ms, until: EVER, appetite_dA: 800 }));
    const circuits = [circuit(MAINS, limit_dA, { load: measured(0, []) })];
    const site = { now: 0, barred: [], turn_ms: TURN_ms, circuits, chargePoints };
    return { site, visits, houses: [], cycle_ms: LONG_CYCLE_ms };
  });

test('nobody starves behind turns that end one after the other on the conductors that it needs together', () => {
  fc.assert(
    fc.property(mixed, (play) => {
      expect(longestWaits(play, 60)).toEqual([]);
    }),
    runs(100),
  );
});

test('Turns: a car on all conductors has as much of the time as those that share one of them', () => {
  const cars: readonly (readonly [string, readonly Phase[], number])[] = [
    ['one', ['L1'], 0],
    ['other', ['L1'], 1],
    ['third', ['L2'], 2],
    ['fourth', ['L2'], 3],
    ['all', PHASES, 1],
  ];
  const chargePoints = cars.map(([id, phases]) => car(id, { need: 'none', phases }));
  const visits = cars.map(([, , from]) => ({ from: from * LONG_CYCLE_ms, until: EVER, appetite_dA: 800 }));
  const site = { ...smart(100, 0, chargePoints), now: 0, turn_ms: TURN_ms };
  const charged = new Map<string, number>();
  momentsOf({ site, visits, houses: [], cycle_ms: LONG_CYCLE_ms }, 240, ({ decisions }) => {
    for (const { id, limit_dA } of decisions.values()) charged.set(id, (charged.get(id) ?? 0) + (limit_dA > 0 ? 1 : 0));
  });
  const cycles = [...charged.values()];
  expect(Math.min(...cycles)).toBeGreaterThan(0.75 * Math.max(...cycles));
});

test.each([
  [3, 1],
  [3, 0],
  [8, 0],
])(
  'Turns: %i cars of priority %i that take turns in a garage keep nobody out who hangs beside it',
  (count, priority) => {
    const inGarage = (number: number) => car(`cp${number}`, { need: 'none', circuit: 'garage', priority });
    const chargePoints = [
      ...Array.from({ length: count }, (_, number) => inGarage(number)),
      car('new', { need: 'none' }),
    ];
    const from = 13 * LONG_CYCLE_ms;
    const visits = chargePoints.map(({ id }) => ({ from: id === 'new' ? from : 0, until: EVER, appetite_dA: 800 }));
    const load = measured(0, []);
    const circuits = [circuit(MAINS, 180, { load }), circuit('garage', 100, { load })];
    const site = { now: 0, barred: [], turn_ms: TURN_ms, circuits, chargePoints };
    const houses = circuits.map(() => perPhase(() => 0));
    momentsOf({ site, visits, houses, cycle_ms: LONG_CYCLE_ms }, 80, ({ site: { now }, decisions }) => {
      if (now > from) expect(decisions.get('new')).toMatchObject({ seated: true });
    });
  },
);

test.each([
  [180, 60],
  [180, 30],
  [600, 300],
  [1200, 10],
])(
  'Turns: a house that leaves room for all of them %i s of which %i s, and else for one, is the same for each',
  (every_s, free_s) => {
    const chargePoints = ['one', 'other', 'third'].map((id) => car(id, { need: 'none' }));
    const visits = chargePoints.map((_, number) => ({ from: 300_000 * number, until: EVER, appetite_dA: 800 }));
    const housesAt = (at: number) => [perPhase(() => (at % (1000 * every_s) < 1000 * (every_s - free_s) ? 110 : 0))];
    const site = { ...smart(200, 0, chargePoints), now: 0, turn_ms: TURN_ms };
    const charged = new Map<string, number>();
    momentsOf({ site, visits, houses: [], housesAt, cycle_ms: 10_000 }, 2_400, ({ decisions }) => {
      for (const { id, limit_dA } of decisions.values())
        charged.set(id, (charged.get(id) ?? 0) + (limit_dA > 0 ? 1 : 0));
    });
    const cycles = [...charged.values()];
    expect(Math.min(...cycles)).toBeGreaterThan(0.75 * Math.max(...cycles));
  },
);

/** Some who draw a little more than they may, and one who comes; the minima fit, the excess and the margin too. */
const greedy = fc
  .tuple(fc.array(upTo(10), { minLength: 1, maxLength: 4 }), upTo(300), upTo(200))
  .map(([excesses, more_dA, house_dA]): Play => {
    const needed_dA = sumOf(excesses, (excess_dA) => 60 + excess_dA) + 60 + MARGIN_dA;
    const chargePoints = [...excesses, 0].map((_, number) => car(`cp${number}`, { need: 'none' }));
    const comes = { from: 20 * CYCLE_ms, until: EVER, appetite_dA: 800 };
    const visits = [...excesses.map((excess_dA) => ({ ...comes, from: 0, excess_dA })), comes];
    const site = { ...smart(house_dA + needed_dA + more_dA, 0, chargePoints), now: 0, turn_ms: EVER };
    return { site, visits, houses: [perPhase(() => house_dA)], cycle_ms: CYCLE_ms };
  });

test('I15: beside cars that draw up to 1 A more than they may, a newcomer begins as soon', () => {
  fc.assert(
    fc.property(greedy, (play) => {
      const newcomer = `cp${play.visits.length - 1}`;
      let last_dA = 0;
      momentsOf(play, 24, ({ decisions }) => (last_dA = decisions.get(newcomer)?.limit_dA ?? 0));
      expect(last_dA).toBeGreaterThan(0);
    }),
    runs(100),
  );
});

/** One branch that has room for some of them, all of the same minimum. */
const scarce = fc
  .tuple(
    fc.integer({ min: 60, max: 400 }),
    fc.array(chargePoint('', [MAINS]), { minLength: 1, maxLength: 6 }),
    fc.constantFrom('signed', 'allowed'),
  )
  .map(([limit_dA, points, kind]): Site => {
    const nothing = perPhase(() => 0);
    const signed = { kind: 'measured', signed: true, current_dA: nothing } as const;
    const load = kind === 'signed' ? signed : ({ kind: 'allowed', allowance_dA: nothing } as const);
    return equals({
      now: 0,
      barred: [],
      turn_ms: TURN_ms,
      circuits: [circuit(MAINS, limit_dA, { load, seen: PHASES })],
      chargePoints: points.map((point, number) => {
        return { ...point, id: `cp${number}`, phases: ['L1'], minimum_dA: 60, maximum_dA: point.maximum_dA };
      }),
    });
  });

test('the fewest wait: as many have a place as minima fit, and who has one soon charges', () => {
  const noHouse = playsOf(scarce, arrives).map((play) => ({ ...play, houses: [] }));
  fc.assert(
    fc.property(noHouse, (play) => {
      const since = new Map<string, number>();
      momentsOf(play, 60, ({ site, decisions }) => {
        const asking = site.chargePoints.filter(({ need }) => need !== 'none');
        const places = asking.filter(({ id }) => decisions.get(id)?.seated === true);
        const fit = Math.floor(((site.circuits[0]?.limit_dA.L1 ?? 0) - MARGIN_dA) / 60);
        expect(places.length).toBeGreaterThanOrEqual(Math.min(asking.length, fit));
        for (const { id } of site.chargePoints) {
          const { seated = false, limit_dA = 0 } = decisions.get(id) ?? {};
          since.set(id, seated && limit_dA === 0 ? (since.get(id) ?? 0) + 1 : 0);
          expect(since.get(id)).toBeLessThanOrEqual(2);
        }
      });
    }),
    runs(60),
  );
});
