// The manual's options in the life of a charge point: switch, residual-current monitor, ventilation; and a car that
// sleeps. The lock has stories of its own.
import type { EvseEvent } from '../src/index.js';
import { CHARGES, live, press, toldOf, type Story } from './rig.js';

describe('the switch', () => {
  test('with ACCESS disabled it stops for good, until it is pressed again', () => {
    const lived = live({ ...CHARGES, also: press(15, 30), until: 35_000 });
    expect(toldOf(lived, 'pilot', 14_000)).toEqual([
      [15_000, 'pilot X1'],
      [30_000, 'pilot 266'],
    ]);
    expect(live({ ...CHARGES, also: press(15), until: 29_000 }).view).toMatchObject({
      session: 'stopped',
      indicator: 'flash',
      retriesAt: null,
    });
  });

  test('a stop is for the car that is there', () => {
    const car = [...CHARGES.car, [25_000, 'A'], [30_000, 'C']] as const;
    expect(live({ ...CHARGES, car, also: press(15), until: 35_000 }).view.session).toBe('charging');
  });

  test('without a car there is nothing to stop', () => {
    expect(live({ ...CHARGES, also: press(5) }).view.session).toBe('charging');
  });

  test('a stop with a time is over after it, and the next press stops again', () => {
    const story: Story = { ...CHARGES, config: { stopRestart_s: 15 }, also: press(15, 40) };
    expect(live({ ...story, until: 22_000 }).view).toMatchObject({ session: 'stopped', retriesAt: 30_000 });
    expect(live({ ...story, until: 39_000 }).view).toMatchObject({ session: 'charging', retriesAt: null });
    expect(live({ ...story, until: 41_000 }).view.session).toBe('stopping');
  });

  test('a stop with a time is not what a fault waits for', () => {
    const lost: EvseEvent = { kind: 'board-changed', at: 20_000, lost: true };
    const { view } = live({ ...CHARGES, config: { stopRestart_s: 15 }, also: [...press(15), lost], until: 22_000 });
    expect(view).toMatchObject({ faults: ['board-lost'], retriesAt: null, indicator: 'blink-slow' });
  });

  test('momentary: off after a start, on with a press, off with the next', () => {
    const story: Story = { ...CHARGES, config: { access: 'momentary' }, until: 20_000 };
    expect(live(story).view).toMatchObject({ session: 'denied', indicator: 'off', offered_dA: 0 });
    expect(live({ ...story, also: press(5) }).view.session).toBe('charging');
    expect(live({ ...story, also: press(5, 8) }).view.session).toBe('denied');
  });

  test('maintained: a board that was away must say again that it is closed', () => {
    const closed = { kind: 'switch-sensed', at: 5000, pressed: true } as const;
    const away: EvseEvent[] = [
      { kind: 'board-changed', at: 15_000, lost: true },
      { kind: 'board-changed', at: 15_100, lost: false },
    ];
    const story: Story = { ...CHARGES, config: { access: 'maintained' }, until: 30_000 };
    expect(live({ ...story, also: [closed, ...away] }).view.session).toBe('denied');
    expect(live({ ...story, also: [closed, ...away, { ...closed, at: 15_200 }] }).view.session).toBe('charging');
  });
});

describe('the residual-current monitor', () => {
  test('is tested once a day before a session, and nothing closes meanwhile', () => {
    const lived = live({
      ...CHARGES,
      car: [
        [0, 'A'],
        [11_000, 'C'],
      ],
      config: { residual: 'tested' },
    });
    expect(toldOf(lived, '', 11_000)).toEqual([
      [11_020, 'pilot 266'],
      [11_020, 'test residual'],
      [11_420, 'close'],
    ]);
  });

  test('one that does not answer its test is latched as tripped', () => {
    const lived = live({ ...CHARGES, trips: [[1000, false]], config: { residual: 'tested' } });
    expect(toldOf(lived, 'note')).toEqual([[13_020, 'note fault residual-current has come']]);
    expect(lived.view).toMatchObject({ session: 'blocked', indicator: 'blink-fast' });
  });

  test('one that says nothing once its board is back is told of, and charging goes on when it speaks', () => {
    const away: EvseEvent[] = [
      { kind: 'board-changed', at: 15_000, lost: true },
      { kind: 'board-changed', at: 15_100, lost: false },
    ];
    const heard: EvseEvent = { kind: 'residual-sensed', at: 20_000, tripped: false };
    const story: Story = { ...CHARGES, config: { residual: 'monitored' }, also: away, until: 40_000 };
    expect(live(story).view).toMatchObject({ session: 'blocked', faults: ['residual-current'] });
    const lived = live({ ...story, also: [...away, heard] });
    expect(toldOf(lived, 'note', 15_101)).toEqual([
      [16_080, 'note fault residual-current has come'],
      [20_000, 'note fault residual-current has gone'],
    ]);
    expect(lived.view.session).toBe('charging');
  });

  const TRIPPED: EvseEvent[] = [
    { kind: 'residual-sensed', at: 15_000, tripped: true },
    { kind: 'residual-sensed', at: 16_000, tripped: false },
  ];
  test.each<[string, readonly EvseEvent[], readonly string[]]>([
    ['time clears nothing', [], ['residual-current']],
    ['a person does, with the input low', [{ kind: 'acknowledged', at: 17_000 }], []],
    ['the switch does', press(17), []],
    ['not while it trips', [{ kind: 'acknowledged', at: 15_500 }], ['residual-current']],
    ['a new car does not', [], ['residual-current']],
  ])('a trip stays latched: %s', (_, also, faults) => {
    const car = [...CHARGES.car, [20_000, 'A'], [25_000, 'B']] as const;
    const lived = live({
      ...CHARGES,
      car,
      config: { residual: 'monitored' },
      also: [...TRIPPED, ...also],
      until: 30_000,
    });
    expect(lived.view.faults).toEqual(faults);
    if (faults.length === 0) expect(lived.view.session).toBe('offering');
  });

  test('one that has tripped before and was never heard is not closed upon', () => {
    const lived = live({ ...CHARGES, trips: [[0, false]], config: { residual: 'monitored' } });
    expect(toldOf(lived, 'close')).toEqual([]);
  });
});

test.each([
  [true, 'charging'],
  [false, 'connected'],
])('a car that asks for ventilation (D), where there is some: %p: %s', (ventilated, session) => {
  const car = [
    [0, 'A'],
    [11_000, 'D'],
  ] as const;
  expect(live({ ...CHARGES, car, config: { ventilated } }).view).toMatchObject({ pilot: 'D', session });
});

test('a car that sleeps is woken with 4 s of -12 V after 30 s, three times and no more', () => {
  const lived = live({
    ...CHARGES,
    car: [
      [0, 'A'],
      [11_000, 'B'],
    ],
    until: 160_000,
  });
  expect(toldOf(lived, 'pilot F').map(([at]) => at)).toEqual([41_020, 75_020, 109_020]);
  expect(toldOf(lived, 'pilot 266', 12_000).map(([at]) => at)).toEqual([45_020, 79_020, 113_020]);
  expect(lived.view).toMatchObject({ session: 'offering', faults: [] });
});

test('a car that has charged is never woken', () => {
  const lived = live({ ...CHARGES, car: [...CHARGES.car, [15_000, 'B']], until: 120_000 });
  expect(toldOf(lived, 'pilot F')).toEqual([]);
});
