// CRC-32 (ISO 3309, as in zip and ethernet): finds every single flipped bit and every burst of up to 32 bits. It is
// against accidents of a disk, not against people.

const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let word = index;
  for (let bit = 0; bit < 8; bit += 1) word = (word & 1) === 0 ? word >>> 1 : (word >>> 1) ^ POLYNOMIAL;
  return word;
});

/** @returns eight hexadecimal digits, `cbf43926` of "123456789" */
export function crc32(bytes: Uint8Array): string {
  let word = 0xffffffff;
  for (const byte of bytes) word = (word >>> 8) ^ (TABLE[(word ^ byte) & 0xff] ?? 0);
  return ((word ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
}
