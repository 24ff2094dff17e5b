import { Episode, Episodes, WrongRows } from './episode.js';

describe('an episode', () => {
  const looks = (...holds: readonly [at: number, holds: boolean][]) => {
    const episode = new Episode();
    return holds.map(([at, held]) => episode.look(held, at, 100));
  };
  test('is told once, when it has lasted longer than its bound', () => {
    expect(looks([0, true], [100, true], [101, true], [500, true])).toEqual([false, false, true, false]);
  });
  test('that ends and begins again is a new one', () => {
    expect(looks([0, true], [200, true], [300, false], [400, true], [500, true], [501, true])).toEqual([
      false,
      true,
      false,
      false,
      false,
      true,
    ]);
  });
  test('of a bound of nothing is told at once', () => {
    expect(new Episode().look(true, 7, 0)).toBe(true);
  });
  test('of one outlet is not that of another', () => {
    const episodes = new Episodes();
    expect([episodes.of(0).look(true, 0, 0), episodes.of(1).look(true, 0, 0), episodes.of(0).look(true, 1, 0)]).toEqual(
      [true, true, false],
    );
  });
});

test('a row of wrong facts is told once, until one was right', () => {
  const rows = new WrongRows();
  expect([true, true, false, true].map((isWrong) => rows.begins('one', isWrong))).toEqual([true, false, false, true]);
  expect(rows.begins('two', true)).toBe(true);
});
