// Installing and upgrading, which are the same: the manifest first, then a new version's folder, then the one link that
// turns, then what systemd reads, and the old version last. Each step may be the last one of this run; the next run, or
// `remove`, finds in the manifest what there may be.
import { dirname } from 'node:path';
import type { Build } from './build-folder.js';
import type { Files } from './files.js';
import {
  clearLeftovers,
  foldersBetween,
  hashOf,
  MANIFEST,
  readManifest,
  writeManifest,
  type Manifest,
} from './manifest.js';
import type { Options } from './options.js';
import { dropEmptyFolders, dropEntry, makeFolders, missingFolders, putFile, putLink } from './steps.js';
import { entriesOf, enablingLink, wantedOf, type Plan, type Wanted, type WantedFile } from './wanted.js';

export type Report = (line: string) => void;

export type Installed = {
  readonly version: string;
  readonly isNew: boolean;
  readonly configs: readonly { readonly path: string; readonly state: 'written' | 'kept' | 'changed' }[];
};

export const DEFAULT_PREFIX = '/opt/fairamp';
export const DEFAULT_CONFIG = '/etc/fairamp';

/** What is said on the command line, else what is installed, else the default. */
export function planOf({ apps, prefix, config, node }: Options, old: Manifest | null, ownNode: string): Plan | null {
  const known = old ?? { apps: [], prefix: DEFAULT_PREFIX, config: DEFAULT_CONFIG, node: ownNode };
  const plan = {
    apps: apps ?? known.apps,
    prefix: prefix ?? known.prefix,
    config: config ?? known.config,
    node: node ?? known.node,
  };
  return plan.apps.length === 0 ? null : plan;
}

export type Installation = {
  readonly files: Files;
  readonly build: Build;
  readonly plan: Plan;
  /** Accounts that are to be made by this installation. */
  readonly accounts: Manifest['accounts'];
  readonly report: Report;
};

export function install({ files, build, plan, accounts, report }: Installation): Installed {
  clearLeftovers(files);
  const old = readManifest(files);
  const wanted = wantedOf(build, plan);
  for (const app of old?.apps ?? [])
    if (!plan.apps.includes(app)) report(`${app} is removed: it was installed, and --apps does not name it`);
  const beginning = { wanted, plan, accounts, old };
  const begun = begin(files, beginning);
  writeManifest(files, begun);
  makeFolders(files, begun.folders, (folder) => (folder === plan.config ? 0o750 : 0o755));
  report(`version ${wanted.version}: ${wanted.versionFiles.length} files below ${plan.prefix}`);
  for (const file of wanted.versionFiles) putFile(files, file);
  putLink(files, wanted.current);
  report(`what systemd reads: ${wanted.systemFiles.length} files`);
  for (const file of wanted.systemFiles) putFile(files, file);
  const configs = wanted.configs.map((file) => ({ path: file.path, state: putConfig(files, file, old) }));
  for (const { path, state } of configs) report(`configuration ${path}: ${CONFIG_WORDS[state]}`);
  finish(files, begun, beginning);
  return { version: wanted.version, isNew: old?.version !== wanted.version || old.phase !== 'installed', configs };
}

const CONFIG_WORDS = {
  written: 'a pattern, to be filled in',
  kept: 'kept as it is',
  changed: 'kept, a person has changed it',
} as const;

type Beginning = {
  readonly wanted: Wanted;
  readonly plan: Plan;
  readonly accounts: Manifest['accounts'];
  readonly old: Manifest | null;
};

/** Everything that was there and everything that is to come. */
function begin(files: Files, { wanted, plan, accounts, old }: Beginning): Manifest {
  const before = old ?? { entries: [], folders: [], configs: [], accounts };
  const entries = entriesOf(wanted);
  const configs = wanted.configs.map(({ path, bytes }) => ({ path, hash: hashOf(bytes) }));
  return {
    form: 1,
    phase: 'installing',
    version: wanted.version,
    ...plan,
    apps: [...plan.apps],
    entries: [...without(before.entries, entries), ...entries],
    folders: [...new Set([...before.folders, ...missingFolders(files, placesOf(wanted, plan))])].toSorted(),
    // As they were first written: what is new is told from what a person wrote by that.
    configs: [...before.configs, ...without(configs, before.configs)],
    accounts: {
      user: accounts.user || before.accounts.user,
      groups: [...new Set([...accounts.groups, ...before.accounts.groups])],
    },
  };
}

type Placed = { readonly path: string };

function without<T extends Placed>(all: readonly T[], others: readonly Placed[]): readonly T[] {
  const paths = new Set(others.map(({ path }) => path));
  return all.filter(({ path }) => !paths.has(path));
}

/** Also of the links that `systemctl enable` makes, so that their folder is known for ours. */
function placesOf(wanted: Wanted, { apps }: Plan): readonly string[] {
  return [...entriesOf(wanted), ...wanted.configs, ...apps.map(enablingLink), { path: MANIFEST }].map(
    ({ path }) => path,
  );
}

/** A pattern that nobody has touched follows the release; anything else is a person's. */
function putConfig(files: Files, file: WantedFile, old: Manifest | null): 'written' | 'kept' | 'changed' {
  const known = old?.configs.find(({ path }) => path === file.path)?.hash;
  if (files.look(file.path) === null) {
    putFile(files, file);
    return 'written';
  }
  const now = hashOf(files.read(file.path));
  if (now === hashOf(file.bytes)) return 'kept';
  if (now !== known) return 'changed';
  putFile(files, file);
  return 'written';
}

/** What only the old version had goes, and the manifest says that all is done. */
function finish(files: Files, begun: Manifest, { wanted, plan }: Beginning): void {
  const entries = entriesOf(wanted);
  for (const { path } of without(begun.entries, entries)) dropEntry(files, path);
  const needed = new Set(placesOf(wanted, plan).flatMap((path) => foldersBetween('/', dirname(path))));
  const kept = dropEmptyFolders(
    files,
    begun.folders.filter((folder) => !needed.has(folder)),
  );
  const folders = begun.folders.filter((folder) => needed.has(folder) || kept.includes(folder));
  const configs = begun.configs.map((config) => {
    const file = wanted.configs.find(({ path }) => path === config.path);
    return file !== undefined && isPattern(files, file) ? { path: file.path, hash: hashOf(file.bytes) } : config;
  });
  writeManifest(files, { ...begun, phase: 'installed', entries: [...entries], folders, configs });
}

/** A file that a person has changed keeps the hash of what was written, which shows it. */
function isPattern(files: Files, { path, bytes }: WantedFile): boolean {
  return files.look(path) !== null && hashOf(files.read(path)) === hashOf(bytes);
}

/** What starts with the computer, from now on; the folder is there since the installation. */
export function enable(files: Files, apps: Plan['apps']): void {
  for (const app of apps) putLink(files, enablingLink(app));
}
