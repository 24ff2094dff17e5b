import { LEVEL_mV } from '../test/rig.js';
import { classify, initialPilot, isConnected, pilotDriven, readPilot, type PilotReading } from './pilot.js';
import type { PilotOutput, PilotState } from './types.js';

const X1: PilotOutput = { kind: 'X1' };
const PWM: PilotOutput = { kind: 'pwm', duty_permille: 266 };

/** high levels, low levels and the state they settle on */
function read(highs: readonly number[], from: PilotReading = initialPilot(0)): PilotReading {
  return highs.reduce(
    (reading, high_mV) => readPilot(reading, { kind: 'pilot-sampled', at: 0, high_mV, low_mV: null }, 0, X1),
    from,
  );
}

function readLows(lows: readonly (number | null)[], state: PilotState, output: PilotOutput = PWM): PilotReading {
  const from: PilotReading = { ...initialPilot(0), state, newest: state };
  return lows.reduce<PilotReading>(
    (reading, low_mV) =>
      readPilot(reading, { kind: 'pilot-sampled', at: 0, high_mV: LEVEL_mV[state], low_mV }, 0, output),
    from,
  );
}

// io.md 5: what a level means depends, in the bands, on what was there before.
test.each<[number, string]>([
  [13_001, 'invalid'],
  [13_000, 'A'],
  [11_000, 'A'],
  [10_999, 'A from A, else B'],
  [10_000, 'A from A, else B'],
  [9999, 'B'],
  [8000, 'B'],
  [7999, 'C from C, else B'],
  [7000, 'C from C, else B'],
  [6999, 'C'],
  [5000, 'C'],
  [4999, 'C from C, else D'],
  [4000, 'C from C, else D'],
  [3999, 'D'],
  [2000, 'D'],
  [1999, 'E'],
  [-1000, 'E'],
  [-1001, 'E from E, else invalid'],
  [-2000, 'E from E, else invalid'],
  [-2001, 'invalid'],
  [-9999, 'invalid'],
  [-10_000, 'invalid'],
  [-10_001, 'F from F, else invalid'],
  [-10_999, 'F from F, else invalid'],
  [-11_000, 'F'],
  [-13_000, 'F'],
  [-13_001, 'invalid'],
])('%d mV is %s', (high_mV, meaning) => {
  const [, kept, , otherwise] = /^(\w+)( from \w+, else (\w+))?$/.exec(meaning) ?? [];
  for (const before of ['A', 'B', 'C', 'D', 'E', 'F', 'invalid'] as const) {
    expect([before, classify(high_mV, before)]).toEqual([before, before === kept ? kept : (otherwise ?? kept)]);
  }
});

test.each<[string, readonly PilotState[], PilotState]>([
  ['one sample changes nothing', ['B'], 'A'],
  ['two equal ones do', ['B', 'B'], 'B'],
  ['a single contradiction is forgotten', ['B', 'B', 'A', 'B', 'A', 'B'], 'B'],
  ['A to C directly, without B', ['C', 'C'], 'C'],
  ['C needs two equal ones', ['B', 'C'], 'A'],
  ['C needs two equal ones, however long it takes', ['B', 'B', 'E', 'C'], 'B'],
  ['C is left by two that contradict it and each other', ['C', 'C', 'E', 'invalid'], 'invalid'],
  ['C is left when B turns out to be A', ['C', 'C', 'B', 'A'], 'A'],
  ['C is kept through a single spike', ['C', 'C', 'E', 'C'], 'C'],
])('%s', (_, samples, settled) => {
  expect(read(samples.map((state) => LEVEL_mV[state])).state).toBe(settled);
});

test('noise around a threshold does not make it flutter', () => {
  expect(read([9000, 9000, 7990, 8010, 7800, 7010]).state).toBe('B');
  expect(read([6000, 6000, 7010, 6990, 7990, 7500]).state).toBe('C');
});

