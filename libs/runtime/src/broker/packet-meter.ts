// Finds where MQTT packets begin in a stream of bytes and how long each says it is, without keeping any of them: aedes'
// parser has no limit and would collect 256 MB that a stranger announces in five bytes (reliability.md 0.3). It sees the
// announcement first. Pure; survives any split of the bytes.

/** The fixed header (MQTT 3.1.1, 2.2): packet type 1 to 14, and the whole packet's length with its header. */
export type PacketHead = { readonly type: number; readonly length: number };

/** A remaining length has four bytes at most [MQTT 3.1.1, 2.2.3]. */
const LENGTH_BYTES_MAX = 4;

export class PacketMeter {
  #type = 0;
  #lengthBytes = 0;
  #remaining = 0;
  #part: 'type' | 'length' | 'body' = 'type';

  /** The heads that are complete with this chunk, or null when the bytes cannot be MQTT. */
  feed(chunk: Uint8Array): readonly PacketHead[] | null {
    const heads: PacketHead[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#part === 'body') {
        at += this.#skip(chunk.length - at);
        continue;
      }
      if (!this.#takeHeaderByte(chunk[at] ?? 0, heads)) return null;
      at += 1;
    }
    return heads;
  }

  #skip(available: number): number {
    const skipped = Math.min(available, this.#remaining);
    this.#remaining -= skipped;
    if (this.#remaining === 0) this.#part = 'type';
    return skipped;
  }

  #takeHeaderByte(byte: number, heads: PacketHead[]): boolean {
    if (this.#part === 'type') {
      this.#type = byte >> 4;
      this.#lengthBytes = 0;
      this.#remaining = 0;
      this.#part = 'length';
      return this.#type > 0 && this.#type < 15;
    }
    this.#remaining += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes += 1;
    if ((byte & 0x80) !== 0) return this.#lengthBytes < LENGTH_BYTES_MAX;
    heads.push({ type: this.#type, length: 1 + this.#lengthBytes + this.#remaining });
    this.#part = this.#remaining === 0 ? 'type' : 'body';
    return true;
  }
}
