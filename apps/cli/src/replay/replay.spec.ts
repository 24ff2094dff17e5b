import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chargingSite, recordingOf, restartOf, silenceOf, unrestOf, writeTo } from '../../test/small-recording.js';
import { heardLine } from '../recording/line.js';
import { TICK_ms } from './player.js';
import { play, replay, ticksOf, type Played } from './replay.js';
import { agreementOf, replayJson, replayLines } from './result.js';
import { type Assigned } from './settings.js';

const folder = mkdtempSync(join(tmpdir(), 'fairamp-cli-'));
const fileOf = (name: string): string => join(folder, `${name}.jsonl`);

/** One site lives through all of it. */
beforeAll(() => {
  const site = chargingSite();
  writeTo(fileOf('unrest'), unrestOf(site));
  writeTo(
    fileOf('short'),
    recordingOf(site, () => site.run(4_000)),
  );
  writeTo(fileOf('restart'), restartOf(site));
  writeTo(fileOf('silence'), silenceOf(site));
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

const asked = (set: Assigned, over: { file?: string; was?: Assigned; config?: string } = {}): Promise<Played> =>
  play({ file: fileOf('unrest'), set, was: {}, config: null, ...over });
const momentsOf = ({ comparison }: Played): readonly string[] =>
  comparison.moments.map(({ id, other }) => `${id} ${Object.keys(other.becauses).join('|')}`);
const offered = ({ comparison }: Played, which: 'recorded' | 'same' | 'other'): number =>
  [...comparison.sums.values()].reduce((total, sums) => total + sums[which], 0);

describe('the settings of the recording', () => {
  test('decide as the recorded master did', async () => {
    const played = await asked({});
    expect(agreementOf(played.comparison)).toBeGreaterThan(0.97);
    expect(offered(played, 'same') / offered(played, 'recorded')).toBeCloseTo(1, 1);
    expect(momentsOf(played)).toEqual([]);
  });

  test('asked about once more, decide nothing otherwise', async () => {
    expect(momentsOf(await asked({ mains_dA: 250, min_dA: 60, mode: 'smart' }))).toEqual([]);
  });

  test.each([
    ['MAINS and MODE are those that the master said', {}, { mains_dA: 250, mode: 'smart', min_dA: 60 }],
    ['what a person knows is taken where no message tells it', { min_dA: 80 }, { mains_dA: 250, min_dA: 80 }],
    ['and may repeat what one tells', { mains_dA: 250 }, { mains_dA: 250 }],
  ] as const)('%s', async (_, was, expected) => {
    expect((await asked({}, { was })).site.config).toMatchObject(expected);
  });
});

describe('other settings', () => {
  test('a lower MAINS lowers, and the mains are named', async () => {
    const played = await asked({ mains_dA: 200 });
    expect(momentsOf(played).join(' ')).toMatch(/(one|two) mains-L[123]/);
    expect(offered(played, 'other')).toBeLessThan(offered(played, 'same') * 0.95);
    expect(played.comparison.overOther.total_ms).toBeGreaterThan(played.comparison.overSame.total_ms);
  });

  test('a higher MAINS raises, and goes on saying so while the recorded raises wait for their 5 s', async () => {
    const played = await asked({ mains_dA: 350 });
    expect(offered(played, 'other')).toBeGreaterThan(offered(played, 'same') * 1.2);
  });

  test('a higher MIN keeps a second car from beginning where it no longer fits', async () => {
    const played = await asked({ min_dA: 160 });
    expect(momentsOf(played).length).toBeGreaterThan(0);
  });

  test('who has no car is granted nothing, whatever MAINS is', async () => {
    const { comparison } = await asked({ mains_dA: 1000 });
    expect(comparison.sums.get('three')).toMatchObject({ recorded: 0, same: 0, other: 0 });
  });
});

test('a master that is restarted in the middle begins anew here too', async () => {
  const { comparison } = await asked({}, { file: fileOf('restart') });
  expect(agreementOf(comparison)).toBeGreaterThan(0.95);
});

test('a slave that falls silent counts as holding nothing, also where its last value says otherwise', async () => {
  const { comparison } = await asked({}, { file: fileOf('silence') });
  const [one, two] = [comparison.sums.get('one'), comparison.sums.get('two')];
  expect((two?.recorded ?? 0) / (one?.recorded ?? 1)).toBeLessThan(0.5);
});

describe('with the configuration of the master', () => {
  const yamlOf = (keyOfOne: string): string =>
    [
      'site: home',
      'id: main',
      `key: "${'aa'.repeat(32)}"`,
      `bridge: { id: meter, key: "${'09'.repeat(32)}" }`,
      'settings: { mains_A: 16, min_A: 6 }',
      'roster:',
      `  - { id: one, key: "${keyOfOne}", maximum_A: 32, failSafe: process }`,
      `  - { id: two, key: "${'03'.repeat(32)}", maximum_A: 32, failSafe: process }`,
    ].join('\n');
  const configured = async (yaml: string): Promise<Played> => {
    const config = join(folder, 'master.yaml');
    writeFileSync(config, yaml);
    return await asked({}, { config });
  };

  test('messages are proven, and the recorded settings stand before those of the file', async () => {
    const played = await configured(yamlOf('01'.repeat(32)));
    expect(played).toMatchObject({ unproven: 0, site: { isProven: true, config: { mains_dA: 250 } } });
    expect(played.site.notes.join()).toContain('MAINS 25 A');
    expect(agreementOf(played.comparison)).toBeGreaterThan(0.97);
  });

  test('I5: who is not proven is not heard', async () => {
    const played = await configured(yamlOf('77'.repeat(32)));
    expect(played.unproven).toBeGreaterThan(50);
  });

  test('where nobody is proven nothing is said of decisions', async () => {
    const others = yamlOf('77'.repeat(32))
      .replace('03'.repeat(32), '78'.repeat(32))
      .replace('09'.repeat(32), '79'.repeat(32));
    await expect(configured(others)).rejects.toThrow(/none of \d+ messages is sealed with the keys of .*master.yaml/);
  });

  test.each([
    ['of another site', yamlOf('01'.repeat(32)).replace('home', 'away'), 'site "away"'],
    ['with a mistake', 'site: home', 'id: missing'],
  ])('one %s is refused', async (_, yaml, words) => {
    await expect(configured(yaml)).rejects.toThrow(words);
  });
});

describe('what cannot be replayed is refused, and says why', () => {
  test.each([
    [{ mains_dA: 200 }, '--was MAINS 20 A: the recording itself says MAINS 25 A'],
    [{ mode: 'normal' }, '--was MODE Normal: the recording itself says MODE Smart'],
  ] as const)('--was against what the recording tells: %j', async (was, words) => {
    await expect(asked({}, { was })).rejects.toThrow(words);
  });

  test.each([
    ['MIN above MAINS', { min_dA: 160, mains_dA: 100 }, 'unrest', 'MIN 16 A must not be above MAINS 10 A'],
    ['a recording that is too short', {}, 'short', 'only what follows is compared'],
    ['a recording that is not there', {}, 'none', 'none.jsonl: is not there'],
  ])('%s', async (_, set, file, words) => {
    await expect(asked(set, { file: fileOf(file) })).rejects.toThrow(words);
  });
});

describe('Normal mode', () => {
  beforeAll(() => {
    const site = chargingSite({ mode: 'normal' });
    writeTo(fileOf('normal'), withoutSamples(recordingOf(site, () => site.run(20_000))));
  }, 30_000);

  test('needs no sample', async () => {
    const played = await asked({ mains_dA: 160 }, { file: fileOf('normal') });
    expect(agreementOf(played.comparison)).toBeGreaterThan(0.97);
    expect(momentsOf(played).length).toBeGreaterThan(0);
  });

  test('has nothing to answer Smart mode from', async () => {
    await expect(asked({ mode: 'smart' }, { file: fileOf('normal') })).rejects.toThrow('MODE Smart needs samples');
  });
});

function withoutSamples(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.includes('/telemetry/bridge/'))
    .join('\n');
}

describe('a damaged recording', () => {
  const damaged = (name: string, mend: (text: string) => string): string => {
    writeFileSync(fileOf(name), mend(readFileSync(fileOf('unrest'), 'utf8')));
    return fileOf(name);
  };
  /** In the middle, so that most would be lost behind it. */
  const jumping = (t_ms: number) => (text: string) => {
    const lines = text.split('\n');
    return lines.toSpliced(lines.length >> 1, 0, heardLine({ ...NOTHING, t_ms }).trimEnd()).join('\n');
  };
  const NOTHING = { topic: 't', retain: false, payload: new Uint8Array() };

  test.each([40_000_000, 366 * 24 * 3_600_000, 40_000_000_000])(
    'by a time of %d ms loses that line and no other',
    async (t_ms) => {
      const [whole, played] = [await asked({}), await asked({}, { file: damaged('jump', jumping(t_ms)) })];
      expect(played.recording.damage).toMatchObject({ unreadable: 1, isTorn: false });
      expect(played.survey).toEqual(whole.survey);
      expect([...played.comparison.sums]).toEqual([...whole.comparison.sums]);
    },
  );

  test.each([false, true])('steers no terminal (--json: %s)', async (json) => {
    const steering = '\u001b[2J\u009b2J\u202e';
    const begin = (text: string): string => text.replace('2026-11-23T18', JSON.stringify(steering).slice(1, -1));
    const file = damaged('steering', (text) => `${begin(text)}${steering}\n`);
    const out = await printed(() => replay({ file, set: {}, was: {}, config: null, json, moments: 20 }));
    expect(out).toContain(String.raw`\u009b2J`);
    expect(out.replaceAll('\n', '')).toMatch(/^\P{C}+$/u);
  });
});

async function printed(print: () => Promise<void>): Promise<string> {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  let text = '';
  stdout.write = (chunk: string | Uint8Array) => ((text += String(chunk)), true);
  await print().finally(() => (stdout.write = write));
  return text;
}

test('of a long silence a minute at each end is played, at the pace of the pump', () => {
  const ticks: number[] = [];
  const pump = ticksOf((at) => ticks.push(at));
  for (const at of [0, 119_000, 119_000 + 300 * 24 * 3_600_000, 119_000 + 301 * 24 * 3_600_000]) pump.until(at);
  const gaps = ticks.slice(1).map((at, index) => at - (ticks[index] ?? 0));
  expect(ticks.length).toBeLessThan((4 * 120_000) / TICK_ms);
  expect(gaps.filter((gap) => gap !== TICK_ms)).toHaveLength(2);
  expect(ticks.every((at) => at % TICK_ms === 0)).toBe(true);
  expect(ticks.at(-1)).toBe(119_000 + 301 * 24 * 3_600_000);
});

describe('the result', () => {
  test('fits in 80 columns and says what it is not', async () => {
    const lines = replayLines(await asked({ mains_dA: 200 }), 2);
    expect(lines.filter((line) => line.length > 80 && !line.includes(folder))).toEqual([]);
    const text = lines.join(' ').replace(/\s+/g, ' ');
    for (const words of ['do not react', 'asked about MAINS 20 A', 'recorded with MAINS 25 A', '--moments'])
      expect(text).toContain(words);
  });

  test('is one JSON object with every moment', async () => {
    const played = await asked({ mains_dA: 200 });
    const json = JSON.parse(JSON.stringify(replayJson(played))) as Record<string, unknown>;
    expect(json).toMatchObject({ site: 'home', openLoop: true, askedAbout: { MAINS_A: 20 } });
    expect(json['moments']).toHaveLength(played.comparison.moments.length);
  });
});
