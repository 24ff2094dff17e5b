// A real lab for end-to-end tests: the built program in a process of its own, with a temporary folder in which nobody
// else's files can be.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../../..');
const temporaries: string[] = [];

export type RunningLab = {
  readonly temporary: string;
  readonly lab: ChildProcess;
  readonly out: () => string;
  readonly progress: () => string;
};

/** Builds what has changed; for `beforeAll`. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** @param line its options, with a blank between each two words */
export function start(line: string): RunningLab {
  const args = [join(ROOT, 'dist/lab/main.mjs'), '--port', '0', ...line.split(' ')];
  const temporary = newTemporary();
  const env = { ...process.env, TMPDIR: temporary };
  const lab = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  lab.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  lab.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  return { temporary, lab, out: () => texts.out, progress: () => texts.err };
}

export async function until(condition: () => boolean, within_ms: number): Promise<boolean> {
  const deadline = performance.now() + within_ms;
  while (!condition() && performance.now() < deadline) await pause(50);
  return condition();
}

/** The one folder of the lab in its temporary folder. */
export function folderOf({ temporary }: RunningLab): string {
  return join(temporary, readdirSync(temporary)[0] ?? 'none');
}

export function newTemporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fairamp-test-'));
  temporaries.push(folder);
  return folder;
}

/** For `afterAll`. */
export function removeTemporaries(): void {
  for (const folder of temporaries.splice(0)) rmSync(folder, { recursive: true });
}
