import { failure, ok, type Result } from '@fairamp/units';
import { HandClock } from '../test/hand-clock.js';
import { overriding } from '../test/overriding.js';
import { PowerCutDisk } from '../test/power-cut.js';
import type { Migration } from './migrate.js';
import { IN_A_ROW, REFILL_ms, RETRY_MOST_ms } from './pace.js';
import { sealed } from './seal.js';
import { SettingsStore } from './settings-store.js';
import { systemError } from './system-error.js';
import type { Trouble } from './trouble.js';

type Amps = { readonly max_A: number };
const FILE = '/store/settings.json';
const check = (value: unknown): Result<Amps, string> =>
  typeof value === 'object' &&
  value !== null &&
  'max_A' in value &&
  typeof value.max_A === 'number' &&
  value.max_A <= 80
    ? ok({ max_A: value.max_A })
    : failure('settings', `${JSON.stringify(value)} is none`);

/** `saves` counts what reaches the disk; `code` is what it says instead. */
class Rig {
  readonly disk: PowerCutDisk;
  readonly clock = new HandClock();
  readonly troubles: Trouble[] = [];
  code: string | null = null;
  saves = 0;

  constructor(files: Record<string, Uint8Array> = {}) {
    this.disk = new PowerCutDisk(new Map(Object.entries(files)));
  }

  open(more: { readonly seed?: Amps; readonly migrations?: readonly Migration[] } = {}): SettingsStore<Amps> {
    const fs = overriding(this.disk, {
      rename: (from, to) => {
        if (this.code !== null) throw systemError(this.code, 'rename');
        this.saves += 1;
        this.disk.rename(from, to);
      },
    });
    const onTrouble = (trouble: Trouble): void => void this.troubles.push(trouble);
    return new SettingsStore({ file: FILE, check, clock: this.clock, onTrouble, fs, ...more });
  }

  get text(): string {
    return Buffer.from(this.disk.now().get(FILE) ?? []).toString();
  }
}
const stored = (version: number, value: unknown) => ({ [FILE]: sealed(JSON.stringify({ version, value })) });

test('what is set first is on the disk at once; what follows within a second is written once, the last value', () => {
  const rig = new Rig();
  const store = rig.open();
  store.set({ max_A: 10 });
  expect([store.isDurable, rig.saves]).toEqual([true, 1]);
  for (const max_A of [11, 12, 13]) store.set({ max_A });
  expect([store.isDurable, rig.saves, store.value, store.acknowledged]).toEqual([
    false,
    1,
    { max_A: 13 },
    { max_A: 10 },
  ]);
  rig.clock.pass(999);
  expect(rig.saves).toBe(1);
  rig.clock.pass(1);
  expect([store.isDurable, rig.saves]).toEqual([true, 2]);
  expect(rig.text).toContain('"max_A":13');
  expect(rig.clock.timers).toBe(0);
});

test('equal values write nothing, nor does one that was taken back in time', () => {
  const rig = new Rig(stored(1, { max_A: 10 }));
  const store = rig.open();
  store.set({ max_A: 10 });
  store.set({ max_A: 11 });
  store.set({ max_A: 12 });
  store.set({ max_A: 11 });
  rig.clock.pass(5_000);
  expect(rig.saves).toBe(1);
});

test('all day long, at most some in a row and one a minute; the end does not wait', () => {
  const rig = new Rig();
  const store = rig.open();
  for (let second = 0; second < 3_600; second += 1) {
    store.set({ max_A: second % 80 });
    rig.clock.pass(1_000);
  }
  expect(rig.saves).toBeGreaterThan(60);
  expect(rig.saves).toBeLessThanOrEqual(IN_A_ROW + 3_600_000 / REFILL_ms + 1);
  store.set({ max_A: 7 });
  expect([store.flush(), store.acknowledged]).toEqual([true, { max_A: 7 }]);
});

