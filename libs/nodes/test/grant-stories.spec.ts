// How often a charge point hears of its master does not grow with the number of meters: each grant is answered, and a
// connection that sends more than 20 packets a second is closed, with which its lease would end.
import { LIMIT_dA, MeteredSite } from './metered-site.js';

/** The mains' sample: a question and what was decided. Its own meter and its group's: a question each. And a renewal. */
const STEADY_PER_SECOND = 5;
/** A slave sends 20 packets a second at most: an answer each, and as much again for all else that it says. */
const RESTLESS_PER_SECOND = 10;
const SETTLED_ms = 5_000;
/** Somebody for whom there is no place holds nothing, and no decision waits for his answer. */
const SHORT_dA = 50;
const PLENTY_dA = 130;

test.each([
  [4, PLENTY_dA],
  [4, SHORT_dA],
  [25, PLENTY_dA],
  [25, SHORT_dA],
  [100, PLENTY_dA],
  [100, SHORT_dA],
])('I5: %d metered circuits, %d dA for each: few grants, and no lease gets near its end', (count, each_dA) => {
  const site = new MeteredSite(count, each_dA).run(SETTLED_ms);
  let shortest_ms = Infinity;
  for (let step = 0; step < 200; step += 1) {
    site.run(10);
    for (const { endsAt } of site.slaves.values()) shortest_ms = Math.min(shortest_ms, endsAt - site.at);
  }
  const charging = [...site.slaves.values()].filter(({ limit_dA }) => limit_dA >= 60).length;
  expect(charging).toBeGreaterThanOrEqual(count / 2);
  expect(site.mostPerSecond(SETTLED_ms)).toBeLessThanOrEqual(STEADY_PER_SECOND);
  expect(shortest_ms).toBeGreaterThan(5_000);
});

test.each([
  [100, PLENTY_dA],
  [200, PLENTY_dA],
  [500, SHORT_dA],
])('25 circuits whose loads come and go, sampled each %d ms, %d dA for each', (every_ms, each_dA) => {
  const site = new MeteredSite(25, each_dA);
  site.every_ms = every_ms;
  // Over in one second, far below in the next two, and not all at once.
  site.house_dA = (circuit) => ((Number(circuit.slice(1)) + Math.floor(site.at / 1_000)) % 3 === 0 ? 180 : 0);
  site.run(SETTLED_ms + 3_000);
  expect(site.mostPerSecond(SETTLED_ms)).toBeLessThanOrEqual(RESTLESS_PER_SECOND);
});

describe('I2: a circuit below the mains that is over', () => {
  /** Nobody has just been raised, and the round of the samples before has ended. */
  const steady = () => new MeteredSite(25, PLENTY_dA).run(8_610);
  const heldBefore_dA = steady().slaves.get('p7')?.limit_dA ?? 0;
  const cuts = (site: MeteredSite, since: number) =>
    site.sent.filter(({ at, body }) => at >= since && body.to === 'p7' && body.limit_dA < heldBefore_dA);

  test('twice its limit: the lowering leaves in the step of the sample', () => {
    const site = steady();
    expect(site.loweredAt('p7')).not.toBe(site.at);
    site.sample('c7', 2 * LIMIT_dA);
    expect(cuts(site, site.at).map(({ heard }) => heard)).toEqual(['sample c7']);
    expect(site.loweredAt('p7')).toBe(site.at);
  });

  test('less: it is asked in that step, and lowered in the step of the last answer', () => {
    const site = steady();
    const since = site.at;
    site.sample('c7', LIMIT_dA + 50);
    expect(site.sent.filter(({ at, body }) => at === since && body.to === 'p7')).toHaveLength(1);
    site.run(100);
    expect(cuts(site, since)[0]?.heard).toMatch(/^report /);
    expect(cuts(site, since)[0]?.at).toBeLessThanOrEqual(since + 50);
  });
});
