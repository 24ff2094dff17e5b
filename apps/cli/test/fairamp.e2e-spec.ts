import { once } from 'node:events';
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyFrom } from '@fairamp/runtime';
import { jest } from '@jest/globals';
import * as lab from '../../lab/test/running-lab.js';
import { accounts, startSite, waitFor, type Site } from '../../../libs/runtime/test/site.js';
import { build, run, start } from './running-command.js';

/** A process of ours begins within a second; on a machine that does much else at the same time, not. */
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'fairamp-cli-'));
const fileOf = (name: string): string => join(folder, name);
const linesOf = (name: string): readonly Record<string, unknown>[] =>
  readFileSync(fileOf(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** Plays all the time, beside the others: most of it is waiting. */
let playing: lab.RunningLab;
let site: Site;

beforeAll(async () => {
  build();
  playing = lab.start('--once 300 --mains 25 --at 3:plug:1 --at 3:plug:2');
  site = await startSite();
}, 60_000);
afterAll(async () => {
  const ended = once(playing.lab, 'exit');
  playing.lab.kill('SIGTERM');
  await ended;
  await site.close();
  lab.removeTemporaries();
  rmSync(folder, { recursive: true });
});

describe('where nobody can be looked at, it says why', () => {
  test('no broker', async () => {
    const { code, err, out } = await run(['status', '--broker', 'mqtt://127.0.0.1:1']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('fairamp: no broker at mqtt://127.0.0.1:1 (');
  });

  test('a broker that lets no viewer in, and one that knows nobody of that name', async () => {
    const closed = await startSite({ identify: identifyFrom(accounts, { viewers: false }) });
    const nameless = await run(['status', '--broker', closed.url]);
    const stranger = await run(['record', fileOf('none'), '--broker', closed.url, '--user', 'anna']);
    await closed.close();
    expect([nameless.code, stranger.code]).toEqual([1, 1]);
    expect(nameless.err).toContain('lets nobody read without a name');
    expect(stranger.err).toContain('refuses "anna"');
  });

  test('a broker on which nobody speaks, and another site than the one that was named', async () => {
    const empty = await startSite();
    const nobody = await run(['status', '--broker', empty.url]);
    const slave = await empty.join('garage');
    slave.publish('fairamp/home/telemetry/slave/garage/state', 'idle', { retain: true });
    const another = await run(['status', '--broker', empty.url, '--site', 'away']);
    await empty.close();
    expect([nobody.code, another.code]).toEqual([1, 1]);
    expect(nobody.err).toContain('nothing is heard below fairamp/');
    expect(another.err).toContain('--site away: not heard');
    expect(another.err).toContain('heard: home');
  });
});

test('what cannot be written to standard output is no success', async () => {
  const full = openSync('/dev/full', 'w');
  const { code, err } = await run(['status', '--help'], {}, full);
  closeSync(full);
  expect([code, err]).toEqual([1, 'fairamp: standard output: the disk is full\n']);
});

describe('fairamp record', () => {
  const TOPIC = 'fairamp/home/telemetry/slave/street/state';

  test('writes what is retained and what comes, until it is ended; bytes that are no text are base64', async () => {
    const street = await site.join('street');
    street.publish(TOPIC, 'idle', { retain: true });
    const recording = start(['record', fileOf('one.jsonl'), '--broker', site.url]);
    expect(await waitFor(() => recording.err().includes('recording site home'), 10_000)).toBe(true);
    // What it was told of when it joined is there once it is on the disk.
    expect(await waitFor(() => readFileSync(fileOf('one.jsonl'), 'utf8').includes(TOPIC), 10_000)).toBe(true);
    street.publish(TOPIC, Buffer.from([0xff, 0x00]));
    expect(await waitFor(() => readFileSync(fileOf('one.jsonl'), 'utf8').includes('base64'), 10_000)).toBe(true);
    recording.process.kill('SIGINT');
    const { code, err, out } = await recording.ended;
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(/one\.jsonl: 00:00:\d\d, 2 messages, \d.* of site home\n$/);
    const [header, , first, second] = linesOf('one.jsonl');
    expect(header).toMatchObject({ fairamp: 'recording', version: 1, site: 'home', filter: 'fairamp/home/#' });
    expect(first).toEqual({ t_ms: expect.any(Number), topic: TOPIC, retain: true, payload: 'idle' });
    expect(second).toMatchObject({ retain: false, payload: '/wA=', base64: true });
  });

  test('overwrites nothing unless it is told to', async () => {
    writeFileSync(fileOf('kept.jsonl'), 'precious');
    const refused = await run(['record', fileOf('kept.jsonl'), '--broker', site.url]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('kept.jsonl: is there already; --force') });
    expect(readFileSync(fileOf('kept.jsonl'), 'utf8')).toBe('precious');
    const forced = await run(['record', fileOf('kept.jsonl'), '--broker', site.url, '--force', '--for', '0.2s']);
    expect([forced.code, linesOf('kept.jsonl')[0]]).toMatchObject([0, { fairamp: 'recording' }]);
  });

  test('grows no larger than its bound, and says that it is full', async () => {
    const street = await site.join('garage');
    const speaking = setInterval(() => street.publish('fairamp/home/telemetry/slave/garage/x', 'x'.repeat(900)), 60);
    const { code, err } = await run(['record', fileOf('full.jsonl'), '--broker', site.url, '--max-size', '10kB']);
    clearInterval(speaking);
    expect(code).toBe(0);
    expect(err).toContain('is full (10.0 kB)');
    const size = readFileSync(fileOf('full.jsonl')).length;
    expect(size).toBeLessThanOrEqual(10_000);
    expect(size).toBeGreaterThan(8_000);
  });

  test('of a file that cannot be written says so', async () => {
    const { code, err } = await run(['record', fileOf('no/where.jsonl'), '--broker', site.url]);
    expect([code, err]).toEqual([1, expect.stringContaining('no/where.jsonl: its folder is not there')]);
  });

  test.each([[[]], [['--force']]])('of a folder says so (%j)', async (more) => {
    const { code, err } = await run(['record', folder, '--broker', site.url, '--for', '1s', ...more]);
    expect([code, err]).toEqual([1, `fairamp: ${folder}: is a folder; a recording is a file\n`]);
  });
});

describe('a real site, recorded and replayed', () => {
  const hasBegun = (): boolean => playing.progress().includes('slave2: contactor closed');
  let url = '';

  beforeAll(async () => {
    expect(await lab.until(hasBegun, 60_000)).toBe(true);
    url = urlIn(lab.folderOf(playing));
    copyFileSync(join(lab.folderOf(playing), 'master.yaml'), fileOf('master.yaml'));
    const { code, err } = await run(['record', fileOf('lab.jsonl'), '--broker', url, '--for', '20s']);
    expect([code, err]).toEqual([0, expect.stringContaining('of site lab')]);
  }, 100_000);

  test('its status shows who charges, and why not more', async () => {
    const { code, out } = await run(['status', '--json', '--broker', url]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ site: 'lab', mains_A: 25, isMastered: true });
    const { chargePoints } = JSON.parse(out) as { chargePoints: { id: string; state: string; because: string[] }[] };
    expect(chargePoints.map(({ id, state }) => [id, state]).slice(0, 2)).toEqual([
      ['slave1', 'charging'],
      ['slave2', 'charging'],
    ]);
    expect(chargePoints[0]?.because.length).toBeGreaterThan(0);
  });

  test('as it was recorded, the shipped master decides the same', async () => {
    const { code, out } = await run(['replay', fileOf('lab.jsonl'), '--json']);
    const result = JSON.parse(out) as { agreement: number; moments: unknown[] };
    expect([code, result.moments]).toEqual([0, []]);
    expect(result.agreement).toBeGreaterThan(0.8);
  });

  test('with the configuration of the master, every message is proven', async () => {
    const { code, out, err } = await run(['replay', fileOf('lab.jsonl'), '--config', fileOf('master.yaml'), '--json']);
    expect([code, err]).toEqual([0, '']);
    expect((JSON.parse(out) as { notes: unknown[] }).notes).toEqual([]);
  });

  test('with a lower MAINS it names who would have had less, and because of what', async () => {
    const { code, out } = await run(['replay', fileOf('lab.jsonl'), '--set', 'MAINS=10']);
    expect(code).toBe(0);
    expect(out).toMatch(/slave[12], for \d/);
    expect(out).toMatch(/MAINS 10 A {2}.*mains L1 is full/);
  });
});

/** The lab writes its participants' configurations into its folder. */
function urlIn(labFolder: string): string {
  const text = readFileSync(join(labFolder, 'slave1.yaml'), 'utf8');
  return /mqtt:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
}
