// A site as a viewer has heard it so far. What is retained may be from another time: it is kept, but whoever said it is
// heard only when a message came live. Pure; what cannot be read is counted and changes nothing.
import { parseTopic, readUnproven, type Report, type SampleMessage, type Topic } from '@fairamp/protocol';
import { ownOf, type Milliseconds } from '@fairamp/units';
import { type Message } from '../broker/viewer.js';

export type Availability = 'online' | 'offline' | null;

/** Plain values for people, by the last word of their topics. */
type Plain = Readonly<Record<string, string>>;

export type Seen = {
  readonly id: string;
  readonly plain: Plain;
  /** When something other than a retained value came; null: never. */
  readonly heardAt: Milliseconds | null;
};
export type SlaveSeen = Seen & { readonly report: Report | null };
export type BridgeSeen = Seen & {
  /** The newest that came live; a sample is never retained. */
  readonly sample: { readonly message: SampleMessage; readonly at: Milliseconds } | null;
};

export type SiteState = {
  readonly site: string;
  readonly slaves: Readonly<Record<string, SlaveSeen>>;
  readonly bridges: Readonly<Record<string, BridgeSeen>>;
  readonly masters: Readonly<Record<string, Seen>>;
  readonly unreadable: number;
};

/** More than a roster may hold. */
const IDS_MAX = 300;
/** A sentence of the master fits; more is not one. Of goals and of what it has learnt of the wiring there are many. */
const LONGEST_PLAIN = 200;
const LONGEST_OF_MANY = 4_200;
const OF_MANY: readonly string[] = ['goals', 'learning'];
const PLAIN_LEAVES: Readonly<Record<Topic['role'], readonly string[]>> = {
  slave: ['availability', 'state', 'limit_A', 'draw_A', 'because', 'faults'],
  bridge: ['availability', 'mains_A'],
  master: ['availability', 'mode', 'limit_A', 'status', 'goals', 'learning', 'alarms'],
};

export function initialSite(site: string): SiteState {
  return { site, slaves: {}, bridges: {}, masters: {}, unreadable: 0 };
}

export function hear(state: SiteState, message: Message, at: Milliseconds): SiteState {
  const topic = parseTopic(message.topic);
  if (topic === null || topic.site !== state.site || topic.tree !== 'telemetry') return state;
  switch (topic.role) {
    case 'slave':
      return hearSlave(state, topic, message, at);
    case 'bridge':
      return hearBridge(state, topic, message, at);
    case 'master': {
      const before = ownOf(state.masters, topic.id) ?? unseen(topic.id);
      return { ...state, masters: put(state.masters, { ...before, ...news(before, topic, message, at) }) };
    }
  }
}

function hearSlave(state: SiteState, topic: Topic, message: Message, at: Milliseconds): SiteState {
  const before = ownOf(state.slaves, topic.id) ?? { ...unseen(topic.id), report: null };
  if (topic.leaf !== 'report') {
    // The plain values follow the report; the last will comes from the broker. Only the report says that it lives.
    const { plain } = news(before, topic, message, at);
    return { ...state, slaves: put(state.slaves, { ...before, plain }) };
  }
  const read = readUnproven('report', message.payload);
  if (!read.ok || read.value.from !== topic.id) return { ...state, unreadable: state.unreadable + 1 };
  const heardAt = message.retain ? before.heardAt : at;
  return { ...state, slaves: put(state.slaves, { ...before, report: read.value, heardAt }) };
}

function hearBridge(state: SiteState, topic: Topic, message: Message, at: Milliseconds): SiteState {
  const before = ownOf(state.bridges, topic.id) ?? { ...unseen(topic.id), sample: null };
  if (topic.leaf !== 'sample') {
    const { plain } = news(before, topic, message, at);
    return { ...state, bridges: put(state.bridges, { ...before, plain }) };
  }
  const read = readUnproven('sample', message.payload);
  if (!read.ok || read.value.from !== topic.id) return { ...state, unreadable: state.unreadable + 1 };
  if (message.retain) return state;
  const sample = { message: read.value, at };
  return { ...state, bridges: put(state.bridges, { ...before, sample, heardAt: at }) };
}

function unseen(id: string): Seen {
  return { id, plain: {}, heardAt: null };
}

function news(
  before: Seen,
  { role, leaf }: Topic,
  message: Message,
  at: Milliseconds,
): Pick<Seen, 'plain' | 'heardAt'> {
  const isKnown = PLAIN_LEAVES[role].includes(leaf);
  const plain = isKnown
    ? { ...before.plain, [leaf]: printable(message.payload, OF_MANY.includes(leaf) ? LONGEST_OF_MANY : LONGEST_PLAIN) }
    : before.plain;
  const isLife = !message.retain && leaf !== 'availability';
  return { plain, heardAt: isLife ? at : before.heardAt };
}

function put<One extends Seen>(all: Readonly<Record<string, One>>, one: One): Readonly<Record<string, One>> {
  const isNew = !Object.hasOwn(all, one.id);
  return isNew && Object.keys(all).length >= IDS_MAX ? all : { ...all, [one.id]: one };
}

/** Nothing from a broker may steer a terminal. */
function printable(payload: Uint8Array, longest: number): string {
  return new TextDecoder().decode(payload).replace(/\p{C}/gu, ' ').slice(0, longest).trim();
}

export function availabilityOf({ plain }: Seen): Availability {
  const word = plain['availability'];
  return word === 'online' || word === 'offline' ? word : null;
}
