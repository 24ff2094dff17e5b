import { DISTORTIONS, distorted, isMeterLie, LIES, LIE_WORDS, whichOf } from './meter-lies.js';

const truth = [100, 200, 300];
const spikes = (seed: number) =>
  Array.from({ length: 400 }, (_, tick) => distorted(truth, 'spike', { seed, tick })).filter((read) => read !== truth);

test.each([
  ['well', truth],
  ['silent', truth],
  ['sign-flipped', [-100, -200, -300]],
  ['scaled', [50, 100, 150]],
])('a meter that is %s', (health, read) => {
  expect(distorted(truth, health, { seed: 1, tick: 1 })).toEqual(read);
});

test.each([1, 2, 3, 4, 5, 6])('one transformer is unplugged, and two others are exchanged (seed %i)', (seed) => {
  const which = whichOf(seed);
  expect(distorted(truth, 'unplugged', { seed, tick: 1 })).toEqual(truth.map((read, i) => (i === which ? 0 : read)));
  const swapped = distorted(truth, 'swapped', { seed, tick: 9 });
  expect(swapped[which]).toBe(truth[which]);
  expect(swapped).not.toEqual(truth);
  expect([...swapped].sort((a, b) => a - b)).toEqual(truth);
});

test('one reading in seven is a spike, of more than one kind, and the same seed has the same', () => {
  expect(spikes(3).length).toBeGreaterThan(35);
  expect(spikes(3).length).toBeLessThan(90);
  expect(new Set(spikes(3).map(([first]) => first)).size).toBe(3);
  expect(spikes(3)).toEqual(spikes(3));
  expect(spikes(3)).not.toEqual(spikes(4));
});

test('silence is no lie; every lie has words', () => {
  expect(['well', 'silent'].some(isMeterLie)).toBe(false);
  expect(LIES.every((lie) => isMeterLie(lie) && LIE_WORDS[lie].startsWith('meter '))).toBe(true);
  expect(LIES).toEqual(['frozen', ...DISTORTIONS]);
});
