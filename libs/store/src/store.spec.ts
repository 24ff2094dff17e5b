import { mkdtempSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepEpoch, keptEpoch, lockStore } from './index.js';

describe('the store of a master', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fairamp-store-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('I9: the epoch count is kept, and beside it the one before and nothing else', () => {
    keepEpoch(folder, 7);
    keepEpoch(folder, 8);
    expect(keepEpoch(folder, 9)).toEqual({ ok: true, value: null });
    expect(keptEpoch(folder)).toBe(9);
    expect(readdirSync(folder).sort()).toEqual(['epoch.json', 'epoch.json.backup']);
    unlinkSync(join(folder, 'epoch.json'));
    expect(keptEpoch(folder)).toBe(8);
  });

  test('the count of a version that kept it without a seal is taken over', () => {
    writeFileSync(join(folder, 'epoch.json'), '{"count":7}\n');
    expect(keptEpoch(folder)).toBe(7);
    keepEpoch(folder, 8);
    expect(keptEpoch(folder)).toBe(8);
  });

  test('I9: a count that cannot be kept is said and throws nothing', () => {
    writeFileSync(join(folder, 'no-folder'), '');
    expect(keepEpoch(join(folder, 'no-folder'), 7)).toMatchObject({ ok: false, reason: 'EEXIST' });
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
