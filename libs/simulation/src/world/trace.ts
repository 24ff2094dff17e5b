// The run in integers, for its hash: two runs are the same when every current, duty, contactor and lease was the same
// at every step. Kept as numbers until a block is full, since hashing each by itself would cost more than the run.
import { createHash } from 'node:crypto';

const BLOCK = 4096;

export class Trace {
  readonly #hash = createHash('sha256');
  #block = new Int32Array(BLOCK);
  #length = 0;

  /** @param value a whole number; what is beyond 32 bits wraps */
  push(value: number): void {
    if (this.#length === BLOCK) this.#flush();
    this.#block[this.#length] = value;
    this.#length += 1;
  }

  /** @returns 64 hexadecimal digits */
  digest(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  /** Little-endian, whatever the machine. */
  #flush(): void {
    const bytes = new DataView(new ArrayBuffer(4 * this.#length));
    for (let index = 0; index < this.#length; index += 1) bytes.setInt32(4 * index, this.#block[index] ?? 0, true);
    this.#hash.update(bytes);
    this.#length = 0;
  }
}
