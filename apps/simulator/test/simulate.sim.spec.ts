import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '../../..');
const MAIN = join(ROOT, 'dist/simulator/main.mjs');
const folder = mkdtempSync(join(tmpdir(), 'fairamp-test-'));

const simulate = (line: string) =>
  spawnSync(process.execPath, [MAIN, ...line.split(' ')], { encoding: 'utf8', cwd: folder });

const lineSchema = z.strictObject({
  scenario: z.string(),
  seed: z.int(),
  hours: z.number(),
  strategy: z.enum(['fairamp', 'classic']),
  worst_over_A: z.number(),
  worst_over_s: z.number(),
  energy_kWh: z.number(),
  trips: z.record(z.string(), z.int()),
  margin_permille: z.record(z.string(), z.number()),
  violations: z.array(z.strictObject({ invariant: z.string(), at_s: z.number(), detail: z.string() })),
  speedup: z.number().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** One line for each seed, without what the clock of this computer says. */
function resultsOf(out: string): readonly unknown[] {
  const lines = out.trim().split('\n');
  return lines.map((line) => ({ ...lineSchema.parse(JSON.parse(line)), speedup: null }));
}

beforeAll(() => {
  const build = [join(ROOT, 'scripts/build.mjs'), 'simulator'];
  const { status, stderr } = spawnSync(process.execPath, build, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('a healthy minute has no violation, and standard output is the result alone', () => {
  const { status, stdout, stderr } = simulate(
    '--scenario healthy --seed 3 --hours 0.02 --json --svg a.svg --csv a.csv',
  );
  expect(resultsOf(stdout)).toMatchObject([{ scenario: 'healthy', seed: 3, hours: 0.02, violations: [] }]);
  expect(stderr).toContain('1 seed: no violation');
  expect(status).toBe(0);
  expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toContain('healthy, seed 3: fairamp');
  const [header = '', ...rows] = readFileSync(join(folder, 'a.csv'), 'utf8').trim().split('\n');
  expect(header).toContain('at_s,house_L1_A,house_L2_A,house_L3_A,mains_L1_A,mains_L2_A,mains_L3_A,slave1_limit_A');
  expect(rows.length).toBeGreaterThanOrEqual(72);
  for (const row of rows) expect(row.split(',')).toHaveLength(header.split(',').length);
}, 60_000);

test('the same seeds are the same results in the same order, whatever runs at a time', () => {
  const [alone, together] = ['1', '3'].map((jobs) => simulate(`--seeds 1..5 --hours 0.02 --json --jobs ${jobs}`));
  expect(resultsOf(together?.stdout ?? '')).toEqual(resultsOf(alone?.stdout ?? ''));
  expect(resultsOf(alone?.stdout ?? '')).toMatchObject([1, 2, 3, 4, 5].map((seed) => ({ seed })));
}, 60_000);

test('for people it is a table and a summary', () => {
  const { stdout } = simulate('--scenario healthy --seeds 1..2 --hours 0.02');
  expect(stdout).toMatch(
    /^scenario +strategy +seed +hours +worst over +energy +trips +violations +speed\nhealthy +fairamp +1 +0\.02 /,
  );
  expect(stdout).toContain('\n2 seeds: ');
}, 60_000);

test('both strategies are two rows, two summaries and one picture with classic above fairamp', () => {
  const { status, stdout } = simulate('--scenario w1 --seed 1 --hours 0.02 --strategy both --svg both.svg');
  expect(stdout).toMatch(/^w1 +classic +1 .*\nw1 +fairamp +1 /m);
  expect(stdout).toContain('\nclassic, 1 seed: ');
  expect(stdout).toContain('\nfairamp, 1 seed: no violation');
  expect(status).toBe(0);
  const svg = readFileSync(join(folder, 'both.svg'), 'utf8');
  expect(svg).toContain('w1, seed 1: classic and fairamp');
  expect(svg.indexOf('>classic</tspan>')).toBeLessThan(svg.indexOf('>fairamp</tspan>'));
}, 60_000);

test('the list names each scenario and what it is about', () => {
  const { status, stdout } = simulate('--list');
  expect(stdout).toMatch(/^healthy +\w/m);
  expect(status).toBe(0);
});

describe('what is wrong is refused before anything runs', () => {
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'foreign.json'), '{ "name": "foreign", "about": "", "speed": 3 }');
  test.each([
    ['--scenario nonsense', '--scenario nonsense: no such scenario; allowed are all, FILE.json, '],
    ['--scenario none.json', '--scenario none.json: ENOENT'],
    ['--scenario broken.json', '--scenario broken.json: '],
    ['--scenario foreign.json', 'speed'],
    ['--svg nowhere/a.svg', 'nowhere/a.svg: cannot be written'],
    ['--hours 0', '--hours 0: allowed are'],
  ])('%s', (line, said) => {
    const { status, stdout, stderr } = simulate(line);
    expect(stderr).toContain(said);
    expect(stderr.trim()).not.toContain('\n');
    expect([status, stdout]).toEqual([2, '']);
  });
});

test('a scenario of one own patches the base', () => {
  const own = { name: 'mine', about: 'One lone car.', site: { points: 1 } };
  writeFileSync(join(folder, 'mine.json'), JSON.stringify(own));
  const { status, stdout } = simulate('--scenario mine.json --hours 0.02 --json --csv mine.csv');
  expect([status, resultsOf(stdout)]).toMatchObject([0, [{ scenario: 'mine' }]]);
  expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).not.toContain('slave2');
}, 60_000);

test('ctrl-c ends it at once, with what was done and no process left', async () => {
  const args = [MAIN, '--seeds', '1..100000', '--hours', '0.1', '--json'];
  const run = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  let said = '';
  run.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(run.stdout, 'data');
  const children = readFileSync(`/proc/${run.pid}/task/${run.pid}/children`, 'utf8').trim().split(' ');
  run.kill('SIGINT');
  const [code] = (await once(run, 'close')) as [number];
  expect(code).toBe(130);
  expect(said).toMatch(/interrupted: \d+ of 100000 seeds were done/);
  expect(children.length).toBeGreaterThan(0);
  for (const child of children) expect(existsSync(`/proc/${child}`)).toBe(false);
}, 60_000);
