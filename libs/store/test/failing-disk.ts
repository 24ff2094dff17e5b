// A disk of which the n-th call fails, once or from then on until it is mended. A write may take half before it fails; a
// sync that fails loses what it should have kept, as kernels do.
import type { FileSystem } from '../src/file-system.js';
import { systemError } from '../src/system-error.js';
import type { PowerCutDisk } from './power-cut.js';

export type Failure = {
  /** From 1 on; Infinity = never. */
  readonly call: number;
  readonly lasts: 'once' | 'on';
  readonly how: 'ENOSPC' | 'EIO' | 'half';
};

export class FailingDisk {
  calls = 0;
  #isMended = false;
  /** The call after half a write says why. */
  #hasHalf = false;
  readonly fs: FileSystem;

  constructor(
    private readonly disk: PowerCutDisk,
    private readonly failure: Failure,
  ) {
    this.fs = new Proxy<FileSystem>(disk, {
      get: (_target, name: keyof FileSystem) => {
        return (...args: unknown[]) => this.#call(name, args);
      },
    });
  }

  mend(): void {
    this.#isMended = true;
  }

  #call(name: keyof FileSystem, args: unknown[]): unknown {
    this.calls += 1;
    const own = this.disk[name] as (...all: unknown[]) => unknown;
    if (!this.#isDue()) return own.apply(this.disk, args);
    const [handle, bytes, position] = args as [number, Uint8Array, number];
    const { how } = this.failure;
    if (name === 'sync' || name === 'syncData') this.disk.failSync(handle);
    // A handle is gone, whatever close says.
    if (name === 'close') own.apply(this.disk, args);
    if (name === 'write' && how === 'half' && (this.#hasHalf = !this.#hasHalf))
      return this.disk.write(handle, bytes.subarray(0, bytes.length >> 1), position);
    throw systemError(how === 'half' ? 'ENOSPC' : how, `${name} fails`);
  }

  #isDue(): boolean {
    const { call, lasts } = this.failure;
    return !this.#isMended && (lasts === 'once' ? this.calls === call : this.calls >= call);
  }
}
