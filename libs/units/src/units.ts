// The quantities that every room shares. Currents are whole deciamperes, so that sums are exact and a test can say
// `toBe`; times are whole milliseconds of a monotonic clock, never of the wall clock.

/** Tenths of an ampere, an integer. */
export type Deciamps = number;
/** Milliseconds of one process's monotonic clock, an integer. */
export type Milliseconds = number;
export type Millivolts = number;
/** Thousandths, 0 to 1000. */
export type Permille = number;

/** A conductor of the mains, as the electrician labels it. A car's single phase may be any of them. */
export type Phase = 'L1' | 'L2' | 'L3';
export const PHASES: readonly Phase[] = ['L1', 'L2', 'L3'];
export type PerPhase<T> = { readonly L1: T; readonly L2: T; readonly L3: T };

/** The same value, or a value by phase, for all three phases. */
export function perPhase<T>(value: (phase: Phase) => T): PerPhase<T> {
  return { L1: value('L1'), L2: value('L2'), L3: value('L3') };
}

export function mapPhases<T, U>(of: PerPhase<T>, map: (value: T, phase: Phase) => U): PerPhase<U> {
  return perPhase((phase) => map(of[phase], phase));
}

export function sumOf<T>(items: readonly T[], quantity: (item: T) => number): number {
  return items.reduce((sum, item) => sum + quantity(item), 0);
}

export function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value, lowest), highest);
}

/** Deciamperes for people: `164` becomes `16.4`. */
export function amps(value: Deciamps): string {
  return (value / 10).toFixed(1);
}
