import { CONFIG } from '../test/rig.js';
import { drive, hasFailed, hasLock, initialLock, isLocked, retried, senseLock, type Lock } from './lock.js';
import type { EvseConfig } from './types.js';

const MOTOR: EvseConfig = { ...CONFIG, lock: { actuator: 'motor', swapped: false } };
const SOLENOID: EvseConfig = { ...CONFIG, lock: { actuator: 'solenoid', swapped: false } };
const fresh = initialLock(0);
/** Told once to lock, at 10 s. */
const LOCKING: Lock = { wanted: 'locked', sensed: 'unlocked', pulses: 1, pulsedAt: 10_000 };
const LOCKED: Lock = { ...LOCKING, sensed: 'locked' };

test.each<[EvseConfig['connector'], EvseConfig['lock']['actuator'], boolean]>([
  ['socket', 'none', false],
  ['socket', 'solenoid', true],
  ['socket', 'motor', true],
  ['fixed', 'none', false],
  ['fixed', 'motor', false],
])('I14: a %s with actuator %s has a lock: %p', (connector, actuator, has) => {
  expect(hasLock({ ...CONFIG, connector, lock: { actuator, swapped: false } })).toBe(has);
});

// behaviour.md 7: what terminal B says
test.each<[EvseConfig, boolean, Lock['sensed']]>([
  [SOLENOID, false, 'locked'],
  [SOLENOID, true, 'unlocked'],
  [MOTOR, true, 'locked'],
  [MOTOR, false, 'unlocked'],
])('a $lock.actuator whose contact is high: %p means %s', (config, high, sensed) => {
  expect(senseLock(fresh, high, config).sensed).toBe(sensed);
});

test('what it says again changes nothing', () => {
  expect(senseLock(LOCKED, true, MOTOR)).toBe(LOCKED);
});

test.each<[EvseConfig, boolean, number, string]>([
  [SOLENOID, false, 300, 'locked'],
  [MOTOR, false, 600, 'locked'],
  [SOLENOID, true, 300, 'unlocked'],
  [MOTOR, true, 600, 'unlocked'],
])(
  'a $lock.actuator, wires swapped: %p, gets a pulse of %d ms toward %s to lock',
  (config, swapped, for_ms, toward) => {
    const { commands } = drive(
      { ...fresh, sensed: 'unlocked' },
      'locked',
      { at: 10_000, mayUnlock: true },
      { ...config, lock: { ...config.lock, swapped } },
    );
    expect(commands).toEqual([{ kind: 'pulse-lock', toward, for_ms }]);
  },
);

test.each<[string, Lock, Lock['wanted'], number, boolean, number]>([
  ['a start unlocks once', fresh, 'unlocked', 0, true, 1],
  ['I14: nothing is pulsed open while the contactor may be closed', fresh, 'unlocked', 0, false, 0],
  ['toward locked it is pulsed all the same', fresh, 'locked', 0, false, 1],
  ['what obeys is pulsed once', LOCKED, 'locked', 60_000, true, 0],
  ['what does not obey is left alone for 5 s', LOCKING, 'locked', 14_999, true, 0],
  ['and then pulsed again', LOCKING, 'locked', 15_000, true, 1],
  ['as often as five times', { ...LOCKING, pulses: 4 }, 'locked', 15_000, true, 1],
  ['and no more', { ...LOCKING, pulses: 5 }, 'locked', 60_000, true, 0],
  ['the other way it counts anew, and waits for nothing', { ...LOCKING, pulses: 5 }, 'unlocked', 10_001, true, 1],
  ['a person starts it anew', retried({ ...LOCKING, pulses: 5 }), 'locked', 10_001, true, 1],
  ['one that lost its hold is pulsed again', { ...LOCKED, sensed: 'unlocked' }, 'locked', 15_000, true, 1],
])('%s', (...[, lock, wanted, at, mayUnlock, pulses]) => {
  const driven = drive(lock, wanted, { at, mayUnlock }, MOTOR);
  expect(driven.commands).toHaveLength(pulses);
  const before = lock.wanted === wanted ? lock.pulses : 0;
  expect(driven.lock).toMatchObject({ wanted, pulses: before + pulses });
  expect(driven.lock.pulsedAt).toBe(pulses > 0 ? at : lock.pulsedAt);
});

test.each<[string, Lock, EvseConfig, number, boolean]>([
  ['a solenoid is not read within 400 ms', LOCKED, SOLENOID, 10_399, false],
  ['a solenoid is read after 400 ms', LOCKED, SOLENOID, 10_400, true],
  ['a motor is not read within 700 ms', LOCKED, MOTOR, 10_699, false],
  ['a motor is read after 700 ms', LOCKED, MOTOR, 10_700, true],
  ['a motor that says unlocked', LOCKING, MOTOR, 20_000, false],
  ['a motor that was never heard', { ...LOCKED, sensed: null }, MOTOR, 20_000, false],
  ['one that was never pulsed', { ...LOCKED, pulses: 0 }, MOTOR, 20_000, false],
  ['one that is to be open', { ...LOCKED, wanted: 'unlocked' }, MOTOR, 20_000, false],
  ['no lock at all', fresh, CONFIG, 0, true],
])('I14: %s, is confirmed: %p', (...[, lock, config, at, locked]) => {
  expect(isLocked(lock, at, config)).toBe(locked);
});

test.each<[string, Lock, EvseConfig, number, boolean]>([
  ['after the fifth pulse has had its time', { ...LOCKING, pulses: 5 }, MOTOR, 10_700, true],
  ['not within it', { ...LOCKING, pulses: 5 }, MOTOR, 10_699, false],
  ['not after the fourth', { ...LOCKING, pulses: 4 }, MOTOR, 60_000, false],
  ['not when it has obeyed after all', { ...LOCKED, pulses: 5 }, MOTOR, 60_000, false],
  ['also when it is never heard', { ...LOCKING, sensed: null, pulses: 5 }, MOTOR, 60_000, true],
  ['also when it does not open', { ...LOCKED, wanted: 'unlocked', pulses: 5 }, SOLENOID, 10_400, true],
  ['never where there is none', { ...LOCKING, pulses: 5 }, CONFIG, 60_000, false],
])('it has failed: %s', (...[, lock, config, at, failed]) => {
  expect(hasFailed(lock, at, config)).toBe(failed);
});
