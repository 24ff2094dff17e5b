// Each rule of leases and of the charge point is taken out of the source, and the simulator has to notice: a checker that
// nothing can provoke proves nothing. Played here are the runs that a hunt has found and kept (found.json); the search
// itself, from seed 1 on, is `npm run hunt` and part of `npm run long`.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { judge, readFound, readPage, tableOf, type Accused } from './found.mjs';
import { RULES } from './rules.mjs';

const run = promisify(execFile);
const hunt = (...args: string[]) => run(process.execPath, ['test/rules/hunt.mjs', ...args]);
const KEPT = readFound();
const PATIENCE_ms = 600_000;

describe('a rule that is missing is found', () => {
  /** rule -> what is wrong with its run */
  const wrongs = new Map<string, string | null>();
  let code: number;

  beforeAll(async () => {
    const ended = await hunt('--found').then(
      ({ stdout }) => ({ stdout, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => {
        if (error.code !== 1) throw new Error(error.stderr);
        return error;
      },
    );
    ({ code } = ended);
    for (const line of ended.stdout.trim().split('\n')) {
      const { rule, wrong } = JSON.parse(line) as { rule: string; wrong: string | null };
      wrongs.set(rule, wrong);
    }
  }, PATIENCE_ms);

  test.each(KEPT.map(({ rule, invariant, scenario, seed }) => [rule, invariant, scenario, seed] as const))(
    'without %s %s accuses first in %s, seed %d, and nothing does in the same run as it ships',
    (rule) => expect(wrongs.get(rule)).toBeNull(),
  );

  test('and says so by its exit code', () => expect(code).toBe(0));
});

describe('what is kept', () => {
  test('is one run of each rule, in a scenario that is searched for it', () => {
    expect(KEPT.map(({ rule }) => rule)).toEqual(RULES.map(({ id }) => id));
    for (const { rule, scenario } of KEPT) expect(RULES.find(({ id }) => id === rule)?.scenarios).toContain(scenario);
  });

  test('is accused by an invariant or a trip: a crash is no checker', () => {
    for (const { invariant } of KEPT) expect(invariant).toMatch(/^(I\d+|trip)$/);
  });

  test('is what docs/simulator.md shows', () => expect(readPage()).toContain(tableOf(KEPT)));
});

const found = { rule: 'B2', invariant: 'I10', scenario: 'everything', seed: 2, minutes: 6 };
const by = (invariant: string): Accused => ({ invariant, at: 1500, detail: 'raised by 6 A' });

test.each<[string, Accused, Accused, string | null]>([
  ['the same invariant accuses', by('I10'), null, null],
  ['nobody is accused', null, null, 'is accused of nothing any more'],
  ['another accuses first', by('I4'), null, 'is accused of I4 first, not I10'],
  ['it ships with the violation', by('I10'), by('I10'), 'as it ships: I10 at 1500 ms: raised by 6 A'],
])('of a kept run is said, when %s', (_, without, shipped, said) => {
  const wrong = judge(found, without, shipped);
  if (said === null) return expect(wrong).toBeNull();
  expect(wrong).toContain('everything, seed 2');
  expect(wrong).toContain(said);
});

test.each([
  [['B99'], 'no rule "B99"'],
  [['B2', '--write', '--seeds', '1..3'], '--write and --found are for the usual seeds and minutes'],
  [['B2', '--write', '--found'], '--write keeps what a search finds'],
  [['nothing', '--found'], 'nothing is kept of what ships'],
  [['--seeds', '3..1'], '--seeds A..B'],
])('%j is refused', async (args, said) => {
  await expect(hunt(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(said) as string });
});
