// The test's Debian, booted: its systemd as the first process of namespaces of its own, with nothing of this computer but
// the kernel and a control group. When the first process is killed everything in there ends with it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ran } from './debian-root.js';

export type Booted = {
  run(...command: readonly string[]): Ran;
  stop(): Promise<void>;
};

/**
 * $1 the root, which becomes the root of all mounts: in a mere chroot systemd could not restrict its services. Devices are
 * the few that every container has; no console, the journal has it all.
 */
const BOOT = `set -e
mount --bind "$1" "$1"
for folder in run tmp; do mount -t tmpfs -o mode=755 tmpfs "$1/$folder"; done
chmod 1777 "$1/tmp"
mount -t proc proc "$1/proc"
mount -t tmpfs -o mode=755 tmpfs "$1/dev"
for device in null zero full random urandom tty; do touch "$1/dev/$device"; mount --bind "/dev/$device" "$1/dev/$device"; done
mkdir "$1/dev/shm" "$1/dev/pts"
mount -t tmpfs tmpfs "$1/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts"
ln -s pts/ptmx "$1/dev/ptmx"
mount -t sysfs -o ro sysfs "$1/sys"
mount -t cgroup2 cgroup2 "$1/sys/fs/cgroup"
hostname fairamp-test
cd "$1"
pivot_root . .
umount -l .
exec /usr/bin/env -i container=fairamp /lib/systemd/systemd --unit=multi-user.target --log-target=journal --show-status=0`;

export async function boot(root: string): Promise<Booted> {
  const group = join(unifiedGroup(), `fairamp-test-${process.pid}`);
  mkdirSync(group);
  const child = spawn(
    'sh',
    [
      '-c',
      // Into its group first, which is the root of all groups in there.
      `echo $$ >"$2/cgroup.procs" && exec unshare -m -p -f -u -i -n -C --kill-child --propagation private sh -c '${BOOT}' sh "$1"`,
      'sh',
      root,
      group,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const first = await firstProcess(child);
  return {
    run: (...command) => {
      const args = ['-t', String(first), '-m', '-p', '-u', '-i', '-n', '-C', '-r', '-w', '--', ...command];
      const { status, stdout, stderr } = spawnSync('nsenter', args, { encoding: 'utf8', timeout: 120_000 });
      return { status, said: `${stdout}${stderr}`.trim() };
    },
    stop: async () => {
      const end = once(child, 'exit');
      child.kill('SIGKILL');
      await end;
      await dropGroup(group);
    },
  };
}

/** On a hybrid system it is mounted beside the older ones. */
function unifiedGroup(): string {
  const mounted = readFileSync('/proc/mounts', 'utf8').split('\n');
  const found = mounted.map((line) => line.split(' ')).find(([, , type]) => type === 'cgroup2')?.[1];
  if (found === undefined) throw new Error('no cgroup2 is mounted: systemd cannot be booted for the test');
  return found;
}

/** unshare's only child. */
async function firstProcess(child: ChildProcess): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
    const [first = ''] = children.split(' ');
    if (first !== '' && readFileSync(`/proc/${first}/comm`, 'utf8').startsWith('systemd')) return Number(first);
    await pause(100);
  }
  throw new Error('systemd was not booted within 20 s');
}

/** Its processes are gone; the kernel may take a moment to say so. */
async function dropGroup(group: string): Promise<void> {
  for (let tries = 0; tries < 100 && existsSync(group); tries += 1) {
    try {
      dropGroups(group);
    } catch {
      await pause(100);
    }
  }
}

function dropGroups(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) dropGroups(join(group, entry.name));
  }
  rmdirSync(group);
}
