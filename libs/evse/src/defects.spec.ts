// What 2.07 did wrong as a charge point and this one does not: the items of docs/defects.md, a short test each.
import { CHARGES, CONFIG, LEVEL_mV, live, press, toldOf, type Story } from '../test/rig.js';
import { dutyOf, stepEvse, type EvseEvent, type EvseState, type PilotState } from './index.js';
import { initialPilot, readPilot, type PilotReading } from './pilot.js';

const MOTOR = { lock: { actuator: 'motor', swapped: false } } as const;
const MONITORED = { residual: 'monitored' } as const;
const acknowledged = (at: number): EvseEvent => ({ kind: 'acknowledged', at });
const tripped = (at: number, is: boolean): EvseEvent => ({ kind: 'residual-sensed', at, tripped: is });
const celsius = (at: number, degrees: number): EvseEvent => ({ kind: 'temperature-sensed', at, celsius: degrees });
/** The first commands of that kind from then on. */
const from = (at: number, word: string, story: Partial<Story>) =>
  toldOf(live({ ...CHARGES, until: 25_000, ...story }), word, at)[0];

test('13.1 item 1: a car that leaves under load is opened at once, also when nobody can be told', () => {
  const also: EvseEvent[] = [{ kind: 'link-changed', at: 14_900, silent: true }];
  expect(from(15_000, 'open', { car: [...CHARGES.car, [15_000, 'A']], also })).toEqual([15_020, 'open car-left']);
});

test('13.1 item 2: heat that comes and goes does not take a residual-current trip with it', () => {
  const also = [tripped(15_000, true), tripped(15_500, false), celsius(16_000, 66), celsius(17_000, 54)];
  const both = live({ ...CHARGES, config: MONITORED, also, until: 16_500 });
  expect(both.view.faults).toEqual(['residual-current', 'high-temperature']);
  expect(live({ ...CHARGES, config: MONITORED, also, until: 20_000 }).view.faults).toEqual(['residual-current']);
});

test('13.1 item 5: settings that could not be read let nothing charge, and it is said', () => {
  const { view, told } = live({ ...CHARGES, config: { settingsDamaged: true } });
  expect(view.faults).toEqual(['settings-damaged']);
  expect(told.map(([, word]) => word)).not.toContain('close');
});

test.each([
  [320, 130, 130],
  [100, 320, 100],
])('13.1 item 7: MAX %d dA and a fixed cable of %d dA offer the lower of both', (max_dA, cable_dA, offered_dA) => {
  const config = { connector: 'fixed', max_dA, cable_dA } as const;
  expect(live({ ...CHARGES, limit: [[0, 500]], config }).view.offered_dA).toBe(offered_dA);
});

test('13.1 item 10: bounce of the switch is no second press', () => {
  const bouncing = [0, 20, 40, 60].map((after_ms, index): EvseEvent => {
    return { kind: 'switch-sensed', at: 15_000 + after_ms, pressed: index % 2 === 0 };
  });
  const released: EvseEvent = { kind: 'switch-sensed', at: 0, pressed: false };
  const again: EvseEvent = { kind: 'switch-sensed', at: 15_100, pressed: true };
  expect(live({ ...CHARGES, also: [released, ...bouncing, again], until: 18_000 }).view.session).toBe('stopping');
});

test('13.1 item 12: 6 A can be the most', () => {
  expect(live({ ...CHARGES, config: { max_dA: 60 } }).view.offered_dA).toBe(60);
});

test('13.1 item 17: it charges again as soon as the link is back, without a delay of its own', () => {
  const also: EvseEvent[] = [
    { kind: 'link-changed', at: 15_000, silent: true },
    { kind: 'link-changed', at: 40_000, silent: false },
  ];
  expect(from(30_000, 'pilot', { also, until: 45_000 })).toEqual([40_000, 'pilot 266']);
});

test('13.1 item 20: what is first offered is for this car and this cable', () => {
  const story: Story = {
    until: 40_000,
    limit: [[0, 320]],
    car: [...CHARGES.car, [20_000, 'A'], [25_000, 'B']],
    ohm: [
      [0, 220],
      [22_000, 680],
    ],
  };
  expect(from(11_000, 'pilot', story)).toEqual([11_020, 'pilot 533']);
  expect(from(25_000, 'pilot', story)).toEqual([25_020, 'pilot 266']);
});

