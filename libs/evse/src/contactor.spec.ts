import { CONFIG } from '../test/rig.js';
import { command, confirm, initialContactor, isFaulty, isOpen, looked, unplugged } from './contactor.js';

const fresh = initialContactor(0);
const opened = confirm(fresh, false);
const closing = command(opened, 'closed', 20_000);
const closed = confirm(closing, true);
const UNCONFIRMED = { ...CONFIG, contactorFeedback: false };

test.each([
  ['never heard', fresh, false],
  ['confirmed open', opened, true],
  ['commanded closed, not yet moved', closing, false],
  ['confirmed closed', closed, false],
  ['commanded open, not yet confirmed', command(closed, 'open', 30_000), false],
  ['confirmed open again', confirm(command(closed, 'open', 30_000), false), true],
  ['closed by itself', confirm(opened, true), false],
])('%s: known to be open = %p', (_, contactor, open) => {
  expect(isOpen(contactor, 30_000, CONFIG)).toBe(open);
});

test.each([
  [249, false],
  [250, true],
])('without a feedback contact it counts as open %d ms after the command: %p', (after_ms, open) => {
  expect(isOpen(command(closed, 'open', 30_000), 30_000 + after_ms, UNCONFIRMED)).toBe(open);
});

test.each([
  ['closed although commanded open is a weld (I12)', confirm(command(closed, 'open', 0), true), 'welded'],
  ['closing without a command is a weld too (I12)', confirm(opened, true), 'welded'],
  ['open although commanded closed is stuck', confirm(closing, false), 'stuck'],
  ['a command to and fro that moved nothing is no fault', command(closing, 'open', 0), 'none'],
])('after 500 ms of samples: %s', (_, contactor, fault) => {
  expect(looked(looked(contactor, 250, CONFIG), 249, CONFIG).fault).toBe('none');
  expect(looked(looked(contactor, 250, CONFIG), 250, CONFIG).fault).toBe(fault);
});

test('to and fro without having moved ends in what was heard last', () => {
  const settled = looked(looked(command(closing, 'open', 0), 250, CONFIG), 250, CONFIG);
  expect(isOpen(settled, 0, CONFIG)).toBe(true);
});

test('a process that stood still for seconds has seen 250 ms of it', () => {
  expect(looked(command(closed, 'open', 0), 60_000, CONFIG)).toMatchObject({ doubt_ms: 250, fault: 'none' });
});

test('a contactor that is never heard is a fault, but no weld: it ends when it is heard', () => {
  const silent = looked(looked(fresh, 250, CONFIG), 250, CONFIG);
  expect([isFaulty(looked(fresh, 250, CONFIG)), isFaulty(silent), isFaulty(confirm(silent, false))]).toEqual([
    false,
    true,
    false,
  ]);
});

test('a contactor whose feedback was not yet asked for is no fault', () => {
  expect(isFaulty({ ...fresh, doubt_ms: null })).toBe(false);
});

test('where there is no feedback contact nothing is held against it', () => {
  expect(looked(command(closed, 'open', 0), 250, UNCONFIRMED).doubt_ms).toBe(0);
});

test('a board that opens by itself has dropped it; one that never closed it has not', () => {
  expect(confirm(closed, false).dropped).toBe(true);
  expect(confirm(confirm(closed, false), false).dropped).toBe(true);
  expect(confirm(closing, false).dropped).toBe(false);
  expect(command(confirm(closed, false), 'open', 0).dropped).toBe(false);
});

test('a car that leaves ends stuck, never welded (I12)', () => {
  expect(unplugged({ ...fresh, fault: 'stuck' }).fault).toBe('none');
  expect(unplugged({ ...fresh, fault: 'welded' }).fault).toBe('welded');
});
