// The frame of the original Sensorbox, Sensorbox 1.1 and 1.5 (protocol 0x5001, wire.md 2): three RMS currents in
// counts of an uncalibrated converter. The bridge decodes it, the simulated Sensorbox encodes it. We are stricter
// than 2.07, which takes any version, decodes CRC bytes as samples and reads NaN as no load: a frame that is not wholly
// understood is no sample, and a missing sample is full load.
import { type Deciamps, type Result, assert, clamp, failure, ok } from '@fairamp/units';

/** Address and control are not looked at: any sender with a right CRC is heard, as by the modules (wire.md 1.2). */
const ADDRESS = 0xff;
const CONTROL = 0x03;
const PROTOCOL = 0x5001;
/** All three senders; 0xA5 asks a module for its self test, which is no business of ours. */
const VERSION = 1;
const HEADER_BYTES = 6;
const SAMPLE_BYTES = 4;

export type SensorboxFrame = {
  readonly version: 1;
  /** Counts, L1 first; three from every known Sensorbox. */
  readonly samples: readonly number[];
};
export type SensorboxRefusal = 'too-short' | 'protocol' | 'version' | 'count' | 'not-finite';

/** @param payload a frame as the HDLC receiver hands it over: without flags, stuffing and CRC */
export function decodeSensorboxFrame(payload: Uint8Array): Result<SensorboxFrame, SensorboxRefusal> {
  if (payload.length < HEADER_BYTES)
    return failure('too-short', `${payload.length} bytes: a header has ${HEADER_BYTES}`);
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const protocol = view.getUint16(2);
  if (protocol !== PROTOCOL) return failure('protocol', `protocol 0x${protocol.toString(16)}: not 0x5001`);
  const version = view.getUint8(4);
  if (version !== VERSION) return failure('version', `version ${version}: not 1`);
  const count = view.getUint8(5);
  const room = payload.length - HEADER_BYTES;
  if (count < 1 || room !== count * SAMPLE_BYTES) {
    return failure('count', `count ${count}: ${room} bytes of samples follow`);
  }
  const samples = Array.from({ length: count }, (_, index) =>
    view.getFloat32(HEADER_BYTES + index * SAMPLE_BYTES, true),
  );
  const wrong = samples.findIndex((sample) => !Number.isFinite(sample));
  if (wrong >= 0) return failure('not-finite', `sample ${wrong + 1} is ${samples[wrong]}`);
  return ok({ version, samples });
}

/** The payload for `encodeHdlc`. Ten samples are what a receiver of 49 bytes can take. */
export function encodeSensorboxFrame(samples: readonly number[]): Uint8Array {
  assert(samples.length >= 1 && samples.length <= 10, `${samples.length} samples: not 1 to 10`);
  const payload = new Uint8Array(HEADER_BYTES + samples.length * SAMPLE_BYTES);
  const view = new DataView(payload.buffer);
  payload.set([ADDRESS, CONTROL, PROTOCOL >>> 8, PROTOCOL & 0xff, VERSION, samples.length]);
  samples.forEach((sample, index) => view.setFloat32(HEADER_BYTES + index * SAMPLE_BYTES, sample, true));
  return payload;
}

/** ICAL as delivered: a count is 0.3 A. */
export const DEFAULT_ICAL = 3;
/** A float32 is exact to 2^-24 of its value: what is nearer than this to a whole deciampere is that deciampere. */
const FLOAT32_STEP = 2 ** -23;
/** 10 kA, the largest short circuit that a house's breakers are rated for: beyond it a number only means too much. */
const MOST_dA: Deciamps = 100_000;

/** How a count is read: ICAL of the menu, and whether the source knows a direction (no 0x5001 hardware does). */
export type Calibration = { readonly ical: number; readonly signed: boolean };

/**
 * Rounded up, so that a doubt reads as more current. A minus from a source without direction is a doubt too: it counts
 * by its size, never as export and never as nothing.
 */
export function deciampsOfCount(count: number, { ical, signed }: Calibration): Deciamps {
  const exact = (signed ? count : Math.abs(count)) * ical;
  const whole = Math.ceil(exact - Math.abs(exact) * FLOAT32_STEP);
  return clamp(whole, -MOST_dA, MOST_dA) + 0; // Math.ceil(-0.5) is -0
}
