import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepEpoch, keptEpoch, lockStore } from './index.js';

describe('the store of a master', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fairamp-store-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('I9: the epoch count is kept, and nothing else is left beside it', () => {
    keepEpoch(folder, 7);
    keepEpoch(folder, 8);
    expect(keptEpoch(folder)).toBe(8);
    expect(readdirSync(folder)).toEqual(['epoch.json']);
  });

  test('a folder that does not exist yet is made', () => {
    keepEpoch(join(folder, 'a', 'b'), 1);
    expect(keptEpoch(join(folder, 'a', 'b'))).toBe(1);
  });

  test.each([
    ['no file', null],
    ['an empty file', ''],
    ['half a file', '{"count":'],
    ['a negative count', '{"count":-1}'],
    ['a fraction', '{"count":1.5}'],
    ['a word', '{"count":"many"}'],
    ['another shape', '[3]'],
    ['null', 'null'],
    ['a count that is no safe integer', '{"count":1e300}'],
  ])('%s counts as no former life: the slaves know better', (_case, text) => {
    if (text !== null) writeFileSync(join(folder, 'epoch.json'), text);
    expect(keptEpoch(folder)).toBe(0);
  });

  test('I10: a second process finds the store taken and learns by whom', () => {
    const first = lockStore(folder, process.pid);
    expect('release' in first).toBe(true);
    expect(lockStore(folder, process.pid + 1_000_000)).toEqual({ heldBy: process.pid });
    if ('release' in first) first.release();
    expect('release' in lockStore(folder, 4_000_000)).toBe(true);
  });

  test.each([
    ['a dead process', '3999999'],
    ['nobody', ''],
    ['a word', 'me'],
    ['process 0', '0'],
  ])('a lock of %s is taken over', (_case, owner) => {
    writeFileSync(join(folder, 'lock'), owner);
    expect('release' in lockStore(folder, process.pid)).toBe(true);
  });

  test('a lock that has passed to another process is not released by the first', () => {
    const first = lockStore(folder, process.pid);
    writeFileSync(join(folder, 'lock'), '1');
    if ('release' in first) first.release();
    expect(readdirSync(folder)).toEqual(['lock']);
  });
});
