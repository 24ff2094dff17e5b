// Which happenings get a line in the legend, in which words, and under which number. A short story is told whole; of a
// long one what explains it: what went wrong, what was done to the site, and the reasons nearest to either. Pure choice,
// nothing is drawn here.
import { type Milliseconds } from '@fairamp/units';
import { type Happening } from './recording.js';

export type Entry = {
  readonly at: Milliseconds;
  readonly kind: Happening['kind'];
  readonly text: string;
  readonly pairs: readonly string[];
};

/** A number on the time axis, and the lines of the legend that stand under it. */
export type Mark = {
  readonly number: number;
  readonly at: Milliseconds;
  /** The gravest of its entries. */
  readonly kind: Happening['kind'];
  readonly entries: readonly Entry[];
};

export type Marking = {
  readonly marks: readonly Mark[];
  /** For whom the legend had no line. */
  readonly unlisted: readonly Entry[];
};

export const MOST_ENTRIES = 40;
/** Of these kinds so many at most while others wait: a cause must not be crowded out by its consequences. */
const FIRST_WRONG = 14;
const FIRST_DONE = 14;
const FIRST_SAID = 6;
/** Where nothing went wrong. */
const MOST_DONE = 26;
/** As much as stands in three lines of the legend. */
const LONGEST_text = 180;
/** So near to an overload or a violation it may be its cause or its consequence. */
const BESIDE_ms: Milliseconds = 30_000;

export const GRAVITY: readonly Happening['kind'][] = ['violation', 'trip', 'disturbance', 'said', 'reason'];

/**
 * @param together_ms what lies closer than this to the first of a mark shares its number
 * @param overloadedAt beginnings and ends of overloads; of a long story what lies near them is told first
 */
export function marksOf(
  happenings: readonly Happening[],
  together_ms: Milliseconds,
  firstNumber = 1,
  overloadedAt: readonly Milliseconds[] = [],
): Marking {
  const entries = entriesOf(happenings);
  const listed = new Set(chosen(entries, overloadedAt));
  const groups: Entry[][] = [];
  for (const entry of entries.filter((each) => listed.has(each))) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && entry.at - group[0].at < together_ms) group.push(entry);
    else groups.push([entry]);
  }
  return {
    marks: groups.map((group, index) => ({
      number: firstNumber + index,
      at: group[0]?.at ?? 0,
      kind: GRAVITY.find((kind) => group.some((entry) => entry.kind === kind)) ?? 'reason',
      entries: group,
    })),
    unlisted: entries.filter((entry) => !listed.has(entry)),
  };
}

/** In the order of time; of one kind in one second one entry, as long as its words are a few. */
function entriesOf(happenings: readonly Happening[]): readonly Entry[] {
  const entries: Entry[] = [];
  const places = new Map<string, number>();
  for (const happening of [...happenings].sort((one, other) => one.at - other.at)) {
    const { at, kind } = happening;
    const pairs = happening.pair === undefined ? [] : [happening.pair];
    const together = `${kind} ${Math.floor(at / 1000)}`;
    const place = places.get(together) ?? -1;
    const joined = entries[place] === undefined ? null : joinedBy(entries[place].text, wordsOf(happening));
    if (joined === null) {
      places.set(together, entries.length);
      entries.push({ at, kind, text: wordsOf(happening), pairs });
    } else {
      const before = entries[place];
      entries[place] = { at: before?.at ?? at, kind, text: joined, pairs: [...(before?.pairs ?? []), ...pairs] };
    }
  }
  return entries;
}

/** The same words twice are said once; null = it would be too long. */
function joinedBy(before: string, text: string): string | null {
  if (before.split('; ').includes(text)) return before;
  return before.length + text.length > LONGEST_text ? null : `${before}; ${text}`;
}

/** What is done to the site as a whole needs no name before it. */
function wordsOf({ who, text }: Happening): string {
  return who === '' || who === 'site' || text.startsWith(who) ? text : `${who}: ${text}`;
}

function chosen(entries: readonly Entry[], overloadedAt: readonly Milliseconds[]): readonly Entry[] {
  if (entries.length <= MOST_ENTRIES) return entries;
  const of = (...kinds: readonly Happening['kind'][]): readonly Entry[] =>
    entries.filter(({ kind }) => kinds.includes(kind));
  const wrong = of('violation', 'trip').slice(0, FIRST_WRONG);
  const anchors = [...timesOf(wrong), ...overloadedAt];
  const disturbances = of('disturbance');
  const done =
    anchors.length > 0
      ? inPairs(nearest(disturbances, anchors), disturbances, FIRST_DONE)
      : inPairs(spread(disturbances, MOST_DONE), disturbances, MOST_DONE);
  const said = nearest(of('said'), timesOf([...wrong, ...done])).slice(0, FIRST_SAID);
  const first = [...wrong, ...done, ...said];
  const left = entries.filter((entry) => !first.includes(entry));
  const rest = byWeight(nearest(left, anchors.length > 0 ? anchors : timesOf(first)), anchors);
  return inPairs([...first, ...rest], disturbances, MOST_ENTRIES);
}

function timesOf(entries: readonly Entry[]): readonly Milliseconds[] {
  return entries.map(({ at }) => at);
}

/** What begins is told with its end, or neither is. */
function inPairs(wanted: readonly Entry[], all: readonly Entry[], most: number): readonly Entry[] {
  const taken = new Set<Entry>();
  for (const entry of wanted) {
    const both = [entry, ...all.filter(({ pairs }) => pairs.some((pair) => entry.pairs.includes(pair)))];
    const more = new Set(both.filter((each) => !taken.has(each)));
    if (taken.size + more.size > most) continue;
    for (const each of more) taken.add(each);
  }
  return [...taken];
}

/** Beside what went wrong even a reason tells more than what was done elsewhere. */
function byWeight(entries: readonly Entry[], anchors: readonly Milliseconds[]): readonly Entry[] {
  const isBeside = ({ at }: Entry): boolean => anchors.some((anchor) => Math.abs(anchor - at) <= BESIDE_ms);
  const weight = (entry: Entry): number =>
    (isBeside(entry) ? 2 : 0) + (entry.kind === 'reason' || entry.kind === 'said' ? 0 : 1);
  const weighed = entries.map((entry) => ({ entry, weight: weight(entry) }));
  return weighed.sort((one, other) => other.weight - one.weight).map(({ entry }) => entry);
}

/** Where nothing went wrong no part of the story matters more than another. */
function spread(entries: readonly Entry[], most: number): readonly Entry[] {
  const each = Math.max(1, entries.length / most);
  return entries.filter((_, index) => Math.floor(index / each) !== Math.floor((index - 1) / each));
}

/** Those beside what matters come first; where nothing does, the earliest. */
function nearest(entries: readonly Entry[], anchors: readonly Milliseconds[]): readonly Entry[] {
  if (anchors.length === 0) return entries;
  const distance = ({ at }: Entry): Milliseconds => Math.min(...anchors.map((anchor) => Math.abs(anchor - at)));
  return [...entries].sort((one, other) => distance(one) - distance(other));
}
