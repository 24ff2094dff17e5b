// The broker inside an app: aedes behind our own limits. aedes delivers; the doorkeeper decides who may connect, how much
// and what it may send. A refusal closes that one connection and harms no other. The app that hosts the broker connects
// like everybody else, over the loopback address.
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AedesOptions, type AuthenticateError, type Client, type ConnectPacket } from 'aedes';
import { assert, type Milliseconds } from '@fairamp/units';
import { messageOf } from '../message-of.js';
import { type Identify } from './accounts.js';
import { type RefusalReason } from './admission.js';
import { type BrokerSession } from './broker-session.js';
import { Doorkeeper, type BrokerWatch } from './doorkeeper.js';
import { GuardedConnection } from './guarded-connection.js';
import { CLIENTS_MAX, topicRights, type TopicRights } from './roles.js';
import { TOPIC_LEVELS_MAX } from './topic-filter.js';

export type EmbeddedBrokerConfig = {
  readonly host: string;
  /** 0 = any free one; `port` of the running broker says which. */
  readonly port: number;
  readonly site: string;
  readonly chargePoints: number;
  readonly identify: Identify;
  /** The table of roles.ts, unless told otherwise. */
  readonly rights?: TopicRights;
  readonly connectTimeout_ms?: Milliseconds;
};

/** reliability.md 0.1: with aedes' default of 60 s one frozen reader starved a healthy slave for 60.9 s. */
const DRAIN_TIMEOUT_ms = 2000;
/** reliability.md 4b. */
const CONNECT_TIMEOUT_ms = 5000;
/** Messages under way: four for each client (reliability.md 4b), so that a frozen one does not take the places of all. */
const CONCURRENCY = 4 * CLIENTS_MAX;
/** reliability.md 4b; packets that wait while a CONNECT is decided on. */
const QUEUE_MAX = 16;

/** CONNACK return codes (MQTT 3.1.1, 3.2.2.3); 5 "not authorized" for whatever has none of its own. */
const RETURN_CODES: { readonly [Reason in RefusalReason]?: 2 | 4 } = { 'client-id': 2, credentials: 4 };

export class EmbeddedBroker {
  readonly #doorkeeper: Doorkeeper;
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #connections = new Map<GuardedConnection, BrokerSession>();
  /** Outlives the connection, as a will is judged after it. */
  readonly #sessions = new WeakMap<object, BrokerSession>();

