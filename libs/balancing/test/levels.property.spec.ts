// A gauge climbs once from bend to bend; it must find what trying one level after the other finds, also after some
// of those who rise have been settled elsewhere.
import { clamp, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { heapOf, pop, push } from '../src/heap.js';
import { type Gauge, gaugeOf, join, leave, levelOf, spareAt } from '../src/levels.js';
import { upTo } from './sites.js';

type Span = { readonly start: number; readonly end: number };

const spans: fc.Arbitrary<readonly Span[]> = fc.array(
  fc.tuple(upTo(30), fc.integer({ min: 1, max: 30 })).map(([start, more]) => ({ start, end: start + more })),
  { minLength: 1, maxLength: 12 },
);

const takenAt = (risers: readonly Span[], level: number): number =>
  sumOf(risers, ({ start, end }) => clamp(level, start, end) - start);

/** Up to which level these rise in this room: each level is tried. */
function tried(risers: readonly Span[], room: number): number {
  const top = Math.max(0, ...risers.map(({ end }) => end));
  if (takenAt(risers, top) <= room) return Infinity;
  let level = 0;
  while (takenAt(risers, level + 1) <= room) level += 1;
  return level;
}

function gaugeFor(all: readonly Span[], room: number): Gauge {
  const gauge = gaugeOf(room, 60);
  for (const { start, end } of all) join(gauge, start, end);
  return gauge;
}

test('a gauge finds the level that trying finds', () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: -20, max: 300 }), (all, room) => {
      expect(levelOf(gaugeFor(all, room))).toBe(tried(all, room));
    }),
    runs(1000),
  );
});

test('also after some have been settled at a level that it had not reached yet', () => {
  const leavers = fc.array(fc.tuple(upTo(11), upTo(100), fc.boolean()), { maxLength: 6 });
  fc.assert(
    fc.property(spans, upTo(200), leavers, (all, room, settled) => {
      const gauge = gaugeFor(all, room);
      const isIn = all.map(() => true);
      let left = room;
      // Others are settled from the lowest level on, never above what this branch allows them.
      let known = 0;
      for (const [who, part, isAsked] of settled) {
        const { start, end } = all[who] ?? { start: 0, end: 0 };
        const rising = (): readonly Span[] => all.filter((_, point) => isIn[point] === true);
        const level = Math.min(tried(rising(), left), 60);
        known = Math.max(known, Math.floor((level * part) / 100));
        if (isIn[who] !== true) continue;
        isIn[who] = false;
        left -= clamp(known, start, end) - start;
        leave(gauge, start, end, clamp(known, start, end));
        // Asked for its level or not: what it finds must not depend on it.
        if (isAsked) expect(levelOf(gauge)).toBe(tried(rising(), left));
        // `fill` asks for who takes one more with the next step.
        const takes = rising().some((one) => one.start <= known && known < one.end);
        if (takes && tried(rising(), left) >= known)
          expect(spareAt(gauge, known) > 0).toBe(left - takenAt(rising(), known) > 0);
      }
    }),
    runs(1000),
  );
});

test.each([
  ['an end above its top', 5, 61],
  ['an end that is no more than its start', 5, 5],
  ['a start below nothing', -1, 5],
  ['parts of a deciampere', 5, 5.5],
])('a gauge refuses %s', (_, start, end) => {
  expect(() => join(gaugeOf(10, 60), start, end)).toThrow('a span must be whole');
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
