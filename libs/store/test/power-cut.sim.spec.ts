// Every disk that a power cut may leave, at every moment of small histories; and writers that do it wrong, each of which
// has to be found, or the first half proves nothing.
import { dirname } from 'node:path';
import type { FileSystem } from '../src/file-system.js';
import { cutEverywhere, cutTwice } from './cut-everywhere.js';
import { HISTORIES, epoch, sessions, settings, type History } from './histories.js';
import { overriding } from './overriding.js';
import type { PowerCutDisk } from './power-cut.js';
import type { Model } from './power-cut-disks.js';

/** At least so many different disks, or the histories have become too small to say anything. */
const DISKS: readonly (readonly [History, Model, number])[] = [
  [settings, 'journal', 120],
  [settings, 'harsh', 160],
  [epoch, 'journal', 120],
  [epoch, 'harsh', 160],
  [sessions, 'journal', 300],
  [sessions, 'harsh', 300],
];

describe('the power goes at any moment', () => {
  test.each(DISKS.map(([history, model, least]) => [history.name, model, history, least] as const))(
    '%s, names as in %s: nothing is torn, nothing is lost that was acknowledged',
    (_name, model, history, least) => {
      const { disks, complaints } = cutEverywhere(history, { model });
      expect(complaints).toEqual([]);
      expect(disks).toBeGreaterThanOrEqual(least);
    },
  );

  // FAIRAMP_EVERY_CUT=1 takes every disk of the log's first life as the beginning of a second one: two minutes.
  const each = process.env.FAIRAMP_EVERY_CUT === '1' ? 1 : 20;
  test.each([
    ['settings', settings, 1, 15_000],
    ['epoch', epoch, 1, 15_000],
    ['session log', sessions, each, 5_000],
  ] as const)(
    '%s: and again in the next life',
    (_name, history, one, least) => {
      const { disks, complaints } = cutTwice(history, { model: 'harsh' }, one);
      expect(complaints).toEqual([]);
      expect(disks).toBeGreaterThanOrEqual(least);
    },
    600_000,
  );
});

const nothing = (): void => undefined;
const WRONG: readonly (readonly [string, History, (disk: PowerCutDisk) => FileSystem])[] = [
  ['settings without a sync', settings, (disk) => overriding(disk, { sync: nothing })],
  ['epoch without a sync', epoch, (disk) => overriding(disk, { sync: nothing })],
  ['settings without a sync of the folder', settings, (disk) => overriding(disk, { syncFolder: nothing })],
  ['epoch without a sync of the folder', epoch, (disk) => overriding(disk, { syncFolder: nothing })],
  ['settings without the rename', settings, inPlace],
  ['epoch without the rename', epoch, inPlace],
  ['a rename before the sync', settings, renamedFirst],
  ['a session log without a sync', sessions, (disk) => overriding(disk, { syncData: nothing })],
  ['a session log without a sync of the folder', sessions, (disk) => overriding(disk, { syncFolder: nothing })],
];

/** Written over where it stands. */
function inPlace(disk: PowerCutDisk): FileSystem {
  return overriding(disk, {
    open: (path) => {
      const handle = disk.open(path.replace('.new', ''), 'update');
      disk.truncate(handle, 0);
      return handle;
    },
    unlink: nothing,
    link: nothing,
    rename: nothing,
  });
}

function renamedFirst(disk: PowerCutDisk): FileSystem {
  let unsynced = 0;
  return overriding(disk, {
    sync: (handle) => void (unsynced = handle),
    close: nothing,
    rename: (from, to) => {
      disk.rename(from, to);
      disk.syncFolder(dirname(to));
      disk.sync(unsynced);
    },
  });
}

describe('a writer that does it wrong is found', () => {
  test.each(WRONG.map(([what, history, through]) => [what, history, through] as const))(
    '%s',
    (_what, history, through) => {
      expect(cutEverywhere(history, { model: 'journal', through }).complaints).not.toEqual([]);
    },
  );
});

test('where a file has no second names, a record is whole at every moment, from its backup if need be', () => {
  const mayMove: History = {
    ...settings,
    verify: (fs, known) => {
      const newest = settings.held(fs).at(-1) ?? 0;
      return newest >= known.acknowledged && newest <= known.begun ? null : `${newest} is there`;
    },
  };
  expect(cutEverywhere(mayMove, { model: 'journal', hasLinks: false }).complaints).toEqual([]);
  expect(cutEverywhere(settings, { model: 'journal', hasLinks: false }).complaints).toEqual([
    expect.stringContaining('missing'),
    expect.stringContaining('missing'),
    expect.stringContaining('missing'),
  ]);
});

test('the histories are those of all that is kept', () => {
  expect(new Set(DISKS.map(([history]) => history))).toEqual(new Set(HISTORIES));
});
