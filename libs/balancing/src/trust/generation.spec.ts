// What a meter is held to by what may feed in behind it, said or not, and what its owner is told of it.
import { mapPhases } from '@fairamp/units';
import { type Meter, on, oneCar, type Tale, Telling } from '../../test/meter-tale.js';
import { feedWords, generationOf } from './generation.js';
import type { Generation } from './types.js';

const half: Meter = (true_dA) => mapPhases(true_dA, (current) => current / 2);
/** It stays as it was before the car came. */
const frozen: Meter = () => on(20, 31, 8);
/** What flows less the sun. */
const sunny: Meter = (true_dA) => mapPhases(true_dA, (current) => current - 140);

test.each<[Generation | null, boolean, Generation]>([
  [null, false, 'none'],
  [null, true, 'battery'],
  ['none', true, 'none'],
  ['solar', false, 'solar'],
  ['battery', true, 'battery'],
])('I7: of %s, from a source whose sign is %s, it makes %s', (generation, signed, made) => {
  expect(generationOf({ generation }, signed)).toBe(made);
});

const SAY_SO = 'if something feeds in behind this meter, say so: generation: solar, or battery';
const SHARPER =
  'nobody has said what feeds in behind this meter: generation: none, or solar, would find such lies sooner';

describe('I7: where nobody has said what feeds in', () => {
  test.each<[string, Meter]>([
    ['export', sunny],
    ['a meter that reads half', half],
  ])('a source with a sign is not held to our draw: %s', (_, meter) => {
    const telling = new Telling({ cars_dA: oneCar, meter, signed: true, config: { generation: null } });
    telling.until(120);
    expect(telling.firstly('distrusted')).toBe(-1);
  });

  test.each<[string, Tale, because: string, hint: string]>([
    [
      'an unsigned one is held to it',
      { meter: half, config: { generation: null }, cars_dA: oneCar },
      'below-cars',
      SAY_SO,
    ],
    ['and where it is said', { meter: half, config: { generation: 'none' }, cars_dA: oneCar }, 'below-cars', SAY_SO],
    [
      'a signed one is held to less than it could be',
      { meter: frozen, signed: true, config: { generation: null }, cars_dA: oneCar },
      'frozen',
      SHARPER,
    ],
  ])('%s, and the evidence tells what to say', (_, tale, because, hint) => {
    const verdict = new Telling(tale).until(119);
    expect(verdict).toMatchObject({ level: 'distrusted', because, evidence: expect.stringContaining(hint) });
  });

  test('nothing is hinted at where it would not help', () => {
    expect(feedWords({ generation: 'solar' }, 'frozen', true)).toBe('');
    expect(feedWords({ generation: null }, 'frozen', false)).toBe('');
    expect(feedWords({ generation: null }, 'implausible', true)).toBe('');
    expect(feedWords({ generation: 'battery' }, 'unplugged', true)).toBe('');
  });
});
