// The check sequence of the 1200 baud frames: CRC-16/X-25 (wire.md 1.2; the 2.07 source names another polynomial in a
// comment, its code is this one). Called by the framing alone; a Modbus frame has a check of its own.

/** 0x1021 with its bits reversed: the wire sends the lowest bit first. */
const POLYNOMIAL = 0x8408;
const ONES = 0xffff;

/** What remains over a body followed by its own CRC, low byte first: 0xF0B8, the residue of RFC 1662, inverted. */
export const X25_RESIDUE = 0x0f47;

export function crcX25(bytes: Iterable<number>): number {
  let register = ONES;
  for (const byte of bytes) register = (register >>> 8) ^ shiftedOut((register ^ byte) & 0xff);
  return register ^ ONES;
}

/** What eight shifts of the register make of its low byte; bitwise, because a line brings 120 bytes a second. */
function shiftedOut(lowByte: number): number {
  let register = lowByte;
  for (let bit = 0; bit < 8; bit += 1) register = (register >>> 1) ^ (register % 2 === 1 ? POLYNOMIAL : 0);
  return register;
}