test('a disk that fails is told once for each kind; the value stays, and comes to it within a minute of its return', () => {
  const rig = new Rig();
  const store = rig.open();
  rig.code = 'ENOSPC';
  store.set({ max_A: 10 });
  rig.clock.pass(600_000);
  rig.code = 'EIO';
  rig.clock.pass(600_000);
  expect(rig.troubles.map(({ kind }) => kind)).toEqual(['ENOSPC', 'EIO']);
  expect([store.value, store.acknowledged, store.isDurable, store.flush()]).toEqual([
    { max_A: 10 },
    null,
    false,
    false,
  ]);
  rig.code = null;
  rig.clock.pass(RETRY_MOST_ms);
  expect([store.isDurable, store.trouble, rig.saves]).toEqual([true, null, 1]);
  rig.code = 'ENOSPC';
  store.set({ max_A: 11 });
  rig.clock.pass(1_000);
  expect(rig.troubles).toHaveLength(3);
});

test.each([
  ['empty', {}, { max_A: 32 }, 'empty', 1],
  ['filled', stored(1, { max_A: 16 }), { max_A: 16 }, 'good', 0],
  ['damaged', { [FILE]: Buffer.from('{') }, null, 'damaged', 0],
  ['of a newer program', stored(9, {}), null, 'from-the-future', 0],
  ['out of range', stored(1, { max_A: 90 }), null, 'damaged', 0],
])('a seed into a store that is %s', (_what, files, ...expected) => {
  const rig = new Rig(files);
  const store = rig.open({ seed: { max_A: 32 } });
  expect([store.value, store.found.kind, rig.saves]).toEqual(expected);
});

const migrations: readonly Migration[] = [
  (value) => ({ max: (value as { amps: number }).amps }),
  (value) => ({ max_A: (value as { max: number }).max }),
];
test.each([
  [1, { amps: 16 }, 1],
  [2, { max: 16 }, 1],
  [3, { max_A: 16 }, 0],
])('version %i is taken over and written as the newest', (version, value, saves) => {
  const rig = new Rig(stored(version, value));
  expect(rig.open({ migrations }).value).toEqual({ max_A: 16 });
  expect(rig.saves).toBe(saves);
  expect(rig.text).toContain('"version":3');
});

test('what an older version cannot have written is damaged, and throws nothing', () => {
  const store = new Rig(stored(1, null)).open({ migrations });
  expect(store.found).toMatchObject({ kind: 'damaged', detail: expect.stringContaining('version 1 cannot be read') });
});

test('what the check refuses is not set', () => {
  const rig = new Rig();
  const store = rig.open();
  expect(store.set({ max_A: 90 })).toMatchObject({ ok: false, detail: '{"max_A":90} is none' });
  expect([store.value, rig.saves]).toEqual([null, 0]);
});

test('of a newer program: what is set holds, is never saved over it, and is saved once a person has moved it away', () => {
  const rig = new Rig(stored(9, 'theirs'));
  const store = rig.open();
  store.set({ max_A: 10 });
  rig.clock.pass(600_000);
  expect([store.value, store.isDurable, rig.troubles.map(({ kind }) => kind)]).toEqual([
    { max_A: 10 },
    false,
    ['from-the-future'],
  ]);
  expect(rig.text).toContain('theirs');
  rig.disk.rename(FILE, '/store/theirs.json');
  rig.clock.pass(RETRY_MOST_ms);
  expect(store.isDurable).toBe(true);
});

test('a backup becomes the record when somebody sets it, and not before', () => {
  const good = stored(1, { max_A: 16 })[FILE] ?? Buffer.of();
  const rig = new Rig({ [FILE]: Buffer.from('{'), [`${FILE}.backup`]: good });
  const store = rig.open();
  store.flush();
  expect([store.found.kind, store.value, rig.saves]).toEqual(['backup', { max_A: 16 }, 0]);
  store.set({ max_A: 16 });
  expect([rig.saves, rig.open().found.kind]).toEqual([1, 'good']);
});
