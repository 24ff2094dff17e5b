import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HandClock } from '../test/hand-clock.js';
import { overriding } from '../test/overriding.js';
import { PowerCutDisk } from '../test/power-cut.js';
import { LINE_MAX_bytes, lineOf } from './log-lines.js';
import { readSessionLog } from './read-session-log.js';
import { SYNC_EACH_ms, SessionLog } from './session-log.js';
import { systemError } from './system-error.js';
import type { Trouble } from './trouble.js';
import { NONE_WAITING, WAITING_MAX, putBack, queued, taken, type Entry } from './waiting.js';

class Rig {
  readonly disk = new PowerCutDisk();
  readonly clock = new HandClock();
  readonly troubles: Trouble[] = [];
  syncs = 0;
  isFull = false;

  open(file_bytes = 2_000): SessionLog {
    const onTrouble = (trouble: Trouble): void => void this.troubles.push(trouble);
    const fs = overriding(this.disk, {
      syncData: (handle) => {
        this.syncs += 1;
        this.disk.syncData(handle);
      },
      write: (handle, bytes, position) => {
        if (this.isFull) throw systemError('ENOSPC', 'write');
        return this.disk.write(handle, bytes, position);
      },
    });
    return new SessionLog({ folder: '/log', clock: this.clock, onTrouble, size: { file_bytes, files: 3 }, fs });
  }

  get entries() {
    return [...readSessionLog('/log', this.disk)].map((entry) =>
      entry.ok ? { n: entry.n, ...entry.record } : { n: 0, ...entry },
    );
  }
}

test('records come back in order, numbered from 1 over all lives', () => {
  const rig = new Rig();
  rig.open().append({ kind: 'start', car: 1 }, true);
  rig.open().append({ kind: 'stop', energy_Wh: 7 }, true);
  expect(rig.entries).toEqual([
    { n: 1, kind: 'start', car: 1 },
    { n: 2, kind: 'stop', energy_Wh: 7 },
  ]);
  expect(Buffer.from(rig.disk.now().get('/log/sessions-000000000001.jsonl') ?? []).toString()).toBe(
    `${lineOf(1, '{"car":1,"kind":"start"}').toString()}${lineOf(2, '{"energy_Wh":7,"kind":"stop"}').toString()}`,
  );
});

test('what matters is synced at once, the rest within a quarter of an hour and not before', () => {
  const rig = new Rig();
  const log = rig.open();
  const before = rig.syncs;
  expect(log.append({ kind: 'energy' })).toEqual({ ok: true, value: 'written' });
  rig.clock.pass(60_000);
  expect(log.append({ kind: 'energy' })).toEqual({ ok: true, value: 'written' });
  rig.clock.pass(SYNC_EACH_ms - 60_001);
  expect(rig.syncs).toBe(before);
  rig.clock.pass(1);
  expect(rig.syncs).toBe(before + 1);
  expect(log.append({ kind: 'stop' }, true)).toEqual({ ok: true, value: 'durable' });
  expect(rig.syncs).toBe(before + 2);
  expect(rig.clock.timers).toBe(0);
});

test('the oldest file goes; the numbers go on', () => {
  const rig = new Rig();
  const log = rig.open(500);
  for (let at = 1; at <= 40; at += 1) log.append({ kind: 'stop', at }, true);
  const files = [...rig.disk.now()];
  expect(files).toHaveLength(3);
  for (const [, bytes] of files) expect(bytes.length).toBeLessThanOrEqual(500);
  const numbers = rig.entries.map(({ n }) => n);
  expect(numbers).toEqual(numbers.map((_, at) => 40 - numbers.length + 1 + at));
});

test('a full disk: what waits is bounded, comes back in order, and what was lost is told in its place', () => {
  const rig = new Rig();
  const log = rig.open(1_000_000);
  log.append({ kind: 'stop', at: 0 }, true);
  rig.isFull = true;
  for (let at = 1; at <= WAITING_MAX + 10; at += 1)
    expect(log.append({ kind: 'stop', at }, true)).toEqual({ ok: true, value: 'waiting' });
  expect(log.counts).toMatchObject({ lost: 10, waiting: WAITING_MAX });
  expect(rig.troubles.map(({ kind }) => kind)).toEqual(['ENOSPC']);
  rig.isFull = false;
  rig.clock.pass(60_000);
  expect(log.counts).toMatchObject({ lost: 10, waiting: 0 });
  expect(rig.entries).toEqual([
    { n: 1, kind: 'stop', at: 0 },
    { n: 2, kind: 'lost', records: 10 },
    ...Array.from({ length: WAITING_MAX }, (_, at) => ({ n: at + 3, kind: 'stop', at: at + 11 })),
  ]);
});

test.each([
  ['too long', { kind: 'stop', note: 'x'.repeat(LINE_MAX_bytes) }],
  ['a kind that is the log’s own', { kind: 'lost', records: 1 }],
  ['a number of its own', { kind: 'stop', n: 7 }],
  ['a sum of its own', { kind: 'stop', crc: '' }],
  ['no kind', {}],
  ['no JSON', { kind: 'stop', at: 1n }],
])('a record with %s is refused', (_what, record) => {
  const rig = new Rig();
  expect(rig.open().append(record as never, true)).toMatchObject({ ok: false, reason: 'refused' });
  expect(rig.entries).toEqual([]);
});

test('the longest record that is taken fills a line and no more', () => {
  const rig = new Rig();
  const log = rig.open(10_000);
  let length = LINE_MAX_bytes;
  while (!log.append({ kind: 'stop', note: 'x'.repeat(length) }, true).ok) length -= 1;
  const [bytes] = rig.disk.now().values();
  expect(bytes?.length).toBeLessThanOrEqual(LINE_MAX_bytes);
  expect(bytes?.length).toBeGreaterThan(LINE_MAX_bytes - 40);
});

test('a loss that is lost counts as what it told of', () => {
  const entry = (text: string): Entry => ({ text, matters: true, tells: 0 });
  let waiting = NONE_WAITING;
  for (let at = 0; at < WAITING_MAX + 2; at += 1) waiting = queued(waiting, entry(`${at}`));
  const [told, rest] = taken(waiting) ?? [];
  expect(told?.tells).toBe(2);
  const back = putBack(rest ?? NONE_WAITING, told === undefined ? [] : [told]);
  expect([back.untold, back.lost, back.entries.length]).toEqual([2, 2, WAITING_MAX]);
});

test('on a real disk: a folder is made, and a second life goes on', () => {
  const home = mkdtempSync(join(tmpdir(), 'fairamp-log-'));
  const folder = join(home, 'a', 'b');
  const parts = { folder, clock: new HandClock(), onTrouble: () => undefined };
  for (const at of [1, 2]) {
    const log = new SessionLog(parts);
    expect(log.append({ kind: 'start', at }, true)).toEqual({ ok: true, value: 'durable' });
    log.close();
  }
  expect([...readSessionLog(folder)].map((entry) => entry.ok && entry.n)).toEqual([1, 2]);
  expect(readdirSync(folder)).toEqual(['sessions-000000000001.jsonl']);
  rmSync(home, { recursive: true });
});
