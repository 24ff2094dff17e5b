import { type Outcome } from '@fairamp/simulation';
import { parseOptions, strategiesOf } from './options.js';
import { Summary } from './summary.js';
import { headerFor, isFailure, jsonOf, linesOf, type Verdict, verdictOf } from './verdict.js';
import { type Answer, type Job } from './worker/job.js';

const OUTCOME: Outcome = {
  scenario: 'lost-master',
  seed: 7,
  strategy: 'fairamp',
  simulated_ms: 1_800_000,
  worst_over_dA: 32,
  worst_over_ms: 4500,
  energy_Wh: 12_345,
  trips: { 'MCB B25': 0 },
  margin_permille: { 'MCB B25': 412 },
  violations: [],
  hash: 'abc',
};
const VIOLATED = { violations: [{ invariant: 'I1', at: 754_500, detail: 'L1 9.8 A over for 19.0 s' }] } as const;

const verdict = (outcome: Partial<Outcome> | string = {}, seed = 7, strategy = OUTCOME.strategy): Verdict => {
  const scenario = { name: 'lost-master' } as Job['scenario'];
  const job: Job = { index: 0, scenario, seed, simulated_ms: 1_800_000, strategy, wantsCsv: false, picture: 'none' };
  const isCrash = typeof outcome === 'string';
  const answer: Answer = {
    index: 0,
    outcome: isCrash ? null : { ...OUTCOME, ...outcome },
    crash: isCrash ? outcome : null,
    cpu_ms: 1500,
    csv: null,
    svg: null,
  };
  return verdictOf(job, answer);
};

const summaryOf = (line: string, ...verdicts: readonly Verdict[]): string => {
  const options = parseOptions(line.split(' '));
  if (!options.ok) throw new Error(options.detail);
  const [strategy = 'fairamp'] = strategiesOf(options.value);
  const summary = new Summary(options.value, strategy);
  verdicts.forEach((each) => summary.add(each));
  return summary.lines().join('\n');
};

describe('one seed', () => {
  test('is one JSON object, in the units that its keys say', () => {
    expect(JSON.parse(jsonOf(verdict(VIOLATED)))).toEqual({
      scenario: 'lost-master',
      seed: 7,
      hours: 0.5,
      strategy: 'fairamp',
      worst_over_A: 3.2,
      worst_over_s: 4.5,
      energy_kWh: 12.345,
      trips: { 'MCB B25': 0 },
      margin_permille: { 'MCB B25': 412 },
      violations: [{ invariant: 'I1', at_s: 754.5, detail: 'L1 9.8 A over for 19.0 s' }],
      speedup: 1200,
      hash: 'abc',
    });
  });

  test('is one aligned row, and below it what is wrong', () => {
    const [row = '', ...below] = linesOf(verdict({ ...VIOLATED, trips: { 'MCB B25': 2 } }), 20);
    expect(row).toHaveLength(headerFor(20).length);
    expect(row.split(/ {2,}/)).toEqual([
      'lost-master',
      'fairamp',
      '7',
      '0.50',
      '3.2 A',
      '4.5 s',
      '12.35 kWh',
      '2',
      '1',
      '1200 x',
    ]);
    expect(below).toEqual(['    trips: MCB B25 2 times', '    I1 at 754.5 s: L1 9.8 A over for 19.0 s']);
  });

  test('that crashed is a violation with its message, and the rest is not known', () => {
    const crashed = verdict('assertion failed: as asked');
    expect(JSON.parse(jsonOf(crashed))).toMatchObject({
      worst_over_A: null,
      speedup: null,
      hash: null,
      violations: [{ invariant: 'crash', at_s: null, detail: 'assertion failed: as asked' }],
    });
    expect(linesOf(crashed, 20).join('\n')).toContain('    crash: assertion failed: as asked');
  });

  test.each([
    ['a clean run', false, verdict()],
    ['a violation', true, verdict(VIOLATED)],
    ['a violation of classic', false, verdict(VIOLATED, 7, 'classic')],
    ['a crash', true, verdict('assert')],
    ['a crash of classic', true, verdict('assert', 7, 'classic')],
  ])('%s fails the run: %s', (_, failed, of) => {
    expect(isFailure(of)).toBe(failed);
  });
});

describe('all seeds together', () => {
  test('say how many, how bad and how fast', () => {
    const lines = summaryOf(
      '--seeds 1..3',
      verdict({}, 1),
      verdict({ worst_over_ms: 9000 }, 2),
      verdict({ worst_over_dA: 40 }, 3),
    );
    expect(lines).toContain('3 seeds: no violation; at worst 4.0 A (seed 3)');
    expect(lines).toContain('at longest 9.0 s (seed 2); median speed 1200 x');
  });

  test('name for each failure the line that replays it', () => {
    const lines = summaryOf(
      '--scenario lost-master --seeds 1..3',
      verdict({}, 1),
      verdict(VIOLATED, 2),
      verdict('assert', 3),
    );
    expect(lines).toContain('3 seeds: 2 violations in 2 of them, 1 crashed');
    expect(lines).toContain('\nnpm run simulate -- --scenario lost-master --seed 2 --hours 0.5 --svg failure.svg');
    expect(lines).toContain('\nnpm run simulate -- --scenario lost-master --seed 3 --hours 0.5 --svg failure.svg');
  });

  test('name a drawn scenario, and a file where it was one', () => {
    expect(summaryOf('--scenario all', verdict(VIOLATED))).toContain('--scenario lost-master --seed 7');
    expect(summaryOf('--scenario a/b.json', verdict(VIOLATED))).toContain('--scenario a/b.json --seed 7');
  });

  test('of classic say that violations are what it is for', () => {
    const lines = summaryOf('--strategy classic', verdict(VIOLATED, 7, 'classic'));
    expect(lines).toContain('its violations are what it is shown for');
    expect(lines).not.toContain('npm run');
    const crashed = summaryOf('--strategy classic', verdict('assert', 7, 'classic'));
    expect(crashed).not.toContain('shown for');
    expect(crashed).toContain('--strategy classic --svg failure.svg');
  });
});
