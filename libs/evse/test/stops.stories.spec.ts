// What ends charging, and how: softly, as nothing is wrong, or at once.
import type { BoardEvent, EvseEvent } from '../src/index.js';
import { CHARGES, live, toldOf, type Story } from './rig.js';

/** Charging since 12 s; what is said at 15 s ends it. */
function ended(event: EvseEvent, change: Partial<Story> = {}) {
  return live({ ...CHARGES, ...change, also: [...(change.also ?? []), event], until: 22_000 });
}
const drawn = (at: number, L1: number): BoardEvent => ({ kind: 'draw-metered', at, draw_dA: { L1, L2: 0, L3: 0 } });
const RELEASED: EvseEvent = { kind: 'switch-sensed', at: 1000, pressed: false };
const PRESSED: EvseEvent = { kind: 'switch-sensed', at: 15_000, pressed: true };

test.each<[string, EvseEvent, Partial<Story>]>([
  ['the lease is 0', { kind: 'limit-changed', at: 15_000, limit_dA: 0 }, {}],
  ['the link is dead', { kind: 'link-changed', at: 15_000, silent: true }, {}],
  ['not even this car has enough', { kind: 'limit-changed', at: 15_000, limit_dA: 0, isShort: true }, {}],
  ['it is 65 degrees hot', { kind: 'temperature-sensed', at: 15_000, celsius: 65 }, {}],
  ['somebody presses the stop', PRESSED, { also: [RELEASED] }],
  [
    'a momentary switch takes the access back',
    PRESSED,
    {
      config: { access: 'momentary' },
      also: [RELEASED, { ...PRESSED, at: 2000 }, { ...RELEASED, at: 3000 }],
    },
  ],
  [
    'a maintained switch is opened',
    { kind: 'switch-sensed', at: 15_000, pressed: false },
    { config: { access: 'maintained' }, also: [{ kind: 'switch-sensed', at: 1000, pressed: true }] },
  ],
])('I3: softly, PWM off at once and open 6 s later (Table A.6 seq. 10.2): %s', (_, event, change) => {
  const lived = ended(event, change);
  expect(toldOf(lived, 'pilot', 15_000)).toEqual([[15_000, 'pilot X1']]);
  expect(toldOf(lived, 'open', 12_000)).toEqual([[21_000, 'open soft-stop-over']]);
});

test.each<[string, EvseEvent, Partial<Story>, string, string]>([
  [
    'the residual-current monitor trips',
    { kind: 'residual-sensed', at: 15_000, tripped: true },
    { config: { residual: 'monitored' } },
    'open fault',
    'pilot F',
  ],
  ['the board is gone', { kind: 'board-changed', at: 15_000, lost: true }, {}, 'open fault', 'pilot F'],
  ['the supply fails', { kind: 'supply-sensed', at: 15_000, failing: true }, {}, 'open supply-failing', 'pilot X1'],
  [
    'the plug loses its contact',
    { kind: 'proximity-sampled', at: 15_000, ohm: null },
    {
      ohm: [
        [0, 220],
        [15_000, null],
      ],
    },
    'open car-left',
    'pilot X1',
  ],
  [
    'I14: the plug is no longer locked',
    { kind: 'lock-sensed', at: 15_000, high: false },
    { config: { lock: { actuator: 'motor', swapped: false } } },
    'open fault',
    'pilot 266',
  ],
])('I3: at once: %s', (...[, event, change, opened, pilot]) => {
  const lived = ended(event, change);
  expect(toldOf(lived, 'close').length).toBeGreaterThan(0);
  expect(toldOf(lived, 'open', 12_000)[0]).toEqual([15_000, opened]);
  const driven = toldOf(lived, 'pilot').findLast(([at]) => at <= 15_000);
  expect(driven?.[1]).toBe(pilot);
});

test.each<[PilotWord, string]>([
  ['A', 'open car-left'],
  ['B', 'open car-stopped'],
  ['D', 'open car-stopped'],
  ['E', 'open fault'],
  ['F', 'open fault'],
  ['invalid', 'open fault'],
])('I3: a pilot that turns to %s is off after its second sample, within 100 ms (seq. 8.1)', (state, opened) => {
  const lived = live({ ...CHARGES, car: [...CHARGES.car, [15_000, state]], until: 15_100 });
  expect(toldOf(lived, 'open', 12_000)).toEqual([[15_020, opened]]);
});
type PilotWord = Story['car'][number][1];

test.each<[string, Partial<Story>]>([
  [
    'the residual-current monitor trips',
    { also: [{ kind: 'residual-sensed', at: 15_000, tripped: true }], config: { residual: 'monitored' } },
  ],
  ['the pilot is shorted', { car: [...CHARGES.car, [14_980, 'E'], [15_000, 'E'], [15_020, 'C']] }],
  [
    'the diode is lost',
    {
      diode: [
        [0, true],
        [14_980, false],
        [15_000, false],
        [15_020, true],
      ],
    },
  ],
])('the pilot stays at F for 300 ms after what opened at once, then X1 (Table A.5): %s', (_, change) => {
  expect(toldOf(live({ ...CHARGES, ...change, until: 17_000 }), 'pilot', 12_000)).toEqual([
    [15_000, 'pilot F'],
    [15_300, 'pilot X1'],
  ]);
});