test('13.1 item 21: a car that sleeps is woken', () => {
  expect(
    from(12_000, 'pilot', {
      car: [
        [0, 'A'],
        [11_000, 'B'],
      ],
      until: 50_000,
    }),
  ).toEqual([41_020, 'pilot F']);
});

test('13.1 item 22: the switch stops softly, not under load', () => {
  const car = [...CHARGES.car, [18_000, 'B']] as const;
  expect(from(15_000, 'pilot', { also: press(15) })).toEqual([15_000, 'pilot X1']);
  expect(from(15_000, 'open', { also: press(15), car })).toEqual([18_020, 'open car-stopped']);
});

test.each(['link-changed', 'switch-sensed', 'residual-sensed', 'temperature-sensed'] as const)(
  '13.1 item 23: C to B opens within 100 ms whatever else is heard meanwhile (%s)',
  (kind) => {
    const busy = [0, 20, 40].map((after_ms) => {
      return { kind, at: 15_000 + after_ms, silent: false, pressed: false, tripped: false, celsius: 20 };
    });
    const also = busy as readonly EvseEvent[];
    expect(from(15_000, 'open', { car: [...CHARGES.car, [15_000, 'B']], also })).toEqual([15_020, 'open car-stopped']);
  },
);

test('13.1 item 25: frost is not heat, nor nothing', () => {
  const also = [celsius(15_000, 65), celsius(20_000, -5)];
  expect(live({ ...CHARGES, also, until: 19_000 }).view.faults).toEqual(['high-temperature']);
  expect(live({ ...CHARGES, also, until: 21_000 }).view.faults).toEqual([]);
});

test('13.1 item 29: what is not urgent ends with PWM off and up to 6 s for the car, a trip at once', () => {
  expect(from(15_000, 'open', { also: [celsius(15_000, 65)] })).toEqual([21_000, 'open soft-stop-over']);
  expect(from(15_000, 'open', { also: [tripped(15_000, true)], config: MONITORED })).toEqual([15_000, 'open fault']);
});

test('13.1 item 30: 0 A is a stop, never 6 A', () => {
  const limit = [...(CHARGES.limit ?? []), [15_000, 0]] as const;
  expect(toldOf(live({ ...CHARGES, limit, until: 25_000 }), 'pilot', 13_000)).toEqual([[15_000, 'pilot X1']]);
});

test.each([
  ['solenoid', 300],
  ['motor', 600],
] as const)('13.1 item 31: a %s has its own pulse, of %d ms', (actuator, for_ms) => {
  expect(from(12_000, 'pulse', { config: { lock: { actuator, swapped: false } } })?.[1]).toBe(`pulse locked ${for_ms}`);
});

test('13.1 item 33: a car that asks at once is offered current at once, A to C', () => {
  expect(
    from(11_000, 'pilot', {
      car: [
        [0, 'A'],
        [11_000, 'C'],
      ],
    }),
  ).toEqual([11_020, 'pilot 266']);
});

test.each<[string, Partial<Story>]>([
  ['without a car', { car: [[0, 'A']] }],
  ['for a car that does not ask', { car: [[0, 'B']] }],
  ['with a fault', { car: [[0, 'C']], also: [tripped(14_000, true)], config: MONITORED }],
])('13.2 item 1: a limit that comes late closes nothing %s', (_, story) => {
  const told = toldOf(live({ ...CHARGES, until: 25_000, ...story, limit: [[15_000, 160]] }), 'close');
  expect(told).toEqual([]);
});

test('13.2 item 2: NO CURRENT, a dead link and a car that leaves do not take the trip with them', () => {
  const also: EvseEvent[] = [
    tripped(15_000, true),
    tripped(15_500, false),
    { kind: 'limit-changed', at: 16_000, limit_dA: 0, isShort: true },
    { kind: 'link-changed', at: 17_000, silent: true },
    { kind: 'link-changed', at: 80_000, silent: false },
  ];
  const car = [...CHARGES.car, [18_000, 'A'], [19_000, 'C']] as const;
  const faults = (until: number) => live({ ...CHARGES, config: MONITORED, also, car, until }).view.faults;
  expect(faults(17_500)).toEqual(['residual-current', 'no-serial-com', 'no-current']);
  expect(faults(85_000)).toContain('residual-current');
});

