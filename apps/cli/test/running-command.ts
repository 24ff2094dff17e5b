// The built `fairamp` in a process of its own, as a person starts it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
export type Running = { readonly process: ChildProcess; readonly err: () => string; readonly ended: Promise<Ended> };

/** Builds what has changed; for `beforeAll`. */
export function build(...apps: readonly string[]): void {
  const args = [join(ROOT, 'scripts/build.mjs'), ...apps];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** @param out a descriptor instead of a pipe */
export function start(args: readonly string[], env: Record<string, string> = {}, out?: number): Running {
  const child = spawn(process.execPath, [join(ROOT, 'dist/cli/main.mjs'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', out ?? 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...texts }));
  return { process: child, err: () => texts.err, ended };
}

export function run(args: readonly string[], env: Record<string, string> = {}, out?: number): Promise<Ended> {
  return start(args, env, out).ended;
}
