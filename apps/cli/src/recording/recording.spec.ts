import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heardLine, headerLine, parseLine, type Line } from './line.js';
import { openRecording, type Damage } from './read.js';

const folder = mkdtempSync(join(tmpdir(), 'fairamp-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = headerLine({ site: 'home', started: '2026-11-23T18:00:00.000Z', filter: 'fairamp/home/#' });
const lineAt = (t_ms: number, payload = 'x'): string =>
  heardLine({ t_ms, topic: 'fairamp/home/telemetry/slave/a/state', retain: false, payload: Buffer.from(payload) });

async function readBack(text: string): Promise<{ lines: readonly Line[]; damage: Damage }> {
  const file = join(folder, 'recording.jsonl');
  writeFileSync(file, text);
  const recording = await openRecording(file);
  const lines: Line[] = [];
  for await (const line of recording.lines) lines.push(line);
  return { lines, damage: recording.damage };
}

describe('a line', () => {
  test.each([
    ['text', [...Buffer.from('L1 10.6  L2 0.0')], false],
    ['nothing', [], false],
    ['text with a byte-order mark', [0xef, 0xbb, 0xbf, 0x41], false],
    ['text with a line end and a quote', [0x0a, 0x22, 0x0d], false],
    ['bytes that are no UTF-8', [0xff, 0xfe, 0x00], true],
    ['half a character', [0xe2, 0x82], true],
  ])('%s comes back to the byte, and says when it is base64', (_, bytes, isBase64) => {
    const heard = { t_ms: 7, topic: 't', retain: true, payload: Uint8Array.from(bytes) };
    const line = heardLine(heard);
    const read = parseLine(line);
    expect(read.ok && 'payload' in read.value ? [...read.value.payload] : read).toEqual(bytes);
    expect(line.includes('"base64":true')).toBe(isBase64);
    expect(line.trimEnd()).not.toContain('\n');
  });

  test('of more than a year is none', () => {
    const year_ms = 366 * 24 * 3_600_000;
    expect([year_ms, year_ms + 1].map((t_ms) => parseLine(lineAt(t_ms)).ok)).toEqual([true, false]);
  });

  test.each(['', 'null', '[]', '{"t_ms":-1}', '{"t_ms":1.5,"topic":"t","retain":false,"payload":""}', '{"t_ms":1}'])(
    '%s is none',
    (text) => expect(parseLine(text)).toMatchObject({ ok: false }),
  );
});

describe('a recording', () => {
  test('is read whole, also with the end of a connection in it', async () => {
    const { lines, damage } = await readBack(`${HEADER}${lineAt(1)}{"t_ms":2,"link":"disconnected"}\n${lineAt(2)}`);
    expect(lines).toHaveLength(3);
    expect(damage).toEqual({ isTorn: false, unreadable: 0, first: null });
  });

  test('torn at any byte of its last line loses that line and no other', async () => {
    const last = lineAt(5, 'the last');
    for (let kept = 1; kept < last.length - 1; kept += 7) {
      const { lines, damage } = await readBack(HEADER + lineAt(1) + last.slice(0, kept));
      expect([lines.length, damage.isTorn, damage.unreadable]).toEqual([1, true, 0]);
    }
  });

  test('with a damaged line in the middle names the first and reads on', async () => {
    const { lines, damage } = await readBack(`${HEADER}${lineAt(1)}rubbish\n{}\n${lineAt(4)}`);
    expect(lines).toHaveLength(2);
    expect(damage).toEqual({ isTorn: false, unreadable: 2, first: 'line 3: "rubbish"' });
  });

  test('is read whole also where an editor put a byte-order mark before it', async () => {
    const { lines, damage } = await readBack(`\ufeff${HEADER}${lineAt(1)}${lineAt(2, '\ufeffx')}`);
    expect([lines.length, damage.unreadable]).toEqual([2, 0]);
  });

  test('that is a folder is refused in words', async () => {
    await expect(openRecording(folder)).rejects.toThrow(`${folder}: is a folder; a recording is a file`);
  });

  test('takes no time that goes back', async () => {
    const { lines, damage } = await readBack(`${HEADER}${lineAt(9)}${lineAt(8)}${lineAt(9)}`);
    expect(lines).toHaveLength(2);
    expect(damage.first).toBe('line 3: t_ms 8 is before 9');
  });

  const HOUR_ms = 3_600_000;
  test.each<[string, readonly number[], readonly number[], string]>([
    [
      'one that jumps by more than an hour',
      [0, HOUR_ms + 1, 1000, 2000],
      [0, 1000, 2000],
      'line 3: t_ms 3600001 is more',
    ],
    ['two of them', [5, 9e9, 1000, 8e9, 2000], [5, 1000, 2000], 'line 3: t_ms 9000000000 is more than an hour after 5'],
    [
      'the first of a long silence',
      [0, 2 * HOUR_ms, 2 * HOUR_ms + 1, 3 * HOUR_ms],
      [0, 2 * HOUR_ms + 1, 3 * HOUR_ms],
      'line 3',
    ],
    ['none: an hour', [0, HOUR_ms, 2 * HOUR_ms], [0, HOUR_ms, 2 * HOUR_ms], ''],
    ['none: the first may stand anywhere', [2 * HOUR_ms, 2 * HOUR_ms + 1], [2 * HOUR_ms, 2 * HOUR_ms + 1], ''],
  ])('loses of times that are far ahead: %s', async (_, times, taken, first) => {
    const { lines, damage } = await readBack(HEADER + times.map((t_ms) => lineAt(t_ms)).join(''));
    expect(lines.map(({ t_ms }) => t_ms)).toEqual(taken);
    expect(damage.unreadable).toBe(times.length - taken.length);
    expect(damage.first ?? '').toContain(first);
  });

  test('steers no terminal with what of it is told', async () => {
    const steering = '\u001b[2J\u009b2J\u202e\u007f\u{e0001}';
    const { damage } = await readBack(`${HEADER}${steering}\n`);
    expect(damage.first).toBe(String.raw`line 2: "\u001b[2J\u009b2J\u202e\u007f\udb40\udc01"`);
    await expect(readBack(`${steering}\n`)).rejects.toThrow(/^\P{C}*$/u);
  });

  test.each([
    ['an empty file', '', 'is empty'],
    ['another file', '{"name":"package"}\n', '"{\\"name\\":\\"package\\"}" is not the first line'],
    ['a later version', HEADER.replace('"version":1', '"version":2'), 'of version 1'],
    ['a line without an end', `${HEADER}${'x'.repeat(600_000)}`, 'line 2 is longer than'],
  ])('%s is refused, and the file is named', async (_, text, words) => {
    const reading = readBack(text);
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.toThrow('recording.jsonl');
  });
});
