// What is asked of the trust: is an honest meter ever accused, and how long does a lying one go on while our cars draw
// where it lies? Time counts only then: without our cars a lie cannot be seen and does no harm.
import type { DistrustCode, SourceKind, TrustConfig } from '@fairamp/balancing';
import { type PerPhase, type Phase, PHASES } from '@fairamp/units';
import type { House } from '../../src/house.js';
import { whichOf } from '../../src/meter-lies.js';
import type { Lie } from './meters.js';
import { type Story, TrustWorld } from './trust-world.js';

export const HOUR_ms = 3_600_000;
const MINUTE_ms = 60_000;

export type Honest = {
  readonly accusations: readonly string[];
  readonly doubts: number;
  readonly doubt_ms: number;
  readonly drawing_ms: number;
};

export type Setup = Pick<Story, 'source' | 'generation'> & { readonly house?: House } & Pick<
    Story,
    'lateBy' | 'probeEach_ms'
  >;

export function honestHour(seed: number, setup: Setup): Honest {
  const world = new TrustWorld({ seed, ...setup, until: HOUR_ms, lie: null, liesFrom: 0 });
  const accusations: string[] = [];
  let [doubts, doubt_ms, drawing_ms, before, level] = [0, 0, 0, 0, 'trusted'];
  world.run(({ at, verdict, cars_dA }) => {
    const elapsed_ms = at - before;
    before = at;
    if (verdict.level === 'doubtful') doubt_ms += elapsed_ms;
    if (draws(cars_dA, PHASES)) drawing_ms += elapsed_ms;
    if (verdict.level !== level && verdict.level === 'doubtful') doubts += 1;
    if (verdict.level !== level && verdict.level === 'distrusted')
      accusations.push(`seed ${seed} at ${at} ms: ${verdict.because} ${verdict.phases.join()}: ${verdict.evidence}`);
    level = verdict.level;
    return false;
  });
  return { accusations, doubts, doubt_ms, drawing_ms };
}

export type Detection = {
  /** While our cars drew where it lies; null = not within the time that was played. */
  readonly after_ms: number | null;
  readonly drawn_ms: number;
  readonly because: DistrustCode | null;
};

/**
 * @param begins always: it lies before the first car comes. suddenly: while cars charge, after an honest quarter of an
 * hour or less. Until it is found, for half an hour of draw at most.
 */
export function detection(seed: number, lie: Lie, begins: 'always' | 'suddenly', setup: Setup): Detection {
  const someTime = 3 * MINUTE_ms + (seed % 12) * MINUTE_ms + ((seed * 7919) % MINUTE_ms);
  const liesFrom = begins === 'always' ? 0 : someTime;
  const world = new TrustWorld({ seed, ...setup, until: liesFrom + HOUR_ms, lie, liesFrom });
  let [before, drawn_ms] = [0, 0];
  let found: Detection | null = null;
  world.run(({ at, verdict, cars_dA }) => {
    const elapsed_ms = at - before;
    before = at;
    if (verdict.level === 'distrusted') {
      // Accused before it lied: a false one, to be seen as such.
      const after_ms = at < liesFrom ? -1 : drawn_ms;
      found = { after_ms, drawn_ms, because: verdict.because };
      return true;
    }
    if (at >= liesFrom && isExposed(lie, cars_dA, seed)) drawn_ms += elapsed_ms;
    return drawn_ms >= HOUR_ms / 2;
  });
  return found ?? { after_ms: null, drawn_ms, because: null };
}

const DRAWS_dA = 20;

function draws(cars_dA: PerPhase<number>, phases: readonly Phase[]): boolean {
  return phases.some((phase) => cars_dA[phase] >= DRAWS_dA);
}

/** Our cars draw on a conductor of which the meter says what is not true of them. */
function isExposed(lie: Lie, cars_dA: PerPhase<number>, seed: number): boolean {
  const which = PHASES[whichOf(seed)] ?? 'L1';
  if (lie === 'unplugged') return draws(cars_dA, [which]);
  if (lie !== 'swapped') return draws(cars_dA, PHASES);
  const [one, other] = PHASES.filter((phase) => phase !== which);
  return one !== undefined && other !== undefined && Math.abs(cars_dA[one] - cars_dA[other]) >= DRAWS_dA;
}

export type Source = { readonly source: SourceKind; readonly generation: TrustConfig['generation'] };
/** Each as it is installed: without anything that feeds in, and where that is so, with the sun. */
export const SOURCES: readonly Source[] = [
  { source: 'sensorbox', generation: 'none' },
  { source: 'modbus', generation: 'none' },
  { source: 'modbus', generation: 'solar' },
  { source: 'modbus', generation: 'battery' },
  { source: 'p1', generation: 'none' },
  { source: 'p1', generation: 'solar' },
];
