// A Debian of its own for the tests: debootstrap makes it once, a copy of this node and the compiled shim go into it, and
// what is run in there sees its files and the build folder, and nothing else of this computer.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileShim, ROOT } from './fake-sysfs.js';

export const NODE = '/usr/local/bin/node';
/** Where the build folder is in there. */
export const BUILD = '/srv/build';
/** Where the shim is. */
export const SHIM = '/srv/fake-sysfs.so';
export const SETUP = [NODE, `${BUILD}/dist/setup/main.mjs`] as const;

export type Ran = { readonly status: number | null; readonly said: string };

const FALLBACK_MIRROR = 'http://deb.debian.org/debian';

/** The mirror that apt is set to, where that is one of Debian. */
function mirror(): string {
  const format = '$(ORIGIN) $(LABEL) $(REPO_URI)';
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  });
  const line = (stdout ?? '').split('\n').find((one) => one.startsWith('Debian Debian '));
  return line?.split(' ').at(-1) ?? FALLBACK_MIRROR;
}

export function makeDebian(): string {
  if (process.getuid?.() !== 0)
    throw new Error('this test installs into a Debian of its own and boots it: it needs root');
  const root = mkdtempSync(join(tmpdir(), 'fairamp-debian-'));
  chmodSync(root, 0o755);
  const command = ['debootstrap', '--variant=minbase', '--include=systemd,systemd-sysv', 'bookworm', root, mirror()];
  // It computes for a minute, beside tests that are bound to real time.
  const { status, stdout, error } = spawnSync('nice', ['-n', '5', ...command], { encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`${command.join(' ')}: ${error?.message ?? stdout.slice(-2000)}`);
  copyFileSync(process.execPath, join(root, NODE));
  chmodSync(join(root, NODE), 0o755);
  mkdirSync(join(root, BUILD));
  compileShim(join(root, 'srv'));
  return root;
}

export function dropDebian(root: string): void {
  rmSync(root, { recursive: true });
}

/** Mounts are of this run alone; with a time-out, as everything in here. */
const ENTER = `mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --bind "${ROOT}" "$1${BUILD}" &&
  root="$1" && shift && exec timeout -s KILL 120 chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin "$@"`;

export function runIn(root: string, command: readonly string[]): Ran {
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', ENTER, 'sh', root, ...command];
  const { status, stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}
