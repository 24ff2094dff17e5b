// What the house does by itself: how much two rests ten seconds apart differ while none of our cars changes
// anything, and how often by a whole load. From it follows how surprising a difference is that no car explains.
import { type Milliseconds, type PerPhase, mapPhases, perPhase } from '@fairamp/units';
import { type Reading } from './samples.js';

export type Noise = {
  readonly pairs: number;
  /** Pairs with a load more or less. */
  readonly loads: PerPhase<number>;
  /** Of the other pairs, in dA squared. */
  readonly variance: PerPhase<number>;
};

/** Where nothing is known yet: as a restless house. Ten pairs' weight. */
const ASSUMED_PAIRS = 10;
const ASSUMED_LOADS = 1;
/** The meter's own 0.3 A, and what a flickering house adds. */
const ASSUMED_VARIANCE_dA2 = 25;
const LOWEST_VARIANCE_dA2 = 12;
const LOAD_dA = 12;
/** Then older ones count less and less. */
const PAIRS_KEPT = 200;

export function assumedNoise(): Noise {
  return { pairs: 0, loads: perPhase(() => 0), variance: perPhase(() => ASSUMED_VARIANCE_dA2) };
}

export function hearPair(noise: Noise, before: Reading, after: Reading): Noise {
  const { pairs, loads, variance } = noise.pairs >= PAIRS_KEPT ? halved(noise) : noise;
  const changed_dA = mapPhases(after.current_dA, (value, phase) => Math.abs(value - before.current_dA[phase]));
  const weight = 1 / (Math.min(pairs, PAIRS_KEPT / 4) + ASSUMED_PAIRS);
  return {
    pairs: pairs + 1,
    loads: mapPhases(loads, (count, phase) => count + (changed_dA[phase] > LOAD_dA ? 1 : 0)),
    variance: mapPhases(variance, (value, phase) =>
      changed_dA[phase] > LOAD_dA ? value : value + weight * (changed_dA[phase] ** 2 - value),
    ),
  };
}

function halved({ pairs, loads, variance }: Noise): Noise {
  return { pairs: pairs / 2, loads: mapPhases(loads, (count) => count / 2), variance };
}

/** How likely, as a density in 1/dA, a transformer shows a difference that our cars do not explain. */
export type Surprise = (unexplained_dA: number, changed_dA: number) => number;

/** Never less: a quiet hour does not promise the next minute. */
const FEWEST_LOADS = 0.03;
const MOST_LOADS = 0.8;
/** Apart from one another, on the average, the pairs of noise. */
const PAIR_ms: Milliseconds = 10_000;
/** The transformer and the charge point's own meter may disagree by so much of what changed. */
const GAIN = 0.03;
/**
 * A load of the house is anything up to 20 A either way, a larger one is rare. More than an even spread would give, as
 * kettles and ovens resemble one another: it makes a coincidence likelier than it is.
 */
const LOAD_DENSITY = 1 / 180;
const LARGE_LOAD_DENSITY = 1 / 3000;
const LARGE_LOAD_dA = 200;
const ROOT_2_PI = Math.sqrt(2 * Math.PI);

export function surpriseOn(noise: Noise, span_ms: Milliseconds): PerPhase<Surprise> {
  return perPhase((phase) => {
    const rate = (noise.loads[phase] + ASSUMED_LOADS) / (noise.pairs + ASSUMED_PAIRS);
    const loads = Math.min(Math.max(1 - (1 - rate) ** (span_ms / PAIR_ms), FEWEST_LOADS), MOST_LOADS);
    const variance = Math.max(noise.variance[phase], LOWEST_VARIANCE_dA2);
    return (unexplained_dA, changed_dA) => {
      const sigma = Math.sqrt(variance + (GAIN * changed_dA) ** 2);
      const asNoise = Math.exp(-((unexplained_dA / sigma) ** 2) / 2) / (ROOT_2_PI * sigma);
      const asLoad = Math.abs(unexplained_dA) <= LARGE_LOAD_dA ? LOAD_DENSITY : LARGE_LOAD_DENSITY;
      return (1 - loads) * asNoise + loads * asLoad;
    };
  });
}
