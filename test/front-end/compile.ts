// The fake sysfs is a small C program, compiled by the tests when its source is newer than what stands in dist/. What is
// missing for that is an error with the command that mends it, never a test that is left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCE = join(import.meta.dirname, 'fuse');
const FOLDER = resolve(import.meta.dirname, '../../dist/front-end');
const PROGRAM = join(FOLDER, 'fake-sysfs');
const NEEDED = 'apt-get install --no-install-recommends gcc libc6-dev libfuse3-dev fuse3 pkg-config';

/** @returns the program's path */
export function compileFakeSysfs(): string {
  const files = readdirSync(SOURCE).map((name) => join(SOURCE, name));
  const newest = Math.max(...files.map((file) => statSync(file).mtimeMs));
  if (existsSync(PROGRAM) && statSync(PROGRAM).mtimeMs > newest) return PROGRAM;
  mkdirSync(FOLDER, { recursive: true });
  // Several test files may compile at once; each moves a whole program into place.
  const own = `${PROGRAM}.${process.pid}`;
  const libfuse = run('pkg-config', ['--cflags', '--libs', 'fuse3']).trim().split(/\s+/);
  const sources = files.filter((file) => file.endsWith('.c'));
  run('gcc', ['-std=c11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Werror', ...sources, '-o', own, ...libfuse]);
  renameSync(own, PROGRAM);
  return PROGRAM;
}

function run(command: string, args: readonly string[]): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${command} does not run (${error.message}); ${NEEDED}`);
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.trim()}; is all there? ${NEEDED}`);
  return stdout;
}
