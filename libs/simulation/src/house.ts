// The house behind the meter: what it draws on each phase at any moment, as a function of time alone, so that a run
// can be repeated, and begun anywhere. It plays what was written down each minute, or finer; what happens inside a
// minute is synthetic and its label says so. The plant asks it at each step; it knows nothing of cars.
import { type Deciamps, type Milliseconds, PHASES, type PerPhase, type Phase, mapPhases } from '@fairamp/units';
import { type Seed, chance, gaussian } from './random.js';
import { modelMinutes } from './model-house.js';

export type House = {
  /** For people: what plays, and what of it is synthetic. */
  readonly label: string;
  /** Then it begins again. */
  readonly duration_ms: Milliseconds;
  currentsAt(at: Milliseconds): PerPhase<Deciamps>;
};

/** What was written down: from each time on, that current. Times rise. */
export type Track = { readonly times: readonly Milliseconds[]; readonly currents_dA: readonly Deciamps[] };

export const MINUTE_ms = 60_000;
export const SYNTHETIC_SECONDS = 'inside a minute it is synthetic';

/** A house that follows its tracks to the letter. */
export function houseOfTracks(label: string, tracks: PerPhase<Track>, duration_ms: Milliseconds): House {
  const currentsAt = (at: Milliseconds) =>
    mapPhases(tracks, (track) => currentIn(track, indexAt(track, modulo(at, duration_ms))));
  return { label, duration_ms, currentsAt };
}

/** A house known by the minute: each change comes at a second of its own, and nothing holds quite still. */
export function houseOfMinutes(label: string, tracks: PerPhase<Track>, seed: Seed): House {
  const duration_ms = Math.min(...PHASES.map((phase) => (tracks[phase].times.at(-1) ?? 0) + MINUTE_ms));
  const currentsAt = (at: Milliseconds) =>
    mapPhases(tracks, (track, phase) => {
      const t = modulo(at, duration_ms);
      const index = indexAt(track, t);
      const switchesAfter = Math.floor(chance(seed, PHASES.indexOf(phase), index) * MINUTE_ms);
      const isSwitched = t - (track.times[index] ?? 0) >= switchesAfter;
      return flickering(currentIn(track, isSwitched ? index : index - 1), { seed, phase, at });
    });
  return { label: `${label}; ${SYNTHETIC_SECONDS}`, duration_ms, currentsAt };
}

/** The built-in house, where no recording is at hand. */
export function modelHouse(seed: Seed): House {
  const minutes = modelMinutes(seed);
  const tracks = mapPhases(minutes, (currents_dA) => ({
    times: currents_dA.map((_, i) => i * MINUTE_ms),
    currents_dA,
  }));
  return houseOfMinutes(`built-in model house, seed ${seed}`, tracks, seed);
}

export function startingAt(house: House, offset_ms: Milliseconds): House {
  return { ...house, currentsAt: (at) => house.currentsAt(at + offset_ms) };
}

/** Electronics and dimmers: half a percent, and at least now and then a tenth of an ampere, anew each second. */
function flickering(
  current_dA: Deciamps,
  { seed, phase, at }: { seed: Seed; phase: Phase; at: Milliseconds },
): Deciamps {
  const second = Math.floor(at / 1000);
  const deviation = Math.max(0.4, 0.005 * Math.abs(current_dA));
  return Math.max(0, Math.round(current_dA + deviation * gaussian(seed, PHASES.indexOf(phase), second)));
}

/** The newest entry at or before t; -1 before the first. */
export function indexAt(track: Track, t: Milliseconds): number {
  let low = 0;
  let high = track.times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((track.times[middle] ?? Infinity) <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function currentIn(track: Track, index: number): Deciamps {
  return track.currents_dA[Math.max(index, 0)] ?? 0;
}

function modulo(at: Milliseconds, duration_ms: Milliseconds): Milliseconds {
  return ((at % duration_ms) + duration_ms) % duration_ms;
}

export type Liveliness = {
  /** The house stays at or under this on every phase for the whole window. */
  readonly ceiling_dA: Deciamps;
  readonly window_ms: Milliseconds;
};

/** 40 A less three cars' minimum of 6 A, less 4 A to play in: there, every car of the lab can charge. */
export const LAB_CEILING_dA: Deciamps = 180;
/** A demonstration of two minutes, and a few more for whoever goes on watching. */
export const LAB_LIVELINESS: Liveliness = { ceiling_dA: LAB_CEILING_dA, window_ms: 6 * MINUTE_ms };

const LOOK_ms = 10_000;
/** What a spectator calls an event: two amperes more at once, so that the cars must give way. */
const EVENT_dA: Deciamps = 20;
/** By the first of these the cars have arrived, after the second a short demonstration is over. */
const EVENTS_BETWEEN_ms = [MINUTE_ms / 2, 2 * MINUTE_ms] as const;

/** Where to begin, so that something happens within two minutes and the cars still fit; the calmest start if nowhere. */
export function livelyStart(house: House, { ceiling_dA, window_ms }: Liveliness): Milliseconds {
  const looks = Array.from({ length: Math.floor(house.duration_ms / LOOK_ms) }, (_, i) =>
    house.currentsAt(i * LOOK_ms),
  );
  const window = Math.min(window_ms / LOOK_ms, looks.length);
  const peaks = looks.map((currents) => Math.max(...PHASES.map((phase) => currents[phase])));
  const rises = looks.map((currents, i) => largestRise(looks[Math.max(i - 1, 0)] ?? currents, currents));
  const [from, to] = EVENTS_BETWEEN_ms;
  let best = { start: 0, score: -Infinity };
  for (let start = 0; start + window <= looks.length; start += MINUTE_ms / LOOK_ms) {
    const peak = Math.max(...peaks.slice(start, start + window));
    const happening = rises.slice(start + from / LOOK_ms, start + to / LOOK_ms).reduce((sum, step) => sum + step, 0);
    const score = peak <= ceiling_dA ? happening : ceiling_dA - peak;
    if (score > best.score) best = { start, score };
  }
  return best.start * LOOK_ms;
}

function largestRise(before: PerPhase<Deciamps>, after: PerPhase<Deciamps>): Deciamps {
  const rise_dA = Math.max(...PHASES.map((phase) => after[phase] - before[phase]));
  return rise_dA >= EVENT_dA ? rise_dA : 0;
}
