import { INDICATORS, type LockState } from '@fairamp/evse';
import {
  type FittingsCommand,
  type FittingsConfig,
  type FittingsEvent,
  INITIAL_FITTINGS,
  commandFittings,
  fittingsDueAt,
  fittingsEvents,
  stepFittings,
} from './outlet-fittings.js';
import { type PhysicalFault } from './physical-faults.js';

const ALL: FittingsConfig = { lock: 'motor', hasSwitch: true, residual: 'tested', hasThermometer: true };
const NONE: FittingsConfig = { lock: 'none', hasSwitch: false, residual: 'disabled', hasThermometer: false };

type Deed = readonly [at: number, deed: FittingsCommand | 'close' | 'open' | 'dark' | 'light' | PhysicalFault];

/** Ten milliseconds at a time; a fault that is named stands from then on. */
function play(until: number, deeds: readonly Deed[], config = ALL) {
  let fittings = INITIAL_FITTINGS;
  let [isClosed, isDead] = [false, false];
  const faults: PhysicalFault[] = [];
  const events: (FittingsEvent & { at: number })[] = [];
  for (let at = 0; at <= until; at += 10) {
    for (const [when, deed] of deeds) {
      if (when !== at) continue;
      if (typeof deed !== 'string') fittings = commandFittings(fittings, at, deed);
      else if (deed === 'close' || deed === 'open') isClosed = deed === 'close';
      else if (deed === 'dark' || deed === 'light') isDead = deed === 'dark';
      else faults.push(deed);
    }
    const stepped = stepFittings(fittings, { at, isClosed, isDead, faults }, config);
    fittings = stepped.fittings;
    events.push(...stepped.events.map((event) => ({ ...event, at })));
  }
  return { fittings, events, after: (at: number) => events.filter((event) => event.at > at) };
}

const pulse = (toward: LockState, for_ms = 600) => ({ kind: 'lock', toward, for_ms }) as const;
const TEST = { kind: 'test-residual' } as const;

test('a board is told once of all that there is, and of nothing that there is not', () => {
  expect(play(5000, []).events).toEqual([
    { at: 0, kind: 'lock', high: false },
    { at: 0, kind: 'switch', pressed: false },
    { at: 0, kind: 'residual', tripped: false },
    { at: 0, kind: 'temperature', celsius: 25 },
    { at: 0, kind: 'supply', failing: false },
  ]);
  expect(play(5000, [], NONE).events.map(({ kind }) => kind)).toEqual(['supply']);
});

test('a board that comes later is told the same as it stands then', () => {
  const { fittings } = play(1000, [[100, pulse('locked')]]);
  const moment = { at: 1000, isClosed: false, isDead: false, faults: [] };
  expect(fittingsEvents(fittings, moment, ALL).slice(0, 2)).toEqual([
    { kind: 'lock', high: true },
    { kind: 'switch', pressed: false },
  ]);
  expect(fittingsEvents(fittings, { ...moment, isDead: true }, ALL)).toEqual([]);
});

describe('the lock', () => {
  test.each([
    ['a solenoid is low when locked', 'solenoid', 'locked', false],
    ['and high when not', 'solenoid', 'unlocked', true],
    ['a motor is high when locked', 'motor', 'locked', true],
    ['and low when not', 'motor', 'unlocked', false],
  ] as const)('%s', (_, lock, toward, high) => {
    const levels = play(1000, [[0, pulse(toward)]], { ...ALL, lock }).events.filter(({ kind }) => kind === 'lock');
    expect(levels.at(-1)).toMatchObject({ high });
  });

  test('moves 100 ms after its pulse begins', () => {
    expect(play(2000, [[500, pulse('locked')]]).after(0)).toEqual([{ at: 600, kind: 'lock', high: true }]);
  });

  test('does not move by a pulse that is too short, or that the next one cuts short', () => {
    const deeds: Deed[] = [
      [500, pulse('locked', 90)],
      [1000, pulse('locked')],
      [1050, pulse('unlocked')],
    ];
    expect(play(2000, deeds).after(0)).toEqual([]);
  });

  test('does not move when it is jammed, and moves the other way when its wires are swapped', () => {
    expect(
      play(2000, [
        [0, 'lock-jammed'],
        [500, pulse('locked')],
      ]).fittings.bolt,
    ).toBe('unlocked');
    expect(
      play(2000, [
        [0, 'lock-swapped'],
        [500, pulse('locked')],
      ]).fittings.bolt,
    ).toBe('unlocked');
    expect(
      play(2000, [
        [0, 'lock-swapped'],
        [500, pulse('unlocked')],
      ]).fittings.bolt,
    ).toBe('locked');
  });
});

