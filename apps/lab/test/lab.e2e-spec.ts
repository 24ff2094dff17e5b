import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { findProgram } from '../src/supervise/find-program.js';
import { build, folderOf, removeTemporaries, start, until, type RunningLab } from './running-lab.js';

const brokers = ['embedded', ...(findProgram('mosquitto') === null ? [] : ['mosquitto'])];

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

/** Plays all the time, beside those that come and go: they are no business of it. */
let whole: RunningLab;
let wholeEnded: Promise<unknown[]>;

beforeAll(() => {
  build();
  whole = start('--once 40 --json --at 4:plug:1 --at 4:plug:2 --at 4:plug:3');
  wholeEnded = once(whole.lab, 'exit');
}, 60_000);
afterAll(removeTemporaries);

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

test('three cars share the mains, and standard output is the result alone', async () => {
  const [code] = await wholeEnded;
  const outcome: unknown = JSON.parse(whole.out());
  expect(outcome).toMatchObject({ seconds: 40, charging: 3, violations: [], unexpected: [] });
  expect(outcome).toMatchObject({
    chargePoints: [{ state: 'charging' }, { state: 'charging' }, { state: 'charging' }],
  });
  expect(code).toBe(0);
}, 60_000);
