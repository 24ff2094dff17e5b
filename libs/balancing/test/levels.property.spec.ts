// A gauge climbs once over the sorted bends; it must find what trying one level after the other finds, also after some
// of those who rise have been settled elsewhere.
import { clamp, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { heapOf, pop, push } from '../src/heap.js';
import { gaugeOf, leave, levelOf } from '../src/levels.js';
import { upTo } from './sites.js';

type Span = { readonly start: number; readonly end: number };

const spans: fc.Arbitrary<readonly Span[]> = fc.array(
  fc.tuple(upTo(30), fc.integer({ min: 1, max: 30 })).map(([start, more]) => ({ start, end: start + more })),
  { minLength: 1, maxLength: 12 },
);

/** Up to which level these rise in this room: each level is tried. */
function tried(risers: readonly Span[], room: number): number {
  const taken = (level: number): number => sumOf(risers, ({ start, end }) => clamp(level, start, end) - start);
  const top = Math.max(0, ...risers.map(({ end }) => end));
  if (taken(top) <= room) return Infinity;
  let level = 0;
  while (taken(level + 1) <= room) level += 1;
  return level;
}

function gaugeFor(all: readonly Span[], room: number) {
  const isIn = all.map(() => true);
  const [starts, ends] = [all.map(({ start }) => start), all.map(({ end }) => end)];
  return { isIn, gauge: gaugeOf({ points: [...all.keys()], starts, ends }, isIn, room) };
}

test('a gauge finds the level that trying finds', () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: -20, max: 300 }), (all, room) => {
      const { gauge } = gaugeFor(all, room);
      const expected = tried(all, room);
      expect(gauge === null ? Infinity : levelOf(gauge)).toBe(expected);
    }),
    runs(1000),
  );
});

test('also after some have been settled at a level that it had not reached yet', () => {
  const cases = fc.tuple(spans, upTo(200), fc.array(fc.tuple(upTo(11), upTo(100)), { maxLength: 6 }));
  fc.assert(
    fc.property(cases, ([all, room, leavers]) => {
      const { isIn, gauge } = gaugeFor(all, room);
      if (gauge === null) return;
      let left = room;
      // Others are settled from the lowest level on, never above what this branch allows them.
      let known = 0;
      for (const [who, part] of leavers) {
        const { start, end } = all[who] ?? { start: 0, end: 0 };
        const level = Math.min(levelOf(gauge), 60);
        known = Math.max(known, Math.floor((level * part) / 100));
        if (isIn[who] !== true) continue;
        isIn[who] = false;
        left -= clamp(known, start, end) - start;
        leave(gauge, start, end, clamp(known, start, end));
        const rest = all.filter((_, point) => isIn[point] === true);
        const expected = tried(rest, left);

        expect(levelOf(gauge)).toBe(expected);
      }
    }),
    runs(1000),
  );
});

test('a heap gives back in order whatever was put in, also while more comes', () => {
  fc.assert(
    fc.property(fc.array(upTo(50)), fc.array(upTo(50)), (first, later) => {
      const heap = heapOf<number>((one, other) => one < other);
      first.forEach((one) => push(heap, one));
      const taken = first.slice(0, 3).map(() => pop(heap));
      expect(taken).toEqual([...first].sort((a, b) => a - b).slice(0, 3));
      later.forEach((one) => push(heap, one));
      const rest = [...first].sort((a, b) => a - b).slice(3);
      const all: (number | undefined)[] = [];
      for (let one = pop(heap); one !== undefined; one = pop(heap)) all.push(one);
      expect(all).toEqual([...rest, ...later].sort((a, b) => a - b));
    }),
    runs(300),
  );
});
