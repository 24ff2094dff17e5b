import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findProgram } from '../src/supervise/find-program.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const brokers = ['embedded', ...(findProgram('mosquitto') === null ? [] : ['mosquitto'])];

const temporaries: string[] = [];

type Run = {
  readonly temporary: string;
  readonly lab: ChildProcess;
  readonly out: () => string;
  readonly progress: () => string;
};

function start(line: string): Run {
  const args = [join(ROOT, 'dist/lab/main.mjs'), '--port', '0', ...line.split(' ')];
  const temporary = mkdtempSync(join(tmpdir(), 'fairamp-test-'));
  temporaries.push(temporary);
  const env = { ...process.env, TMPDIR: temporary };
  const lab = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  lab.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  lab.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  return { temporary, lab, out: () => texts.out, progress: () => texts.err };
}

async function until(condition: () => boolean, within_ms: number): Promise<boolean> {
  const deadline = performance.now() + within_ms;
  while (!condition() && performance.now() < deadline) await pause(50);
  return condition();
}

/** Processes that were given a file of this lab: the kernel's word, not the lab's. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => existsSync(`/proc/${pid}/cmdline`) && commandOf(pid).includes(folder));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The one folder of the lab in its temporary folder, where nobody else's can be. */
function folderOf(run: Run): string {
  return join(run.temporary, readdirSync(run.temporary)[0] ?? 'none');
}

afterAll(() => temporaries.forEach((folder) => rmSync(folder, { recursive: true })));

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 60_000);

test('three cars share the mains, and standard output is the result alone', async () => {
  const { lab, out } = start('--once 32 --json --at 4:plug:1 --at 4:plug:2 --at 4:plug:3');
  const [code] = (await once(lab, 'exit')) as [number];
  const outcome: unknown = JSON.parse(out());
  expect(outcome).toMatchObject({ seconds: 32, charging: 3, violations: [], unexpected: [] });
  expect(outcome).toMatchObject({
    chargePoints: [{ state: 'charging' }, { state: 'charging' }, { state: 'charging' }],
  });
  expect(code).toBe(0);
}, 60_000);

test.each(brokers)(
  'asked to end, it leaves neither process nor file behind (broker: %s)',
  async (broker) => {
    const run = start(`--once 60 --broker ${broker}`);
    await until(() => run.progress().includes('car 1 arrives'), 20_000);
    const folder = folderOf(run);
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(6);
    run.lab.kill('SIGTERM');
    const [code] = (await once(run.lab, 'exit')) as [number];
    expect({ code, processes: processesOf(folder), exists: existsSync(folder) }).toEqual({
      code: 130,
      processes: [],
      exists: false,
    });
  },
  60_000,
);

test.each(brokers)(
  'killed by -9 with a slave frozen, neither (broker: %s)',
  async (broker) => {
    const run = start(`--once 60 --broker ${broker} --at 2:freeze:slave1`);
    await until(() => run.progress().includes('car 1 arrives'), 20_000);
    const folder = folderOf(run);
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(6);
    run.lab.kill('SIGKILL');
    expect(await until(() => processesOf(folder).length === 0 && !existsSync(folder), 8000)).toBe(true);
  },
  60_000,
);

test.each([
  ['--mains 500', 'npm start: --mains 500: allowed are whole numbers from 10 to 100 A\n'],
  ['--house none.csv', "npm start: --house none.csv: ENOENT: no such file or directory, open '"],
])('%s is refused in one line, with exit code 2', async (line, said) => {
  const { lab, progress } = start(line);
  const [code] = (await once(lab, 'exit')) as [number];
  expect(progress().slice(0, said.length)).toBe(said);
  expect(progress().trimEnd()).not.toContain('\n');
  expect(code).toBe(2);
});
