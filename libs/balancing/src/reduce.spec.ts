import { becauseOf, car, decided, limits, normal, smart, withMains } from '../test/site.js';
import type { Decision } from './index.js';
import { planOf } from './plan.js';
import { reduce } from './reduce.js';
import { standingsOf } from './standing.js';

const renewed = (decisions: readonly Decision[]) => Object.fromEntries(decisions.map(({ id, renew }) => [id, renew]));

describe('lowering', () => {
  const three = ['L1', 'L2', 'L3'] as const;
  test.each([
    ['one car gives what the phase is over', 150, [car('a', { limit_dA: 150 })], { a: 100 }],
    [
      'two equal cars give the same',
      50,
      [car('a', { limit_dA: 110 }), car('b', { limit_dA: 110 })],
      { a: 100, b: 100 },
    ],
    ['who has most gives first', 50, [car('a', { limit_dA: 150 }), car('b', { limit_dA: 80 })], { a: 120, b: 80 }],
    [
      'nobody gives below its minimum',
      80,
      [car('a', { limit_dA: 150 }), car('b', { limit_dA: 60 })],
      { a: 110, b: 60 },
    ],
    [
      'a limit that is not drawn may not grow into the overload',
      150,
      [car('a', { limit_dA: 200, draw_dA: 110 })],
      { a: 100 },
    ],
    [
      'a phase takes only from those who use it',
      { L1: 150, L2: 0, L3: 0 },
      [car('a', { limit_dA: 150 }), car('b', { limit_dA: 250, phases: ['L2'] })],
      { a: 100, b: 250 },
    ],
    [
      'what a car on three phases gives on one counts on the others',
      90,
      [car('a', { limit_dA: 120, phases: three }), car('b', { limit_dA: 80, phases: ['L2'] })],
      { a: 80, b: 80 },
    ],
    [
      'the phase that must go lowest goes first, and the others take the rest',
      { L1: 150, L2: 30, L3: 0 },
      [car('a', { limit_dA: 150, phases: three }), car('b', { limit_dA: 150, phases: ['L2'] })],
      { a: 100, b: 120 },
    ],
    ['no phase over, nobody lowered', 100, [car('a', { limit_dA: 150 })], { a: 150 }],
  ] as const)('%s', (...[, house_dA, cars, expected]) => {
    const site = smart(250, house_dA, cars);
    const plan = planOf(site);
    const standings = reduce(plan, standingsOf(plan));
    expect(Object.fromEntries(standings.map(({ point, limit_dA }) => [point.id, limit_dA]))).toEqual(expected);
  });

  test('an unmetered car gives like one that draws all it may', () => {
    const unmetered = car('a', { limit_dA: 150, draw_dA: 0, drawLow_dA: null, isMetered: false });
    expect(limits(decided(smart(250, 300, [unmetered])))).toEqual({ a: 100 });
  });

  test('a draw that is coming down already is not asked for again, if a report newer than the sample says so', () => {
    const coming = car('a', { limit_dA: 100, draw_dA: 160, reserved_dA: 160 });
    const other = car('b', { limit_dA: 100 });
    expect(limits(decided(smart(250, 50, [coming, other])))).toEqual({ a: 100, b: 100 });
    // B7: without such a report the sample may contain the cut already, and what is over is still owed.
    const unproven = { ...coming, drawLow_dA: null };
    const owed = decided(smart(250, 50, [unproven, other]));
    expect(limits(owed)).toEqual({ a: 70, b: 70 });
    expect(becauseOf(owed, 'b')).toEqual(['mains-L1', 'fair-share']);
  });

  test('nobody is paused for a draw that may have come down since the sample', () => {
    // The sample is from before the car obeyed, its report from after.
    const obeyed = car('a', { limit_dA: 60, draw_dA: 160, drawLow_dA: { L1: 60, L2: 0, L3: 0 } });
    const cars = [obeyed, car('b', { limit_dA: 90 })];
    expect(limits(decided(smart(250, 100, cars)))).toEqual({ a: 60, b: 60 });
  });

  test('who is not heard counts as not cut, is not renewed while over, and the others bear it', () => {
    const cars = [car('a', { limit_dA: 110, heard: false }), car('b', { limit_dA: 110 })];
    const over = decided(smart(250, 50, cars));
    expect(limits(over)).toEqual({ a: 110, b: 90 });
    expect(renewed(over)).toEqual({ a: false, b: true });
    expect(becauseOf(over, 'a')).toEqual(['unheard', 'mains-L1', 'fair-share']);
    expect(renewed(decided(smart(250, 30, cars)))).toEqual({ a: true, b: true });
  });

  test('reservations lower nobody', () => {
    const cars = [car('a', { limit_dA: 125, reserved_dA: 320 }), car('b', { limit_dA: 125, reserved_dA: 320 })];
    expect(limits(decided(smart(250, 0, cars)))).toEqual({ a: 125, b: 125 });
  });

  test('a phase without a transformer lowers nobody, whatever it seems to carry', () => {
    const site = withMains(smart(250, 900, [car('a', { limit_dA: 150, phases: ['L2'] })]), { seen: ['L1'] });
    expect(limits(decided(site))).toEqual({ a: 150 });
  });

  test('a smaller MAINS or MAX comes down at once in Normal mode too', () => {
    const cars = [car('a', { limit_dA: 160 }), car('b', { limit_dA: 160 })];
    expect(limits(decided(normal(250, cars)))).toEqual({ a: 125, b: 125 });
    expect(limits(decided(normal(320, [car('a', { limit_dA: 160, maximum_dA: 130 })])))).toEqual({ a: 130 });
  });

  test('who holds less than its new minimum gets that or nothing', () => {
    const below = car('a', { limit_dA: 60, minimum_dA: 80 });
    expect(limits(decided(smart(250, 0, [below])))).toEqual({ a: 80 });
    expect(limits(decided(smart(250, 180, [below])))).toEqual({ a: 0 });
  });
});

