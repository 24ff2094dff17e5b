// What may feed in behind a meter decides what its readings prove: with export, less than our cars draw is no lie. Where
// the owner has said nothing, the source itself says the most that can be known: one that tells export apart is installed
// where there may be some, and what feeds in may be a battery; one that knows no direction has no business there.
import type { DistrustCode, Generation, TrustConfig } from './types.js';

export function generationOf({ generation }: Pick<TrustConfig, 'generation'>, signed: boolean): Generation {
  return generation ?? (signed ? 'battery' : 'none');
}

/** What the owner could say so that the meter is judged better; '' where it is not for him to say. */
export function feedWords(
  { generation }: Pick<TrustConfig, 'generation'>,
  because: DistrustCode,
  signed: boolean,
): string {
  const isShort = because === 'below-cars' || because === 'unplugged';
  if (isShort && generationOf({ generation }, signed) === 'none') {
    return '; if something feeds in behind this meter, say so: generation: solar, or battery';
  }
  if (generation !== null || !signed || because === 'implausible') return '';
  return '; nobody has said what feeds in behind this meter: generation: none, or solar, would find such lies sooner';
}
