// The ways in which things get onto the disk and off it again. A thing that is already as it should be is not touched; a
// new one is made beside its place and moved there at once, so that nobody ever sees half of it.
import { dirname } from 'node:path';
import type { Files } from './files.js';
import { foldersBetween, hashOf, NEW, type Entry } from './manifest.js';
import type { WantedFile, WantedLink } from './wanted.js';

export function isAsItShould(files: Files, entry: Entry): boolean {
  const found = files.look(entry.path);
  if (entry.kind === 'link') return found?.kind === 'link' && files.target(entry.path) === entry.to;
  return found?.kind === 'file' && found.mode === entry.mode && hashOf(files.read(entry.path)) === entry.hash;
}

export function putFile(files: Files, { path, bytes, mode }: WantedFile): void {
  if (isAsItShould(files, { kind: 'file', path, mode, hash: hashOf(bytes) })) return;
  files.writeFile(`${path}${NEW}`, bytes, mode);
  files.move(`${path}${NEW}`, path);
}

export function putLink(files: Files, { path, to }: WantedLink): void {
  if (isAsItShould(files, { kind: 'link', path, to })) return;
  dropFile(files, `${path}${NEW}`);
  files.makeLink(`${path}${NEW}`, to);
  files.move(`${path}${NEW}`, path);
}

export function dropFile(files: Files, path: string): void {
  const kind = files.look(path)?.kind;
  if (kind === 'file' || kind === 'link') files.removeFile(path);
}

/** With what an interrupted run may have left beside it. */
export function dropEntry(files: Files, path: string): void {
  dropFile(files, `${path}${NEW}`);
  dropFile(files, path);
}

/** Outer ones first. */
export function missingFolders(files: Files, paths: readonly string[]): readonly string[] {
  const all = new Set(paths.flatMap((path) => foldersBetween('/', dirname(path))));
  return [...all].filter((folder) => files.look(folder) === null).toSorted();
}

export function makeFolders(files: Files, folders: readonly string[], modeOf: (folder: string) => number): void {
  for (const folder of folders) if (files.look(folder) === null) files.makeFolder(folder, modeOf(folder));
}

/** @returns those that are still there, because something is in them */
export function dropEmptyFolders(files: Files, folders: readonly string[]): readonly string[] {
  const kept = folders.toReversed().filter((folder) => {
    if (files.look(folder)?.kind !== 'folder') return false;
    if (files.list(folder).length > 0) return true;
    files.removeFolder(folder);
    return false;
  });
  return kept.toReversed();
}