describe('pausing', () => {
  const atMinimum = { limit_dA: 60 };
  test('nobody is lowered for what a pause removes anyway', () => {
    const cars = [car('a', { limit_dA: 100, since: 1 }), car('b', { limit_dA: 100, since: 2 })];
    expect(limits(decided(smart(250, 150, cars)))).toEqual({ a: 0, b: 100 });
  });

  test.each([
    [
      'who is at its minimum already goes before who is not',
      { limit_dA: 70, since: 1 },
      { limit_dA: 60, since: 2 },
      'b',
    ],
    ['of equals who has had its place longest', { ...atMinimum, seatedAt: 2 }, { ...atMinimum, seatedAt: 1 }, 'b'],
    [
      'of those who got theirs at once who had waited for less',
      { ...atMinimum, seatedAt: 2, waitsSince: 0 },
      { ...atMinimum, seatedAt: 2, waitsSince: 1 },
      'b',
    ],
    [
      'a lower priority before a higher one',
      { ...atMinimum, priority: 1, seatedAt: 1 },
      { ...atMinimum, seatedAt: 2 },
      'b',
    ],
    ['of the same age the first by id', atMinimum, atMinimum, 'a'],
    [
      'who only rests goes before who charges',
      { ...atMinimum, since: 1 },
      { ...atMinimum, need: 'resting', draw_dA: 60, since: 2 },
      'b',
    ],
  ] as const)('%s', (_, a, b, paused) => {
    const decisions = decided(smart(200, 120, [car('a', a), car('b', b)]));
    expect(decisions.filter(({ limit_dA }) => limit_dA === 0).map(({ id }) => id)).toEqual([paused]);
  });

  test('an earlier choice is taken back when one on another phase makes it needless', () => {
    const cars = [
      car('a', { limit_dA: 100, minimum_dA: 100, phases: ['L1', 'L2'], drawHigh_dA: { L1: 60, L2: 60, L3: 0 } }),
      car('b', { limit_dA: 100, minimum_dA: 100, phases: ['L1'] }),
      car('c', { limit_dA: 100, minimum_dA: 100, phases: ['L2'] }),
    ];
    expect(limits(decided(smart(250, 185, cars)))).toEqual({ a: 100, b: 0, c: 0 });
  });

  test('where the house alone is over, nobody on that phase holds anything, and others go on', () => {
    const cars = [
      car('a', { limit_dA: 60 }),
      car('b', { limit_dA: 60, need: 'starting' }),
      car('c', { limit_dA: 100, phases: ['L2'] }),
      car('d', { need: 'starting' }),
    ];
    const decisions = decided(smart(250, { L1: 300, L2: 0, L3: 0 }, cars));
    expect(limits(decisions)).toEqual({ a: 0, b: 0, c: 250, d: 0 });
    expect(becauseOf(decisions, 'a')).toEqual(['mains-L1', 'fair-share', 'no-current']);
    expect(becauseOf(decisions, 'd')).toEqual(['no-current', 'mains-L1']);
  });
});

test('the room that only stands for who is let go on is nobody else`s, however long he has waited', () => {
  const goesOn = car('a', { limit_dA: 60, seatedAt: 0 });
  const waits = car('b', { need: 'starting', waitsSince: 0 });
  const site = { ...smart(250, 193, [goesOn, waits]), turn_ms: 50_000 };
  expect(limits(decided(site))).toEqual({ a: 60, b: 0 });
  const room = { ...smart(250, 190, [goesOn, waits]), turn_ms: 50_000 };
  expect(limits(decided(room))).toEqual({ a: 0, b: 0 });
});