describe('the residual-current monitor', () => {
  const trips = (deeds: readonly Deed[], config = ALL) =>
    play(5000, deeds, config).events.flatMap((event) =>
      event.kind === 'residual' ? [[event.at, event.tripped] as const] : [],
    );

  test.each<[string, readonly Deed[], FittingsConfig, readonly (readonly [number, boolean])[]]>([
    [
      'lets go of a test by itself',
      [[1000, TEST]],
      ALL,
      [
        [0, false],
        [1050, true],
        [1350, false],
      ],
    ],
    ['cannot be tested where no line leads to it', [[1000, TEST]], { ...ALL, residual: 'monitored' }, [[0, false]]],
    [
      'trips on a fault current, which flows through a closed contactor alone',
      [
        [500, 'residual-current'],
        [1000, 'close'],
        [2000, 'open'],
      ],
      ALL,
      [
        [0, false],
        [1000, true],
        [2000, false],
      ],
    ],
    [
      'is tripped for good when its wire is broken',
      [
        [500, 'residual-wire'],
        [1000, TEST],
      ],
      ALL,
      [
        [0, false],
        [500, true],
      ],
    ],
    [
      'says nothing when it is deaf',
      [
        [0, 'residual-deaf'],
        [0, 'residual-current'],
        [0, 'close'],
        [1000, TEST],
      ],
      ALL,
      [[0, false]],
    ],
  ])('%s', (_, deeds, config, expected) => {
    expect(trips(deeds, config)).toEqual(expected);
  });
});

test('a finger on the switch is told, and so is it let go', () => {
  const deeds: Deed[] = [
    [500, { kind: 'press', pressed: true }],
    [700, { kind: 'press', pressed: false }],
  ];
  expect(play(1000, deeds).after(0)).toEqual([
    { at: 500, kind: 'switch', pressed: true },
    { at: 700, kind: 'switch', pressed: false },
  ]);
});

test('heat is told in degrees', () => {
  expect(play(1000, [[500, 'too-hot']]).after(0)).toEqual([{ at: 500, kind: 'temperature', celsius: 70 }]);
});

test('the LED shows what it was told, each of its patterns', () => {
  for (const indicator of Object.keys(INDICATORS) as (keyof typeof INDICATORS)[])
    expect(play(10, [[0, { kind: 'indicator', indicator }]]).fittings.indicator).toBe(indicator);
});

describe('a supply that is gone (behaviour.md 14 row 16)', () => {
  const locked: Deed[] = [
    [0, pulse('locked')],
    [500, 'close'],
    [1000, 'dark'],
  ];

  test('I14: unlocks by what is stored, and not before the contactor has fallen', () => {
    expect(play(1990, locked).fittings.bolt).toBe('locked');
    const fallen: Deed[] = [...locked, [2000, 'open']];
    expect(play(2090, fallen).fittings.bolt).toBe('locked');
    expect(play(2100, fallen).fittings.bolt).toBe('unlocked');
  });

  test('has one pulse, and another one after it was back', () => {
    const deeds: Deed[] = [...locked, [2000, 'open'], [3000, pulse('locked')]];
    expect(play(4000, deeds).fittings).toMatchObject({ bolt: 'locked', isSpent: true });
    expect(play(6000, [...deeds, [4500, 'light'], [5000, 'dark']]).fittings.bolt).toBe('unlocked');
  });

  test('says nothing, and everything when it is back', () => {
    const deeds: Deed[] = [
      [1000, 'dark'],
      [1500, 'too-hot'],
      [2000, 'light'],
    ];
    expect(play(1990, deeds).after(0)).toEqual([]);
    expect(
      play(3000, deeds)
        .after(0)
        .map(({ kind }) => kind),
    ).toEqual(['lock', 'switch', 'residual', 'temperature', 'supply']);
  });
});

test.each([
  ['nothing', INITIAL_FITTINGS, Infinity],
  ['a bolt', commandFittings(INITIAL_FITTINGS, 1000, pulse('locked')), 1100],
  ['a monitor that is about to trip', commandFittings(INITIAL_FITTINGS, 1000, TEST), 1050],
  ['a monitor that is about to let go', commandFittings(INITIAL_FITTINGS, 900, TEST), 1250],
])('the next to move is %s', (_, fittings, at) => {
  expect(fittingsDueAt(fittings, 1000)).toBe(at);
});

test('while nothing changes, nothing is built', () => {
  const { fittings } = play(100, []);
  const moment = { at: 110, isClosed: false, isDead: false, faults: [] };
  const once = stepFittings(fittings, moment, ALL);
  expect(once.fittings).toBe(fittings);
  expect(stepFittings(fittings, moment, ALL).events).toBe(once.events);
});
