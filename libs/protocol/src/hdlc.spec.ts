import { encodeHdlc, feedHdlc, initialHdlc } from './hdlc.js';

const fromHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const receive = (...chunks: string[]) => {
  let state = initialHdlc();
  const frames: string[] = [];
  const discarded: string[] = [];
  for (const chunk of chunks) {
    const step = feedHdlc(state, fromHex(chunk));
    state = step.state;
    frames.push(...step.frames.map(toHex));
    discarded.push(...step.discarded.map(({ reason, length }) => `${reason} ${length}`));
  }
  return { state, frames, discarded };
};

const body = 'ff0350010103000020410000a44100000000';
const good = `7e${body}8a107e`;

describe('HDLC receiver', () => {
  test.each([
    ['a frame between flags', good, [body], []],
    ['a frame without an opening flag', good.slice(2), [body], []],
    ['two frames that share a flag', good + good.slice(2), [body, body], []],
    ['idle flags, which are nothing', `7e7e7e${good}7e`, [body], []],
    ['seven bytes, which no module looks at', '7eff035002013abe7e', [], ['too-short 7']],
    ['a wrong check sequence', good.replace('20', '21'), [], ['crc 20']],
    ['five bytes of noise before the flag', `0055aa0102${good}`, [body], ['too-short 5']],
    ['nine bytes of noise before the flag', `0055aa010203040506${good}`, [body], ['crc 9']],
    ['a frame cut short and a whole one', `7eff03500101030000204100${good}`, [body], ['crc 11']],
    ['a doubled escape, which is one', encoded('117d11').replace('7d31', '7d7d31'), ['117d11'.padEnd(12, '0')], []],
    ['an escape before the opening flag, which kills the frame', `7d${good}`, [], ['crc 20']],
    ['an abort of a short frame, which kills the next', `7eff03507d7e${good}`, [], ['too-short 3', 'crc 20']],
    ['an abort of a long frame, which does not', `7eff035001030020417d7e${good}`, [body], ['crc 8']],
  ])('takes %s', (_, wire, frames, discarded) => {
    expect(receive(wire)).toMatchObject({ frames, discarded });
  });

  test.each([
    [49, 47, true],
    [50, 48, false],
    [51, 49, false],
    [500, 498, false],
  ])('takes %d bytes between flags as the module does', (length, payload, isTaken) => {
    const { frames, discarded } = receive(toHex(encodeHdlc(new Uint8Array(payload).fill(0x55))));
    expect(frames).toHaveLength(isTaken ? 1 : 0);
    expect(discarded).toEqual(isTaken ? [] : [`too-long ${length}`]);
  });

  test('remembers at most 49 bytes of a line that never sends a flag', () => {
    expect(receive('55'.repeat(10_000)).state).toMatchObject({ length: 10_000, collected: Array(49).fill(0x55) });
  });

  test('is in step again with the second of two good frames after an escape', () => {
    expect(receive('7d', good, good).frames).toEqual([body]);
  });
});

describe('HDLC sender', () => {
  test('escapes 11, 12, 13, 7D and 7E, also in the check sequence', () => {
    expect(encoded('1112137d7e')).toContain('7d317d327d337d5d7d5e');
    expect(toHex(encodeHdlc(fromHex('ff0350020100010006000000000000').subarray(0, 13)))).toBe(
      '7eff0350020100010006000000007d333a7e',
    );
  });
});

/** Six bytes, so that the frame is not too short. */
function encoded(hex: string): string {
  return toHex(encodeHdlc(fromHex(hex.padEnd(12, '0'))));
}
