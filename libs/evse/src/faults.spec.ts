import { CONFIG, live, toldOf, type Story } from '../test/rig.js';
import { faultsOf, hasUrgentFault } from './faults.js';
import { initialEvse, stepEvse, viewEvse } from './index.js';

const CHARGES: Story = { until: 30_000, limit: [[0, 160]], car: [[0, 'C']] };

test('without a fault the set is empty', () => {
  expect(faultsOf(initialEvse(0), CONFIG)).toEqual([]);
});

test('none hides another; the most urgent for a person stands first', () => {
  const start = initialEvse(0);
  const all = {
    ...start,
    at: 5000,
    cableMissingSince: 4000,
    silent: true,
    boardLost: true,
    pilot: { ...start.pilot, state: 'E', diode: 'faulty' },
    contactor: { ...start.contactor, fault: 'welded' },
  } as const;
  expect(faultsOf(all, CONFIG)).toEqual(['contactor', 'pilot', 'diode', 'proximity', 'board-lost', 'no-serial-com']);
  expect(faultsOf({ ...all, boardLost: false }, CONFIG)).not.toContain('board-lost');
});

test('a silent link alone is not urgent', () => {
  expect(hasUrgentFault({ ...initialEvse(0), silent: true }, CONFIG)).toBe(false);
  expect(hasUrgentFault({ ...initialEvse(0), silent: true, boardLost: true }, CONFIG)).toBe(true);
});

test.each<[string, Partial<Story>, number, number]>([
  [
    'pilot: with the next state that a car can make',
    {
      car: [
        [0, 'C'],
        [15_000, 'E'],
        [16_000, 'C'],
      ],
    },
    15_020,
    16_020,
  ],
  [
    'diode: only when the car is gone, not when it is seen again',
    {
      diode: [
        [0, true],
        [15_000, false],
        [16_000, true],
      ],
      car: [
        [0, 'C'],
        [20_000, 'A'],
      ],
    },
    15_020,
    20_020,
  ],
  [
    'proximity: when the plug is read again',
    {
      ohm: [
        [0, 220],
        [15_000, null],
        [17_000, 220],
      ],
    },
    16_000,
    17_000,
  ],
  [
    'proximity: when the car is gone',
    {
      ohm: [
        [0, 220],
        [15_000, null],
      ],
      car: [
        [0, 'C'],
        [17_000, 'A'],
      ],
    },
    16_000,
    17_020,
  ],
  [
    'board-lost: with the first sample',
    {
      sampled: [
        [0, true],
        [15_000, false],
        [18_000, true],
      ],
    },
    16_000,
    18_000,
  ],
  [
    'board-lost: when the board is back',
    {
      also: [
        { kind: 'board-changed', at: 15_000, lost: true },
        { kind: 'board-changed', at: 16_000, lost: false },
      ],
    },
    15_000,
    16_000,
  ],
  [
    'no-serial-com: with the link',
    {
      also: [
        { kind: 'link-changed', at: 15_000, silent: true },
        { kind: 'link-changed', at: 16_000, silent: false },
      ],
    },
    15_000,
    16_000,
  ],
  [
    'contactor that does not close: when the car is gone',
    {
      follows: [
        [0, true],
        [1000, false],
        [12_000, true],
      ],
      car: [
        [0, 'C'],
        [14_000, 'A'],
      ],
    },
    10_480,
    14_020,
  ],
])('clears: %s', (_, change, comesAt, goesAt) => {
  const notes = toldOf(live({ ...CHARGES, ...change }), 'note');
  expect(notes.map(([at, text]) => [at, text.replace(/fault \S+ /, '')])).toEqual([
    [comesAt, 'note has come'],
    [goesAt, 'note has gone'],
  ]);
});

test('pulling the plug under load opens at once and is no fault: its resistor goes before its pilot', () => {
  const ohm = [
    [0, 220],
    [15_000, null],
  ] as const;
  const car = [
    [0, 'C'],
    [15_000, 'A'],
  ] as const;
  expect(toldOf(live({ ...CHARGES, ohm, car }), '', 11_000)).toEqual([
    [15_000, 'open car-left'],
    [15_000, 'pilot X1'],
  ]);
});

test('I12: a contactor that stays closed is latched, puts the pilot to F and survives a new car', () => {
  const car = [
    [0, 'C'],
    [15_000, 'B'],
    [20_000, 'A'],
    [25_000, 'C'],
  ] as const;
  const lived = live({
    ...CHARGES,
    car,
    follows: [
      [0, true],
      [14_000, false],
    ],
    until: 40_000,
  });
  expect(toldOf(lived, '', 15_000)).toEqual([
    [15_020, 'open car-stopped'],
    [15_520, 'pilot F'],
    [15_520, 'note fault contactor has come'],
  ]);
  expect(lived.view).toMatchObject({ pilot: 'F', session: 'blocked', contactorOpen: false, faults: ['contactor'] });
});

test('I11: a contactor found closed at the start is commanded open and latched, never used', () => {
  const first = stepEvse(initialEvse(0), { kind: 'contactor-confirmed', at: 0, closed: true }, CONFIG);
  let { state } = first;
  for (let at = 20; at <= 600; at += 20) {
    state = stepEvse(state, { kind: 'pilot-sampled', at, high_mV: 6000, low_mV: null }, CONFIG).state;
  }
  expect(first.commands[0]).toEqual({ kind: 'open-contactor', reason: 'start' });
  expect(viewEvse(state, CONFIG)).toMatchObject({ faults: ['contactor'], contactorOpen: false, offered_dA: 0 });
});

test('a process that stood still for a minute blames neither board nor contactor', () => {
  const { state } = live({ ...CHARGES, until: 12_000 });
  const woken = stepEvse(state, { kind: 'tick', at: 72_000 }, CONFIG);
  expect(woken.commands).toEqual([]);
});

test('time that seems to go back stands still', () => {
  const { state } = stepEvse(initialEvse(1000), { kind: 'tick', at: 900 }, CONFIG);
  expect(state.at).toBe(1000);
});

test.each([59, 801, -1, 60.5, Number.NaN])('a limit of %d dA is a bug of ours, not an input', (limit_dA) => {
  expect(() => stepEvse(initialEvse(0), { kind: 'limit-changed', at: 0, limit_dA }, CONFIG)).toThrow('not 0 or 60');
});

test('where there is no feedback contact a confirmation means nothing', () => {
  const event = { kind: 'contactor-confirmed', at: 0, closed: true } as const;
  const { state } = stepEvse(initialEvse(0), event, { ...CONFIG, contactorFeedback: false });
  expect(state.contactor.feedback).toBeNull();
});

test('an event of no known kind is a bug of ours', () => {
  expect(() => stepEvse(initialEvse(0), { kind: 'unplugged', at: 0 } as never, CONFIG)).toThrow('unhandled case');
});
