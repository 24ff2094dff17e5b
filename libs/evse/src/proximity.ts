// The resistor in a cable's plug says what the cable can carry (IEC 61851-1 Table B.2, as behaviour.md 4 and io.md 5
// know it). A reading between two ranges counts as the weaker cable, a reading outside them as no cable at all: 2.07
// took everything that it did not know, an open circuit too, for 13 A.
import type { Deciamps } from '@fairamp/units';
import type { EvseConfig } from './types.js';

type Rating = { readonly upTo_ohm: number; readonly cable_dA: Deciamps };

/** Below 80 Ohm the contact is shorted (the lowest range begins there). */
const SHORTED_below_ohm = 80;

/** Each range ends where the standard ends it; the gap above belongs to the weaker neighbour. */
const RATINGS: Readonly<Record<EvseConfig['proximity'], readonly Rating[]>> = {
  standard: ratings(200),
  // The manual's table says 16 A for 680 Ohm, an older reading of the standard (behaviour.md 14 row 20).
  manual: ratings(160),
};

function ratings(of680Ohm_dA: Deciamps): readonly Rating[] {
  return [
    { upTo_ohm: 140, cable_dA: 630 },
    { upTo_ohm: 308, cable_dA: 320 },
    { upTo_ohm: 936, cable_dA: of680Ohm_dA },
    { upTo_ohm: 2460, cable_dA: 130 },
  ];
}

/** What a plug's resistor allows; null = no plug, or none that can be trusted. */
export function ratingOf(ohm: number | null, reading: EvseConfig['proximity']): Deciamps | null {
  if (ohm === null || ohm < SHORTED_below_ohm) return null;
  return RATINGS[reading].find((rating) => ohm <= rating.upTo_ohm)?.cable_dA ?? null;
}

/** What the cable allows, of either kind; a fixed cable has no plug here and its resistor means nothing. */
export function cableOf(ohm: number | null, config: EvseConfig): Deciamps | null {
  return config.connector === 'fixed' ? config.cable_dA : ratingOf(ohm, config.proximity);
}
