// The disk is full or broken at any call, once or for a while: nothing throws, nothing is lost that was acknowledged, and
// when the disk is back everything comes to it by itself. The power goes at the end, for a sync that failed hides until then.
import { keepEpoch, keptEpoch } from '../src/epoch-file.js';
import { readSessionLog } from '../src/read-session-log.js';
import { FailingDisk, type Failure } from './failing-disk.js';
import { HandClock } from './hand-clock.js';
import { FOLDER, epoch, gapIn, idsOf, openLog, openSettings, sessions, settings } from './histories.js';
import { PowerCutDisk } from './power-cut.js';

const NEVER: Failure = { call: Infinity, lasts: 'once', how: 'EIO' };
const LONG_ms = 300_000;
const silent = { begun: () => undefined, acknowledged: () => undefined };

/** One life is over and its disk is good. */
function begun(history: typeof settings): PowerCutDisk {
  const disk = new PowerCutDisk();
  history.live(disk, 1, silent);
  return new PowerCutDisk(disk.now());
}

/** What each disk holds that a cut may leave now. */
function left<T>(disk: PowerCutDisk, read: (fs: PowerCutDisk) => T): readonly T[] {
  return [...disk.afterCut(disk.moment, 'journal')].map((after) => read(new PowerCutDisk(after)));
}

/** @returns how many calls it took */
function settingsThrough(failure: Failure): number {
  const disk = begun(settings);
  const clock = new HandClock();
  const failing = new FailingDisk(disk, failure);
  const store = openSettings(failing.fs, clock);
  let acknowledged = 4;
  for (let id = 5; id < 8; id += 1) {
    store.set({ id, note: `${id}` });
    clock.pass(1_000);
    if (store.isDurable) acknowledged = id;
    for (const kept of left(disk, (fs) => openSettings(fs))) {
      expect(kept.found.kind).toBe('good');
      expect(kept.acknowledged?.id).toBeGreaterThanOrEqual(acknowledged);
    }
  }
  failing.mend();
  clock.pass(LONG_ms);
  expect(store.isDurable).toBe(true);
  expect(store.trouble).toBeNull();
  for (const id of left(disk, (fs) => openSettings(fs).acknowledged?.id)) expect(id).toBe(7);
  return failing.calls;
}

function epochThrough(failure: Failure): number {
  const disk = begun(epoch);
  const failing = new FailingDisk(disk, failure);
  let acknowledged = 4;
  for (let count = 5; count < 8; count += 1) {
    if (keepEpoch(FOLDER, count, failing.fs).ok) acknowledged = count;
    for (const kept of left(disk, (fs) => keptEpoch(FOLDER, fs))) expect(kept).toBeGreaterThanOrEqual(acknowledged);
  }
  expect(keptEpoch(FOLDER, failing.fs)).toBeGreaterThanOrEqual(0);
  failing.mend();
  expect(keepEpoch(FOLDER, 8, failing.fs).ok).toBe(true);
  for (const kept of left(disk, (fs) => keptEpoch(FOLDER, fs))) expect(kept).toBe(8);
  return failing.calls;
}

function sessionsThrough(failure: Failure): number {
  const disk = begun(sessions);
  const clock = new HandClock();
  const failing = new FailingDisk(disk, failure);
  const log = openLog(failing.fs, clock);
  const acknowledged: number[] = [];
  for (let id = 15; id < 25; id += 1) {
    const appended = log.append({ kind: 'stop', id, note: `${id} `.repeat(40) }, id % 3 !== 0);
    if (appended.ok && appended.value === 'durable') acknowledged.push(id);
    clock.pass(700);
    for (const ids of left(disk, (fs) => idsOf([...readSessionLog(FOLDER, fs)])))
      expect(ids).toEqual(expect.arrayContaining(acknowledged));
  }
  failing.mend();
  clock.pass(LONG_ms);
  expect(log.append({ kind: 'stop', id: 25 }, true)).toEqual({ ok: true, value: 'durable' });
  expect(log.trouble).toBeNull();
  for (const entries of left(disk, (fs) => [...readSessionLog(FOLDER, fs)])) {
    expect(idsOf(entries).slice(-11)).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    expect(gapIn(entries)).toBeNull();
  }
  return failing.calls;
}

const LASTING = ['once', 'on'] as const;
const HOW = ['ENOSPC', 'EIO', 'half'] as const;

describe.each([
  ['settings', settingsThrough, 30],
  ['epoch', epochThrough, 30],
  ['session log', sessionsThrough, 30],
] as const)('%s on a disk that fails', (_name, through, least) => {
  test.each(LASTING.flatMap((lasts) => HOW.map((how) => [how, lasts] as const)))(
    '%s at each call, %s',
    (how, lasts) => {
      const calls = through(NEVER);
      expect(calls).toBeGreaterThanOrEqual(least);
      for (let call = 1; call <= calls; call += 1)
        try {
          through({ call, lasts, how });
        } catch (error) {
          throw new Error(`call ${call} of ${calls}`, { cause: error });
        }
    },
  );
});

test('a newest file that cannot be read for ever keeps nobody from appending', () => {
  const disk = begun(sessions);
  const newest = [...disk.now().keys()].sort().at(-1) ?? '';
  const clock = new HandClock();
  const unreadable = new Proxy(disk, {
    get: (target, name: keyof PowerCutDisk) =>
      name === 'read'
        ? (path: string, most: number) => (path === newest ? failRead() : target.read(path, most))
        : (target[name] as (...args: unknown[]) => unknown).bind(target),
  });
  const log = openLog(unreadable, clock);
  expect(log.append({ kind: 'stop', id: 15 }, true)).toEqual({ ok: true, value: 'waiting' });
  clock.pass(LONG_ms);
  expect(log.append({ kind: 'stop', id: 16 }, true)).toEqual({ ok: true, value: 'durable' });
  const entries = [...readSessionLog(FOLDER, disk)];
  expect(idsOf(entries).slice(-3)).toEqual([14, 15, 16]);
  const numbers = entries.flatMap((entry) => (entry.ok ? [entry.n] : []));
  expect(new Set(numbers).size).toBe(numbers.length);
});

function failRead(): never {
  throw Object.assign(new Error('EIO: read'), { code: 'EIO' });
}
