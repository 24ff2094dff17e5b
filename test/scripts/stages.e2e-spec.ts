// What stands around the stages of `npm run long`, shown with short ones of our own: which of them run, in which order,
// what is said of them where, and that none is left behind.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'fairamp-stages-'));
const main = join(folder, 'main.mjs');

const program = (name: string, text: string): string => {
  writeFileSync(join(folder, `${name}.mjs`), text);
  return `node ${join(folder, `${name}.mjs`)}`;
};
const STAGES = [
  { name: 'good', command: program('good', 'console.log(`runs: ${process.env.RUNS}`)'), env: { RUNS: '7' } },
  { name: 'bad', command: program('bad', 'process.exit(3)') },
  { name: 'endless', command: program('endless', 'console.log(process.pid); setInterval(() => 0, 1000)') },
  { name: 'none', command: 'no-such-program' },
].map((stage) => ({ within_min: stage.name === 'endless' ? 0.01 : 1, shows: `that it is ${stage.name}`, ...stage }));

beforeAll(() => {
  const script = join(ROOT, 'scripts/stages.mjs');
  const words = `process.argv.slice(2)`;
  writeFileSync(
    main,
    `import { runStages } from ${JSON.stringify(script)};
     const patient = process.env.PATIENT === '1' ? { within_min: 1 } : {};
     const stages = ${JSON.stringify(STAGES)}.map((stage) => ({ ...stage, ...patient }));
     process.exitCode = await runStages('long', stages, ${words});`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...words: string[]) => spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' });
const linesOf = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('a named stage runs alone, with its variables, and its success is exit code 0', () => {
  const { status, stdout } = run('good');
  expect(stdout).toMatch(/=== good \(1 of 1\): node .*\nruns: 7\n=== good: passed in \d+ s\n\n1 passed, 0 failed/);
  expect(status).toBe(0);
});

test.each([
  ['bad', 'exit code 3'],
  ['endless', 'not done after 0.01 min'],
  ['none', 'spawn no-such-program ENOENT'],
])('what fails is told and is exit code 1: %s', (name, why) => {
  const { status, stdout } = run(name);
  expect(stdout).toContain(`=== ${name}: FAILED: ${why} in `);
  expect(status).toBe(1);
});

test('one that fails keeps no other from running, and with --json standard output is the result alone', () => {
  const { status, stdout, stderr } = run('--json', 'good', 'bad');
  expect(linesOf(stdout)).toEqual([
    { stage: 'good', passed: true, why: null, seconds: expect.any(Number) as number },
    { stage: 'bad', passed: false, why: 'exit code 3', seconds: expect.any(Number) as number },
  ]);
  expect(stderr).toContain('runs: 7\n');
  expect(status).toBe(1);
});

test('--list runs nothing', () => {
  const { status, stdout } = run('--list');
  expect(stdout).toContain(`good\n    RUNS=7 ${STAGES[0]?.command}\n    that it is good\n`);
  expect(linesOf(run('--list', '--json').stdout)).toMatchObject(STAGES.map(({ name }) => ({ stage: name })));
  expect([status, stdout.includes('passed')]).toEqual([0, false]);
});

test.each([
  ['nonsense', 'no stage "nonsense": good, bad, endless, none'],
  ['--loud', 'no option "--loud"'],
])('%s is refused before anything runs', (word, said) => {
  const { status, stdout, stderr } = run('good', word);
  expect([status, stdout, stderr.startsWith(said)]).toEqual([2, '', true]);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the stage that runs, and begins no other',
  async (signal) => {
    const env = { ...process.env, PATIENT: '1' };
    const long = spawn(process.execPath, [main, 'endless', 'none'], { stdio: ['ignore', 'pipe', 'pipe'], env });
    let said = '';
    long.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/\n\d+\n/.test(said)) long.kill(signal);
    });
    const [code] = (await once(long, 'close')) as [number];
    const pid = Number(/\n(\d+)\n/.exec(said)?.[1]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect([code, said.includes('none')]).toEqual([130, false]);
  },
  60_000,
);

test('the stages of the project are told with what they show', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts/long.mjs'), '--list', '--json'], {
    encoding: 'utf8',
  });
  const listed = linesOf(stdout) as { stage: string; shows: string }[];
  expect(listed.map(({ stage }) => stage)).toEqual(
    expect.arrayContaining(['hunt', 'hunt-nothing', 'simulate', 'properties']),
  );
  expect(listed.every(({ shows }) => shows.length > 0)).toBe(true);
  expect(status).toBe(0);
});
