// The integers of the 2.07 processor: `int` is 16 bit and wraps. `classic` runs its sums through these wherever 2.07
// can leave the range; nothing of ours ever may.

export function signed16(value: number): number {
  return (value << 16) >> 16;
}

export function unsigned16(value: number): number {
  return value & 0xffff;
}

export function unsigned8(value: number): number {
  return value & 0xff;
}
