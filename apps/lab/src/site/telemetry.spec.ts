import { encodeMessage, plainTopic, reportTopic, type Unsigned } from '@fairamp/protocol';
import { readTelemetry } from './telemetry.js';

const KEY = new Uint8Array(32).fill(7);
const READER = { site: 'lab', keyOf: (id: string) => (id === 'slave1' ? KEY : null) };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const plain = (leaf: string, text: string) =>
  readTelemetry({ topic: plainTopic('lab', 'slave', 'slave1', leaf), payload: bytes(text) }, READER);

const REPORT: Unsigned<'report'> = {
  from: 'slave1',
  boot: '0123456789abcdef',
  seq: 1,
  t: 1000,
  session: 'blocked',
  pilot: 'B',
  contactor: 'open',
  lease: null,
  fallback: null,
  draw_dA: null,
  drawLow_dA: null,
  demand_dA: 0,
  demandBecause: 'setting-max',
  phases: ['L1'],
  faults: ['no-serial-com'],
  failSafe: 'process',
};
const report = (site: string, key: Uint8Array) => encodeMessage('report', REPORT, { site, key });

test('a report with the right key is news of its session and faults', () => {
  const heard = { topic: reportTopic('lab', 'slave1'), payload: report('lab', KEY) };
  expect(readTelemetry(heard, READER)).toEqual({
    kind: 'report',
    slave: 'slave1',
    session: 'blocked',
    faults: ['no-serial-com'],
  });
});

test.each([
  ['of another key', reportTopic('lab', 'slave1'), report('lab', new Uint8Array(32))],
  ['of another site', reportTopic('home', 'slave1'), report('home', KEY)],
  ["under another slave's topic", reportTopic('lab', 'slave2'), report('lab', KEY)],
  ['that is no JSON', reportTopic('lab', 'slave1'), bytes('{')],
  ['that is empty', reportTopic('lab', 'slave1'), bytes('')],
  ['on a topic that is not ours', 'fairamp/lab/telemetry/slave/slave1/report/more', report('lab', KEY)],
])('a report %s is no news', (_, topic, payload) => {
  expect(readTelemetry({ topic, payload }, READER)).toBeNull();
});

test.each([
  ['limit_A', '16.0', { kind: 'limit', slave: 'slave1', limit_dA: 160 }],
  ['limit_A', '-1', null],
  ['limit_A', 'NaN', null],
  ['because', 'mains-L2, fair-share', { kind: 'because', slave: 'slave1', because: ['mains-L2', 'fair-share'] }],
  ['because', 'no-grant', { kind: 'because', slave: 'slave1', because: [] }],
  ['because', '\u001b[2J', { kind: 'because', slave: 'slave1', because: [] }],
  ['other', '1', null],
])('a plain %s of %j', (leaf, text, expected) => {
  expect(plain(leaf, text)).toEqual(expected);
});

test('what the master says of itself cannot steer the terminal', () => {
  const topic = plainTopic('lab', 'master', 'master', 'status');
  const news = readTelemetry({ topic, payload: bytes('1 charging\u001b[2J') }, READER);
  expect(news).toEqual({ kind: 'status', text: '1 charging [2J' });
});
