import { failure, ok } from '@fairamp/units';
import { PowerCutDisk } from '../test/power-cut.js';
import { crc32 } from './crc32.js';
import { RecordFile, RECORD_MAX_bytes, type RecordFormat } from './record-file.js';
import { jsonText, onlyLine, sealed, unsealed } from './seal.js';

const FILE = '/store/record.json';
const format = (version: number): RecordFormat<unknown> => ({
  version,
  accept: (value) => (value === 'nonsense' ? failure('check', 'nonsense is none') : ok(value)),
});
const bytes = (text: string): Uint8Array => Buffer.from(text);
const of = (version: number, value: unknown): Uint8Array => sealed(JSON.stringify({ version, value }));

test.each([
  ['123456789', 'cbf43926'],
  ['', '00000000'],
  ['a', 'e8b7be43'],
  ['The quick brown fox jumps over the lazy dog', '414fa339'],
])('CRC-32 of "%s" is %s', (text, sum) => {
  expect(crc32(bytes(text))).toBe(sum);
});

test('a sealed line is itself and its sum, and opens again', () => {
  const line = sealed('{"a":1}');
  expect(line.toString()).toBe('{"a":1,"crc":"561bacaf"}\n');
  expect(unsealed(onlyLine(line) ?? line)).toMatchObject({ ok: true, value: { a: 1 } });
});

test.each([
  ['no seal', '{"a":1}'],
  ['nothing', ''],
  ['a list', '[1'],
  ['no JSON', '{"a"'],
])('%s is damaged', (what, text) => {
  const line = what.startsWith('no') ? bytes(text) : sealed(`${text}}`).subarray(0, -1);
  expect(unsealed(line).ok).toBe(false);
});

test.each([
  ['keys in another order', { b: 1, a: { d: 1, c: [{ f: 1, e: 2 }] } }, '{"a":{"c":[{"e":2,"f":1}],"d":1},"b":1}'],
  ['nothing', undefined, null],
  ['a big integer', { a: 1n }, null],
])('JSON of %s', (_what, value, text) => {
  expect(jsonText(value)).toBe(text);
});

const GOOD = of(1, 'good');
const OLD = of(1, 'old');
const BAD = bytes('{"version":1');
test.each([
  ['nothing', {}, { kind: 'empty' }],
  ['a good one', { '': GOOD, '.backup': OLD }, { kind: 'good', value: 'good' }],
  ['a damaged one', { '': BAD, '.backup': OLD }, { kind: 'backup', value: 'old' }],
  ['a refused one', { '': of(1, 'nonsense'), '.backup': OLD }, { kind: 'backup', detail: `${FILE}: nonsense is none` }],
  ['only a backup', { '.backup': OLD }, { kind: 'backup', detail: `${FILE}: missing` }],
  ['two damaged ones', { '': BAD, '.backup': BAD }, { kind: 'damaged' }],
  ['only a damaged backup', { '.backup': BAD }, { kind: 'damaged' }],
  ['only one that was put aside', { '.damaged': BAD }, { kind: 'damaged', detail: `${FILE}: missing` }],
  ['an interrupted first save', { '.new': BAD }, { kind: 'empty' }],
  ['one of a newer program', { '': of(2, 'new'), '.backup': OLD }, { kind: 'from-the-future' }],
  ['a damaged one and a newer backup', { '': BAD, '.backup': of(2, 'new') }, { kind: 'from-the-future' }],
  ['no version', { '': sealed('{"value":1}') }, { kind: 'damaged' }],
  ['version 0', { '': of(0, 'good') }, { kind: 'damaged' }],
  ['too long a file', { '': new Uint8Array(RECORD_MAX_bytes + 1) }, { kind: 'damaged' }],
])('%s is loaded as what it is', (_what, files, expected) => {
  const disk = new PowerCutDisk(new Map(Object.entries(files).map(([end, content]) => [FILE + end, content])));
  expect(new RecordFile(FILE, format(1), disk).load()).toMatchObject(expected);
});

test.each([
  ['the file', ''],
  ['its backup', '.backup'],
])('of a newer program, %s is never saved over', (_what, end) => {
  const disk = new PowerCutDisk(new Map([[FILE + end, of(2, 'new')]]));
  expect(new RecordFile(FILE, format(1), disk).save('ours')).toMatchObject({ ok: false, reason: 'from-the-future' });
  expect(disk.now()).toEqual(new Map([[FILE + end, of(2, 'new')]]));
});

test('a damaged file never becomes the backup, and one of them is kept', () => {
  const disk = new PowerCutDisk(
    new Map([
      [FILE, BAD],
      [`${FILE}.backup`, OLD],
      [`${FILE}.damaged`, bytes('older')],
    ]),
  );
  expect(new RecordFile(FILE, format(1), disk).save('good').ok).toBe(true);
  expect(Object.fromEntries(disk.now())).toEqual({ [FILE]: GOOD, [`${FILE}.backup`]: OLD, [`${FILE}.damaged`]: BAD });
});

test.each([
  ['too-large', 'x'.repeat(RECORD_MAX_bytes)],
  ['no-json', 1n],
])('a value is refused as %s, and nothing is written', (reason, value) => {
  const disk = new PowerCutDisk();
  expect(new RecordFile(FILE, format(1), disk).save(value)).toMatchObject({ ok: false, reason });
  expect(disk.now().size).toBe(0);
});
