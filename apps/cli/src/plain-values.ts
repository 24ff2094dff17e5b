// The plain values of a site (docs/protocol.md), as a person's broker holds them: read here in one way, since anybody
// who may write there may write anything. And for how long a word that was heard is about now.
import { isBecause, type Because, type Deciamps, type Milliseconds } from '@fairamp/units';

/** A slave reports each second; the master itself calls one unheard after 2.5 s. */
export const HEARD_WITHIN_ms: Milliseconds = 3000;
/** A raise needs a sample of at most 5 s; older ones decide nothing that a person would wait for. */
export const SAMPLED_WITHIN_ms: Milliseconds = 5000;

/** null: none, or nothing that a participant writes. */
export function deciampsOf(text: string | undefined): Deciamps | null {
  return text !== undefined && /^\d{1,4}\.\d$/.test(text) ? Math.round(Number(text) * 10) : null;
}

export function becausesOf(text: string | undefined): readonly Because[] {
  return (text ?? '').split(/[\s,]+/).filter(isBecause);
}