test('I3: after F nobody offers anything for 3 s, so that the car sees X1', () => {
  const also: EvseEvent[] = [
    { kind: 'board-changed', at: 15_000, lost: true },
    { kind: 'board-changed', at: 15_100, lost: false },
  ];
  expect(toldOf(live({ ...CHARGES, also, until: 20_000 }), 'pilot', 15_000)).toEqual([
    [15_000, 'pilot F'],
    [15_100, 'pilot X1'],
    [15_100, 'pilot F'],
    [15_300, 'pilot X1'],
    [18_300, 'pilot 266'],
  ]);
});

test('over-current: 7 s above grant + 10 % + 0.5 A end it until the car is gone', () => {
  const also = [...Array(12).keys()].map((second) => drawn(13_000 + second * 1000, 182));
  const lived = live({ ...CHARGES, also, car: [...CHARGES.car, [24_000, 'B']], until: 30_000 });
  expect(toldOf(lived, 'open', 12_000)).toEqual([[20_000, 'open fault']]);
  expect(lived.view.faults).toEqual(['over-current']);
});

test('a car that is cut again and again, and follows each cut in 5 s, is no over-current', () => {
  const limit = [...(CHARGES.limit ?? []), [14_000, 100], [18_000, 80], [22_000, 60]] as const;
  const follows = (at: number): number => [160, 100, 80, 60][[19, 23, 27].filter((s) => at >= s).length] ?? 0;
  const also = [...Array(20).keys()].map((second) => drawn((13 + second) * 1000, follows(13 + second)));
  expect(live({ ...CHARGES, limit, also, until: 34_000 }).view).toMatchObject({ session: 'charging', faults: [] });
});

test('temperature: stops from 65 degrees on, charges again below 55', () => {
  const at = (second: number, celsius: number) => ({ kind: 'temperature-sensed', at: second * 1000, celsius }) as const;
  const also = [at(5, -10), at(14, 64.9), at(15, 65), at(30, 55), at(40, 54.9)];
  const lived = live({ ...CHARGES, also, until: 45_000 });
  expect(toldOf(lived, '', 13_000)).toEqual([
    [15_000, 'pilot X1'],
    [15_000, 'note fault high-temperature has come'],
    [21_000, 'open soft-stop-over'],
    [40_000, 'pilot 266'],
    [40_000, 'note fault high-temperature has gone'],
    [40_020, 'close'],
  ]);
});

test('NO CURRENT stands for 60 s, says when it tries again, and comes back while there is none', () => {
  const limit_dA = 0;
  const short: EvseEvent = { kind: 'limit-changed', at: 15_000, limit_dA, isShort: true };
  const story: Story = { ...CHARGES, also: [short] };
  expect(live({ ...story, until: 30_000 }).view).toMatchObject({
    faults: ['no-current'],
    retriesAt: 75_000,
    indicator: 'blink',
  });
  expect(toldOf(live({ ...story, until: 90_000 }), 'note')).toEqual([
    [15_000, 'note fault no-current has come'],
    [75_000, 'note fault no-current has gone'],
    [85_000, 'note fault no-current has come'],
  ]);
});

test('NO CURRENT: what is found within the 60 s is offered after them', () => {
  const short: EvseEvent = { kind: 'limit-changed', at: 15_000, limit_dA: 0, isShort: true };
  const limit = [...(CHARGES.limit ?? []), [20_000, 160]] as const;
  const lived = live({ ...CHARGES, limit, also: [short], until: 80_000 });
  expect(toldOf(lived, 'pilot', 14_000)).toEqual([
    [15_000, 'pilot X1'],
    [75_000, 'pilot 266'],
  ]);
});

test('who only waits for its turn has no NO CURRENT', () => {
  const waits: EvseEvent = { kind: 'limit-changed', at: 15_000, limit_dA: 0 };
  expect(live({ ...CHARGES, also: [waits], until: 30_000 }).view).toMatchObject({ faults: [], session: 'connected' });
});

test('below 6 A is no current: the pilot goes to X1, never to 6 A', () => {
  const limit = [...(CHARGES.limit ?? []), [15_000, 60], [16_000, 0]] as const;
  expect(toldOf(live({ ...CHARGES, limit, until: 25_000 }), 'pilot', 12_000)).toEqual([
    [15_000, 'pilot 100'],
    [16_000, 'pilot X1'],
  ]);
});

test('settings that could not be read stop it from the start', () => {
  expect(live({ ...CHARGES, config: { settingsDamaged: true } }).view).toMatchObject({
    session: 'blocked',
    offered_dA: 0,
    faults: ['settings-damaged'],
  });
});
