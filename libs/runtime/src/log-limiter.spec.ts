import { initialLogLimiter, limitLog, type LogLimiterState } from './log-limiter.js';

function say(moments: readonly (readonly [string, number])[]): { said: (number | null)[]; state: LogLimiterState } {
  let state = initialLogLimiter;
  const said = moments.map(([key, now]) => {
    const limited = limitLog(state, key, now);
    state = limited.state;
    return limited.suppressed;
  });
  return { said, state };
}

describe('the log limiter', () => {
  test.each<[string, readonly (readonly [string, number])[], readonly (number | null)[]]>([
    [
      'says a thing once a minute',
      [
        ['a', 0],
        ['a', 1],
        ['a', 59_999],
      ],
      [0, null, null],
    ],
    [
      'tells after the minute how often it went unsaid',
      [
        ['a', 0],
        ['a', 1],
        ['a', 2],
        ['a', 60_000],
      ],
      [0, null, null, 2],
    ],
    [
      'counts anew from there',
      [
        ['a', 0],
        ['a', 1],
        ['a', 60_000],
        ['a', 120_000],
      ],
      [0, null, 1, 0],
    ],
    [
      'limits each key on its own',
      [
        ['a', 0],
        ['b', 1],
        ['a', 2],
        ['b', 3],
      ],
      [0, 0, null, null],
    ],
  ])('%s', (_what, moments, expected) => {
    expect(say(moments).said).toEqual(expected);
  });

  test('says 64 different things within a minute, however many keys somebody invents', () => {
    const many = Array.from({ length: 1000 }, (_, count) => [`key ${count}`, count] as const);
    const { said, state } = say(many);
    expect(said.filter((suppressed) => suppressed !== null)).toHaveLength(64);
    expect(state).toHaveLength(64);
    expect(say([...many, ['key 999', 60_001]]).said.at(-1)).toBe(0);
  });
});
