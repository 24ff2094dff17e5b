import { happening } from '../../test/recordings.js';
import { marksOf, MOST_ENTRIES } from './marks.js';

const TOGETHER_ms = 3000;
const textsOf = (...args: Parameters<typeof marksOf>): readonly string[] =>
  marksOf(...args).marks.flatMap(({ number, entries }) => entries.map(({ text }) => `${number} ${text}`));

describe('numbers on the time axis', () => {
  test('go in the order of time, whatever the order of the recording', () => {
    const happenings = [happening(50, 'said', 'bridge', 'late'), happening(10, 'disturbance', 'master', 'killed')];
    expect(textsOf(happenings, TOGETHER_ms)).toEqual(['1 master: killed', '2 bridge: late']);
  });

  test('go on from another recording', () => {
    expect(textsOf([happening(1, 'said', 'bridge', 'late')], TOGETHER_ms, 8)).toEqual(['8 bridge: late']);
  });

  test('are shared by what falls together, and the gravest gives its colour', () => {
    const happenings = [
      happening(10, 'reason', 'slave1', 'silence'),
      happening(12, 'violation', 'I1', 'over'),
      happening(13, 'reason', 'slave2', 'silence'),
    ];
    const { marks } = marksOf(happenings, TOGETHER_ms);
    expect(marks).toMatchObject([
      { number: 1, at: 10_000, kind: 'violation', entries: [{ kind: 'reason' }, { kind: 'violation' }] },
      { number: 2, at: 13_000, kind: 'reason' },
    ]);
  });
});

describe('lines of the legend', () => {
  test('of one kind in one second are one, and the same words are said once', () => {
    const happenings = [
      happening(10.1, 'reason', 'slave1', 'fair-share'),
      happening(10.2, 'reason', 'slave2', 'fair-share'),
      happening(10.3, 'said', 'master', 'sees nobody'),
      happening(10.9, 'reason', 'slave1', 'fair-share'),
    ];
    expect(textsOf(happenings, TOGETHER_ms)).toEqual([
      '1 slave1: fair-share; slave2: fair-share',
      '1 master: sees nobody',
    ]);
  });

  test('do not grow without end', () => {
    const happenings = Array.from({ length: 12 }, (_, index) =>
      happening(10, 'reason', `slave${index}`, 'not enough even for it alone'),
    );
    const texts = textsOf(happenings, TOGETHER_ms);
    expect(texts.length).toBeGreaterThan(1);
    for (let index = 0; index < 12; index += 1) expect(texts.join()).toContain(`slave${index}: not`);
  });

  test('do not name somebody twice', () => {
    const happenings = [
      happening(1, 'disturbance', 'slave2', 'slave2 stands still'),
      happening(9, 'disturbance', 'site', 'master killed'),
    ];
    expect(textsOf(happenings, TOGETHER_ms)).toEqual(['1 slave2 stands still', '2 master killed']);
  });
});

describe('of a long story', () => {
  const reasons = Array.from({ length: 300 }, (_, index) =>
    happening(10 * index, 'reason', 'slave1', `reason ${index}`),
  );
  const violation = happening(2001, 'violation', 'I1', 'over');
  const killed = Array.from({ length: 30 }, (_, index) =>
    happening(100 * index + 5, 'disturbance', `m${index}`, 'killed'),
  );

  test('forty lines stay and the rest is counted', () => {
    const { marks, unlisted } = marksOf(reasons, TOGETHER_ms);
    expect(marks.flatMap(({ entries }) => entries)).toHaveLength(MOST_ENTRIES);
    expect(unlisted).toHaveLength(300 - MOST_ENTRIES);
  });

  test('what went wrong and what was done stay, with the reasons nearest to them', () => {
    const texts = textsOf([...reasons, ...killed, violation], TOGETHER_ms).join('\n');
    expect(texts).toContain('I1: over');
    expect(texts).toContain('m20: killed');
    expect(texts).toContain('slave1: reason 200');
    expect(texts).not.toContain('slave1: reason 299');
  });

  test('what begins is told with its end', () => {
    const pairs = killed.flatMap((begun, index) => [
      { ...begun, pair: String(index) },
      { ...begun, at: begun.at + 50_000, text: 'is back', pair: String(index) },
    ]);
    const texts = textsOf([...reasons, ...pairs, violation], TOGETHER_ms);
    const killings = texts.filter((text) => text.endsWith('killed')).map((text) => /m\d+/.exec(text)?.[0]);
    const returns = texts.filter((text) => text.endsWith('is back')).map((text) => /m\d+/.exec(text)?.[0]);
    expect(killings).toContain('m20');
    expect(returns).toEqual(killings);
  });

  test('reasons near an overload go before what was done elsewhere, and other reasons after it', () => {
    const texts = marksOf([...reasons, ...killed], TOGETHER_ms, 1, [2_001_000]).marks.flatMap(({ entries }) => entries);
    const kept = texts.filter(({ kind }) => kind === 'reason').map(({ at }) => at);
    expect(kept).toContain(2_000_000);
    expect(texts.filter(({ kind }) => kind === 'disturbance')).toHaveLength(30);
  });

  test('in which nothing went wrong, all of its time has its share', () => {
    const { marks } = marksOf([...reasons, ...killed], TOGETHER_ms);
    const done = marks.flatMap(({ entries }) => entries.filter(({ kind }) => kind === 'disturbance'));
    expect(done.length).toBeGreaterThan(20);
    expect(done[0]?.at).toBe(5000);
    expect(done.at(-1)?.at).toBeGreaterThan(2_700_000);
  });

  test('many violations leave room for what was done', () => {
    const violations = Array.from({ length: 100 }, (_, index) =>
      happening(20 * index, 'violation', 'I3', `number ${index}`),
    );
    const texts = textsOf([...violations, ...killed], TOGETHER_ms).join('\n');
    expect(texts).toContain('I3: number 0');
    expect(texts).toContain('killed');
  });
});