test('13.2 item 3: -12 V from a car that charges is a fault and opens', () => {
  const lived = live({ ...CHARGES, car: [...CHARGES.car, [15_000, 'F']], until: 15_200 });
  expect(toldOf(lived, 'open', 13_000)).toEqual([[15_020, 'open fault']]);
  expect(lived.view.faults).toEqual(['pilot']);
});

test.each<[PilotState, PilotState]>([
  ['A', 'E'],
  ['A', 'invalid'],
  ['B', 'E'],
  ['B', 'F'],
  ['B', 'invalid'],
])('13.2 item 4: a pilot that turns from %s to %s is not silent', (state, wrong) => {
  const car = [
    [0, state],
    [12_000, wrong],
  ] as const;
  expect(live({ ...CHARGES, car, until: 13_000 }).view).toMatchObject({ faults: ['pilot'], indicator: 'blink-slow' });
});

test('13.2 item 8: opening is the first of the commands and waits for nothing that is sent', () => {
  const { state } = live(CHARGES);
  const step = (event: EvseEvent, on: EvseState) => stepEvse(on, event, CONFIG);
  const once = step({ kind: 'pilot-sampled', at: 15_020, high_mV: 0, low_mV: null }, state).state;
  const twice = step({ kind: 'pilot-sampled', at: 15_040, high_mV: 0, low_mV: null }, once);
  expect(twice.commands[0]).toEqual({ kind: 'open-contactor', reason: 'fault' });
});

test('13.2 item 10: nothing that is pressed or heard lengthens a deadline', () => {
  const limit = [...(CHARGES.limit ?? []), [15_000, 0]] as const;
  const also = [...press(16, 17, 18), acknowledged(19_000), celsius(20_000, 66), celsius(20_500, 20)];
  expect(from(15_000, 'open', { limit, also })).toEqual([21_000, 'open soft-stop-over']);
});

test('13.2 item 12: a button ends a trip whose input is low, and no other fault', () => {
  const also: EvseEvent[] = [
    tripped(15_000, true),
    tripped(15_500, false),
    celsius(16_000, 66),
    { kind: 'link-changed', at: 16_000, silent: true },
    acknowledged(17_000),
  ];
  const lived = live({ ...CHARGES, config: { ...MONITORED, settingsDamaged: true }, also, until: 18_000 });
  expect(lived.view.faults).toEqual(['settings-damaged', 'high-temperature', 'no-serial-com']);
});

test('13.2 item 17: a fixed cable has nothing to lock', () => {
  expect(from(0, 'pulse', { config: { ...MOTOR, connector: 'fixed' } })).toBeUndefined();
});

test('13.2 item 18: the lock is seen to hold before the contactor closes, or it does not close', () => {
  expect(from(12_000, 'close', { config: MOTOR })).toEqual([12_720, 'close']);
  expect(from(12_000, 'close', { config: MOTOR, jams: [[11_000, true]], until: 60_000 })).toBeUndefined();
});

test('13.2 item 19: who presses stop has stopped it until it is pressed again or unplugged', () => {
  expect(live({ ...CHARGES, also: press(15), until: 120_000 }).view.session).toBe('stopped');
});

test('13.2 item 21: 6 A is 10.0 %', () => {
  expect(dutyOf(60)).toBe(100);
});

test('13.2 item 23: two samples that contradict each other plug nothing in, however often they come', () => {
  const alternating = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? LEVEL_mV.C : LEVEL_mV.A));
  const end = alternating.reduce<PilotReading>((reading, high_mV, index) => {
    return readPilot(reading, { kind: 'pilot-sampled', at: index, high_mV, low_mV: null }, index, { kind: 'X1' });
  }, initialPilot(0));
  expect(end.state).toBe('A');
});
