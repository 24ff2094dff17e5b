// Taking away what the manifest names. Without --purge the configurations and the state stay, and with them as much of the
// manifest as a later purge needs; with it nothing at all remains that was not there before.
import { dirname } from 'node:path';
import type { Files } from './files.js';
import type { Report } from './install.js';
import {
  clearLeftovers,
  dropManifest,
  MANIFEST,
  readManifest,
  removeTree,
  STATE_FOLDER,
  writeManifest,
  type Manifest,
} from './manifest.js';
import { APPS } from './options.js';
import { dropEmptyFolders, dropEntry } from './steps.js';
import { enablingLink } from './wanted.js';

/** @returns what was removed; null: there was nothing */
export function remove(files: Files, purge: boolean, report: Report): Manifest | null {
  clearLeftovers(files);
  const manifest = readManifest(files);
  if (manifest === null) return null;
  writeManifest(files, { ...manifest, phase: 'removing' });
  report(`${manifest.entries.length} files and links`);
  // The units before the programs that they name.
  for (const app of APPS) dropEntry(files, enablingLink(app).path);
  for (const { path } of manifest.entries.toReversed()) dropEntry(files, path);
  if (purge) purgeAll(files, manifest, report);
  const folders = dropEmptyFolders(files, manifest.folders);
  if (purge) dropManifest(files, { ...manifest, folders: [...folders] });
  else writeManifest(files, { ...manifest, phase: 'removed', entries: [], folders: [...folders] });
  return manifest;
}

/** A folder that we have made goes as a whole; in one that was there before only our own files do. */
function purgeAll(files: Files, manifest: Manifest, report: Report): void {
  const isOurs = (folder: string): boolean => {
    return manifest.folders.includes(folder) && files.look(folder)?.kind === 'folder';
  };
  for (const { path } of manifest.configs) {
    if (isOurs(dirname(path))) {
      report(`configuration ${dirname(path)}`);
      removeTree(files, dirname(path));
    } else dropEntry(files, path);
  }
  report(`state ${STATE_FOLDER}`);
  const kept = isOurs(STATE_FOLDER) ? files.list(STATE_FOLDER) : APPS;
  for (const name of kept) {
    const place = `${STATE_FOLDER}/${name}`;
    if (place !== MANIFEST && files.look(place) !== null) removeTree(files, place);
  }
}
