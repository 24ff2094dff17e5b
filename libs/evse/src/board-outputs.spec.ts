// A board that opens, goes or lets go by itself: what the charge point notices of it, and what it says again.
import { live, toldOf, type Story } from '../test/rig.js';

const CHARGES: Story = { until: 30_000, limit: [[0, 160]], car: [[0, 'C']] };

test('a board that opens by itself is told that its permission is gone, and may close again 10 s after it fell', () => {
  const also = [{ kind: 'contactor-confirmed', at: 15_000, closed: false }] as const;
  expect(toldOf(live({ ...CHARGES, also, until: 26_000 }), '', 11_000)).toEqual([
    [15_000, 'open fault'],
    [25_000, 'close'],
  ]);
});

test('a board that let go of its outputs while nobody spoke to it is told the safe ones again, then what is offered', () => {
  const lived = live({
    ...CHARGES,
    car: [
      [0, 'A'],
      [11_000, 'B'],
    ],
    drives: [
      [0, true],
      [13_000, false],
      [13_500, true],
    ],
    until: 20_000,
  });
  expect(toldOf(lived, '', 12_000)).toEqual([
    [13_200, 'open start'],
    [13_200, 'pilot X1'],
    [16_200, 'pilot 266'],
  ]);
});

test('samples from before PWM, read late, are no board that let go', () => {
  const lived = live({
    ...CHARGES,
    drives: [
      [0, true],
      [11_000, false],
      [11_900, true],
    ],
  });
  expect(lived.view.session).toBe('charging');
});

test('a board that was away is told the safe outputs again, and nothing is offered before its contactor is heard', () => {
  const also = [
    { kind: 'board-changed', at: 15_000, lost: true },
    { kind: 'board-changed', at: 16_000, lost: false },
  ] as const;
  expect(toldOf(live({ ...CHARGES, also }), '', 16_000)).toEqual([
    [16_000, 'open start'],
    [16_000, 'pilot X1'],
    [16_000, 'note fault board-lost has gone'],
    [18_300, 'pilot 266'],
    [20_000, 'close'],
  ]);
});

test('a board that was away is told its indicator again, also when nothing else has changed', () => {
  const also = [
    { kind: 'link-changed', at: 14_000, silent: true },
    { kind: 'board-changed', at: 15_000, lost: true },
    { kind: 'board-changed', at: 16_000, lost: false },
  ] as const;
  expect(toldOf(live({ ...CHARGES, also, until: 17_000 }), 'indicator', 14_000)).toEqual([
    [14_000, 'indicator blink-slow'],
    [16_000, 'indicator blink-slow'],
  ]);
});

test('a board that is back has a supply: it says so when that fails again', () => {
  const also = [
    { kind: 'supply-sensed', at: 15_000, failing: true },
    { kind: 'board-changed', at: 15_500, lost: true },
    { kind: 'board-changed', at: 16_000, lost: false },
  ] as const;
  expect(live({ ...CHARGES, also }).view.session).toBe('charging');
});
