import { parseOptions, type Options } from './options.js';
import { USAGE } from './usage.js';

const parse = (line: string) => parseOptions(line.split(' ').filter((word) => word !== ''));

describe('what npm run simulate accepts', () => {
  const rows: readonly [line: string, expected: Partial<Options>][] = [
    ['', { scenario: 'all', seeds: { from: 1, to: 1 }, hours: 1, strategy: 'fairamp', json: false, jobs: null }],
    ['--scenario lost-master --seed 7', { scenario: 'lost-master', seeds: { from: 7, to: 7 } }],
    ['--scenario=all --seed=0', { scenario: 'all', seeds: { from: 0, to: 0 } }],
    ['--scenario mine/own.json', { scenario: 'mine/own.json' }],
    ['--seeds 1..100', { seeds: { from: 1, to: 100 } }],
    ['--seeds 5..5 --svg a.svg', { seeds: { from: 5, to: 5 }, svg: 'a.svg' }],
    ['--seed 4294967295', { seeds: { from: 4_294_967_295, to: 4_294_967_295 } }],
    ['--hours 24', { hours: 24 }],
    ['--hours 0.05', { hours: 0.05 }],
    ['--strategy classic', { strategy: 'classic' }],
    ['--strategy both --svg a.svg', { strategy: 'both', svg: 'a.svg' }],
    ['--json --csv a.csv --svg b.svg', { json: true, csv: 'a.csv', svg: 'b.svg' }],
    ['--jobs 2', { jobs: 2 }],
    ['--list', { list: true }],
    ['--help', { help: true }],
    ['-h', { help: true }],
  ];
  test.each(rows)('npm run simulate -- %s', (line, expected) => {
    expect(parse(line)).toMatchObject({ ok: true, value: expected });
  });
});

describe('what npm run simulate refuses, and how it says so', () => {
  const rows: readonly [line: string, said: string][] = [
    ['--fast', '--fast: no such option; allowed are --scenario, --seed, --seeds'],
    ['seven', 'seven: no such option'],
    ['--seed', '--seed: a value is missing'],
    ['--seed --json', '--seed: a value is missing'],
    ['--scenario=', '--scenario: a value is missing'],
    ['--seed -1', '--seed -1: allowed are whole numbers from 0 to 4294967295'],
    ['--seed 1.5', '--seed 1.5: allowed are'],
    ['--seed 4294967296', '--seed 4294967296: allowed are'],
    ['--seed 1..5', '--seed 1..5: allowed are whole numbers from 0 to 4294967295; many with --seeds A..B'],
    ['--seeds 7', '--seeds 7: the form is A..B'],
    ['--seeds 1..x', '--seeds 1..x: the form is A..B'],
    ['--seeds 5..4', '--seeds 5..4: 5 is above 4'],
    ['--seeds 0..1000000', '--seeds 0..1000000: 1000001 seeds; allowed are up to 1000000'],
    ['--hours 0', '--hours 0: allowed are 0.01 to 168'],
    ['--hours 169', '--hours 169: allowed are'],
    ['--hours 1e1', '--hours 1e1: allowed are'],
    ['--hours soon', '--hours soon: allowed are'],
    ['--strategy best', '--strategy best: allowed are fairamp, classic, both'],
    ['--strategy both --csv a.csv', '--csv a.csv: is a table of one run; allowed with --strategy fairamp or classic'],
    ['--jobs 0', '--jobs 0: allowed are whole numbers from 1 to 256'],
    ['--csv a.txt', '--csv a.txt: allowed is a FILE.csv'],
    ['--svg a.png', '--svg a.png: allowed is a FILE.svg'],
    ['--seeds 1..2 --svg a.svg', '--svg a.svg: shows one run, and --seeds 1..2 are many; allowed with --seed N'],
    ['--csv a.csv --seeds 1..2', '--csv a.csv: shows one run'],
  ];
  test.each(rows)('%s', (line, said) => {
    const refused = parse(line);
    expect(refused.ok ? 'accepted' : refused.detail).toContain(said);
    expect(refused.ok ? '' : refused.detail).not.toContain('\n');
  });
});

test('the usage text names every option that is accepted', () => {
  const refused = parse('--no-such-option');
  const options = (refused.ok ? '' : refused.detail).match(/(?<=allowed are .*)--[a-z]+/g) ?? [];
  expect(options.length).toBeGreaterThan(8);
  for (const option of options) expect(USAGE).toContain(`  ${option}`);
});
