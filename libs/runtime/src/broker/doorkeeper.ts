// Every decision of the embedded broker about who may do what, with no socket and no aedes in it: connections arrive and
// leave, CONNECTs are admitted, packets, publishes and subscriptions are judged. What is refused is told to `onRefusal`
// under its reason, and the caller closes the connection.
import { AuthThrottle } from './auth-throttle.js';
import { refusalOf, type RefusalReason } from './admission.js';
import { type Identify } from './accounts.js';
import { BrokerSession } from './broker-session.js';
import { type PacketHead } from './packet-meter.js';
import { RetainedBook } from './retained-book.js';
import { isControl, limitsOf, VIEWERS_MAX, type Identity, type TopicRights } from './roles.js';
import { type Clock } from '../clock.js';

export type House = {
  readonly site: string;
  readonly chargePoints: number;
  readonly identify: Identify;
  readonly rights: TopicRights;
};

export type Refusal = {
  readonly reason: RefusalReason;
  /** Empty for viewers and strangers. */
  readonly id: string;
  readonly address: string;
  readonly detail: string;
};

/** Two that are alive say they are the same participant: one is wrongly configured, or a stranger. */
export type BrokerAlarm = {
  readonly kind: 'duplicate-id';
  readonly id: string;
  readonly addresses: readonly [string, string];
};

export type BrokerWatch = {
  readonly clock: Clock;
  readonly onAlarm: (alarm: BrokerAlarm) => void;
  readonly onRefusal: (refusal: Refusal) => void;
};

/** A person's view has one filter, a master a handful. */
const FILTERS_MAX = 64;
/** From one address; a site's 64 charge points may all come back at once behind one. */
const STRANGERS_PER_ADDRESS_MAX = 64;
/** A participant sends every second: who was silent for longer was most likely cut off, and this is its return. */
const ALIVE_WITHIN_ms = 2500;

export class Doorkeeper {
  readonly #house: House;
  readonly #watch: BrokerWatch;
  readonly #sessions = new Set<BrokerSession>();
  readonly #participants = new Map<string, BrokerSession>();
  readonly #throttle = new AuthThrottle();
  readonly #retained = new RetainedBook();

  constructor(house: House, watch: BrokerWatch) {
    this.#house = house;
    this.#watch = watch;
  }

  get connections(): number {
    return this.#sessions.size;
  }

  /** @returns null when too many from that address have not said who they are */
  arrive(address: string): BrokerSession | null {
    const session = new BrokerSession(address, this.#watch.clock.now());
    const strangers = [...this.#sessions].filter((other) => other.identity === null && other.address === address);
    if (strangers.length >= STRANGERS_PER_ADDRESS_MAX) {
      this.refuse(session, 'too-many', 'connections without a CONNECT');
      return null;
    }
    this.#sessions.add(session);
    return session;
  }

  leave(session: BrokerSession): void {
    this.#sessions.delete(session);
    const { identity } = session;
    if (identity !== null && this.#participants.get(identity.id) === session) this.#participants.delete(identity.id);
  }

  judgePacket(session: BrokerSession, head: PacketHead): boolean {
    const reason = session.judge(head, this.#watch.clock.now());
    if (reason !== null) this.refuse(session, reason, `packet type ${head.type}, ${head.length} bytes`);
    return reason === null;
  }

  /** null = admitted: the session has its identity from here on. */
  admit(session: BrokerSession, username: string | null, password: string | null): RefusalReason | null {
    const reason = this.#refusalOf(session, username, password);
    if (reason !== null)
      this.refuse(session, reason, `CONNECT of "${username ?? ''}" as "${session.request?.clientId ?? ''}"`);
    return reason;
  }

  #refusalOf(session: BrokerSession, username: string | null, password: string | null): RefusalReason | null {
    const now = this.#watch.clock.now();
    const { address, request } = session;
    if (this.#throttle.isBlocked(address, username ?? '', now)) return 'throttled';
    const identity = this.#house.identify(username, password);
    if (identity === null || request === null) {
      this.#throttle.failed(address, username ?? '', now);
      return 'credentials';
    }
    const limits = limitsOf(identity.role, this.#house.chargePoints);
    const taken = this.#participants.has(request.clientId);
    const full = [...this.#sessions].filter((other) => other.identity?.role === 'viewer').length >= VIEWERS_MAX;
    const reason = refusalOf(request, identity, { rights: this.#house.rights, limits, full, taken });
    if (reason !== null) return reason;
    session.become(identity, limits);
    if (identity.role !== 'viewer') this.#register(session, identity);
    return null;
  }

  #register(session: BrokerSession, { id }: Identity): void {
    const older = this.#participants.get(id);
    this.#participants.set(id, session);
    if (older === undefined || this.#watch.clock.now() - older.heardAt > ALIVE_WITHIN_ms) return;
    this.#watch.onAlarm({ kind: 'duplicate-id', id, addresses: [older.address, session.address] });
  }

  /** @returns false when it must not be delivered */
  judgePublish(session: BrokerSession, topic: string, retain: boolean, isEmpty: boolean): boolean {
    const { identity, limits } = session;
    const reason = this.#publishRefusal(session, topic, retain);
    if (reason !== null) this.refuse(session, reason, topic.slice(0, 128));
    if (reason !== null || identity === null) return false;
    if (!retain || this.#retained.note(identity.id, topic, isEmpty, limits.retained)) return true;
    this.refuse(session, 'retained-number', `${topic} would be one above ${limits.retained}`);
    return false;
  }

  #publishRefusal({ identity }: BrokerSession, topic: string, retain: boolean): RefusalReason | null {
    const { rights, site } = this.#house;
    if (identity !== null && rights.mayPublish(identity, topic, retain)) return null;
    return retain && isControl(topic, site) ? 'retained-control' : 'publish';
  }

  judgeSubscription(session: BrokerSession, filter: string): boolean {
    const { identity, filters } = session;
    const isAllowed = identity !== null && this.#house.rights.maySubscribe(identity, filter);
    if (isAllowed && (filters.size < FILTERS_MAX || filters.has(filter))) {
      filters.add(filter);
      return true;
    }
    this.refuse(session, 'subscribe', filter.slice(0, 128));
    return false;
  }

  mayReceive({ identity }: BrokerSession, topic: string): boolean {
    return identity !== null && this.#house.rights.mayReceive(identity, topic);
  }

  /** Told once for each connection, as the first refusal closes it; a refused subscription alone does not. */
  refuse(session: BrokerSession, reason: RefusalReason, detail: string): void {
    if (session.isDismissed) return;
    session.isDismissed = reason !== 'subscribe';
    this.#watch.onRefusal({ reason, id: session.identity?.id ?? '', address: session.address, detail });
  }
}
