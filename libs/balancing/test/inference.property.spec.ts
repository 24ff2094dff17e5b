// The inference in whole hours of seeded sites: what it promises, how rarely it is wrong, and what it is good for. More
// seeds: FAIRAMP_RUNS=40 npm test -- property libs/balancing/test/inference --testTimeout=7200000
import { perPhase } from '@fairamp/units';
import { CARS } from '@fairamp/simulation';
import { runs } from '../../../test/runs.js';
import { HOUR_ms, type Counted, count, median, siteOf, underPanels } from './inference-sites.js';
import type { Outlet } from './outlet-in-small.js';
import { type SmallSite, play } from './site-in-small.js';

/** An hour of a site takes a second or two, seven times over; ten thousand would take a day. */
const HOURS = Math.min(runs(2).numRuns, 300);
const seeds = Array.from({ length: HOURS }, (_, index) => index + 1);
const share = (part: number, whole: number) => part / Math.max(whole, 1);
const QUIET = { label: 'nothing', duration_ms: 24 * HOUR_ms, currentsAt: () => perPhase(() => 0) };

/** A line for docs/inference.md, where somebody asks for many hours. */
function tell(what: string, counted: Counted): void {
  if (HOURS < 20) return;
  const { looks, lowWrong, lowWorst_dA, highWrong, proven, provenAfter_ms, neverProven, charge_Ah } = counted;
  const percent = (part: number) => `${(100 * share(part, looks)).toFixed(4)} %`;
  const after = `${median(provenAfter_ms) / 1000} s`;
  process.stdout.write(
    `${what}: ${looks} looks, low wrong ${percent(lowWrong)}, at most ${lowWorst_dA / 10} A, high wrong ${percent(highWrong)}, ` +
      `proven ${(100 * proven).toFixed(0)} %, median ${after}, never ${neverProven}, ${charge_Ah.toFixed(0)} Ah\n`,
  );
}

const panels = (seed: number) => ({ house: underPanels(siteOf(seed).house, seed), mayExport: true });

/** The shares that docs/inference.md promises, and, of few hours, room for one coincidence. */
test.each([
  ['a Sensorbox, no panels', () => ({}), 0.005],
  ['a telegram each 10 s, signed', () => ({ meter: 'dsmr', signed: true }) as const, 0.012],
  ['signed, under panels and clouds', (seed: number) => ({ ...panels(seed), signed: true }), 0.03],
  ['a Sensorbox under panels and clouds', panels, 0.03],
] as const)('what is surely drawn is drawn, and no more than may be: %s', (what, given, rarely) => {
  const counted = count(seeds.map((seed) => siteOf(seed, given(seed))));
  tell(what, counted);
  const { looks, lowWrong, highWrong } = counted;
  expect(looks).toBeGreaterThan(100);
  expect(share(lowWrong, looks)).toBeLessThan(rarely + share(200, looks));
  expect(share(highWrong, looks)).toBeLessThan(rarely + share(200, looks));
});

test('80 % of a draw are proven within two samples by the median, and sites charge more for it', () => {
  const sites = seeds.map((seed) => siteOf(seed + 8));
  const inferred = count(sites);
  const blind = count(sites.map((site) => ({ ...site, isInferring: false })));
  const withMeters = ({ outlets }: SmallSite) => outlets.map((one) => ({ ...one, isMetered: true }));
  const metered = count(sites.map((site) => ({ ...site, outlets: withMeters(site) })));
  tell('inferred', inferred);
  tell('blind', blind);
  tell('metered', metered);
  expect(median(inferred.provenAfter_ms)).toBeLessThanOrEqual(4_000);
  expect(inferred.charge_Ah).toBeGreaterThan(blind.charge_Ah);
  expect(inferred.charge_Ah).toBeLessThan(metered.charge_Ah);
});

const outlet = (id: string, given: Partial<Outlet> = {}): Outlet => ({
  id,
  car: CARS['single-phase'],
  capabilityAt: null,
  wiring: { L1: 'L1', L2: 'L2', L3: 'L3' },
  maximum_dA: 320,
  isMetered: false,
  arrivesAt: 20_000,
  leavesAt: Infinity,
  ...given,
});

function limitsAfter(given: Partial<SmallSite>, until = 120_000): Record<string, number> {
  const limits: Record<string, number> = {};
  play({ ...siteOf(1), house: QUIET, ...given }, until, ({ points }) => {
    for (const point of points) limits[point.outlet.id] = point.limit_dA;
  });
  return limits;
}

test('alone on 25 A without a house it gets what a metered one gets, but for 1 A', () => {
  const of = (isMetered: boolean, isInferring: boolean) =>
    limitsAfter({ outlets: [outlet('a', { isMetered })], isInferring, mayExport: true })['a'] ?? 0;
  const metered = of(true, true);
  expect(of(false, false)).toBeLessThan(195);
  expect(metered - of(false, true)).toBeLessThanOrEqual(10);
  expect(metered).toBeGreaterThan(240);
});

test('what a car that is full at 10 A leaves goes to the other, as if both had meters', () => {
  const ten = { ...CARS['single-phase'], maximum_dA: 100 };
  const of = (isMetered: boolean) =>
    limitsAfter(
      {
        limit_dA: 320,
        outlets: [outlet('ten', { car: ten, isMetered }), outlet('other', { isMetered, arrivesAt: 90_000 })],
      },
      600_000,
    );
  expect(Math.abs((of(false)['other'] ?? 0) - (of(true)['other'] ?? 0))).toBeLessThanOrEqual(20);
});

test('beside a house that comes and goes, a probe finds again what was known', () => {
  const oven = { ...QUIET, currentsAt: (at: number) => perPhase(() => (at % 240_000 < 120_000 ? 80 : 10)) };
  const charged = (given: Partial<SmallSite>) =>
    count([{ ...siteOf(1), house: oven, outlets: [outlet('a')], ...given }]).charge_Ah;
  expect(charged({ mayProbe: true })).toBeGreaterThan(charged({ mayProbe: false }));
});
