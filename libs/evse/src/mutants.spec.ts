// Small mistakes that nothing else noticed (npm run mutate), each as what it would do to a charge point.
import { CONFIG } from '../test/rig.js';
import { initialAccess, isPress } from './access.js';
import { initialContactor, isOpen } from './contactor.js';
import { ENTRIES_MAX, logFaults } from './fault-log.js';
import { passTime } from './passing.js';
import { initialPilot, isAsking, readPilot, type PilotReading } from './pilot.js';
import { PLAIN } from './plain.js';
import { initialResidual } from './residual.js';
import { stepEvse } from './session.js';
import { initialEvse, type EvseState } from './state.js';
import type { EvseEvent, PilotState } from './types.js';
import { viewEvse } from './view.js';
import { initialWake, passWake } from './wake.js';
import { initialWatches, pass, senseTemperature } from './watches.js';

const X1 = { kind: 'X1' } as const;
const PWM = { kind: 'pwm', duty_permille: 266 } as const;
const LEVEL_mV = { A: 12_000, B: 9000, C: 6000, D: 3000 } as const;
type Seen = keyof typeof LEVEL_mV;

function readAll(from: PilotReading, seen: readonly Seen[], low_mV: number | null = -12_000): PilotReading {
  return seen.reduce<PilotReading>((reading, pilot, index) => {
    const at = 1000 + index * 20;
    return readPilot(reading, { kind: 'pilot-sampled', at, high_mV: LEVEL_mV[pilot], low_mV }, at, PWM);
  }, from);
}

test.each<[string, PilotState, readonly Seen[], PilotState]>([
  ['D beside a spike is no D yet', 'B', ['A', 'D'], 'B'],
  ['two D are D', 'B', ['A', 'D', 'D'], 'D'],
  ['a car in C that asks for ventilation is believed at once', 'C', ['B', 'D'], 'D'],
  ['C beside a spike is no C yet', 'B', ['A', 'C'], 'B'],
  ['C beside D is no C yet', 'B', ['D', 'C'], 'B'],
])('pilot: %s', (_title, state, seen, settled) => {
  expect(readAll({ ...initialPilot(0), state, newest: state }, seen).state).toBe(settled);
});

test('pilot: two samples since the output changed, not one, show what was commanded', () => {
  const counts = [0, 1, 2].map((samples) => {
    const reading = readAll({ ...initialPilot(0), sinceDriven: 0 }, Array<Seen>(samples).fill('B'));
    return reading.sinceDriven;
  });
  expect(counts).toEqual([0, 1, 2]);
});

test('pilot: a count of lines that were let go ends with the car, and with a line that is driven', () => {
  const letGo: PilotReading = { ...initialPilot(0), state: 'B', newest: 'B', undriven: 2 };
  expect(readAll(letGo, ['B'], null).undriven).toBe(2);
  expect(readAll(letGo, ['B']).undriven).toBe(0);
  expect(readAll(letGo, ['A', 'A'], null).undriven).toBe(0);
});

test.each<[PilotState, boolean, boolean]>([
  ['C', false, true],
  ['C', true, true],
  ['D', false, false],
  ['D', true, true],
  ['B', true, false],
])('%s asks, ventilated %s: %s', (pilot, ventilated, asks) => {
  expect(isAsking(pilot, { ventilated })).toBe(asks);
});

test('I11: what a start knows, word for word', () => {
  const start = initialEvse(7);
  expect(start).toMatchObject({ at: 7, offer: X1, limit_dA: 0, unsampled_ms: 0, announced: false, silent: false });
  expect(start.contactor).toEqual({ ...initialContactor(7), wanted: 'open', doubt_ms: 0, dropped: false });
  expect(start.lock).toEqual({ wanted: 'unlocked', sensed: null, pulses: 0, pulsedAt: 7 });
  expect(start.pilot).toMatchObject({ discard: 'none', sinceDriven: 2, undriven: 0 });
  expect(initialResidual).toMatchObject({ latched: false, answered: false });
  expect(PLAIN.lock).toEqual({ actuator: 'none', swapped: false });
  expect(ENTRIES_MAX).toBe(32);
});

test('a contactor is not known to be open while its contact was never in agreement', () => {
  const heard = { ...initialContactor(0), feedback: 'open' as const };
  expect([0, 100, null].map((doubt_ms) => isOpen({ ...heard, doubt_ms }, 1000, CONFIG))).toEqual([false, false, true]);
});

test('a switch bounces at any hour, not only at the start', () => {
  const released = { ...initialAccess(50_000), pressed: false };
  expect([50_100, 50_199, 50_200].map((at) => isPress(released, true, at))).toEqual([false, false, true]);
});

test('the fault log knows each fault that stands, not just one of them', () => {
  const both = logFaults([], ['pilot', 'diode'], 10);
  expect(logFaults(both, ['pilot', 'diode'], 20)).toBe(both);
  expect(logFaults(both, ['diode'], 20).map(({ fault, to }) => [fault, to])).toEqual([
    ['pilot', 20],
    ['diode', null],
  ]);
});

