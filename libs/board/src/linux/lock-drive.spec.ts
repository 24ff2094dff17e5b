import type { LockState } from '@fairamp/evse';
import { assert } from '@fairamp/units';
import { FakeHardware } from '../../test/fake-hardware.js';
import { VirtualTime } from '../../test/virtual-time.js';
import { LockDrive } from './lock-drive.js';

function setUp(isClosed = () => false) {
  const time = new VirtualTime();
  const hardware = new FakeHardware();
  const { lock } = hardware.open();
  assert(lock !== null, 'it has a lock');
  const failures: string[] = [];
  const drive = new LockDrive({
    ...lock,
    longest_ms: 1000,
    schedule: time,
    isContactorClosed: isClosed,
    onFailure: (error) => failures.push(String(error)),
  });
  /** What is driven, and when that changed. */
  const driven = (): string =>
    `${time.now()} ${['lock', 'unlock'].filter((line) => hardware.shows.get(line) === true)}`;
  return { time, hardware, drive, failures, driven };
}

test.each<[LockState, asked_ms: number, line: string, lasts_ms: number]>([
  ['locked', 300, 'lock', 300],
  ['unlocked', 600, 'unlock', 600],
  ['locked', 1000, 'lock', 1000],
  ['locked', 60_000, 'lock', 1000],
])('toward %s for %d ms drives %s for %d ms, and then nothing', (toward, asked_ms, line, lasts_ms) => {
  const { time, drive, driven } = setUp();
  drive.pulse(toward, asked_ms);
  time.pass(lasts_ms - 1);
  expect(driven()).toBe(`${lasts_ms - 1} ${line}`);
  time.pass(1);
  expect(driven()).toBe(`${lasts_ms} `);
  expect(time.isStill).toBe(true);
});

test('the next pulse cuts the one before short, and lasts its own time', () => {
  const { time, drive, driven, hardware } = setUp();
  drive.pulse('locked', 600);
  time.pass(500);
  drive.pulse('unlocked', 300);
  expect(driven()).toBe('500 unlock');
  time.pass(299);
  expect(driven()).toBe('799 unlock');
  time.pass(1);
  expect(driven()).toBe('800 ');
  expect(hardware.journal.join(', ')).toMatch(/lock on, lock off, unlock off, unlock on/);
});

test.each<[LockState, LockState]>([
  ['locked', 'unlocked'],
  ['unlocked', 'locked'],
  ['locked', 'locked'],
])('never are both lines on: %s, then %s', (first, second) => {
  const { hardware, drive } = setUp();
  drive.pulse(first, 500);
  drive.pulse(second, 500);
  const on = new Set<string>();
  for (const step of hardware.journal) {
    const [line = '', level] = step.split(' ');
    if (level === 'on') on.add(line);
    else on.delete(line);
    expect(on.size).toBeLessThanOrEqual(1);
  }
});

test.each<[isClosed: boolean, LockState, driven: string]>([
  [true, 'unlocked', '0 '],
  [true, 'locked', '0 '],
  [false, 'locked', '0 lock'],
  [false, 'unlocked', '0 unlock'],
])('I14: with the contactor closed %p, a pulse toward %s drives "%s"', (isClosed, toward, expected) => {
  const { drive, driven } = setUp(() => isClosed);
  drive.pulse(toward, 300);
  expect(driven()).toBe(expected);
});

test('I14: refused over a closed contactor, it still ends the pulse before', () => {
  const { time, drive, driven } = setUp(() => true);
  drive.pulse('locked', 600);
  drive.pulse('unlocked', 600);
  expect(driven()).toBe('0 ');
  time.pass(1000);
  expect(driven()).toBe('1000 ');
});

test('rest drives nothing, and waits for nothing', () => {
  const { time, drive, driven } = setUp();
  drive.pulse('locked', 600);
  drive.rest();
  expect([driven(), time.isStill]).toEqual(['0 ', true]);
});

test.each(['lock', 'unlock'])('a line that fails (%s) keeps the other one from nothing', (broken) => {
  const { hardware, drive } = setUp();
  drive.pulse(broken === 'lock' ? 'unlocked' : 'locked', 600);
  hardware.fails = (port) => port === broken;
  expect(() => drive.rest()).toThrow(`EIO: ${broken}`);
  expect(hardware.shows.get(broken === 'lock' ? 'unlock' : 'lock')).toBe(false);
});

test('a failure at the end of a pulse is said', () => {
  const { time, hardware, drive, failures } = setUp();
  drive.pulse('locked', 300);
  hardware.fails = (port) => port === 'lock';
  time.pass(300);
  expect(failures).toEqual(['Error: EIO: lock']);
});
