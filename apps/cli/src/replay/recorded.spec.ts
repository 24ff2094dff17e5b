// What else may stand in a recording: goals, and more names than a site has.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chargingSite, recordingOf, writeTo } from '../../test/small-recording.js';
import { ROSTER_MAX } from '../../../master/src/config.js';
import { heardLine } from '../recording/line.js';
import { openProgress } from './progress.js';
import { play, type Played } from './replay.js';
import { replayJson, replayLines } from './result.js';

const folder = mkdtempSync(join(tmpdir(), 'fairamp-cli-'));
const fileOf = (name: string): string => join(folder, `${name}.jsonl`);
let text = '';

beforeAll(() => {
  const site = chargingSite();
  text = recordingOf(site, () => site.run(12_000));
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

const played = (file: string, config: string | null = null): Promise<Played> =>
  play({ file, set: {}, was: {}, config });

test.each([
  ['some, as the master shows them', 'telemetry/master/main/goals', 'one: 5.0 kWh by 07:00', true],
  ['some, as a person said them', 'settings/slave/one/goal', '{}', true],
  ['none', 'telemetry/master/main/goals', 'none', false],
])('goals of cars are left out, and that is said where there were %s', async (_, leaf, said, isSaid) => {
  const line = heardLine({ t_ms: 0, topic: `fairamp/home/${leaf}`, retain: true, payload: Buffer.from(said) });
  const [header = '', ...rest] = text.split('\n');
  const file = writeTo(fileOf('goals'), [`${header}\n${line.trimEnd()}`, ...rest].join('\n'));
  const one = await played(file);
  const words = 'the goals of cars are left out';
  expect(JSON.stringify(replayJson(one)).includes(words)).toBe(isSaid);
  expect(replayLines(one, 0).join(' ').includes(words)).toBe(isSaid);
});

describe('names that somebody has made up', () => {
  const crowd = (kind: string): string => {
    const lines = text.split('\n');
    const one = lines.find((line) => line.includes(`/${kind}`) && line.includes('"retain":false')) ?? '';
    const name = /telemetry\/[a-z]+\/([a-z]+)\//.exec(one)?.[1] ?? '';
    const others = Array.from({ length: 3000 }, (_, number) => one.replaceAll(name, `x${number}`));
    const at = lines.indexOf(one);
    return writeTo(fileOf(kind), [...lines.slice(0, at), ...others, ...lines.slice(at)].join('\n'));
  };

  test('of three thousand charge points are refused at once, and the number that may be is named', async () => {
    await expect(played(crowd('report'))).rejects.toThrow(
      `the recording has reports of more than ${ROSTER_MAX} charge points, as many as a master may have: --config FILE`,
    );
  });

  test('of three thousand bridges are refused in one short line', async () => {
    await expect(played(crowd('sample'))).rejects.toThrow(
      /^the recording has more than 250 bridges \(.{1,80}\): which/,
    );
  });

  test('of whom nobody has the key change nothing where the configuration is given', async () => {
    const yaml = [
      'site: home',
      'id: main',
      `key: "${'aa'.repeat(32)}"`,
      `bridge: { id: meter, key: "${'09'.repeat(32)}" }`,
      'settings: { mains_A: 25, min_A: 6 }',
      'roster:',
      `  - { id: one, key: "${'01'.repeat(32)}", maximum_A: 32, failSafe: process }`,
      `  - { id: two, key: "${'03'.repeat(32)}", maximum_A: 32, failSafe: process }`,
    ].join('\n');
    const config = writeTo(join(folder, 'master.yaml'), yaml);
    const [alone, crowded] = [
      await played(writeTo(fileOf('alone'), text), config),
      await played(crowd('report'), config),
    ];
    expect([...crowded.comparison.sums]).toEqual([...alone.comparison.sums]);
  });
});

describe('how far a long replay is', () => {
  const told = (isTTY: boolean): string => {
    let written = '';
    let now = 0;
    const progress = openProgress({ isTTY, write: (words: string) => (written += words) }, () => now);
    for (now = 0; now <= 1200; now += 100) progress.tell(() => `at ${now}`);
    progress.close();
    return written;
  };

  test('is told to a terminal now and then, and taken away at its end', () => {
    expect(told(true)).toBe('\r at 500\u001b[K\r at 1000\u001b[K\r\u001b[K');
  });

  test('is no part of what goes into a file', () => expect(told(false)).toBe(''));
});
