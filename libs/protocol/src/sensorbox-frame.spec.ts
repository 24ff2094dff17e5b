import { DEFAULT_ICAL, decodeSensorboxFrame, deciampsOfCount, encodeSensorboxFrame } from './sensorbox-frame.js';

const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const header = 'ff0350010103';
const zero = '00000000';

describe('Sensorbox frame', () => {
  test('carries counts as little endian floats, L1 first', () => {
    const payload = fromHex(`${header}555555420000a44100000000`);
    expect(decodeSensorboxFrame(payload)).toEqual({
      ok: true,
      value: { version: 1, samples: [Math.fround(160 / 3), 20.5, 0] },
    });
    expect(encodeSensorboxFrame([160 / 3, 20.5, 0])).toEqual(payload);
  });

  test('reads a payload that lies inside a larger buffer', () => {
    const payload = fromHex(`aabb${header}${zero.repeat(3)}cc`).subarray(2, 20);
    expect(decodeSensorboxFrame(payload)).toMatchObject({ ok: true });
  });

  test.each([
    ['no byte at all', '', 'too-short', '0 bytes: a header has 6'],
    ['a header cut short', 'ff03500101', 'too-short', '5 bytes: a header has 6'],
    ['the load balancing protocol', 'ff035002010300000000', 'protocol', 'protocol 0x5002: not 0x5001'],
    ['version 2', `ff0350010203${zero.repeat(3)}`, 'version', 'version 2: not 1'],
    ['the self test request', `ff035001a503${zero.repeat(3)}`, 'version', 'version 165: not 1'],
    ['no sample', 'ff0350010100', 'count', 'count 0: 0 bytes of samples follow'],
    ['three samples announced, one sent', `${header}${zero}`, 'count', 'count 3: 4 bytes of samples follow'],
    ['three announced, four sent', `${header}${zero.repeat(4)}`, 'count', 'count 3: 16 bytes of samples follow'],
    ['half a sample', `${header}${zero.repeat(2)}0000`, 'count', 'count 3: 10 bytes of samples follow'],
    ['not a number', `${header}0000c07f${zero.repeat(2)}`, 'not-finite', 'sample 1 is NaN'],
    ['infinity', `${header}${zero}0000807f${zero}`, 'not-finite', 'sample 2 is Infinity'],
    ['minus infinity', `${header}${zero.repeat(2)}000080ff`, 'not-finite', 'sample 3 is -Infinity'],
  ])('refuses %s', (_, hex, reason, detail) => {
    expect(decodeSensorboxFrame(fromHex(hex))).toEqual({ ok: false, reason, detail });
  });
});

describe('a count as current', () => {
  const unsigned = { ical: DEFAULT_ICAL, signed: false };
  const signed = { ical: DEFAULT_ICAL, signed: true };
  test.each([
    ['16.0 A, though its float lies below', Math.fround(160 / 3), unsigned, 160],
    ['25.0 A, though its float lies above', Math.fround(250 / 3), unsigned, 250],
    ['a little more than 25.0 A', 83.34, unsigned, 251],
    ['nothing', 0, unsigned, 0],
    ['minus zero', -0, unsigned, 0],
    ['the least that a float can say', 1.4e-45, unsigned, 1],
    ['a minus without direction, by its size', -10.1, unsigned, 31],
    ['export, rounded towards import', -10.1, signed, -30],
    ['export of less than a tenth', -0.1, signed, 0],
    ['another calibration', 10, { ical: 3.21, signed: false }, 33],
    ['the greatest float, bounded', 3.4e38, unsigned, 100_000],
    ['the least float, bounded', -3.4e38, signed, -100_000],
  ])('is %s', (_, count, calibration, current_dA) => {
    expect(deciampsOfCount(count, calibration)).toBe(current_dA);
  });
});
