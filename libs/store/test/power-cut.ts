// A disk in memory that can lose its power. It keeps what every call did, and for any moment it can say which disks a
// power cut may leave (`power-cut-disks.ts`).
import type { FileSystem } from '../src/file-system.js';
import { systemError } from '../src/system-error.js';
import { changed, disksAfter, folderOf, type Change, type Disk, type Inode, type Model } from './power-cut-disks.js';

export class PowerCutDisk implements FileSystem {
  readonly #names = new Map<string, Inode>();
  readonly #contents = new Map<Inode, Uint8Array>();
  readonly #open = new Map<number, Inode>();
  readonly #changes: Change[] = [];
  #next = 1;
  #call = 0;

  /** @param before what is on it, and lasts */
  constructor(
    before: Disk = new Map(),
    private readonly hasLinks = true,
  ) {
    for (const [path, bytes] of before) {
      const inode = this.#newInode();
      this.#name(path, inode);
      this.#change({ kind: 'data', inode, data: { position: 0, bytes } });
      this.#changes.push({ kind: 'synced', inode }, { kind: 'names-synced', folder: folderOf(path) });
    }
  }

  /** How many changes so far: a moment in which the power may go. */
  get moment(): number {
    return this.#changes.length;
  }

  /** As it is with power. */
  now(): Disk {
    return new Map([...this.#names].map(([path, inode]) => [path, this.#contentsOf(inode)]));
  }

  open(path: string, how: 'create' | 'update'): number {
    const known = this.#names.get(path);
    if (known !== undefined && how === 'create') throw systemError('EEXIST', path);
    const inode = known ?? this.#newInode();
    this.#call += 1;
    if (known === undefined) this.#name(path, inode);
    const handle = this.#next++;
    this.#open.set(handle, inode);
    return handle;
  }

  write(handle: number, bytes: Uint8Array, position: number): number {
    this.#change({ kind: 'data', inode: this.#inodeOf(handle), data: { position, bytes: Uint8Array.from(bytes) } });
    return bytes.length;
  }

  truncate(handle: number, length: number): void {
    this.#change({ kind: 'data', inode: this.#inodeOf(handle), data: { length } });
  }

  size(handle: number): number {
    return this.#contentsOf(this.#inodeOf(handle)).length;
  }

  sync(handle: number): void {
    this.#changes.push({ kind: 'synced', inode: this.#inodeOf(handle) });
  }

  syncData(handle: number): void {
    this.sync(handle);
  }

  /** What the kernel does when a sync fails. */
  failSync(handle: number): void {
    this.#changes.push({ kind: 'forsaken', inode: this.#inodeOf(handle) });
  }

  close(handle: number): void {
    this.#inodeOf(handle);
    this.#open.delete(handle);
  }

  read(path: string, most_bytes: number): Uint8Array {
    const bytes = this.#contentsOf(this.#known(path));
    if (bytes.length > most_bytes) throw systemError('EFBIG', path);
    return bytes;
  }

  rename(from: string, to: string): void {
    this.#call += 1;
    const inode = this.#known(from);
    this.#name(to, inode);
    this.#unname(from, inode);
  }

  link(from: string, to: string): void {
    this.#call += 1;
    if (!this.hasLinks) throw systemError('EPERM', 'no second names here');
    const inode = this.#known(from);
    if (this.#names.has(to)) throw systemError('EEXIST', to);
    this.#name(to, inode);
  }

  unlink(path: string): void {
    this.#call += 1;
    this.#unname(path, this.#known(path));
  }

  list(folder: string): readonly string[] {
    return [...this.#names.keys()]
      .filter((path) => folderOf(path) === folder)
      .map((path) => path.slice(folder.length + 1));
  }

  /** All that is asked for is there; a folder that is made has a test on a real disk. */
  makeFolder(): null {
    return null;
  }

  syncFolder(folder: string): void {
    this.#changes.push({ kind: 'names-synced', folder });
  }

  /** Every disk that a cut at that moment may leave, each once. */
  afterCut(moment: number, model: Model): Generator<Disk> {
    return disksAfter(this.#changes.slice(0, moment), model);
  }

  #newInode(): Inode {
    const inode = this.#next++;
    this.#contents.set(inode, new Uint8Array());
    return inode;
  }

  #name(path: string, inode: Inode): void {
    this.#names.set(path, inode);
    this.#changes.push({ kind: 'name', call: this.#call, path, inode, was: null });
  }

  #unname(path: string, was: Inode): void {
    this.#names.delete(path);
    this.#changes.push({ kind: 'name', call: this.#call, path, inode: null, was });
  }

  #change(change: Extract<Change, { kind: 'data' }>): void {
    this.#changes.push(change);
    this.#contents.set(change.inode, changed(this.#contentsOf(change.inode), change.data));
  }

  #known(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined) throw systemError('ENOENT', path);
    return inode;
  }

  #inodeOf(handle: number): Inode {
    const inode = this.#open.get(handle);
    if (inode === undefined) throw systemError('EBADF', String(handle));
    return inode;
  }

  #contentsOf(inode: Inode): Uint8Array {
    return this.#contents.get(inode) ?? new Uint8Array();
  }
}
