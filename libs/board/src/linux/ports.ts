// What a Linux board needs of its kernel, as small as it goes: each is a file or two of sysfs, or a line of a gpio
// driver, and in a test an object. Every call may throw what the system says; the board then makes safe and says that
// it is lost. Outputs are read back: a call that returns has been obeyed as far as the kernel knows.
import type { Milliseconds, Millivolts, Permille } from '@fairamp/units';

export interface DigitalOut {
  /** @throws when it cannot be written, or reads back differently */
  set(on: boolean): void;
}

export interface DigitalIn {
  get(): boolean;
  /** A hint to look: edges may be lost, and are never counted. */
  onEdge(listener: () => void): void;
}

export interface AdcIn {
  read_mV(): Millivolts;
}

export interface PwmOut {
  /** How much of each millisecond is high: 0 = steady low, 1000 = steady high. @throws as DigitalOut */
  drive(high_permille: Permille): void;
}

export interface Light {
  shine(brightness_permille: Permille): void;
}

export interface Thermometer {
  celsius(): number;
}

/** The process's monotonic clock and its timers. */
export interface Schedule {
  now(): Milliseconds;
  /** @returns how to call it off */
  after(ms: Milliseconds, run: () => void): () => void;
}

export type PeakDetector = { readonly adc: AdcIn; readonly reset: DigitalOut };

/** A board's hardware, opened: every output is in its safe state by then. */
export type BoardHardware = {
  readonly pwm: PwmOut;
  readonly pilotEnable: DigitalOut | null;
  readonly positive: PeakDetector;
  readonly negative: PeakDetector;
  readonly proximity: AdcIn | null;
  readonly coil: DigitalOut;
  /** Is the contactor closed? */
  readonly feedback: DigitalIn | null;
  readonly heartbeat: DigitalOut | null;
  readonly lock: { readonly lock: DigitalOut; readonly unlock: DigitalOut; readonly isHigh: () => boolean } | null;
  readonly switch: DigitalIn | null;
  readonly residual: { readonly tripped: DigitalIn; readonly test: DigitalOut | null } | null;
  readonly led: Light | null;
  readonly temperature: Thermometer | null;
  readonly supply: DigitalIn | null;
  /** Lets go of files and edges; the outputs stay as they are. */
  close(): void;
};
