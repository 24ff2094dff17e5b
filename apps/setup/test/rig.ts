// A small build and an image to install it into; a file system that stops before one of its changes, as a power cut or a
// kill does; and the listing of a folder by which two moments are compared.
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Build } from '../src/build-folder.js';
import { filesBelow, type Files } from '../src/files.js';
import { install, type Installed } from '../src/install.js';
import { remove } from '../src/remove.js';
import type { Plan } from '../src/wanted.js';

/** Where there is one, as thousands of files are made durable here. */
const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** As the base of a Debian: some of the folders are there, others are not, one is a link. */
export function image(): string {
  const root = mkdtempSync(join(IN_MEMORY, 'fairamp-image-'));
  for (const folder of ['etc/systemd/system', 'usr/local/lib', 'var', 'opt'])
    mkdirSync(join(root, folder), { recursive: true });
  put(root, 'etc/hostname', 'image\n');
  put(root, 'opt/else/program', 'somebody else\n');
  return root;
}

export function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export function build(release: string, over: Readonly<Record<string, string>> = {}): Build {
  const contents = { 'slave/main.mjs': `slave ${release}`, 'node_modules/koffi/index.js': 'native', ...over };
  return {
    release,
    items: Object.entries(contents).map(([path, text]) => ({ path, bytes: Buffer.from(text), mode: 0o644 })),
    template: (file) => `${file} of ${release.slice(0, 1)}: @NODE@ @PREFIX@ @CONFIG@\n`,
  };
}

export const PLAN: Plan = { apps: ['slave'], prefix: '/opt/fairamp', config: '/etc/fairamp', node: '/usr/bin/node' };
const nobody = { user: false, groups: [] };

export function doInstall(files: Files, what: Build, plan = PLAN): Installed {
  return install({ files, build: what, plan, accounts: nobody, report: () => undefined });
}

export function doRemove(files: Files, purge: boolean): void {
  remove(files, purge, () => undefined);
}

/** Every file with its type, mode, owner and content; no times. */
export function listing(root: string, below = ''): Readonly<Record<string, string>> {
  const at = join(root, below);
  const found = lstatSync(at);
  const says = `${(found.mode & 0o170000).toString(8)} ${(found.mode & 0o7777).toString(8)} ${found.uid}:${found.gid}`;
  if (found.isSymbolicLink()) return { [below]: `${says} -> ${readlinkSync(at)}` };
  if (found.isFile()) return { [below]: `${says} ${createHash('sha256').update(readFileSync(at)).digest('hex')}` };
  const inner = found.isDirectory() ? readdirSync(at) : [];
  return Object.assign({ [below]: says }, ...inner.map((name) => listing(root, join(below, name)))) as Record<
    string,
    string
  >;
}

class Killed extends Error {}

export type Killing = {
  readonly files: Files;
  readonly changes: () => number;
  /** Was it about to write a file? */
  readonly wasWriting: () => boolean;
};

/** @param at the change before which it ends; a file that is being written may have half of itself by then */
export function killedAt(root: string, at: number, torn: boolean): Killing {
  const files = filesBelow(root);
  let changes = 0;
  let wasWriting = false;
  const counted = <Args extends unknown[]>(change: (...args: Args) => void, half?: (...args: Args) => void) => {
    return (...args: Args): void => {
      if (changes === at) {
        wasWriting = half !== undefined;
        if (torn) half?.(...args);
        throw new Killed();
      }
      changes += 1;
      change(...args);
    };
  };
  const wrapped: Files = {
    ...files,
    makeFolder: counted(files.makeFolder),
    writeFile: counted(files.writeFile, (path, bytes) => {
      files.writeFile(path, bytes.subarray(0, bytes.length >> 1), 0o600);
    }),
    makeLink: counted(files.makeLink),
    move: counted(files.move),
    removeFile: counted(files.removeFile),
    removeFolder: counted(files.removeFolder),
  };
  return { files: wrapped, changes: () => changes, wasWriting: () => wasWriting };
}

/** @returns false when it came to its end */
export function wasKilled(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof Killed) return true;
    throw error;
  }
}
