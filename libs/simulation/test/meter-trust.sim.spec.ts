// I7 with houses and cars: honest hours accuse nobody, and each lie is found while our cars draw where it lies. Some hours
// of each kind of source; docs/meter-trust.md has a thousand of them, and the table of detection times. FAIRAMP_RUNS
// plays as many hours more.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { recordedHouse } from '../src/recorded-house.js';
import { detection, honestHour, SOURCES } from './trust/measure.js';
import type { Lie } from './trust/meters.js';
import { runs } from '../../../test/runs.js';

const RECORDING = resolve(import.meta.dirname, '../../../../shared/data/household-sceaux-1min.csv');
const HOURS = runs(3).numRuns;
const PATIENCE_ms = 60_000 + 5_000 * HOURS;
const seeds = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => from + i);
const nameOf = ({ source, generation }: (typeof SOURCES)[number]): string => `${source}, ${generation}`;

test.each(SOURCES.map((setup) => [nameOf(setup), setup] as const))(
  'I7: an honest %s is never accused',
  (_, setup) => {
    const hours = seeds(5_001, HOURS).map((seed) => honestHour(seed, { ...setup, probeEach_ms: 60_000 }));
    expect(hours.flatMap(({ accusations }) => accusations)).toEqual([]);
    expect(hours.some(({ drawing_ms }) => drawing_ms > 600_000)).toBe(true);
  },
  PATIENCE_ms,
);

if (existsSync(RECORDING))
  test(
    'I7: nor is one in a recorded house',
    () => {
      const house = recordedHouse(readFileSync(RECORDING, 'utf8'), 1);
      if (!house.ok) throw new Error(house.detail);
      const hours = seeds(6_001, HOURS).map((seed) =>
        honestHour(seed, { source: 'sensorbox', generation: 'none', house: house.value }),
      );
      expect(hours.flatMap(({ accusations }) => accusations)).toEqual([]);
    },
    PATIENCE_ms,
  );

/** The lies of a Sensorbox, there before a car begins, and within how long of our cars' draw half of them are found. */
test.each<[Lie, number]>([
  ['frozen', 10_000],
  ['swapped', 60_000],
  ['unplugged', 10_000],
  ['outside', 30_000],
  ['scaled', 30_000],
])(
  'I7: a Sensorbox that is %s is found',
  (lie, within_ms) => {
    const setup = { source: 'sensorbox', generation: 'none', probeEach_ms: 60_000 } as const;
    const all = seeds(1, 6).map((seed) => detection(seed, lie, 'always', setup));
    const tested = all.filter(({ drawn_ms }) => drawn_ms > 0);
    const times = tested.map(({ after_ms }) => after_ms ?? Infinity).sort((a, b) => a - b);
    expect(tested.length).toBeGreaterThanOrEqual(3);
    expect(times[Math.floor(times.length / 2)]).toBeLessThanOrEqual(within_ms);
    expect(times.at(-1)).toBeLessThan(600_000);
  },
  PATIENCE_ms,
);
