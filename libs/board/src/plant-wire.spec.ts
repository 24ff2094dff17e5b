import { INDICATORS, type Indicator } from '@fairamp/evse';
import {
  decodeBoardLine,
  decodePlantLine,
  encodeBoardLine,
  encodePlantLine,
  LONGEST_LINE_bytes,
  type BoardLine,
  type PlantLine,
} from './plant-wire.js';

const boardLines: BoardLine[] = [
  { kind: 'hello', outlet: 'garage-1' },
  { kind: 'pilot', pilot: { kind: 'X1' } },
  { kind: 'pilot', pilot: { kind: 'F' } },
  { kind: 'pilot', pilot: { kind: 'pwm', duty_permille: 266 } },
  { kind: 'power', on: true },
  { kind: 'heartbeat' },
  { kind: 'lock', toward: 'locked', for_ms: 300 },
  { kind: 'lock', toward: 'unlocked', for_ms: 600 },
  { kind: 'test-residual' },
  ...(Object.keys(INDICATORS) as Indicator[]).map((indicator) => ({ kind: 'indicator', indicator }) as const),
];
const plantLines: PlantLine[] = [
  { kind: 'sample', high_mV: 9000, low_mV: -12_000 },
  { kind: 'sample', high_mV: -12_000, low_mV: null },
  { kind: 'proximity', ohm: 680 },
  { kind: 'proximity', ohm: null },
  { kind: 'contactor', closed: false },
  { kind: 'draw', draw_dA: { L1: 160, L2: 0, L3: 2000 } },
  { kind: 'lock', high: true },
  { kind: 'switch', pressed: false },
  { kind: 'residual', tripped: true },
  { kind: 'temperature', celsius: -20 },
  { kind: 'supply', failing: true },
];

test.each(boardLines)('what a board says arrives as it was said: %j', (line) => {
  expect(decodeBoardLine(encodeBoardLine(line))).toEqual({ ok: true, value: line });
});

test.each(plantLines)('what the plant says arrives as it was said: %j', (line) => {
  expect(decodePlantLine(encodePlantLine(line))).toEqual({ ok: true, value: line });
});

test.each([
  ['nothing', '', 'not-json'],
  ['half a line', '{"kind":"sample","high_mV":90', 'not-json'],
  ['a bare number', '12', 'schema'],
  ['null', 'null', 'schema'],
  ['an unknown kind', '{"kind":"close"}', 'schema'],
  ["a board's line", '{"kind":"power","on":true}', 'schema'],
  ['a level beyond any pilot', '{"kind":"sample","high_mV":16001,"low_mV":null}', 'schema'],
  ['half a millivolt', '{"kind":"sample","high_mV":9000.5,"low_mV":null}', 'schema'],
  ['a missing low level', '{"kind":"sample","high_mV":9000}', 'schema'],
  ['a number as text', '{"kind":"proximity","ohm":"680"}', 'schema'],
  ['a negative resistance', '{"kind":"proximity","ohm":-1}', 'schema'],
  ['an infinite draw', '{"kind":"draw","draw_dA":{"L1":1e999,"L2":0,"L3":0}}', 'schema'],
  ['a draw without a phase', '{"kind":"draw","draw_dA":{"L1":1,"L2":0}}', 'schema'],
  ['a key too many', '{"kind":"contactor","closed":true,"really":true}', 'schema'],
  ['a temperature that is a word', '{"kind":"temperature","celsius":"hot"}', 'schema'],
  ['a level that is a number', '{"kind":"lock","high":1}', 'schema'],
  ["the board's own pulse", '{"kind":"lock","toward":"locked","for_ms":300}', 'schema'],
  ['a line that is too long', `{"kind":"${'x'.repeat(LONGEST_LINE_bytes)}"}`, 'oversized'],
])("%s is refused as the plant's", (_, line, reason) => {
  expect(decodePlantLine(line)).toMatchObject({ ok: false, reason });
});

test.each([
  ['an outlet with a slash', '{"kind":"hello","outlet":"../etc"}'],
  ['an outlet without a name', '{"kind":"hello","outlet":""}'],
  ['a duty of 0, which would be F', '{"kind":"pilot","pilot":{"kind":"pwm","duty_permille":0}}'],
  ['a duty of 1000, which would be X1', '{"kind":"pilot","pilot":{"kind":"pwm","duty_permille":1000}}'],
  ['a pilot without a duty', '{"kind":"pilot","pilot":{"kind":"pwm"}}'],
  ['a permission that is a word', '{"kind":"power","on":"yes"}'],
  ['a pulse without an end', '{"kind":"lock","toward":"locked"}'],
  ['a pulse of no time', '{"kind":"lock","toward":"locked","for_ms":0}'],
  ['a pulse that would burn the actuator', '{"kind":"lock","toward":"locked","for_ms":4001}'],
  ['a pulse toward nowhere', '{"kind":"lock","toward":"moving","for_ms":300}'],
  ['a pattern that no LED has', '{"kind":"indicator","indicator":"disco"}'],
])("%s is refused as a board's", (_, line) => {
  expect(decodeBoardLine(line)).toMatchObject({ ok: false, reason: 'schema' });
});

test.each([
  ['half a degree is one', '{"kind":"temperature","celsius":64.5}', { kind: 'temperature', celsius: 64.5 }],
  ['a temperature of no sensor is hot', '{"kind":"temperature","celsius":999}', { kind: 'temperature', celsius: 200 }],
  ['nor is one of deep space', '{"kind":"temperature","celsius":-273}', { kind: 'temperature', celsius: 200 }],
  ['half an ohm is rounded', '{"kind":"proximity","ohm":219.6}', { kind: 'proximity', ohm: 220 }],
  ['above 100 kOhm is no plug', '{"kind":"proximity","ohm":100001}', { kind: 'proximity', ohm: null }],
])('a line that reads something is never dropped: %s', (_, line, value) => {
  expect(decodePlantLine(line)).toEqual({ ok: true, value });
});
