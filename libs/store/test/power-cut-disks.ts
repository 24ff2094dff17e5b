// Which disks a power cut may leave after a list of changes. Data that was not synced is there, gone, torn at a sector or
// within one, or a hole of zeros; names that were not synced are changed or not. `journal` applies changes of names in
// their order and each call as a whole, as ext4 and xfs do; `harsh` applies any of them, and halves of a rename.

export type Inode = number;
export type DataChange = { readonly position: number; readonly bytes: Uint8Array } | { readonly length: number };
export type Change =
  | { readonly kind: 'data'; readonly inode: Inode; readonly data: DataChange }
  /** inode null = the name goes, if it still means `was`. Those of one call are one change to a journal. */
  | {
      readonly kind: 'name';
      readonly call: number;
      readonly path: string;
      readonly inode: Inode | null;
      readonly was: Inode | null;
    }
  | { readonly kind: 'synced'; readonly inode: Inode }
  | { readonly kind: 'names-synced'; readonly folder: string }
  /** A sync that failed: what was not synced may never be, whatever a later sync says. */
  | { readonly kind: 'forsaken'; readonly inode: Inode };
type NameChange = Extract<Change, { kind: 'name' }>;

export type Disk = ReadonlyMap<string, Uint8Array>;
export type Model = 'journal' | 'harsh';

const SECTOR_bytes = 512;
/** Above it only beginnings of what was written are tried, not every choice of it. */
const CHOICES_MAX = 5;

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Each disk once. */
export function* disksAfter(past: readonly Change[], model: Model): Generator<Disk> {
  const inodes = new Set(past.flatMap((change) => (change.kind === 'data' ? [change.inode] : [])));
  const contents = new Map([...inodes].map((inode) => [inode, contentsAfter(past, inode)]));
  const seen = new Set<string>();
  for (const names of namesAfter(past, model))
    for (const disk of disksOf([...names].sort(), contents)) {
      const key = [...disk].map(([path, bytes]) => `${path}\0${Buffer.from(bytes).toString('latin1')}`).join('\0\0');
      if (seen.has(key)) continue;
      seen.add(key);
      yield disk;
    }
}

export function changed(before: Uint8Array, data: DataChange): Uint8Array {
  const end = 'length' in data ? data.length : Math.max(before.length, data.position + data.bytes.length);
  const after = new Uint8Array(end);
  after.set(before.subarray(0, end));
  if ('bytes' in data) after.set(data.bytes, data.position);
  return after;
}

function* disksOf(
  names: readonly (readonly [string, Inode])[],
  contents: ReadonlyMap<Inode, readonly Uint8Array[]>,
): Generator<Disk> {
  const inodes = [...new Set(names.map(([, inode]) => inode))];
  for (const chosen of product(inodes.map((inode) => contents.get(inode) ?? [new Uint8Array()])))
    yield new Map(names.map(([path, inode]) => [path, chosen[inodes.indexOf(inode)] ?? new Uint8Array()]));
}

function* product<T>(lists: readonly (readonly T[])[]): Generator<readonly T[]> {
  const [first, ...rest] = lists;
  if (first === undefined) return yield [];
  for (const one of first) for (const others of product(rest)) yield [one, ...others];
}

function namesAfter(past: readonly Change[], model: Model): readonly ReadonlyMap<string, Inode>[] {
  const changes = past.filter((change) => change.kind === 'name');
  const isCertain = (change: NameChange): boolean =>
    past
      .slice(past.indexOf(change))
      .some((later) => later.kind === 'names-synced' && later.folder === folderOf(change.path));
  const open = changes.filter((change) => !isCertain(change));
  const choices = model === 'harsh' ? subsetsOf(open) : beginningsOf(open);
  return choices.map((chosen) => namesBy(changes.filter((change) => !open.includes(change) || chosen.has(change))));
}

function namesBy(changes: readonly NameChange[]): ReadonlyMap<string, Inode> {
  const names = new Map<string, Inode>();
  for (const { path, inode, was } of changes) {
    if (inode !== null) names.set(path, inode);
    else if (names.get(path) === was) names.delete(path);
  }
  return names;
}

function subsetsOf<T>(items: readonly T[]): readonly ReadonlySet<T>[] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => new Set(items.filter((_, at) => (bits >> at) & 1)));
}

function beginningsOf(changes: readonly NameChange[]): readonly ReadonlySet<NameChange>[] {
  const calls = [...new Set(changes.map(({ call }) => call))];
  return [0, ...calls].map((last) => new Set(changes.filter(({ call }) => call <= last)));
}

/** What a file may hold. */
function contentsAfter(past: readonly Change[], inode: Inode): readonly Uint8Array[] {
  const own = past.filter((change) => 'inode' in change && change.kind !== 'name' && change.inode === inode);
  const changes = own.flatMap((change, at) => {
    if (change.kind !== 'data') return [];
    const end = own.slice(at).find(({ kind }) => kind === 'synced' || kind === 'forsaken');
    return [{ data: change.data, isCertain: end?.kind === 'synced' }];
  });
  const open = changes.filter(({ isCertain }) => !isCertain);
  const kept = open.length > CHOICES_MAX ? open.map((_, at) => new Set(open.slice(0, at + 1))) : subsetsOf(open);
  const fates = kept.flatMap((chosen) => [
    new Map([...chosen].map((change) => [change, [change.data]])),
    ...[...chosen].flatMap((torn) =>
      tornWays(torn.data).map(
        (way) => new Map([...chosen].map((change) => [change, change === torn ? way : [change.data]])),
      ),
    ),
  ]);
  return [...fates, new Map()].map((fate) =>
    changes
      .flatMap((change) => (change.isCertain ? [change.data] : (fate.get(change) ?? [])))
      .reduce(changed, new Uint8Array()),
  );
}

/** Each way as the changes that come of it. */
function tornWays(data: DataChange): readonly (readonly DataChange[])[] {
  if ('length' in data) return [];
  const { position, bytes } = data;
  const hole = { position, bytes: new Uint8Array(bytes.length) };
  const ways = cutsOf(position, bytes.length).flatMap((cut) => {
    const head = { position, bytes: bytes.subarray(0, cut) };
    const rest = { position: position + cut, bytes: bytes.subarray(cut) };
    return [[head], [hole, head], [hole, rest]];
  });
  return [[hole], ...ways];
}

/** Sector boundaries, and some byte within: the first, the middle, the last. */
function cutsOf(position: number, length: number): readonly number[] {
  const boundary = SECTOR_bytes - (position % SECTOR_bytes);
  const boundaries = Array.from({ length: Math.ceil(length / SECTOR_bytes) }, (_, at) => boundary + at * SECTOR_bytes);
  const within = [1, length >> 1, length - 1];
  return [...new Set([...boundaries, ...within])].filter((cut) => cut > 0 && cut < length);
}
