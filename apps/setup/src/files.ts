// The few things that are done to a file system, below a root. What is changed is changed by one of these calls, so that a
// test can stop before any of them, and a dry run can tell them instead. A path is walked as the system inside the root
// would walk it: no link in there leads out.
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export type Kind = 'file' | 'folder' | 'link' | 'other';

export interface Files {
  /** null: nothing there. A link is not followed. */
  look(path: string): { readonly kind: Kind; readonly mode: number } | null;
  read(path: string): Uint8Array;
  list(path: string): readonly string[];
  target(path: string): string;

  makeFolder(path: string, mode: number): void;
  /** Until it is durable; what was there is gone. */
  writeFile(path: string, bytes: Uint8Array, mode: number): void;
  makeLink(path: string, target: string): void;
  move(from: string, to: string): void;
  removeFile(path: string): void;
  removeFolder(path: string): void;
}

/** As deep as Linux follows links. */
const LINKS_MAX = 40;

export function filesBelow(root: string): Files {
  /** Its folder as the inside sees it; the last step is not followed. */
  const at = (path: string): string => join(root, inside(root, dirname(path)), path === '/' ? '' : basenameOf(path));
  return {
    look: (path) => {
      const found = lstatSync(at(path), { throwIfNoEntry: false });
      if (found === undefined) return null;
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'other';
      return { kind, mode: found.mode & 0o7777 };
    },
    read: (path) => readFileSync(at(path)),
    list: (path) => readdirSync(at(path)).toSorted(),
    target: (path) => readlinkSync(at(path)),
    makeFolder: (path, mode) => {
      mkdirSync(at(path));
      withDescriptor(at(path), 'r', (descriptor) => fchmodSync(descriptor, mode));
    },
    writeFile: (path, bytes, mode) =>
      withDescriptor(at(path), 'w', (descriptor) => {
        for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
        fchmodSync(descriptor, mode);
        fsyncSync(descriptor);
      }),
    makeLink: (path, target) => symlinkSync(target, at(path)),
    move: (from, to) => {
      renameSync(at(from), at(to));
      withDescriptor(dirname(at(to)), 'r', fsyncSync);
    },
    removeFile: (path) => unlinkSync(at(path)),
    removeFolder: (path) => rmdirSync(at(path)),
  };
}

function basenameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withDescriptor(path: string, how: 'r' | 'w', use: (descriptor: number) => void): void {
  const descriptor = openSync(path, how);
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** @returns the path without links, as seen from inside; an absolute link begins at the root again */
function inside(root: string, path: string): string {
  const steps = path.split('/').filter((step) => step !== '');
  let at = '/';
  for (let links = 0; steps.length > 0;) {
    const next = normalize(join(at, steps.shift() ?? ''));
    const found = lstatSync(join(root, next), { throwIfNoEntry: false });
    if (found?.isSymbolicLink() !== true) {
      at = next;
      continue;
    }
    links += 1;
    if (links > LINKS_MAX) throw new Error(`${path}: more than ${LINKS_MAX} links`);
    const target = readlinkSync(join(root, next));
    if (target.startsWith('/')) at = '/';
    steps.unshift(...target.split('/').filter((step) => step !== '' && step !== '.'));
  }
  return at;
}
