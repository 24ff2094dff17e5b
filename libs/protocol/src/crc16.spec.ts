import { X25_RESIDUE, crcX25 } from './crc16.js';

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

describe('CRC-16/X-25', () => {
  test.each([
    ['the catalogue check word', ascii('123456789'), 0x906e],
    ['nothing', [], 0x0000],
    [
      'a sensor body of 10.0, 20.5 and 0 counts',
      [...Buffer.from('ff0350010103000020410000a44100000000', 'hex')],
      0x108a,
    ],
  ])('of %s', (_, bytes, crc) => {
    expect(crcX25(bytes)).toBe(crc);
  });

  test('over a body and its own CRC, low byte first, leaves the residue that the receiver of 2.07 wants', () => {
    const body = ascii('any body');
    const crc = crcX25(body);
    expect(crcX25([...body, crc & 0xff, crc >> 8])).toBe(X25_RESIDUE);
  });
});
