// From time and current to the page and back to words. Everything that is drawn asks here where it belongs, so that all
// panels of a page, and both halves of a comparison, agree to the pixel.
import { type Deciamps, type Milliseconds, amps } from '@fairamp/units';

/** The page in pixels. `left` to `right` is where currents are drawn; beside it stand scales and names. */
export const PAGE = { width: 1200, margin: 24, left: 128, right: 1112 } as const;

export type TimeAxis = {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  x(at: Milliseconds): number;
  /** How much time so many pixels are. */
  timeOf(width_px: number): Milliseconds;
};

export function timeAxis(from: Milliseconds, to: Milliseconds): TimeAxis {
  // A recording of one row still has a width.
  const span = Math.max(to - from, 1000);
  const width = PAGE.right - PAGE.left;
  return {
    from,
    to: from + span,
    x: (at) => PAGE.left + (width * (Math.min(Math.max(at, from), from + span) - from)) / span,
    timeOf: (width_px) => (span * width_px) / width,
  };
}

const SECOND_ms = 1000;
const MINUTE_ms = 60 * SECOND_ms;
export const HOUR_ms = 60 * MINUTE_ms;
const STEPS_ms: readonly Milliseconds[] = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_ms),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_ms),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR_ms),
];
/** As many times as stand side by side without touching. */
const MOST_TICKS = 13;

export function timeTicks({ from, to }: TimeAxis): readonly Milliseconds[] {
  const step =
    STEPS_ms.find((candidate) => (to - from) / candidate < MOST_TICKS) ?? Math.ceil((to - from) / MOST_TICKS);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}

/** 12:34 is minutes and seconds; of a run that lasts an hour or more 1:12:34. */
export function clockOf(at: Milliseconds, { to }: TimeAxis): string {
  const seconds = Math.floor(at / SECOND_ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const short = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return to < HOUR_ms ? short : `${Math.floor(seconds / 3600)}:${short}`;
}

/** 90 000 becomes `1 min 30 s`. */
export function durationOf(duration: Milliseconds): string {
  const seconds = Math.round(duration / SECOND_ms);
  const parts = [
    { count: Math.floor(seconds / 3600), unit: 'h' },
    { count: Math.floor(seconds / 60) % 60, unit: 'min' },
    { count: seconds % 60, unit: 's' },
  ].filter(({ count }) => count > 0);
  return parts.length === 0 ? '0 s' : parts.map(({ count, unit }) => `${count} ${unit}`).join(' ');
}

export type CurrentAxis = {
  readonly height_px: number;
  readonly ticks: readonly Deciamps[];
  y(current: Deciamps): number;
};

/** Down from the top of its panel; 0 A is always on it. */
export function currentAxis(lowest: Deciamps, highest: Deciamps, height_px: number): CurrentAxis {
  const [bottom, top] = [Math.min(0, lowest), Math.max(10, highest)];
  const step = stepFor(top - bottom, height_px);
  const first = Math.ceil(bottom / step);
  return {
    height_px,
    ticks: Array.from({ length: Math.floor(top / step) - first + 1 }, (_, index) => (first + index) * step),
    y: (current) => height_px * (1 - (Math.min(Math.max(current, bottom), top) - bottom) / (top - bottom)),
  };
}

/** Room for a figure and its distance to the next. */
const TICK_px = 22;

function stepFor(span: Deciamps, height_px: number): Deciamps {
  const steps: readonly Deciamps[] = [10, 20, 50, 80, 100, 160, 200, 250, 500, 1000, 2000, 5000];
  return steps.find((step) => span / step <= height_px / TICK_px) ?? 10_000;
}

/** 250 becomes `25 A`, 164 becomes `16.4 A`. */
export function ampsOf(current: Deciamps): string {
  return `${amps(current).replace(/\.0$/, '')} A`;
}
