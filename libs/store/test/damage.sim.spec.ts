// Every file cut at every byte and with every bit flipped: what is found is whole, older and said to be, or a fault that
// names the file; never an exception, and never a value that nobody has saved.
import { keepEpoch, keptEpoch } from '../src/epoch-file.js';
import { readSessionLog } from '../src/read-session-log.js';
import { FOLDER, gapIn, idsOf, openLog, openSettings } from './histories.js';
import { PowerCutDisk } from './power-cut.js';
import type { Disk } from './power-cut-disks.js';

const SETTINGS = `${FOLDER}/settings.json`;
const EPOCH = `${FOLDER}/epoch.json`;
const LOG = `${FOLDER}/sessions-000000000001.jsonl`;
const RECORDS = 4;

/** Settings and epoch twice, so that there is a backup; a short log. */
function good(): Disk {
  const disk = new PowerCutDisk();
  for (const id of [1, 2]) {
    const store = openSettings(disk);
    store.set({ id, note: 'ä' });
    keepEpoch(FOLDER, id, disk);
  }
  const log = openLog(disk);
  for (let id = 1; id <= RECORDS; id += 1) log.append({ kind: 'stop', id }, true);
  return disk.now();
}

const GOOD = good();
const bytesOf = (path: string): Uint8Array => GOOD.get(path) ?? new Uint8Array();
const without = (...paths: readonly string[]): Disk => new Map([...GOOD].filter(([path]) => !paths.includes(path)));

function cut(path: string): readonly Uint8Array[] {
  return Array.from({ length: bytesOf(path).length }, (_, length) => bytesOf(path).slice(0, length));
}

function flipped(path: string): readonly Uint8Array[] {
  return Array.from({ length: bytesOf(path).length * 8 }, (_, bit) => {
    const bytes = bytesOf(path).slice();
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return bytes;
  });
}

const DAMAGES = [
  ['cut', cut, 1],
  ['with a flipped bit', flipped, 8],
] as const;

describe.each(DAMAGES)('a file %s', (_what, damagesOf, each) => {
  test('settings: the backup, and it is said', () => {
    const all = damagesOf(SETTINGS);
    expect(all).toHaveLength(bytesOf(SETTINGS).length * each);
    for (const bytes of all) {
      const store = openSettings(new PowerCutDisk(new Map([...GOOD, [SETTINGS, bytes]])));
      expect(store.found).toMatchObject({ kind: 'backup', value: { id: 1 } });
      expect(store.found).toMatchObject({ detail: expect.stringMatching(/^\/store\/settings\.json: /) as string });
    }
  });

  test('settings, and no backup: damaged; the next save keeps the damaged file aside', () => {
    for (const bytes of damagesOf(SETTINGS)) {
      const disk = new PowerCutDisk(new Map([...without(`${SETTINGS}.backup`), [SETTINGS, bytes]]));
      const store = openSettings(disk);
      expect(store.found.kind).toBe('damaged');
      expect(store.value).toBeNull();
      expect(store.set({ id: 3, note: '' }).ok).toBe(true);
      expect(store.isDurable).toBe(true);
      expect(disk.now().get(`${SETTINGS}.damaged`)).toEqual(bytes);
      expect(openSettings(disk).found).toMatchObject({ kind: 'good', value: { id: 3 } });
    }
  });

  test('a backup alone is damaged: nobody is bothered', () => {
    for (const bytes of damagesOf(`${SETTINGS}.backup`))
      expect(openSettings(new PowerCutDisk(new Map([...GOOD, [`${SETTINGS}.backup`, bytes]]))).found.kind).toBe('good');
  });

  test('epoch: the one before, or none', () => {
    for (const bytes of damagesOf(EPOCH)) {
      expect(keptEpoch(FOLDER, new PowerCutDisk(new Map([...GOOD, [EPOCH, bytes]])))).toBe(1);
      const disk = new PowerCutDisk(new Map([...without(`${EPOCH}.backup`), [EPOCH, bytes]]));
      expect(keptEpoch(FOLDER, disk)).toBe(0);
      expect(keepEpoch(FOLDER, 3, disk).ok).toBe(true);
      expect(keptEpoch(FOLDER, disk)).toBe(3);
    }
  });

  test('session log: the others are there, and the next record follows', () => {
    for (const bytes of damagesOf(LOG)) {
      const disk = new PowerCutDisk(new Map([...GOOD, [LOG, bytes]]));
      const before = idsOf([...readSessionLog(FOLDER, disk)]);
      // One flipped line feed damages two lines.
      expect(before.length).toBeGreaterThanOrEqual(
        each === 1 ? Math.floor((bytes.length / bytesOf(LOG).length) * RECORDS) : 2,
      );
      const log = openLog(disk);
      expect(log.append({ kind: 'start', id: 9 }, true)).toEqual({ ok: true, value: 'durable' });
      const after = [...readSessionLog(FOLDER, disk)];
      expect(idsOf(after)).toEqual([...before, 9]);
      expect(gapIn(after)).toBeNull();
      expect(log.counts.damaged).toBe(after.filter((entry) => !entry.ok).length);
    }
  });
});

test('a torn end is counted and cut off, a damaged line is counted and stays', () => {
  const whole = bytesOf(LOG);
  const damaged = whole.slice();
  damaged[8] = 0x58;
  const disk = new PowerCutDisk(new Map([[LOG, damaged.slice(0, -5)]]));
  const log = openLog(disk);
  expect(log.counts).toEqual({ torn: 1, damaged: 1, lost: 0, waiting: 0 });
  expect(disk.now().get(LOG)?.length).toBe((whole.length / RECORDS) * (RECORDS - 1));
});