test.each<[string, readonly (number | null)[], PilotState, PilotReading['diode'], boolean]>([
  ['-12 V under a load is a diode', [-12_000], 'B', 'seen', false],
  ['-10 V is just one', [-10_000], 'C', 'seen', false],
  ['one miss is a doubt', [-9999], 'C', 'unseen', true],
  ['two misses in a row are a fault', [-9000, -9000], 'B', 'faulty', true],
  ['D is a load too', [-3000, -3000], 'D', 'faulty', true],
  ['a miss between two good ones is forgotten', [-12_000, -9000, -12_000, -9000, -12_000], 'C', 'seen', false],
  ['a diode that was seen is lost by two misses', [-12_000, -6000, -6000], 'C', 'faulty', true],
  ['a fault stays, whatever follows', [-6000, -6000, -12_000, -12_000], 'C', 'faulty', false],
  ['without a low level nothing is known', [null, null], 'C', 'unseen', false],
  ['without a car there is no diode', [-12_000], 'A', 'unseen', false],
  ['a short to earth is E and says nothing of the diode', [0, 0], 'E', 'unseen', false],
])('diode: %s', (...[, lows, state, diode, lowMissed]) => {
  expect(readLows(lows, state)).toMatchObject({ diode, lowMissed });
});

test('diode: under a steady pilot it is not judged', () => {
  expect(readLows([-9000, -9000], 'B', X1)).toMatchObject({ diode: 'unseen', lowMissed: false });
});

test('diode: a fault ends when the car is gone', () => {
  const faulty = readLows([-9000, -9000], 'B');
  expect(read([12_000, 12_000], faulty).diode).toBe('unseen');
});

test('diode: each new PWM is checked anew, a fault stays', () => {
  const seen = readLows([-12_000], 'C');
  expect(pilotDriven(seen, PWM, { ...PWM, duty_permille: 100 }).diode).toBe('seen');
  expect(pilotDriven(seen, PWM, X1).diode).toBe('unseen');
  expect(pilotDriven(readLows([0, 0], 'C'), PWM, X1)).toMatchObject({ diode: 'faulty', lowMissed: false });
});

test('the sample that spans a change of the output is not read', () => {
  const charging = read([6000, 6000]);
  const driven = pilotDriven(charging, PWM, X1);
  expect(read([0], driven).newest).toBe('C');
  expect(read([9000, 9000, 9000], driven).state).toBe('B');
});

test('never are two samples in a row not read, however often the output changes', () => {
  let reading = read([6000, 6000]);
  for (let duty_permille = 500; duty_permille > 490; duty_permille -= 1) {
    reading = pilotDriven(reading, PWM, { ...PWM, duty_permille });
    reading = pilotDriven(reading, PWM, X1);
    reading = read([12_000], reading);
  }
  expect(reading.state).toBe('A');
});

test.each<[PilotState, boolean]>([
  ['A', false],
  ['B', true],
  ['C', true],
  ['D', true],
  ['E', false],
  ['F', false],
  ['invalid', false],
])('in %s a car is connected: %p', (state, connected) => {
  expect(isConnected(state)).toBe(connected);
});

describe('a line that goes to and fro', () => {
  const LEVELS_mV = { B: 9000, C: 6000, E: 0 } as const;
  const after = (...seen: readonly (keyof typeof LEVELS_mV)[]) =>
    seen.reduce<PilotReading>(
      (reading, pilot, at) =>
        readPilot(reading, { kind: 'pilot-sampled', at, high_mV: LEVELS_mV[pilot], low_mV: null }, at, { kind: 'X1' }),
      { ...initialPilot(0), state: 'C', newest: 'C' },
    );
  const times = <Seen>(count: number, seen: readonly Seen[]): readonly Seen[] =>
    Array.from({ length: count }, () => seen).flat();

  test.each([
    ['nine changes are a bad line', after(...times(4, ['E', 'C'] as const), 'E'), 'C'],
    ['ten are nobody`s state', after(...times(5, ['E', 'C'] as const)), 'invalid'],
    ['and so is whatever comes next', after(...times(5, ['E', 'C'] as const), 'E', 'C'), 'invalid'],
    ['until it is steady again', after(...times(5, ['E', 'C'] as const), 'C', 'C', 'C'), 'C'],
    ['one spike among four samples is forgotten', after(...times(50, ['E', 'C', 'C', 'C'] as const)), 'C'],
    ['one among three is not', after(...times(10, ['E', 'C', 'C'] as const)), 'invalid'],
  ])('%s', (_, reading, state) => {
    expect(reading.state).toBe(state);
  });
});
