// Chance that can be replayed. Every draw is a pure function of a seed and of what it is drawn for (a purpose, an
// index, a time), so the plant's state carries no generator, and asking in another order or twice changes nothing.
// Good enough for noise and appliances, never for a key.

export type Seed = number;

// Taken out of the global once: under jest each look-up of a global costs as much as the arithmetic around it.
const { floor, imul, sqrt } = Math;

/** Evenly spread over [0, 1). The same seed and indices give the same number, on any machine. */
export function chance(seed: Seed, ...indices: readonly number[]): number {
  return finish(hashOf(seed, indices)) / 2 ** 32;
}

function hashOf(seed: Seed, indices: readonly number[]): number {
  let hash = mix(0, seed);
  for (const index of indices) hash = mix(hash, index);
  return hash;
}

/** A whole number from lowest to highest, both included. */
export function wholeBetween(lowest: number, highest: number, drawn: number): number {
  return lowest + floor(drawn * (highest - lowest + 1));
}

/**
 * Mean 0, standard deviation 1, never beyond 3.47: a physical quantity has no endless tail. The sum of four even draws
 * and not Box and Muller's, as the logarithm and the cosine are not the same to the last bit in every V8.
 */
export function gaussian(seed: Seed, ...indices: readonly number[]): number {
  const hash = hashOf(seed, indices);
  const [one, other] = [finish(mixWord(hash, 0)), finish(mixWord(hash, 1))];
  const sum = (one & 0xffff) + (one >>> 16) + (other & 0xffff) + (other >>> 16);
  return (sum / 0x10000 - 2) * SQRT_3;
}
const SQRT_3 = sqrt(3);

/** A sequence, for code that builds something once from many draws. */
export type Draws = { between(lowest: number, highest: number): number; happens(probability: number): boolean };

export function drawsFrom(seed: Seed, ...indices: readonly number[]): Draws {
  let drawn = 0;
  const next = () => chance(seed, ...indices, (drawn += 1));
  return {
    between: (lowest, highest) => lowest + next() * (highest - lowest),
    happens: (probability) => next() < probability,
  };
}

/** The 32 bit mixing and finishing steps of MurmurHash3, with its published constants. */
function mix(hash: number, index: number): number {
  const high = floor(index / 2 ** 32) | 0;
  return mixWord(mixWord(hash, index | 0), high);
}

function mixWord(hash: number, word: number): number {
  const scattered = imul(rotated(imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (imul(rotated(hash ^ scattered, 13), 5) + 0xe6546b64) | 0;
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function finish(hash: number): number {
  let word = imul(hash ^ (hash >>> 16), 0x85ebca6b);
  word = imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

/**
 * One sequence for what happens to a world: each draw follows from the seed and the number of draws before it, which is
 * all that a faulty wire needs, and quicker than a hash of indices.
 */
export class Dice {
  #state: number;

  constructor(seed: Seed, purpose: number) {
    this.#state = mix(mix(0, seed), purpose);
  }

  /** A whole number from lowest to highest, both included. */
  between(lowest: number, highest: number): number {
    return wholeBetween(lowest, highest, this.#next());
  }

  happens(permille: number): boolean {
    return permille > 0 && this.#next() * 1000 < permille;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }

  /** A step of a Weyl sequence, finished like a hash. */
  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    return finish(this.#state) / 2 ** 32;
  }
}
