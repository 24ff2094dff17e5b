import { decodeFromIo, decodeToIo, encodePipeLine, LONGEST_TEXT, type FromIo, type ToIo } from './pipe-wire.js';

const grant = Buffer.from('{"to":"left"}').toString('base64');

describe('the pipe between a slave and its io process', () => {
  test.each<ToIo>([
    { kind: 'beat' },
    { kind: 'connected' },
    { kind: 'made-safe' },
    { kind: 'stop' },
    { kind: 'message', topic: 'fairamp/home/control/slave/left/grant', payload: grant, retained: false },
  ])('carries %j down', (line) => {
    expect(decodeToIo(encodePipeLine(line))).toEqual({ ok: true, value: line });
  });

  test.each<FromIo>([
    { kind: 'beat' },
    { kind: 'publish', topic: 'fairamp/home/telemetry/slave/left/state', payload: grant, retain: true },
    { kind: 'note', level: 'alarm', key: 'weld', text: 'a contactor is welded' },
  ])('carries %j up', (line) => {
    expect(decodeFromIo(encodePipeLine(line))).toEqual({ ok: true, value: line });
  });

  test.each([
    ['nothing', ''],
    ['half a line', '{"kind":"be'],
    ['a word of the other direction', '{"kind":"publish","topic":"a","payload":"","retain":true}'],
    ['an unknown key', '{"kind":"beat","close":true}'],
    ['a payload that is no base64', '{"kind":"message","topic":"a","payload":"{}","retained":false}'],
    [
      'a payload that no broker lets through',
      `{"kind":"message","topic":"a","payload":"${'A'.repeat(9000)}","retained":false}`,
    ],
    ['a list', '[]'],
  ])('takes nothing for a line that is none: %s', (_, line) => {
    expect(decodeToIo(line).ok).toBe(false);
  });

  test('refuses a note that is longer than any', () => {
    const note = { kind: 'note', level: 'info', key: 'k', text: 'x'.repeat(LONGEST_TEXT + 1) };
    expect(decodeFromIo(JSON.stringify(note)).ok).toBe(false);
  });
});
