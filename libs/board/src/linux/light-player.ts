// Plays the LED's pattern from the table of libs/evse: a light is told its brightness when that changes, and not more often.
import { INDICATORS, type Indicator, type IndicatorPattern } from '@fairamp/evse';
import type { Milliseconds, Permille } from '@fairamp/units';
import type { Light, Schedule } from './ports.js';

const DIM_permille: Permille = 100;
/** A swelling light goes up and down in so many steps of a period. */
const SWELLS = 20;
const FULL_permille: Permille = 1000;

export type LightParts = {
  readonly light: Light;
  readonly schedule: Schedule;
  readonly onFailure: (error: unknown) => void;
};

export class LightPlayer {
  readonly #parts: LightParts;
  #callOff: (() => void) | null = null;

  constructor(parts: LightParts) {
    this.#parts = parts;
  }

  play(indicator: Indicator): void {
    this.stop();
    this.#frame(INDICATORS[indicator], 0);
  }

  stop(): void {
    this.#callOff?.();
    this.#callOff = null;
  }

  #frame(pattern: IndicatorPattern, index: number): void {
    const frames = framesOf(pattern);
    const frame = frames[index % frames.length];
    if (frame === undefined) return;
    try {
      this.#parts.light.shine(frame.brightness_permille);
    } catch (error) {
      // A dark LED is no reason to stop charging; a car's owner sees it.
      this.#parts.onFailure(error);
    }
    if (frames.length > 1)
      this.#callOff = this.#parts.schedule.after(frame.for_ms, () => this.#frame(pattern, index + 1));
  }
}

type Frame = { readonly brightness_permille: Permille; readonly for_ms: Milliseconds };

/** One period of a pattern; a single frame stays for ever. */
export function framesOf({ period_ms, on_permille, brightness }: IndicatorPattern): readonly Frame[] {
  if (brightness === 'swelling') return swelling(period_ms);
  const full = brightness === 'dim' ? DIM_permille : FULL_permille;
  if (on_permille === 0) return [{ brightness_permille: 0, for_ms: period_ms }];
  if (on_permille === 1000) return [{ brightness_permille: full, for_ms: period_ms }];
  const on_ms = Math.round((period_ms * on_permille) / 1000);
  return [
    { brightness_permille: full, for_ms: on_ms },
    { brightness_permille: 0, for_ms: period_ms - on_ms },
  ];
}

function swelling(period_ms: Milliseconds): readonly Frame[] {
  return Array.from({ length: SWELLS }, (_, step) => {
    const way = Math.abs((2 * step) / SWELLS - 1);
    return { brightness_permille: Math.round(FULL_permille * (1 - way)), for_ms: Math.round(period_ms / SWELLS) };
  });
}
