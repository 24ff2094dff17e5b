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

  test('I10: who comes second gets no lock, until the first lets go', async () => {
    const first = await lockStore(folder);
    expect(first).not.toBeNull();
    expect(await lockStore(folder)).toBeNull();
    expect(await lockStore(join(folder, '.'))).toBeNull();
    first?.release();
    expect(await lockStore(folder)).not.toBeNull();
  });

  test('another store is another lock', async () => {
    expect(await lockStore(join(folder, 'a'))).not.toBeNull();
    expect(await lockStore(join(folder, 'b'))).not.toBeNull();
  });
});
