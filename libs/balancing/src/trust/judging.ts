// One sample beside what our cars drew when it was measured: every kind of evidence looks at it once, the strongest
// accuses.
import type { Milliseconds } from '@fairamp/units';
import { accused, doubted, noteProofs } from './accusing.js';
import { frozenWords, quietWords, shortWords, tallyWords } from './evidence.js';
import { isFrozen, noteReading } from './frozen.js';
import { belowCars, noteQuiet, noteShort, quietPhases, readsNothing, shortPhases } from './level.js';
import { type Source, SOURCES } from './sources.js';
import { compare } from './steps.js';
import { count, isEnough } from './tally.js';
import type { Judged, Suspicion, Tally, TrustConfig, TrustState } from './types.js';

export function judge(before: TrustState, sample: Judged, at: Milliseconds, config: TrustConfig): TrustState {
  const source = SOURCES[config.source];
  const { votes, anchor } = compare(before.anchor, sample, source, config);
  const short = belowCars(sample.current_dA, sample.cars, source, config);
  const honest = votes.filter(({ lie }) => lie === null).length;
  const state = noteProofs(
    {
      ...before,
      anchor,
      tallies: count(before.tallies, votes, at),
      run: noteReading(before.run, sample, source, config.phases),
      short: noteShort(before.short, short, source),
      quiet: noteQuiet(before.quiet, sample),
    },
    honest,
  );
  const held = heldAgainst(state, sample, at, config);
  if (held !== null) return accused(state, held, sample.current_dA);
  const suspicion = newestSuspicion(state, sample, at, source);
  return suspicion === null ? state : doubted(state, { ...suspicion, setsAside: false });
}

function heldAgainst(state: TrustState, sample: Judged, at: Milliseconds, config: TrustConfig): Suspicion | null {
  const { run, tallies, accusations } = state;
  const { phases } = config;
  const source = SOURCES[config.source];
  if (run !== null && isFrozen(run, sample, source, phases))
    return { because: 'frozen', phases, since: at, evidence: frozenWords(run, sample.measuredAt, phases) };
  const quiet = quietPhases(state.quiet, phases);
  if (quiet.length > 0) return { because: 'unplugged', phases: quiet, since: at, evidence: quietWords(quiet) };
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

/** Something of this very sample, not enough by itself. */
function newestSuspicion(
  { tallies, short }: TrustState,
  sample: Judged,
  at: Milliseconds,
  source: Source,
): Suspicion | null {
  const tally = tallies.find((one) => one.at === at);
  if (tally !== undefined) {
    const { because, phase } = tally;
    return { because, phases: [phase], since: at, evidence: tallyWords(tally) };
  }
  const phases = short.at(-1) ?? [];
  if (phases.length === 0) return null;
  const samples = Math.max(...phases.map((phase) => short.filter((one) => one.includes(phase)).length));
  return {
    because: 'below-cars',
    phases,
    since: at,
    evidence: shortWords(sample, phases, Math.min(samples, source.short.of)),
  };
}
