// From doubt to accusation and back. A doubt ends by itself; an accusation ends when what was held against the meter
// has been refuted for a minute, or with another life of the meter. What only our cars' steps can refute gets a second
// chance after that minute, as no car draws meanwhile; each further accusation doubles the time, up to an hour, until
// the meter has answered three steps rightly. So a lying meter that is tried again and again is believed ever less.
import type { Deciamps, Milliseconds, PerPhase } from '@fairamp/units';
import { PHASES } from '@fairamp/units';
import { readsNothing } from './level.js';
import type { Source } from './sources.js';
import type { Accusation, SampleEvent, Suspicion, TrustState } from './types.js';

const REFUTED_ms: Milliseconds = 60_000;
const LONGEST_ms: Milliseconds = 3_600_000;
const PROOFS = 3;

export function doubted(
  state: TrustState,
  { setsAside, ...held }: Suspicion & { readonly setsAside: boolean },
  { doubt_ms }: Source,
): TrustState {
  const { doubt } = state;
  const isSame = doubt !== null && doubt.because === held.because && held.since < doubt.until;
  const since = isSame ? doubt.since : held.since;
  return { ...state, doubt: { ...held, since, until: held.since + doubt_ms, setsAside } };
}

/** The first accusation stands; what speaks for another meanwhile only puts the return off. */
export function accused(state: TrustState, held: Suspicion, reading_dA: PerPhase<Deciamps>): TrustState {
  const cleared = { ...state, tallies: [], short: [], run: null };
  if (state.accusation !== null) {
    return { ...cleared, accusation: { ...state.accusation, refutedSince: null } };
  }
  const accusation: Accusation = { ...held, reading_dA, refutedSince: null };
  return { ...cleared, accusation, accusations: state.accusations + 1, proofs: 0 };
}

/** Each sample that arrives may speak against the accusation, or for it. */
export function noteRefutation(state: TrustState, sample: SampleEvent): TrustState {
  const { accusation, accusations } = state;
  if (accusation === null) return state;
  const { at } = sample;
  const refutedSince = isRefuted(accusation, sample) ? (accusation.refutedSince ?? at) : null;
  const needed_ms = Math.min(REFUTED_ms * 2 ** (accusations - 1), LONGEST_ms);
  const isRefutedLongEnough = refutedSince !== null && at - refutedSince >= needed_ms;
  // A conductor without any load looks unplugged for ever: it too gets a second chance at last.
  if (isRefutedLongEnough || at - accusation.since >= LONGEST_ms)
    return { ...state, accusation: null, doubt: null, anchor: null };
  return { ...state, accusation: { ...accusation, refutedSince } };
}

function isRefuted({ because, phases, reading_dA, refutedSince }: Accusation, { current_dA }: SampleEvent): boolean {
  switch (because) {
    case 'frozen':
      // Once it has moved it is frozen no more; that it stands still afterwards a quiet house explains.
      return refutedSince !== null || PHASES.some((phase) => current_dA[phase] !== reading_dA[phase]);
    case 'unplugged':
      return phases.every((phase) => !readsNothing(current_dA, phase));
    case 'implausible':
    case 'below-cars':
    case 'sign-flipped':
    case 'swapped':
    case 'unmoved':
    case 'scaled':
      return true;
  }
}

/** Steps of our cars that the meter has answered rightly. */
export function noteProofs(before: TrustState, honest: number, at: Milliseconds): TrustState {
  const state = honest === 0 ? before : { ...before, provenAt: at };
  if (state.accusations === 0 || state.accusation !== null) return state;
  const proofs = state.proofs + honest;
  return proofs >= PROOFS ? { ...state, proofs: 0, accusations: 0 } : { ...state, proofs };
}
