// Does the meter deserve belief? The master tells each sample and what our metered cars draw; a sample is judged when
// the cars' word on its time is there, a second or two later. What is held against the meter makes it doubtful (no
// raises) or distrusted (as if there were no sample). The way back is in `accusing.ts`.
import type { Milliseconds } from '@fairamp/units';
import { doubted, noteRefutation, accused } from './accusing.js';
import { drawsBetween, noteCars, TOLD_WITHIN_ms } from './cars.js';
import { shortWords, spikeWords } from './evidence.js';
import { judge } from './judging.js';
import { belowCars, beyondCarrying, isSpiky, noteSpike } from './level.js';
import { SOURCES } from './sources.js';
import type { CarsEvent, SampleEvent, TrustConfig, TrustEvent, TrustState, Verdict } from './types.js';

/** Nearer ones of a quick source say nothing new about our cars. */
const SAMPLES_APART_ms: Milliseconds = 900;
/** At three a second, and a second and a half until they are judged, no more than these wait. */
const PENDING = 4;

export function initialTrust(): TrustState {
  return {
    boot: null,
    cars: [],
    pending: [],
    takenAt: null,
    anchor: null,
    calm: null,
    candidates: null,
    run: null,
    tallies: [],
    short: [],
    spikes: [],
    doubt: null,
    accusation: null,
    accusations: 0,
    proofs: 0,
    provenAt: null,
  };
}

export function stepTrust(state: TrustState, event: TrustEvent, config: TrustConfig): TrustState {
  return event.kind === 'cars' ? hearCars(state, event, config) : hearSample(state, event, config);
}

export function verdictOf({ accusation, doubt }: TrustState, at: Milliseconds): Verdict {
  if (accusation !== null) {
    const { because, phases, since, evidence } = accusation;
    return { level: 'distrusted', because, phases, since, evidence };
  }
  if (doubt === null || at >= doubt.until) return { level: 'trusted' };
  const { because, phases, since, evidence, setsAside } = doubt;
  return { level: 'doubtful', because, phases, since, evidence, setsAside };
}

function hearCars(state: TrustState, event: CarsEvent, config: TrustConfig): TrustState {
  return judgeDue({ ...state, cars: noteCars(state.cars, event) }, event.at, config);
}

function hearSample(before: TrustState, sample: SampleEvent, config: TrustConfig): TrustState {
  const { boot, at } = sample;
  // Another life of the meter begins with a clean sheet; what our cars draw is none of the meter's.
  const isReborn = before.boot !== null && before.boot !== boot;
  const state = isReborn ? { ...initialTrust(), boot, cars: before.cars } : { ...before, boot };
  const spikes = beyondCarrying(sample.current_dA, config);
  const noted = { ...state, spikes: noteSpike(state.spikes, spikes.length > 0) };
  if (spikes.length === 0) return take(judgeDue(noteRefutation(noted, sample), at, config), sample, config);
  const { current_dA } = sample;
  const held = { because: 'implausible', phases: spikes, since: at, evidence: spikeWords(current_dA, spikes) } as const;
  const doubtful = doubted(noted, { ...held, setsAside: true }, SOURCES[config.source]);
  return isSpiky(noted.spikes) ? accused(doubtful, held, current_dA) : doubtful;
}

/** It waits for the cars' word; what looks wrong by what is known already raises nobody until then. */
function take(state: TrustState, sample: SampleEvent, config: TrustConfig): TrustState {
  // What the newest reading was set aside for is over with a better one; the doubt itself is not.
  const doubt = state.doubt === null ? null : { ...state.doubt, setsAside: false };
  if (state.takenAt !== null && sample.measuredAt - state.takenAt < SAMPLES_APART_ms) return { ...state, doubt };
  const pending = [...state.pending, sample].slice(-PENDING);
  const taken = { ...state, doubt, pending, takenAt: sample.measuredAt };
  const source = SOURCES[config.source];
  const cars = drawsBetween(state.cars, sample.measuredAt - source.early_ms, latestOf(sample, config));
  const short = cars === null ? [] : belowCars(sample, cars, source, config);
  if (cars === null || short.length === 0) return taken;
  const evidence = shortWords({ ...sample, cars }, short, 1);
  return doubted(taken, { because: 'below-cars', phases: short, since: sample.at, evidence, setsAside: false }, source);
}

/** A source that speaks late has measured before it spoke. */
function latestOf({ at, measuredAt }: SampleEvent, { source }: TrustConfig): Milliseconds {
  return Math.max(measuredAt, at - SOURCES[source].early_ms);
}

function judgeDue(state: TrustState, at: Milliseconds, config: TrustConfig): TrustState {
  const [next] = state.pending;
  if (next === undefined || at < latestOf(next, config) + TOLD_WITHIN_ms) return state;
  const { early_ms } = SOURCES[config.source];
  const cars = drawsBetween(state.cars, next.measuredAt - early_ms, latestOf(next, config));
  const rest = { ...state, pending: state.pending.slice(1) };
  const { measuredAt, current_dA, signed } = next;
  // Of a time of which nothing was told nothing is known, and a step across it would be none.
  const judged =
    cars === null ? { ...rest, anchor: null } : judge(rest, { measuredAt, current_dA, signed, cars }, at, config);
  return judgeDue(judged, at, config);
}
