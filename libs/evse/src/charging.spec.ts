import { CHARGES, live, toldOf, type Story } from '../test/rig.js';

/** What follows a change at 15 s, while charging since 12 s. */
function after(change: Partial<Story>, until = 16_000) {
  const car = [...CHARGES.car, ...(change.car ?? [])];
  const limit = [...(CHARGES.limit ?? []), ...(change.limit ?? [])];
  const lived = live({ ...CHARGES, ...change, car, limit, until });
  return { told: toldOf(lived, '', 15_000), view: lived.view };
}

test.each<[string, Partial<Story>, readonly (readonly [number, string])[]]>([
  ['the car stops: open within 100 ms (Table A.6 seq. 8.1)', { car: [[15_000, 'B']] }, [[15_020, 'open car-stopped']]],
  [
    'the car leaves: open, and nothing offered',
    { car: [[15_000, 'A']] },
    [
      [15_020, 'open car-left'],
      [15_020, 'pilot X1'],
    ],
  ],
  [
    'the car asks for ventilation',
    { car: [[15_000, 'D']] },
    [
      [15_020, 'open car-stopped'],
      [15_020, 'pilot X1'],
    ],
  ],
  [
    'a short of the pilot opens at once (seq. 12)',
    { car: [[15_000, 'E']] },
    [
      [15_020, 'open fault'],
      [15_020, 'pilot F'],
      [15_020, 'note fault pilot has come'],
      [15_320, 'pilot X1'],
    ],
  ],
  [
    'a diode that breaks opens at once',
    {
      diode: [
        [0, true],
        [15_000, false],
      ],
    },
    [
      [15_020, 'open fault'],
      [15_020, 'pilot F'],
      [15_020, 'note fault diode has come'],
      [15_320, 'pilot X1'],
    ],
  ],
  [
    'a plug that loses its contact opens at once',
    {
      ohm: [
        [0, 220],
        [15_500, null],
      ],
    },
    [
      [15_500, 'open car-left'],
      [15_500, 'pilot X1'],
    ],
  ],
  [
    'a board that is gone is told to open all the same',
    { also: [{ kind: 'board-changed', at: 15_100, lost: true }] },
    [
      [15_100, 'open fault'],
      [15_100, 'pilot F'],
      [15_100, 'note fault board-lost has come'],
      [15_400, 'pilot X1'],
    ],
  ],
  ['a lower lease lowers the duty at once', { limit: [[15_000, 90]] }, [[15_000, 'pilot 150']]],
  ['a lease of 0 switches PWM off at once and leaves the car 6 s', { limit: [[15_000, 0]] }, [[15_000, 'pilot X1']]],
  [
    'a dead link does the same',
    { also: [{ kind: 'link-changed', at: 15_100, silent: true }] },
    [
      [15_100, 'pilot X1'],
      [15_100, 'note fault no-serial-com has come'],
    ],
  ],
])('while charging, %s', (_, change, told) => {
  expect(after(change).told).toEqual(told);
});

test('opening never waits for the link: the first of the commands opens', () => {
  const lived = live({ ...CHARGES, car: [...CHARGES.car, [15_000, 'E']], until: 15_100 });
  const both = lived.told.filter(([at]) => at === 15_020);
  expect(both[0]?.[1]).toBe('open fault');
});
