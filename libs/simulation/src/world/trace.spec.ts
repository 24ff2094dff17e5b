import { createHash } from 'node:crypto';
import { Trace } from './trace.js';

function digestOf(values: readonly number[]): string {
  const trace = new Trace();
  for (const value of values) trace.push(value);
  return trace.digest();
}

/** The same without blocks: four bytes each, the lowest first. */
function plain(values: readonly number[]): string {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeInt32LE(value | 0, 4 * index));
  return createHash('sha256').update(bytes).digest('hex');
}

const many = (length: number): readonly number[] => Array.from({ length }, (_, index) => index * 7919 - 1_000_000);

describe('the hash of a run', () => {
  test.each([
    ['nothing', []],
    ['one', [1]],
    ['a negative one', [-2]],
    ['bytes that differ among themselves', [0x01_02_03_04, -0x01_02_03_04]],
    ['both ends of 32 bits', [2 ** 31 - 1, -(2 ** 31)]],
  ])('is SHA-256 over four bytes each, lowest first: %s', (_, values) => {
    expect(digestOf(values)).toBe(plain(values));
  });

  test.each([4095, 4096, 4097, 8192, 8193, 20_000])('does not see where a block ends: %i integers', (length) => {
    expect(digestOf(many(length))).toBe(plain(many(length)));
  });

  test.each([0, 4095, 4096, 9999])('is another when integer %i of 10,000 is another', (changed) => {
    const values = many(10_000);
    expect(digestOf(values.with(changed, (values[changed] ?? 0) + 1))).not.toBe(digestOf(values));
  });

  test('is another when two integers change places, and when one more follows', () => {
    expect(new Set([digestOf([1, 2]), digestOf([2, 1]), digestOf([1, 2, 0])]).size).toBe(3);
  });

  test('wraps what is beyond 32 bits, such as the milliseconds of a month', () => {
    expect(digestOf([2 ** 32 + 5])).toBe(digestOf([5]));
  });
});
