import { CONFIG, CHARGES, live, toldOf, type Story } from '../test/rig.js';
import { initialEvse, stepEvse } from './index.js';

test('I11: a start opens the contactor and puts the pilot to X1 before anything else', () => {
  const { commands, state } = stepEvse(initialEvse(0), { kind: 'tick', at: 5 }, CONFIG);
  expect(commands).toEqual([
    { kind: 'open-contactor', reason: 'start' },
    { kind: 'set-pilot', pilot: { kind: 'X1' } },
    { kind: 'set-indicator', indicator: 'dim' },
  ]);
  expect(stepEvse(state, { kind: 'tick', at: 6 }, CONFIG).commands).toEqual([]);
});

test('a session: PWM when the car is there, contactor when it asks, both off as it stops and leaves', () => {
  const car = [...CHARGES.car, [20_000, 'B'], [22_000, 'A']] as const;
  const lived = live({ ...CHARGES, car, until: 25_000 });
  expect(toldOf(lived, '')).toEqual([
    [0, 'open start'],
    [0, 'pilot X1'],
    [11_020, 'pilot 266'],
    [12_020, 'close'],
    [20_020, 'open car-stopped'],
    [22_020, 'pilot X1'],
  ]);
  expect(lived.view).toMatchObject({ pilot: 'A', session: 'idle', contactorOpen: true, demand_dA: 0, faults: [] });
});

/** Table A.5: F for 300 ms, then X1, so that the car is seen again. */
function after(fault: string, at: number) {
  return [
    [at, 'pilot F'],
    [at, `note fault ${fault} has come`],
    [at + 300, 'pilot X1'],
  ] as const;
}

test.each<[string, Partial<Story>, readonly (readonly [number, string])[], object]>([
  ['no lease, nothing offered', { limit: [] }, [], { session: 'connected', offered_dA: 0, demand_dA: 320 }],
  ['a car in B is offered, not served', { car: [[0, 'B']] }, [[5000, 'pilot 266']], { session: 'offering' }],
  ['D is offered nothing', { car: [[0, 'D']] }, [], { session: 'connected', pilot: 'D', demand_dA: 0 }],
  ['E stays off', { car: [[0, 'E']] }, after('pilot', 40), { session: 'blocked', faults: ['pilot'] }],
  ['F stays off', { car: [[0, 'F']] }, after('pilot', 40), { session: 'blocked', faults: ['pilot'] }],
  [
    'a level between the states stays off',
    { car: [[0, 'invalid']] },
    after('pilot', 40),
    { session: 'blocked', pilot: 'invalid' },
  ],
  [
    'A to C directly: PWM first, closed after the diode was seen',
    {
      car: [
        [0, 'A'],
        [11_000, 'C'],
      ],
    },
    [
      [11_020, 'pilot 266'],
      [11_060, 'close'],
    ],
    { session: 'charging', contactorOpen: false },
  ],
  [
    'a car in C at the start waits 10 s, as a closing may have preceded it',
    { car: [[0, 'C']] },
    [
      [5000, 'pilot 266'],
      [10_000, 'close'],
    ],
    { session: 'charging' },
  ],
  [
    'MAX limits the offer',
    { limit: [[0, 500]], car: [[0, 'B']] },
    [[5000, 'pilot 533']],
    { offered_dA: 320, demand_dA: 320 },
  ],
  [
    'the cable limits the offer',
    { limit: [[0, 500]], car: [[0, 'B']], ohm: [[0, 680]] },
    [[5000, 'pilot 266']],
    { offered_dA: 160, demand_dA: 160 },
  ],
  [
    'a fixed cable limits the offer and needs no plug',
    { limit: [[0, 500]], car: [[0, 'B']], ohm: [[0, null]], config: { connector: 'fixed' } },
    [[5000, 'pilot 216']],
    { offered_dA: 130, faults: [] },
  ],
  [
    'no plug in the socket: a fault after a second, nothing offered',
    { car: [[0, 'B']], ohm: [[0, null]] },
    after('proximity', 1040),
    { session: 'blocked', demand_dA: 0, faults: ['proximity'] },
  ],
  [
    'a car without a diode is never served',
    { car: [[0, 'B']], diode: [[0, false]] },
    [[5000, 'pilot 266'], ...after('diode', 5040)],
    { session: 'blocked', faults: ['diode'] },
  ],
  [
    'a silent link offers nothing',
    { car: [[0, 'B']], also: [{ kind: 'link-changed', at: 40, silent: true }] },
    [[40, 'note fault no-serial-com has come']],
    { session: 'blocked', offered_dA: 0, faults: ['no-serial-com'] },
  ],
  [
    'a contactor without feedback is believed',
    { car: [[0, 'C']], config: { contactorFeedback: false } },
    [
      [5000, 'pilot 266'],
      [10_000, 'close'],
    ],
    { session: 'charging', contactorOpen: false },
  ],
])('%s', (_, change, told, view) => {
  const lived = live({ ...CHARGES, ...change });
  expect(toldOf(lived, '').slice(2)).toEqual(told);
  expect(lived.view).toMatchObject(view);
});
