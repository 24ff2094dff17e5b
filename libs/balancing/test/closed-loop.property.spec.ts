// What only time shows: everybody's turn comes, and where nothing changes outside nothing changes inside.
import { type PerPhase, MAINS, PHASES, mapPhases, perPhase, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { MARGIN_dA, type Site } from '../src/index.js';
import { type Moment, type Play, type Visit, momentsOf } from './closed-loop.js';
import { car, circuit, smart } from './site.js';
import { byPhase, chargePoint, sitesOf, upTo } from './sites.js';
import { longestWaits } from './waits.js';

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

test('nobody starves: who asks gets a place within as many turns as there are others', () => {
  fc.assert(
    fc.property(playsOf(sitesOf(5).map(equals), arrives), (play) => {
      expect(longestWaits(play, 72)).toEqual([]);
    }),
    runs(60),
  );
});

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
