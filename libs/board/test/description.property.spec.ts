import fc from 'fast-check';
import { boardSchema } from '../src/linux/description.js';
import { FITTED } from './descriptions.js';

/** A dotted path to each record within. */
function recordsIn(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return [path, ...Object.entries(value).flatMap(([key, item]) => recordsIn(item, [...path, key]))];
}

const RECORDS = recordsIn(FITTED, []);

test('an unknown key is a mistake at every level, whatever its value', () => {
  expect(RECORDS.length).toBeGreaterThan(20);
  const name = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...RECORDS), name, fc.jsonValue(), (path, key, value) => {
      const board = structuredClone(FITTED);
      const place = path.reduce<Record<string, unknown>>(
        (record, step) => record[step] as Record<string, unknown>,
        board,
      );
      fc.pre(!(key in place) && !isKnown(path, key));
      place[key] = value;
      expect(boardSchema.safeParse(board).success).toBe(false);
    }),
  );
});

/** A key that the schema knows at this place and this board has not. */
function isKnown(path: readonly string[], key: string): boolean {
  return (
    ['about', 'activeLow', 'gain', 'offset_mV', 'inverted', '12V', 'GND'].includes(key) ||
    (path.length > 0 && /_ms$/.test(key))
  );
}

test('whatever is given, the schema answers and never throws', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RECORDS), fc.jsonValue(), (path, value) => {
      const board = structuredClone(FITTED) as Record<string, unknown>;
      const last = path.at(-1);
      if (last === undefined) return void boardSchema.safeParse(value);
      const place = path
        .slice(0, -1)
        .reduce<Record<string, unknown>>((record, step) => record[step] as Record<string, unknown>, board);
      place[last] = value;
      expect(typeof boardSchema.safeParse(board).success).toBe('boolean');
    }),
  );
});
