// One sample beside what our cars drew when it was measured: every kind of evidence looks at it once, the strongest
// accuses.
import type { Milliseconds } from '@fairamp/units';
import { accused, doubted, noteProofs } from './accusing.js';
import { calmAt, noteCalm } from './calm.js';
import { frozenWords, shortWords, tallyWords } from './evidence.js';
import { feedWords } from './generation.js';
import { isFrozen, noteReading } from './frozen.js';
import { belowCars, nearLimit, noteShort, readsNothing, shortPhases } from './level.js';
import { type Source, SOURCES } from './sources.js';
import { confirm } from './confirm.js';
import { compare } from './steps.js';
import { count, isEnough } from './tally.js';
import type { Anchor, Judged, Suspicion, Tally, TrustConfig, TrustState, Vote } from './types.js';

export function judge(before: TrustState, sample: Judged, at: Milliseconds, config: TrustConfig): TrustState {
  const source = SOURCES[config.source];
  const calm = noteCalm(before.calm, sample, source);
  const isCalm = calmAt(sample.measuredAt, calm, source);
  const { current_dA } = sample;
  const isHeld = nearLimit(current_dA, config);
  const here: Anchor = { ...sample, isCalm, isHeld, lowest_dA: current_dA, highest_dA: current_dA };
  const { votes, anchor } = compare(before.anchor, here, source, config);
  const waiting = confirm(before.candidates, sample, source);
  const against = votes.filter(({ lie }) => lie !== null);
  const tests = against.filter(({ isTest }) => isTest);
  const honest = votes.filter(({ lie }) => lie === null);
  const short = belowCars(sample, sample.cars, source, config);
  const noted: TrustState = {
    ...before,
    anchor,
    calm,
    candidates: tests.length > 0 ? { sample, votes: tests } : waiting.candidates,
    tallies: count(before.tallies, [...honest, ...waiting.votes], at),
    run: noteReading(before.run, sample, source, config.phases),
    short: noteShort(before.short, short, source),
  };
  const state = noteProofs(noted, honest.length, at);
  const held = heldAgainst(state, sample, at, config);
  if (held !== null) return accused(state, hinted(held, sample, config), sample.current_dA);
  const suspicion = newestSuspicion(state, against[0] ?? null, { sample, at, source });
  return suspicion === null ? state : doubted(state, { ...suspicion, setsAside: false }, source);
}

/** What is held against it, and what the owner could say about it. */
function hinted(held: Suspicion, { signed }: Judged, config: TrustConfig): Suspicion {
  return { ...held, evidence: held.evidence + feedWords(config, held.because, signed) };
}

function heldAgainst(state: TrustState, sample: Judged, at: Milliseconds, config: TrustConfig): Suspicion | null {
  const { run, tallies, accusations } = state;
  const { phases } = config;
  const source = SOURCES[config.source];
  if (run !== null && isFrozen(run, sample, source, phases))
    return { because: 'frozen', phases, since: at, evidence: frozenWords(run, sample.measuredAt, phases) };
  const tally = tallies.find((one) => isEnough(one, source, accusations));
  if (tally !== undefined) return ofTally(tally, state, sample, at);
  const short = shortPhases(state.short, source, phases);
  if (short.length === 0) return null;
  const because = short.every((phase) => readsNothing(sample.current_dA, phase)) ? 'unplugged' : 'below-cars';
  return { because, phases: short, since: at, evidence: shortWords(sample, short, source.short.samples) };
}

function ofTally(tally: Tally, { tallies }: TrustState, { current_dA }: Judged, at: Milliseconds): Suspicion {
  const alike = tallies.filter(({ because }) => because === tally.because);
  const phases = [...new Set(alike.flatMap(({ phase, other }) => (other === null ? [phase] : [phase, other])))].sort();
  const isNothing = tally.because === 'unmoved' && phases.every((phase) => readsNothing(current_dA, phase));
  return { because: isNothing ? 'unplugged' : tally.because, phases, since: at, evidence: tallyWords(tally) };
}

type Now = { readonly sample: Judged; readonly at: Milliseconds; readonly source: Source };

/** Something of this very sample, not enough by itself. */
function newestSuspicion({ short }: TrustState, vote: Vote | null, { sample, at, source }: Now): Suspicion | null {
  if (vote !== null && vote.lie !== null) {
    const words = tallyWords({ ...vote, because: vote.lie, steps: 1 });
    return { because: vote.lie, phases: [vote.phase], since: at, evidence: words };
  }
  const phases = short.at(-1) ?? [];
  if (phases.length === 0) return null;
  const samples = Math.max(...phases.map((phase) => short.filter((one) => one.includes(phase)).length));
  const words = shortWords(sample, phases, Math.min(samples, source.short.of));
  return { because: 'below-cars', phases, since: at, evidence: words };
}
