import { readableLine } from './readable-line.js';

describe('a log line for people', () => {
  const record = { level: 'warn', time: '2026-11-22T14:03:22.123Z', name: 'slave garage', msg: 'board lost' };
  test.each<[string, object, string]>([
    ['has the time, the level, who and what', record, '14:03:22 warn  slave garage  board lost\n'],
    [
      'ends with the fields',
      { ...record, retries: 3, key: 'board' },
      '14:03:22 warn  slave garage  board lost  (retries=3 key=board)\n',
    ],
    [
      'lets no control character through',
      { ...record, msg: 'a\u001b[2Jb\nc' },
      '14:03:22 warn  slave garage  a [2Jb c\n',
    ],
  ])('%s', (_what, given, expected) => {
    expect(readableLine(`${JSON.stringify(given)}\n`)).toBe(expected);
  });

  test('is left alone when it is no record', () => {
    expect(readableLine('plain\n')).toBe('plain\n');
  });
});
