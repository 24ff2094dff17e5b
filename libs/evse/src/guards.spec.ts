import { CONFIG } from '../test/rig.js';
import { command, confirm, initialContactor } from './contactor.js';
import { CLOSING_GUARDS, mayClose, openReason } from './guards.js';
import { initialEvse, type EvseState } from './state.js';

/** All is well and nothing is closed yet. */
const READY: EvseState = {
  ...initialEvse(0),
  at: 20_000,
  announced: true,
  pilot: { ...initialEvse(0).pilot, state: 'C', newest: 'C', diode: 'seen' },
  ohm: 220,
  contactor: confirm(initialContactor(0), false),
  offer: { kind: 'pwm', limit_dA: 160 },
  limit_dA: 160,
};
const CHARGING: EvseState = { ...READY, contactor: confirm(command(READY.contactor, 'closed', 20_000), true) };

test('with every guard holding the contactor may close', () => {
  expect(mayClose(READY, CONFIG)).toBe(true);
});

const { pilot, contactor } = READY;
type GuardName = keyof typeof CLOSING_GUARDS;

test.each<[GuardName, Partial<EvseState>]>([
  ['the car asks, and its newest sample says so too', { pilot: { ...pilot, state: 'B', newest: 'B' } }],
  ['the car asks, and its newest sample says so too', { pilot: { ...pilot, state: 'A', newest: 'C' } }],
  ['the car asks, and its newest sample says so too', { pilot: { ...pilot, state: 'D', newest: 'D' } }],
  ['the car asks, and its newest sample says so too', { pilot: { ...pilot, newest: 'B' } }],
  ['PWM is on', { offer: { kind: 'X1' } }],
  ['PWM is on', { offer: { kind: 'F' } }],
  ['the diode was seen under this PWM', { pilot: { ...pilot, diode: 'unseen' } }],
  ['the diode was seen under this PWM', { pilot: { ...pilot, lowMissed: true } }],
  ['the lease allows it', { limit_dA: 0 }],
  ['no soft stop runs', { stopBy: 25_000 }],
  ['no fault stands', { boardLost: true }],
  ['no fault stands', { unsampled_ms: 1000 }],
  ['no fault stands', { cableMissingSince: 19_000 }],
  ['the cable is known', { ohm: null }],
  ['the contactor is known to be open', { contactor: { ...contactor, feedback: 'closed', doubt_ms: 0 } }],
  ['the contactor is known to be open', { contactor: { ...contactor, feedback: null, doubt_ms: 0 } }],
  ['the contactor is known to be open', { contactor: { ...contactor, wanted: 'closed', doubt_ms: 0 } }],
  ['the last closing is long enough ago', { contactor: { ...contactor, closedAt: 10_001 } }],
])('alone it keeps the contactor open: %s (%j)', (name, broken) => {
  const state = { ...READY, ...broken };
  const others = Object.entries(CLOSING_GUARDS).filter(([guard]) => guard !== name);
  expect(CLOSING_GUARDS[name](state, CONFIG)).toBe(false);
  expect(others.filter(([, holds]) => !holds(state, CONFIG)).map(([guard]) => guard)).toEqual([]);
  expect(mayClose(state, CONFIG)).toBe(false);
});

// These break a second guard by their nature.
test.each<[string, Partial<EvseState>]>([
  ['a silent link', { silent: true }],
  ['a faulty diode', { pilot: { ...pilot, diode: 'faulty' } }],
  ['a pilot on E', { pilot: { ...pilot, state: 'E' } }],
  ['a contactor that is stuck', { contactor: { ...contactor, fault: 'stuck' } }],
  ['a contactor that is welded', { contactor: { ...contactor, fault: 'welded' } }],
])('%s keeps the contactor open', (_, broken) => {
  expect(mayClose({ ...READY, ...broken }, CONFIG)).toBe(false);
});

test.each<[string, Partial<EvseState>, string | null]>([
  ['nothing', {}, null],
  ['a doubtful sample', { pilot: { ...pilot, newest: 'B' } }, null],
  ['a silent link, which ends in a soft stop', { silent: true }, null],
  ['a lease of 0, which ends in a soft stop', { limit_dA: 0 }, null],
  ['a soft stop that still runs', { stopBy: 20_001 }, null],
  ['a soft stop that is over', { stopBy: 20_000 }, 'soft-stop-over'],
  ['a car that is gone', { pilot: { ...pilot, state: 'A' } }, 'car-left'],
  ['a car that stopped', { pilot: { ...pilot, state: 'B' } }, 'car-stopped'],
  ['a car that asks for ventilation', { pilot: { ...pilot, state: 'D' } }, 'car-stopped'],
  ['a pilot shorted to earth', { pilot: { ...pilot, state: 'E' } }, 'fault'],
  ['a pilot on F', { pilot: { ...pilot, state: 'F' } }, 'fault'],
  ['a pilot between the states', { pilot: { ...pilot, state: 'invalid' } }, 'fault'],
  ['a diode lost', { pilot: { ...pilot, diode: 'faulty' } }, 'fault'],
  ['a plug that is pulled', { ohm: null }, 'car-left'],
  ['a cable that is missing', { cableMissingSince: 19_000 }, 'fault'],
  ['a board that is gone', { boardLost: true }, 'fault'],
  ['a pilot that is no longer sampled', { unsampled_ms: 1000 }, 'fault'],
  ['a board that opened by itself', { contactor: { ...CHARGING.contactor, dropped: true } }, 'fault'],
])('what opens a closed contactor: %s', (_, change, reason) => {
  expect(openReason({ ...CHARGING, ...change }, CONFIG)).toBe(reason);
});
