// Commands in a mount namespace of their own in which /sys is the fake sysfs. The fake sysfs is the process that keeps
// the namespace; it ends when its control pipe closes, every command when the test's process ends, and the mount with
// the last of them: whatever becomes of a test, nothing is left behind. What is missing is an error, never a skip.
import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { compileFakeSysfs } from './compile.js';
import { Control } from './control.js';

export type Inside = {
  readonly child: ChildProcessWithoutNullStreams;
  /** Its own, not that of a shell around it: to be killed by. */
  readonly pid: number;
  readonly out: () => string;
  readonly err: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
};

export type Namespace = {
  readonly control: Control;
  /** Of the fake sysfs; whoever needs to look in from outside enters by it. */
  readonly pid: number;
  startInside(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Inside;
  /** Ends what was started inside, then the fake sysfs. */
  close(): Promise<void>;
};

/** Long enough for a process to be told, and to end, on a computer that stalls. */
const END_ms = 10_000;
const IS_ROOT = process.getuid?.() === 0;

/** @param description what the fake sysfs has: one line each, as its README says */
export async function openNamespace(description: readonly string[]): Promise<Namespace> {
  requireFuse();
  const program = compileFakeSysfs();
  // Without root a user namespace gives the right to mount, where the system allows that.
  const unshare = spawn('unshare', [IS_ROOT ? '-m' : '-rm', program], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = gather(unshare.stderr);
  const control = new Control(unshare.stdin, unshare.stdout);
  const ended = endOf(unshare);
  ended
    .then((how) => control.end(`the fake sysfs has ended (${how}): ${said().trim()}`))
    .catch((error: Error) => control.end(`unshare does not run (${error.message}): apt-get install util-linux`));
  const inside = new Set<Inside>();
  const close = () => closeAll(inside, unshare, ended);
  try {
    for (const line of description) await control.ask(line);
    await control.mount('/sys');
  } catch (error) {
    await close();
    throw error;
  }
  const pid = unshare.pid ?? 0;
  const startInside: Namespace['startInside'] = (command, args, env) => {
    const started = enter(pid, [command, ...args], env);
    inside.add(started);
    return started;
  };
  return { control, pid, startInside, close };
}

function requireFuse(): void {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(
      `the fake sysfs needs /dev/fuse (${message}); in a container: --device /dev/fuse --cap-add SYS_ADMIN`,
    );
  }
}

/** Each of these replaces itself by the next, so that the child's pid is the command's. */
function enter(pid: number, command: readonly string[], env: NodeJS.ProcessEnv = {}): Inside {
  const namespaces = IS_ROOT ? ['-m'] : ['-U', '--preserve-credentials', '-m'];
  const args = ['-t', String(pid), ...namespaces, 'setpriv', '--pdeathsig', 'KILL', ...command];
  const child = spawn('nsenter', args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  // Whoever writes to one that is gone hears of it by its end.
  child.stdin.on('error', () => undefined);
  const ended = endOf(child);
  ended.catch(() => undefined);
  return { child, pid: child.pid ?? 0, out: gather(child.stdout), err: gather(child.stderr), ended };
}

function gather(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  return () => text;
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return code ?? signal ?? 0;
}

async function closeAll(inside: ReadonlySet<Inside>, unshare: ChildProcess, ended: Promise<unknown>): Promise<void> {
  for (const { child } of inside) child.kill('SIGKILL');
  await Promise.allSettled([...inside].map((each) => each.ended));
  unshare.stdin?.end();
  const isOver = await Promise.race([
    ended.then(
      () => true,
      () => true,
    ),
    pause(END_ms, false, { ref: false }),
  ]);
  if (isOver) return;
  unshare.kill('SIGKILL');
  throw new Error(`the fake sysfs did not end within ${END_ms} ms of its pipe's`);
}
