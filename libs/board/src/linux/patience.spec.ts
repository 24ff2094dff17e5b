import { Patience } from './patience.js';

test('one failure is borne, the second in a row is not, and a success begins anew', () => {
  const patience = new Patience(2);
  const answers: (number | Error)[] = [1, new Error('busy'), 2, new Error('busy'), new Error('gone')];
  const read = (): number => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer ?? 0;
  };
  expect([1, 2, 3, 4].map(() => patience.read(read))).toEqual([1, null, 2, null]);
  expect(() => patience.read(read)).toThrow('gone');
});

test('what nothing rests on is borne for ever', () => {
  const patience = new Patience(Infinity);
  const fail = (): number => {
    throw new Error('no thermometer');
  };
  expect(Array.from({ length: 1000 }, () => patience.read(fail)).every((value) => value === null)).toBe(true);
});
