// The plug's lock in the life of a charge point (I14).
import type { EvseConfig, EvseEvent } from '../src/index.js';
import { CHARGES, live, press, toldOf, type Story } from './rig.js';

const lockOf = (actuator: 'solenoid' | 'motor', swapped = false): Pick<EvseConfig, 'lock'> => ({
  lock: { actuator, swapped },
});
const LEAVES: Story = { ...CHARGES, car: [...CHARGES.car, [20_000, 'B'], [22_000, 'A']], until: 25_000 };
describe('the lock (I14)', () => {
  test.each<[string, Partial<EvseConfig>, readonly (readonly [number, string])[]]>([
    [
      'a solenoid',
      lockOf('solenoid'),
      [
        [40, 'pulse unlocked 300'],
        [12_020, 'pulse locked 300'],
        [12_420, 'close'],
        [20_020, 'open car-stopped'],
        [20_060, 'pulse unlocked 300'],
      ],
    ],
    [
      'a motor',
      lockOf('motor'),
      [
        [40, 'pulse unlocked 600'],
        [12_020, 'pulse locked 600'],
        [12_720, 'close'],
        [20_020, 'open car-stopped'],
        [20_060, 'pulse unlocked 600'],
      ],
    ],
    [
      'a motor whose wires are swapped',
      lockOf('motor', true),
      [
        [40, 'pulse locked 600'],
        [12_020, 'pulse unlocked 600'],
        [12_720, 'close'],
        [20_020, 'open car-stopped'],
        [20_060, 'pulse locked 600'],
      ],
    ],
    [
      'without a feedback contact of the contactor its travel is waited for',
      { ...lockOf('motor'), contactorFeedback: false },
      [
        [260, 'pulse unlocked 600'],
        [12_020, 'pulse locked 600'],
        [12_720, 'close'],
        [20_020, 'open car-stopped'],
        [20_280, 'pulse unlocked 600'],
      ],
    ],
  ])('%s is locked before the contactor closes, and opened when it is known to be open', (_, config, told) => {
    const lived = live({ ...LEAVES, config });
    expect(toldOf(lived, '').filter(([, word]) => /^(pulse|close|open car)/.test(word))).toEqual(told);
    expect(lived.view).toMatchObject({ lock: 'unlocked', faults: [] });
  });

  test('a fixed cable has none, whatever is configured: nothing is pulsed', () => {
    const lived = live({ ...LEAVES, config: { ...lockOf('motor'), connector: 'fixed' } });
    expect(toldOf(lived, 'pulse')).toEqual([]);
    expect(toldOf(lived, 'close')).toEqual([[12_020, 'close']]);
    expect(lived.view.lock).toBeNull();
  });

  const JAMS: Story = { ...CHARGES, jams: [[11_000, true]], config: lockOf('motor'), until: 60_000 };

  test('one that does not obey is pulsed five times in 20 s, then it is a fault, and nothing is ever closed', () => {
    const lived = live(JAMS);
    expect(toldOf(lived, 'pulse', 11_000).map(([at]) => at)).toEqual([12_020, 17_020, 22_020, 27_020, 32_020]);
    expect(toldOf(lived, 'note')).toEqual([[32_720, 'note fault lock-failed has come']]);
    expect(toldOf(lived, 'close')).toEqual([]);
    expect(lived.view).toMatchObject({ session: 'blocked', faults: ['lock-failed'], offered_dA: 0 });
  });

  test('its fault ends with the car', () => {
    const lived = live({ ...JAMS, car: [...CHARGES.car, [40_000, 'A']] });
    expect(toldOf(lived, 'note', 33_000)).toEqual([[40_040, 'note fault lock-failed has gone']]);
  });

  test.each<[string, EvseEvent[]]>([
    ['by a person', [{ kind: 'acknowledged', at: 40_000 }]],
    ['by a press of the switch, which stops nothing then', [...press(40)]],
  ])('its fault is acknowledged %s, and it is tried again', (_, also) => {
    const lived = live({
      ...JAMS,
      jams: [
        [11_000, true],
        [39_000, false],
      ],
      also,
    });
    expect(toldOf(lived, 'note', 33_000)).toEqual([[40_000, 'note fault lock-failed has gone']]);
    expect(lived.view).toMatchObject({ session: 'charging', lock: 'locked' });
  });

  test('one that does not open is a fault too; it ends when it obeys', () => {
    const lived = live({
      ...LEAVES,
      config: lockOf('solenoid'),
      jams: [
        [15_000, true],
        [60_000, false],
      ],
      also: [{ kind: 'lock-sensed', at: 60_000, high: true }],
      until: 61_000,
    });
    expect(toldOf(lived, 'note')).toEqual([
      [40_460, 'note fault lock-failed has come'],
      [60_000, 'note fault lock-failed has gone'],
    ]);
  });

  test('a board that was away says anew what its lock does, and is asked to open it', () => {
    const also: EvseEvent[] = [
      { kind: 'board-changed', at: 15_000, lost: true },
      { kind: 'board-changed', at: 15_500, lost: false },
    ];
    const lived = live({ ...CHARGES, config: lockOf('motor'), also, until: 16_000 });
    expect(toldOf(lived, 'pulse', 15_000)).toEqual([
      [15_040, 'pulse unlocked 600'],
      [15_540, 'pulse unlocked 600'],
    ]);
  });

  test('a supply that fails leaves nothing offered, and the plug free', () => {
    const also: EvseEvent[] = [{ kind: 'supply-sensed', at: 15_000, failing: true }];
    const lived = live({ ...CHARGES, config: lockOf('solenoid'), also, until: 16_000 });
    expect(toldOf(lived, '', 15_000)).toEqual([
      [15_000, 'open supply-failing'],
      [15_000, 'pilot X1'],
      [15_040, 'pulse unlocked 300'],
    ]);
  });
});
