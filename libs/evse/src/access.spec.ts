import { CONFIG } from '../test/rig.js';
import { hearSwitch, initialAccess, isGranted, isPress, isStopped, restartsAt, type Access } from './access.js';

/** Heard released long ago. */
const RELEASED: Access = { ...initialAccess(0), pressed: false };
const PRESSED: Access = { ...RELEASED, pressed: true };

test.each<[string, Access, boolean, number, boolean]>([
  ['from released', RELEASED, true, 1000, true],
  ['from pressed', PRESSED, true, 1000, false],
  ['to released', RELEASED, false, 1000, false],
  ['found pressed at the start', initialAccess(0), true, 1000, false],
  ['within 200 ms of the last change, which is its bounce', RELEASED, true, 199, false],
  ['200 ms after it', RELEASED, true, 200, true],
])('a press: %s: %p', (...[, access, pressed, at, press]) => {
  expect(isPress(access, pressed, at)).toBe(press);
});

test.each<[string, Access, 'grant' | 'stop' | 'nothing', Partial<Access>]>([
  ['grants', RELEASED, 'grant', { granted: true, stoppedAt: null }],
  ['denies what was granted', { ...RELEASED, granted: true }, 'grant', { granted: false, stoppedAt: null }],
  ['stops', RELEASED, 'stop', { granted: false, stoppedAt: 1000 }],
  ['ends a stop', { ...RELEASED, stoppedAt: 500 }, 'stop', { stoppedAt: null }],
  ['does nothing but be known', RELEASED, 'nothing', { granted: false, stoppedAt: null }],
])('a press %s', (_, access, means, expected) => {
  expect(hearSwitch(access, { pressed: true, at: 1000 }, means)).toEqual({
    ...access,
    pressed: true,
    changedAt: 1000,
    ...expected,
  });
});

test('what is held or let go is no press', () => {
  expect(hearSwitch(PRESSED, { pressed: true, at: 1000 }, 'stop')).toBe(PRESSED);
  expect(hearSwitch(PRESSED, { pressed: false, at: 1000 }, 'stop')).toMatchObject({ stoppedAt: null, changedAt: 1000 });
});

test.each<['disabled' | 'momentary' | 'maintained', Access, boolean]>([
  ['disabled', initialAccess(0), true],
  ['momentary', initialAccess(0), false],
  ['momentary', { ...RELEASED, granted: true }, true],
  ['momentary', PRESSED, false],
  ['maintained', initialAccess(0), false],
  ['maintained', { ...RELEASED, granted: true }, false],
  ['maintained', PRESSED, true],
])('ACCESS %s grants (%j): %p', (access, known, granted) => {
  expect(isGranted(known, { ...CONFIG, access })).toBe(granted);
});

test.each<[number | null, number, number, boolean, number | null]>([
  [null, 0, 1000, false, null],
  [null, 15, 1000, false, null],
  [1000, 0, 3_600_000, true, null],
  [1000, 15, 15_999, true, 16_000],
  [1000, 15, 16_000, false, 16_000],
])(
  'stopped at %p, over after %d s (0 = never): at %d it is stopped: %p',
  (...[stoppedAt, stopRestart_s, at, stopped, over]) => {
    const access = { ...RELEASED, stoppedAt };
    expect(isStopped(access, at, { ...CONFIG, stopRestart_s })).toBe(stopped);
    expect(restartsAt(access, { ...CONFIG, stopRestart_s })).toBe(over);
  },
);
