// Who may do what on the broker: the one table of rights and limits by role (design.md 5). The embedded broker asks it
// for every packet, and the access list of a mosquitto is rendered from it, so both brokers mean the same. Rights keep
// order; they are not what safety rests on: every message that matters carries a MAC, because the broker is trusted
// with delivery alone (design.md 3 rule 9). Pure.
import { covers, isTopicName, isWithinLimits } from './topic-filter.js';

/** `lone`: a slave with LOADBL Disabled, which is its own master over one connection. */
export type ClientRole = 'slave' | 'bridge' | 'master' | 'lone' | 'viewer';

/** Who authenticated. A participant's id is its MQTT username and client id; a viewer's says nothing. */
export type Identity = { readonly role: ClientRole; readonly id: string };

export type RoleLimits = {
  readonly keepalive_s: { readonly least: number; readonly most: number };
  readonly packet_bytes: number;
  readonly packets_per_s: number;
  /** Retained messages stay in memory for ever, so each sender has a bound. */
  readonly retained: number;
};

export type RoleRights = { readonly publishes: readonly string[]; readonly reads: readonly string[] };

export const ROLES: readonly ClientRole[] = ['slave', 'bridge', 'master', 'lone', 'viewer'];

/** `{site}` and `{id}` are the client's own. */
export const RIGHTS: Readonly<Record<ClientRole, RoleRights>> = {
  viewer: {
    // A wish, which moves nothing but the order within what is fair.
    publishes: ['fairamp/{site}/settings/slave/+/goal'],
    reads: ['fairamp/{site}/telemetry/#'],
  },
  slave: {
    publishes: ['fairamp/{site}/telemetry/slave/{id}/#'],
    reads: ['fairamp/{site}/control/slave/{id}/#', 'fairamp/{site}/settings/slave/{id}/#'],
  },
  bridge: {
    publishes: ['fairamp/{site}/telemetry/bridge/{id}/#'],
    reads: ['fairamp/{site}/control/bridge/{id}/#'],
  },
  master: {
    publishes: ['fairamp/{site}/telemetry/master/{id}/#', 'fairamp/{site}/control/#', 'fairamp/{site}/settings/#'],
    reads: ['fairamp/{site}/#'],
  },
  lone: {
    publishes: [
      'fairamp/{site}/telemetry/slave/{id}/#',
      'fairamp/{site}/telemetry/master/{id}/#',
      'fairamp/{site}/control/#',
      'fairamp/{site}/settings/#',
    ],
    reads: ['fairamp/{site}/#'],
  },
};

const participant = { least: 1, most: 5 } as const;

/** design.md 5. A sender's retained topics: its report and plain values; a master's also the discovery documents. */
const LIMITS: Readonly<Record<ClientRole, RoleLimits>> = {
  viewer: { keepalive_s: { least: 1, most: 120 }, packet_bytes: 4096, packets_per_s: 50, retained: 0 },
  slave: { keepalive_s: participant, packet_bytes: 4096, packets_per_s: 20, retained: 64 },
  bridge: { keepalive_s: participant, packet_bytes: 4096, packets_per_s: 20, retained: 64 },
  master: { keepalive_s: participant, packet_bytes: 65_536, packets_per_s: 200, retained: 4096 },
  lone: { keepalive_s: participant, packet_bytes: 65_536, packets_per_s: 200, retained: 4096 },
};

/** Before anybody has said who they are. */
export const STRANGER_LIMITS = LIMITS.slave;

/** A burst is two and a half seconds' worth (reliability.md 4b: 20 a second, burst 50). */
export const BURST_S = 2.5;

/** design.md 5. Half of the places are for viewers at most, so that they cannot keep a slave out. */
export const CLIENTS_MAX = 256;
export const VIEWERS_MAX = 128;
export const KEEPALIVE_MAX_S = Math.max(...ROLES.map((role) => LIMITS[role].keepalive_s.most));
export const PACKET_BYTES_MAX = Math.max(...ROLES.map((role) => LIMITS[role].packet_bytes));

/** A master speaks to each of its charge points, so its rate grows with them. */
export function limitsOf(role: ClientRole, chargePoints: number): RoleLimits {
  const limits = LIMITS[role];
  return role === 'master' ? { ...limits, packets_per_s: limits.packets_per_s + 20 * chargePoints } : limits;
}

export type TopicRights = {
  readonly mayPublish: (identity: Identity, topic: string, retain: boolean) => boolean;
  readonly mayReceive: (identity: Identity, topic: string) => boolean;
  readonly maySubscribe: (identity: Identity, filter: string) => boolean;
};

export function topicRights(site: string): TopicRights {
  const has = (filters: readonly string[], id: string, topic: string): boolean =>
    filters.some((filter) => covers(filledIn(filter, site, id), topic));
  return {
    // A retained command would be obeyed again after every reconnect; the receiver refuses the flag as well.
    mayPublish: ({ role, id }, topic, retain) =>
      isTopicName(topic) && has(RIGHTS[role].publishes, id, topic) && !(retain && isControl(topic, site)),
    mayReceive: ({ role, id }, topic) => has(RIGHTS[role].reads, id, topic),
    // People type `fairamp/#`: a viewer may subscribe to anything and receives what it may read, as with mosquitto.
    maySubscribe: ({ role, id }, filter) =>
      isWithinLimits(filter) && (role === 'viewer' || has(RIGHTS[role].reads, id, filter)),
  };
}

export function isControl(topic: string, site: string): boolean {
  return covers(`fairamp/${site}/control/#`, topic);
}

export function filledIn(filter: string, site: string, id: string): string {
  return filter.replace('{site}', site).replace('{id}', id);
}
