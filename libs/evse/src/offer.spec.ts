import { CHARGES, live, toldOf, type Story } from '../test/rig.js';

describe('a soft stop', () => {
  const STOPS: Story = {
    ...CHARGES,
    until: 40_000,
    limit: [
      [0, 160],
      [15_000, 0],
    ],
  };

  test('is seen as one and counts as drawing', () => {
    expect(live({ ...STOPS, until: 20_980 }).view).toMatchObject({
      session: 'stopping',
      stopping: true,
      offered_dA: 0,
      contactorOpen: false,
    });
  });

  test('ends under load after 6 s when the car does not stop (seq. 10.2)', () => {
    expect(toldOf(live(STOPS), '', 15_000)).toEqual([
      [15_000, 'pilot X1'],
      [21_000, 'open soft-stop-over'],
    ]);
  });

  test('ends as soon as the car stops', () => {
    const lived = live({ ...STOPS, car: [...CHARGES.car, [16_000, 'B']] });
    expect(toldOf(lived, 'open', 15_000)).toEqual([[16_020, 'open car-stopped']]);
    expect(lived.view).toMatchObject({ session: 'connected', stopping: false, contactorOpen: true });
  });

  test('once begun ends with the contactor open, also when the lease is back in the next moment', () => {
    const lived = live({
      ...STOPS,
      limit: [
        [0, 160],
        [15_000, 0],
        [15_100, 160],
      ],
    });
    expect(toldOf(lived, '', 15_000)).toEqual([
      [15_000, 'pilot X1'],
      [21_000, 'open soft-stop-over'],
      [21_040, 'pilot 266'],
      [22_020, 'close'],
    ]);
  });

  test('offers nothing while the contactor is not known to be open', () => {
    const limit = [
      [0, 160],
      [15_000, 0],
      [15_100, 160],
    ] as const;
    const lived = live({
      ...STOPS,
      limit,
      follows: [
        [0, true],
        [20_000, false],
      ],
      until: 21_400,
    });
    expect(lived.view).toMatchObject({ offered_dA: 0, contactorOpen: false, session: 'connected' });
  });

  test.each([
    ['noticed at once', 15_000, 21_000],
    ['noticed within q = 0.5 s', 14_500, 21_000],
    ['noticed 4 s late by a process that stalled: the master has freed this share meanwhile', 11_000 + 1_200, 18_700],
    ['noticed later than the whole of it', 8_000, 15_000],
    ['told of the future: no longer than from now', 16_000, 21_000],
  ])('I3: counts from the end of the lease, %s', (_case, since, opensAt) => {
    const { limit, ...story } = STOPS;
    const ended = { kind: 'limit-changed', at: 15_000, limit_dA: 0, since } as const;
    const lived = live({ ...story, limit: limit?.slice(0, 1) ?? [], also: [ended] });
    expect(toldOf(lived, 'open', 15_000)).toEqual([[opensAt, 'open soft-stop-over']]);
  });

  test('is cut short by what opens at once', () => {
    const lived = live({
      ...STOPS,
      also: [{ kind: 'link-changed', at: 15_000, silent: true }],
      car: [...CHARGES.car, [16_000, 'E']],
    });
    expect(toldOf(lived, 'open', 15_000)).toEqual([[16_020, 'open fault']]);
  });
});

describe('raises', () => {
  test('are at least 5 s apart, and go to what is free then', () => {
    const limit = [
      [0, 60],
      [15_000, 100],
      [15_100, 120],
      [16_000, 160],
      [21_000, 200],
    ] as const;
    expect(toldOf(live({ ...CHARGES, limit, until: 30_000 }), 'pilot', 11_000)).toEqual([
      [11_020, 'pilot 100'],
      [16_020, 'pilot 266'],
      [21_020, 'pilot 333'],
    ]);
  });

  test('do not hold up a lower limit', () => {
    const limit = [
      [0, 160],
      [15_000, 100],
      [15_200, 160],
      [15_400, 80],
      [15_600, 160],
    ] as const;
    expect(toldOf(live({ ...CHARGES, limit, until: 25_000 }), 'pilot', 12_000)).toEqual([
      [15_000, 'pilot 166'],
      [15_400, 'pilot 133'],
      [16_020, 'pilot 266'],
    ]);
  });

  test('from X1 wait 3 s, or the car may not have seen it', () => {
    const limit = [
      [0, 160],
      [18_000, 0],
      [18_500, 160],
    ] as const;
    expect(
      toldOf(
        live({
          ...CHARGES,
          car: [
            [0, 'A'],
            [11_000, 'B'],
          ],
          limit,
          until: 30_000,
        }),
        'pilot',
        12_000,
      ),
    ).toEqual([
      [18_000, 'pilot X1'],
      [21_000, 'pilot 266'],
    ]);
  });
});

test('closings are at least 10 s apart', () => {
  const car = [...CHARGES.car, [15_000, 'B'], [16_000, 'C']] as const;
  expect(toldOf(live({ ...CHARGES, car, until: 30_000 }), 'close')).toEqual([
    [12_020, 'close'],
    [22_020, 'close'],
  ]);
});

test('a lower limit with the same duty says nothing new and is the new offer', () => {
  const lived = live({
    ...CHARGES,
    limit: [
      [0, 526],
      [13_000, 525],
    ],
    ohm: [[0, 100]],
    config: { max_dA: 800 },
  });
  expect(lived.view.offered_dA).toBe(525);
});
