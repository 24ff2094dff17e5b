// Cars whose charge points have no meter (docs/inference.md), told by the shipped nodes.
import { perPhase } from '@fairamp/units';
import { PLAIN_POINT, PLAIN_SITE, type MasterConfig } from '@fairamp/nodes';
import { key, SmallSite } from './small-site.js';

const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  bridge: { id: 'meter', key: key(9) },
  roster: ['left', 'right'].map((id, index) => ({
    ...PLAIN_POINT,
    id,
    key: key(index + 1),
    maximum_dA: 320,
    failSafe: 'process',
    fallback_dA: 0,
  })),
  oldestSample_ms: 10_000,
  generation: 'none',
};

function site(isMetered: boolean, own_dA: Readonly<Record<string, number>> = {}): SmallSite {
  const made = new SmallSite(config);
  made.house_dA = perPhase(() => 0);
  for (const [id, outlet] of Object.entries(made.outlets)) {
    outlet.isMetered = isMetered;
    outlet.car.maximum_dA = own_dA[id] ?? 320;
  }
  return made;
}

function plug({ outlets }: SmallSite, id: string): void {
  const outlet = outlets[id];
  if (outlet !== undefined) outlet.car.plugged = true;
}
const drawn = ({ outlets }: SmallSite, id: string): number => outlets[id]?.car.draw_dA ?? 0;
const becausesIn = ({ published }: SmallSite): readonly string[] =>
  published.flatMap(({ says }) => (says?.kind === 'grant' ? (says.body.because as readonly string[]) : []));

test.each([true, false])('a car alone has the mains for itself, metered: %s', (isMetered) => {
  const alone = site(isMetered);
  plug(alone, 'left');
  alone.run(150_000);
  expect(drawn(alone, 'left')).toBeGreaterThanOrEqual(240);
  expect(drawn(alone, 'left')).toBeLessThanOrEqual(250);
});

test.each([true, false])('what a car that takes 6 A leaves goes to the other, metered: %s', (isMetered) => {
  const two = site(isMetered, { left: 60 });
  plug(two, 'left');
  two.run(90_000);
  plug(two, 'right');
  two.run(240_000);
  expect(drawn(two, 'left')).toBe(60);
  // More than the half of MAINS, which is all that it could have of a left one that used its share.
  expect(drawn(two, 'right')).toBeGreaterThan(130);
});

test('I2: a step of the house brings a car without a meter down as any other', () => {
  const alone = site(false);
  plug(alone, 'left');
  alone.run(150_000);
  alone.house_dA = perPhase(() => 120);
  let over_ms = 0;
  alone.run(20_000, () => (over_ms += Math.max(...Object.values(alone.mains())) > 250 ? 25 : 0));
  expect(over_ms).toBeGreaterThan(0);
  expect(over_ms).toBeLessThanOrEqual(8_500);
});

test('when the house has gone down, a probe finds again what the car draws, and only then it is raised', () => {
  const alone = site(false, { left: 160 });
  alone.house_dA = perPhase(() => 90);
  plug(alone, 'left');
  alone.run(120_000);
  expect(becausesIn(alone)).not.toContain('probe');
  alone.house_dA = perPhase(() => 10);
  alone.run(180_000);
  expect(becausesIn(alone)).toContain('probe');
  expect(drawn(alone, 'left')).toBe(160);
});

test('nobody is probed where every car has a meter', () => {
  const two = site(true);
  plug(two, 'left');
  plug(two, 'right');
  two.run(240_000);
  expect(becausesIn(two)).not.toContain('probe');
});
