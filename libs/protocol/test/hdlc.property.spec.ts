import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { decodeSensorboxFrame, deciampsOfCount, encodeSensorboxFrame } from '../src/sensorbox-frame.js';
import { type HdlcStep, encodeHdlc, feedHdlc, initialHdlc } from '../src/hdlc.js';

fc.configureGlobal(runs(100));

const received = (chunks: readonly Uint8Array[]) =>
  chunks.reduce<HdlcStep>(
    (before, chunk) => {
      const { state, frames, discarded } = feedHdlc(before.state, chunk);
      return { state, frames: [...before.frames, ...frames], discarded: [...before.discarded, ...discarded] };
    },
    { state: initialHdlc(), frames: [], discarded: [] },
  );
/** Bytes of a line on which flags and escapes are common. */
const noise = fc
  .uint8Array({ maxLength: 120 })
  .map((bytes) => bytes.map((byte) => (byte % 8 === 0 ? 0x7d + (byte & 1) : byte)));
const flagsAndEscapes = fc
  .array(fc.constantFrom(0x7d, 0x7e, 0xff, 0x55), { maxLength: 120 })
  .map((bytes) => Uint8Array.from(bytes));
const line = fc.oneof(noise, flagsAndEscapes, fc.uint8Array({ maxLength: 300 }));
const payload = fc.uint8Array({ minLength: 6, maxLength: 47 });
const counts = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 10 });

describe('HDLC on any line', () => {
  test('any division into chunks gives the same frames and discards', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(line, payload.map(encodeHdlc)), { maxLength: 6 }), (chunks) => {
        const whole = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        expect(received(chunks)).toEqual(received([whole]));
        expect(received([...whole].map((byte) => Uint8Array.of(byte)))).toEqual(received([whole]));
      }),
    );
  });

  test('what is sent is received, whatever the payload', () => {
    fc.assert(fc.property(payload, (sent) => expect(received([encodeHdlc(sent)]).frames).toEqual([sent])));
  });

  test('after any noise the second of two good frames is received, and the first unless an escape was left pending', () => {
    fc.assert(
      fc.property(line, payload, payload, (before, first, second) => {
        const { state } = received([before]);
        const isKilled = state.escaped && state.length < 8;
        const { frames } = feedHdlc(state, [...encodeHdlc(first), ...encodeHdlc(second)]);
        expect(frames.at(-1)).toEqual(second);
        if (!isKilled) expect(frames.at(-2)).toEqual(first);
      }),
    );
  });

  test('remembers at most one frame', () => {
    fc.assert(fc.property(line, (bytes) => expect(received([bytes]).state.collected.length).toBeLessThanOrEqual(49)));
  });
});

describe('the Sensorbox frame', () => {
  test('decodes what it encodes', () => {
    fc.assert(
      fc.property(counts, (samples) => {
        expect(decodeSensorboxFrame(encodeSensorboxFrame(samples))).toEqual({
          ok: true,
          value: { version: 1, samples },
        });
      }),
    );
  });

  test('refuses or reads any bytes, and never a number that is not finite', () => {
    const almost = fc.uint8Array({ maxLength: 24 }).map((tail) => Uint8Array.of(0xff, 3, 0x50, 1, 1, ...tail));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), almost), (bytes) => {
        const frame = decodeSensorboxFrame(bytes);
        if (frame.ok) expect(frame.value.samples.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test('never reads less current than the count says, and at most a tenth of an ampere more', () => {
    fc.assert(
      fc.property(fc.float({ min: 0, max: 4000, noNaN: true }), (count) => {
        const current_dA = deciampsOfCount(count, { ical: 3, signed: false });
        expect(Number.isInteger(current_dA)).toBe(true);
        expect(current_dA).toBeGreaterThanOrEqual(count * 3 * (1 - 2 ** -22));
        expect(current_dA).toBeLessThanOrEqual(count * 3 + 1);
      }),
    );
  });
});
