// Recorded frames of the Sensorbox against our receiver. The reference is the 2.07 module; ours refuses all that it
// refuses and, on purpose, a little more: another version, a count that disagrees with the length, no finite number.
import { DEFAULT_ICAL, decodeSensorboxFrame, encodeSensorboxFrame } from '../src/sensorbox-frame.js';
import { encodeHdlc, feedHdlc, initialHdlc } from '../src/hdlc.js';
import { type Vector, misunderstood, readVectors, vectorFiles } from './vector-files.js';

const NOT_IN_THIS_ROOM_YET = ['loadbal-5002', 'modbus-rtu'];
const COMPETENCE = { reads: 'sensorbox-5001', knows: NOT_IN_THIS_ROOM_YET };

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function received(wire: Uint8Array): readonly (readonly number[])[] {
  return feedHdlc(initialHdlc(), wire).frames.flatMap((frame) => {
    const decoded = decodeSensorboxFrame(frame);
    return decoded.ok ? [decoded.value.samples] : [];
  });
}

/**
 * About timing, not for a pure parser: a module whose main loop stood still (`mainLoopBetweenBytes` false; true is the
 * ever quick main loop that our receiver is), or a name that tells of the main loop's pace.
 */
function isAboutTiming(vector: Vector): boolean {
  return vector.mainLoopBetweenBytes === false || /main loop/i.test(vector.name);
}

/** Read by other means than our receiver: what stands between the last two flags is something that we alone refuse. */
function isRefusedByUsAlone(hex: string): boolean {
  const between = (hex.match(/../g) ?? [])
    .join(' ')
    .split('7e')
    .map((part) => part.trim());
  const last = between.filter((part) => part !== '').at(-1) ?? '';
  const plain = last.replace(/(7d )+(..)/g, (_, _escapes, byte: string) => (parseInt(byte, 16) ^ 0x20).toString(16));
  const body = Buffer.from(
    plain
      .split(' ')
      .map((byte) => parseInt(byte, 16))
      .slice(0, -2),
  );
  const samples = (body.length - 6) / 4;
  if (body[4] !== 1 || body[5] !== samples || samples === 0) return true;
  return Array.from({ length: samples }, (_, index) => body.readFloatLE(6 + 4 * index)).some((x) => !isFinite(x));
}

describe.each(vectorFiles(process.env['FAIRAMP_VECTORS']))('recorded frames in %s', (file) => {
  const complaints = readVectors(file).map((vector) => misunderstood(vector, COMPETENCE));
  const ours = (readVectors(file) as readonly Vector[]).filter(
    ({ protocol }, index) => protocol === COMPETENCE.reads && complaints[index] === null,
  );

  test('are all of a protocol that this room knows by name, and its own of a form that it understands', () => {
    expect(complaints.filter((complaint) => complaint !== null)).toEqual([]);
  });

  const plain = ours.filter((vector) => !isAboutTiming(vector));
  const accepted = plain.filter(({ valid, hex }) => valid && !isRefusedByUsAlone(hex));

  for (const vector of plain) {
    test(`${vector.name}: taken or refused as it should be`, () => {
      expect(received(bytesOf(vector.hex)).length > 0).toBe(accepted.includes(vector));
    });
  }

  for (const vector of accepted) {
    test(`${vector.name}: read as the module reads it`, () => {
      const frames = received(bytesOf(vector.hex));
      const { rawSamples } = vector.decoded;
      if (rawSamples !== undefined) expect(frames.at(-1)).toEqual(rawSamples.map((raw) => near(Number(raw))));
      if (vector.receiver207 !== undefined) {
        expect(irmsAfter(frames)).toEqual(vector.receiver207.irmsDeciAmp.map(near));
      }
    });
  }

  for (const vector of accepted.filter(({ payloadHex }) => payloadHex !== undefined)) {
    test(`${vector.name}: sent as the Sensorbox sends it`, () => {
      const sent = received(bytesOf(vector.hex)).map((samples) => hexOf(encodeHdlc(encodeSensorboxFrame(samples))));
      expect(sent).toEqual([vector.hex]);
    });

    test(`${vector.name}: no byte of it can change unseen`, () => {
      const good = bytesOf(vector.hex);
      const taken = [...good.keys()].flatMap((index) =>
        everyOtherByte(good[index] ?? 0)
          .map((byte) => good.with(index, byte))
          .filter((mutated) => received(mutated).length > 0),
      );
      expect(taken.map(hexOf)).toEqual([]);
    });
  }

  for (const vector of ours.filter(isAboutTiming)) {
    test(`${vector.name}: about the pace of a main loop, so only received whole and byte by byte alike`, () => {
      const wire = bytesOf(vector.hex);
      let state = initialHdlc();
      const frames = [...wire].flatMap((byte) => {
        const step = feedHdlc(state, [byte]);
        state = step.state;
        return step.frames;
      });
      expect(feedHdlc(initialHdlc(), wire)).toMatchObject({ frames, state });
    });
  }
});

describe('a folder of further vectors', () => {
  test.each([
    ['that does not exist', '/no/such/folder', /no such folder/],
    ['without a vector file', import.meta.dirname.replace(/test$/, 'src'), /holds no frames.json/],
  ])('%s is a failure, not an empty pass', (_, folder, message) => {
    expect(() => vectorFiles(folder)).toThrow(message);
  });

  const good = { name: 'x', protocol: 'sensorbox-5001', hex: '7e', valid: true, decoded: { effect: 'none' } };
  test.each([
    ['no object', null, 'no name or no protocol'],
    ['a protocol nobody has heard of', { ...good, protocol: 'sensorbox-6001' }, 'x: unknown protocol sensorbox-6001'],
    ['hex that is no bytes', { ...good, hex: '7e0' }, 'x: hex is no bytes'],
    ['no verdict', { ...good, valid: undefined }, 'x: valid is undefined'],
    ['no meaning', { ...good, decoded: {} }, 'x: neither samples nor an effect'],
    ['nothing wrong', good, null],
    ['a protocol that is not in this room yet', { ...good, protocol: 'modbus-rtu', hex: 5 }, null],
  ])('names a vector with %s', (_, vector, complaint) => {
    expect(misunderstood(vector, COMPETENCE)).toBe(complaint);
  });
});

/** The module's three readings: a frame of fewer samples leaves the others as they were, a fourth is ignored. */
function irmsAfter(frames: readonly (readonly number[])[]): readonly number[] {
  return frames.reduce<readonly number[]>(
    (irms_dA, counts) => irms_dA.map((held, index) => (counts[index] ?? held / DEFAULT_ICAL) * DEFAULT_ICAL),
    [0, 0, 0],
  );
}

function everyOtherByte(byte: number): readonly number[] {
  return Array.from({ length: 0xff }, (_, index) => (byte + 1 + index) & 0xff);
}

/** The recordings keep three to six figures after the point, and a float32 about seven in all. */
function near(value: number): unknown {
  return expect.closeTo(value, 2 - Math.ceil(Math.log10(Math.max(1, Math.abs(value) / 1000))));
}