  private constructor(config: EmbeddedBrokerConfig, watch: BrokerWatch) {
    const { site, chargePoints, identify, rights = topicRights(config.site) } = config;
    this.#doorkeeper = new Doorkeeper({ site, chargePoints, identify, rights }, watch);
    this.#aedes = new Aedes({
      drainTimeout: DRAIN_TIMEOUT_ms,
      connectTimeout: config.connectTimeout_ms ?? CONNECT_TIMEOUT_ms,
      concurrency: CONCURRENCY,
      queueLimit: QUEUE_MAX,
      maxInflightInbound: QUEUE_MAX,
      maxTopicLevels: TOPIC_LEVELS_MAX,
      ...this.#decisions(),
    });
    this.#aedes.on('unsubscribe', (filters, client) => {
      for (const filter of filters) this.#sessionOf(client).filters.delete(filter);
    });
    this.#aedes.on('clientError', (client, error) => this.#onError(client, error));
    this.#aedes.on('connectionError', (client, error) => this.#onError(client, error));
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    this.#server.maxConnections = CLIENTS_MAX;
  }

  static async start(config: EmbeddedBrokerConfig, watch: BrokerWatch): Promise<EmbeddedBroker> {
    const broker = new EmbeddedBroker(config, watch);
    await broker.#aedes.listen();
    storeAtOnce(broker.#aedes);
    await new Promise<void>((resolve, reject) => {
      broker.#server.once('error', reject).listen(config.port, config.host, resolve);
    });
    return broker;
  }

  get port(): number {
    const address = this.#server.address();
    assert(typeof address === 'object' && address !== null, 'the broker listens on a port');
    return address.port;
  }

  get connections(): number {
    return this.#doorkeeper.connections;
  }

  async close(): Promise<void> {
    const isClosed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    for (const connection of this.#connections.keys()) connection.destroy();
    await isClosed;
  }

  #decisions(): AedesOptions {
    const door = this.#doorkeeper;
    return {
      preConnect: (client, packet, done) => {
        this.#sessionOf(client).request = requestOf(packet);
        done(null, true);
      },
      authenticate: (client, username, password, done) => {
        const reason = door.admit(this.#sessionOf(client), username ?? null, password?.toString() ?? null);
        done(reason === null ? null : connectError(reason), reason === null);
      },
      authorizePublish: (client, { topic, retain, payload }, done) => {
        const isAllowed =
          client !== null && door.judgePublish(this.#sessionOf(client), topic, retain, payload.length === 0);
        done(isAllowed ? null : new Refused());
      },
      authorizeSubscribe: (client, subscription, done) =>
        done(null, door.judgeSubscription(this.#sessionOf(client), subscription.topic) ? subscription : null),
      authorizeForward: (client, packet) => (door.mayReceive(this.#sessionOf(client), packet.topic) ? packet : null),
    };
  }

  #accept(socket: Socket): void {
    const session = this.#doorkeeper.arrive(socket.remoteAddress ?? '');
    if (session === null) {
      socket.destroy();
      return;
    }
    const connection = new GuardedConnection(socket, {
      judge: (head) => this.#doorkeeper.judgePacket(session, head),
      malformed: () => this.#doorkeeper.refuse(session, 'malformed', 'not MQTT'),
    });
    this.#connections.set(connection, session);
    this.#sessions.set(connection, session);
    connection.once('close', () => {
      this.#connections.delete(connection);
      this.#doorkeeper.leave(session);
    });
    this.#aedes.handle(connection);
  }

  #sessionOf(client: Client): BrokerSession {
    const session = this.#sessions.get(client.conn);
    assert(session !== undefined, 'every client came through #accept');
    return session;
  }

  #onError(client: Client, error: Error): void {
    const reason = reasonOf(error);
    if (reason !== null) this.#doorkeeper.refuse(this.#sessionOf(client), reason, error.message);
  }
}

/** What aedes asks of its memory, and awaits by `then` alone. Not in its types. */
type Memory = { storeRetained(packet: object): { then(done: () => void, fail: (error: unknown) => void): void } };

/**
 * While aedes waits for a retained message to be stored it hands on a later one, and then takes the first, by its number,
 * for one that the reader has had: a report that came together with a beacon was lost, each second anew. Its memory has
 * stored what it was given when the call returns, so nothing has to wait.
 */
function storeAtOnce(aedes: Aedes): void {
  const { persistence } = aedes as unknown as { readonly persistence: Memory };
  const store = persistence.storeRetained.bind(persistence);
  persistence.storeRetained = (packet) => {
    store(packet).then(
      () => undefined,
      (error: unknown) => assert(false, `the broker's memory: ${messageOf(error)}`),
    );
    return { then: (done) => done() };
  };
}

/** Already told by the doorkeeper. */
class Refused extends Error {}

function requestOf({ clientId, keepalive, clean, will }: ConnectPacket): BrokerSession['request'] {
  return {
    clientId,
    keepalive_s: keepalive ?? 0,
    clean: clean ?? false,
    will: will === undefined ? null : { topic: will.topic, retain: will.retain ?? false },
  };
}

function connectError(reason: RefusalReason): AuthenticateError {
  return Object.assign(new Refused(reason), { returnCode: RETURN_CODES[reason] ?? 5 });
}

/** aedes tells its own refusals by their words; null = none of ours, or the network's. */
function reasonOf(error: Error): RefusalReason | null {
  if (error instanceof Refused || 'code' in error) return null;
  if (error.message === 'drain timeout') return 'slow-reader';
  if (error.message === 'connect did not arrive in time') return 'connect-timeout';
  // A client that went silent: an everyday event of the network.
  if (error.message === 'keep alive timeout' || error.message === 'connection closed') return null;
  return 'malformed';
}