test('nothing is copied where time changes nothing', () => {
  const quiet = initialEvse(0);
  expect(passTime(quiet, CONFIG)).toBe(quiet);
  const moment = { at: 5, pilot: 'gone', offeredSince: null } as const;
  expect(passWake(initialWake, moment)).toBe(initialWake);
  expect(pass(initialWatches, { at: 5, isCarGone: true, isShort: false })).toBe(initialWatches);
  expect(senseTemperature(initialWatches, 20)).toBe(initialWatches);
});

test.each([
  ['a wake-up that was tried', { tries: 1, until: null, hasAsked: false }],
  ['a spell that lasts', { tries: 0, until: 9000, hasAsked: false }],
  ['that it has asked', { tries: 0, until: null, hasAsked: true }],
])('%s is forgotten with the car', (_title, wake) => {
  expect(passWake(wake, { at: 10, pilot: 'gone', offeredSince: null })).toEqual(initialWake);
});

describe('a board that never drives its PWM', () => {
  /** Samples of a car that is there, on a line that is always steady. */
  function steady(until: number): { readonly told: readonly (readonly [number, string])[]; readonly state: EvseState } {
    const told: [number, string][] = [];
    let state = initialEvse(0);
    const hear = (event: EvseEvent): void => {
      const stepped = stepEvse(state, event, CONFIG);
      state = stepped.state;
      for (const command of stepped.commands)
        if (command.kind === 'set-pilot') told.push([event.at, command.pilot.kind]);
    };
    hear({ kind: 'contactor-confirmed', at: 0, closed: false });
    hear({ kind: 'proximity-sampled', at: 0, ohm: 220 });
    hear({ kind: 'limit-changed', at: 0, limit_dA: 160 });
    for (let at = 20; at <= until; at += 20) hear({ kind: 'pilot-sampled', at, high_mV: 9000, low_mV: null });
    return { told, state };
  }

  test('is told the safe outputs again a second after each offer, three times, and is lost then', () => {
    const { told, state } = steady(30_000);
    const offers = told.filter(([, pilot]) => pilot === 'pwm').map(([at]) => at);
    const letGo = told.filter(([at, pilot]) => at > 0 && pilot !== 'pwm').map(([at]) => at);
    expect(offers).toHaveLength(3);
    expect(offers.map((at) => letGo.find((later) => later > at)! - at)).toEqual([1000, 1000, 1000]);
    expect(viewEvse(state, CONFIG).faults).toEqual(['board-lost']);
  });
});

test('a board that is back must say again which cable is there', () => {
  const away: readonly EvseEvent[] = [
    { kind: 'proximity-sampled', at: 10, ohm: 220 },
    { kind: 'board-changed', at: 20, lost: true },
    { kind: 'board-changed', at: 30, lost: false },
  ];
  const back = away.reduce((state, event) => stepEvse(state, event, CONFIG).state, initialEvse(0));
  expect(back.ohm).toBeNull();
});

test('a board that is back is lost until it shows its pilot', () => {
  const away: readonly EvseEvent[] = [
    { kind: 'board-changed', at: 20, lost: true },
    { kind: 'board-changed', at: 30, lost: false },
  ];
  const back = away.reduce((state, event) => stepEvse(state, event, CONFIG).state, initialEvse(0));
  expect(viewEvse(back, CONFIG).faults).toEqual(['board-lost']);
  const seen = stepEvse(back, { kind: 'pilot-sampled', at: 40, high_mV: 12_000, low_mV: null }, CONFIG).state;
  expect(viewEvse(seen, CONFIG).faults).toEqual([]);
});

test('I12: a weld misses no cable, as nobody sees its car leave', () => {
  const { pilot, contactor } = initialEvse(0);
  const withoutCable: EvseState = { ...initialEvse(0), at: 5000, pilot: { ...pilot, state: 'C' }, ohm: null };
  expect(passTime(withoutCable, CONFIG).cableMissingSince).toBe(5000);
  expect(
    passTime({ ...withoutCable, contactor: { ...contactor, fault: 'welded' } }, CONFIG).cableMissingSince,
  ).toBeNull();
});

test.each([
  ['none', 70_000, 'blink'],
  ['welded', null, 'blink-slow'],
] as const)('NO CURRENT beside a contactor with %s: tries again at %p, %s', (fault, retriesAt, indicator) => {
  const { contactor, watches, pilot } = initialEvse(0);
  const state: EvseState = {
    ...initialEvse(0),
    at: 20_000,
    pilot: { ...pilot, sampledAt: 20_000 },
    contactor: { ...contactor, feedback: 'open', doubt_ms: null, fault },
    watches: { ...watches, noCurrentAt: 10_000 },
  };
  expect(viewEvse(state, CONFIG)).toMatchObject({ retriesAt, indicator });
});
