// What fairamp-setup has written, so that it can take it away again. It stands on the disk before the first thing that it
// names and goes after the last: whatever interrupts, what is there is either named in it, or under a name that shows it.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Files } from './files.js';
import { APPS } from './options.js';
import { Refused } from './refused.js';

export const MANIFEST = '/var/lib/fairamp/setup.json';
export const STATE_FOLDER = dirname(MANIFEST);
/** Under this name a thing is made beside its place, and then moved there at once. */
export const NEW = '.fairamp-new';

const path = z.string().regex(/^\/(?!.*(^|\/)\.\.(\/|$))[^\0]+$/, 'must be an absolute path without ..');
const file = z.strictObject({ kind: z.literal('file'), path, mode: z.int().min(0).max(0o777), hash: z.string() });
const link = z.strictObject({ kind: z.literal('link'), path, to: z.string() });

const schema = z.strictObject({
  form: z.literal(1),
  /** installing and removing: interrupted in the middle of it. removed: what a purge would still take. */
  phase: z.enum(['installing', 'installed', 'removing', 'removed']),
  version: z.string(),
  apps: z.array(z.enum(APPS)),
  prefix: path,
  config: path,
  node: path,
  entries: z.array(z.discriminatedUnion('kind', [file, link])),
  /** Made by us, outer ones first: removed when they are empty. */
  folders: z.array(path),
  /** The configurations as they were first written: another hash is a person's. */
  configs: z.array(z.strictObject({ path, hash: z.string() })),
  /** Accounts that were not there before. */
  accounts: z.strictObject({ user: z.boolean(), groups: z.array(z.string().regex(/^[a-z]+$/)) }),
});

export type Manifest = z.output<typeof schema>;
export type Entry = Manifest['entries'][number];

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function readManifest(files: Files): Manifest | null {
  if (files.look(MANIFEST) === null) return null;
  const text = Buffer.from(files.read(MANIFEST)).toString();
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Refused(`${MANIFEST}: is no manifest of this version of fairamp-setup; nothing was changed`);
  }
}

export function writeManifest(files: Files, manifest: Manifest): void {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  const missing = firstMissing(files, STATE_FOLDER);
  if (missing === null) {
    if (files.look(MANIFEST) !== null && Buffer.from(files.read(MANIFEST)).equals(bytes)) return;
    files.writeFile(`${MANIFEST}${NEW}`, bytes, 0o644);
    return files.move(`${MANIFEST}${NEW}`, MANIFEST);
  }
  // With its folders in one move: there is no moment at which they are there and nobody knows whose they are.
  const made = foldersBetween(missing, STATE_FOLDER);
  const moved = (place: string): string => place.replace(missing, `${missing}${NEW}`);
  for (const folder of made) files.makeFolder(moved(folder), 0o755);
  files.writeFile(moved(MANIFEST), bytes, 0o644);
  files.move(moved(missing), missing);
}

/** The other end: out of the way at once, then taken apart. */
export function dropManifest(files: Files, { folders }: Manifest): void {
  let top = STATE_FOLDER;
  const isOurs = (folder: string): boolean => folders.includes(folder) && files.list(folder).length === 1;
  if (!folders.includes(top)) return files.removeFile(MANIFEST);
  while (isOurs(dirname(top))) top = dirname(top);
  files.move(top, `${top}${NEW}`);
  removeTree(files, `${top}${NEW}`);
}

/** What an interrupted run left before its manifest stood, or after it was gone. */
export function clearLeftovers(files: Files): void {
  for (const place of [MANIFEST, ...foldersBetween('/', STATE_FOLDER).slice(1)]) {
    if (files.look(dirname(place))?.kind === 'folder' && files.look(`${place}${NEW}`) !== null)
      removeTree(files, `${place}${NEW}`);
  }
}

/** From the outer to the inner, both included. */
export function foldersBetween(outer: string, inner: string): readonly string[] {
  return outer === inner ? [outer] : [...foldersBetween(outer, dirname(inner)), inner];
}

/** @returns the outermost folder of this path that is not there; null when all are */
export function firstMissing(files: Files, folder: string): string | null {
  return foldersBetween('/', folder).find((one) => files.look(one) === null) ?? null;
}

export function removeTree(files: Files, path: string): void {
  if (files.look(path)?.kind !== 'folder') return files.removeFile(path);
  for (const name of files.list(path)) removeTree(files, `${path}/${name}`);
  files.removeFolder(path);
}
