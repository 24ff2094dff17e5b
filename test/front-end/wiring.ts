// Which line and which channel is which on a board: plain data, as a board's own description has it, from which the
// front end makes the fake sysfs and by which it translates. Lines go by their chip's label and offset, never by number.
import type { Milliseconds, Millivolts } from '@fairamp/units';

export type Line = { readonly chip: string; readonly offset: number };
/** active: the level at which what it is named after is so. */
export type Signal = Line & { readonly active: 0 | 1 };

export type Detector = { readonly channel: number; readonly reset: Signal };

export type Lock =
  /** Both on is a brake. Its contact is read as a voltage. */
  | {
      readonly kind: 'h-bridge';
      readonly toLock: Signal;
      readonly toUnlock: Signal;
      readonly feedback: { readonly channel: number; readonly locked_mV: Millivolts; readonly unlocked_mV: Millivolts };
    }
  | { readonly kind: 'solenoid'; readonly toLock: Signal; readonly toUnlock: Signal; readonly locked: Signal };

export type Wiring = {
  readonly name: string;
  readonly gpioChips: readonly { readonly label: string; readonly base: number; readonly count: number }[];
  readonly pwmChips: readonly { readonly device: string; readonly count: number }[];
  readonly adc: {
    readonly device: string;
    readonly name: string;
    readonly channels: number;
    readonly fullScale: number;
    readonly reference_mV: Millivolts;
  };
  readonly pilot: {
    readonly pwm: { readonly device: string; readonly channel: number };
    /** Off: nobody drives the line. */
    readonly drive?: Signal;
    /** mV at the converter = (mV of the line - offset_mV) / gain. */
    readonly gain: number;
    readonly offset_mV: Millivolts;
    readonly positive: Detector;
    readonly negative: Detector;
    /** From the end of a reset until a detector has filled: a period of the PWM. */
    readonly settle_us: number;
  };
  /** source - pull-up - (converter) - series - the plug's resistor - earth. */
  readonly proximity: {
    readonly channel: number;
    readonly source_mV: Millivolts;
    readonly pullUp_ohm: number;
    readonly series_ohm: number;
  };
  readonly contactor: {
    readonly enable: Signal;
    /** Active while the contact is closed. */
    readonly feedback: Signal;
    /** The coil drops when this line has not changed for so long. */
    readonly heartbeat?: { readonly line: Line; readonly timeout_ms: Milliseconds };
  };
  readonly lock: Lock;
  /** fault: active while it has tripped. */
  readonly residual: { readonly fault: Signal; readonly test?: Signal };
  /** Active while it is pressed. */
  readonly access?: Signal;
  /** Of one LED; it shines while any of them is active. */
  readonly led: readonly Signal[];
  readonly temperature?: { readonly device: string; readonly name: string };
  /** mV at the converter = supply / scale. */
  readonly supply?: { readonly channel: number; readonly scale: number };
};

export function lineKey({ chip, offset }: Line): string {
  return `gpio:${chip}:${offset}`;
}

export function channelKey({ adc }: Wiring, channel: number): string {
  return `iio:${adc.name}:${channel}`;
}

export function pwmKey({ pilot: { pwm } }: Wiring): string {
  return `pwm:${pwm.device}:${pwm.channel}`;
}

/** What a program drives, by what it is for. */
export function outputsOf(wiring: Wiring): readonly Signal[] {
  const { pilot, lock, contactor, residual, led } = wiring;
  const asked = [pilot.drive, residual.test].filter((signal) => signal !== undefined);
  return [...asked, contactor.enable, lock.toLock, lock.toUnlock, ...led];
}

/** What the front end drives, and leaves alone until it is described. */
export function describe(wiring: Wiring): readonly string[] {
  const { gpioChips, pwmChips, adc, pilot, contactor, temperature } = wiring;
  const heartbeat = contactor.heartbeat;
  const detector = (side: 'highest' | 'lowest', { channel, reset }: Detector): string =>
    `peak ${channelKey(wiring, channel)} ${side} ${lineKey(reset)} ${reset.active} ${pilot.settle_us} ${emptyOf(wiring)}`;
  return [
    ...gpioChips.map(({ label, base, count }) => `gpiochip ${label} ${base} ${count}`),
    ...pwmChips.map(({ device, count }) => `pwmchip ${device} ${count}`),
    `iio ${adc.device} ${adc.name} ${adc.channels}`,
    ...(temperature === undefined ? [] : [`hwmon ${temperature.device} ${temperature.name}`]),
    detector('highest', pilot.positive),
    detector('lowest', pilot.negative),
    ...(heartbeat === undefined ? [] : [`watchdog ${lineKey(heartbeat.line)} ${heartbeat.timeout_ms}`]),
  ];
}

/** What a converter shows of a voltage at its pin; it ends at its reference. */
export function countsOf({ adc }: Wiring, pin_mV: Millivolts): number {
  const counts = Math.round((pin_mV * adc.fullScale) / adc.reference_mV);
  return Math.min(adc.fullScale, Math.max(0, counts));
}

export function pilotCounts(wiring: Wiring, line_mV: Millivolts): number {
  return countsOf(wiring, (line_mV - wiring.pilot.offset_mV) / wiring.pilot.gain);
}

/** A detector that is held empty sits at 0 V of the line. */
function emptyOf(wiring: Wiring): number {
  return pilotCounts(wiring, 0);
}

/** @param ohm null = no plug, or no contact: all of the source */
export function proximityCounts(wiring: Wiring, ohm: number | null): number {
  const { source_mV, pullUp_ohm, series_ohm } = wiring.proximity;
  if (ohm === null) return countsOf(wiring, source_mV);
  return countsOf(wiring, (source_mV * (ohm + series_ohm)) / (ohm + series_ohm + pullUp_ohm));
}
