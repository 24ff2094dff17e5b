// One participant's connection to its broker, for both directions. It connects, stays connected, subscribes anew after
// every connect, and delivers bytes. It never keeps a message for later: a control message that waited is a stale one
// (with mqtt.js's own default 30 of 30 commands came late after a reconnect, reliability.md 0.2), so what cannot be sent
// now is dropped and counted. The broker is trusted with delivery and with nothing else.
import { Socket } from 'node:net';
import { connect, ErrorWithReasonCode, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { messageOf } from './message-of.js';

export type Will = { readonly topic: string; readonly payload: string; readonly retain: boolean };

export type MqttLinkConfig = {
  /** `mqtt://host:1883` or `mqtts://host:8883`. */
  readonly url: string;
  readonly clientId: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly will?: Will | undefined;
};

/** What a person may want to know about the connection; the app logs it. */
export type LinkNotice =
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'subscription-refused'; readonly filter: string };

export type PublishOptions = {
  readonly retain: boolean;
  /** 1 is for retained documents alone: mqtt.js repeats it after a reconnect, which a grant must never be. */
  readonly qos: 0 | 1;
};
export type OnMessage = (topic: string, payload: Buffer, packet: IPublishPacket) => void;

/** Design 5: every participant pings each 5 s, and takes the broker for dead after 7.5 s. */
const KEEPALIVE_S = 5;
/** Covers the TCP connect too; a broker in the same house answers in milliseconds. */
const CONNECT_TIMEOUT_ms = 2000;
/** A master that is back within 5 s ends no session, so half a second is the most a retry may wait. */
const RETRY_ms = { least: 150, spread: 200 } as const;
/** After a refusal: four a minute stay below the five wrong passwords a minute that lock an address out (roles.ts). */
const RETRY_AFTER_REFUSAL_ms = 15_000;
/** About a hundred messages. More in the socket means that the broker does not read; later they would be stale. */
const UNSENT_BYTES_MAX = 65_536;
const CLOSE_WITHIN_ms = 500;

export class MqttLink {
  readonly client: MqttClient;
  readonly #notify: (notice: LinkNotice) => void;
  readonly #filters = new Set<string>();
  #phase: 'new' | 'open' | 'closed' = 'new';
  #up = false;
  #dropped = 0;

  /** Nothing connects before `open`. */
  constructor(config: MqttLinkConfig, notify: (notice: LinkNotice) => void) {
    this.#notify = notify;
    this.client = connect(config.url, optionsOf(config));
    this.client.on('connect', () => this.#onConnect());
    this.client.on('close', () => this.#onClose());
    this.client.on('reconnect', () => this.#retryAfter(RETRY_ms.least + Math.random() * RETRY_ms.spread));
    this.client.on('error', (error) => this.#onError(error));
  }

  get connected(): boolean {
    return this.#up;
  }

  /** Messages that were not sent because the broker was away or did not read. */
  get dropped(): number {
    return this.#dropped;
  }

  open(): void {
    this.#phase = 'open';
    this.client.connect();
  }

  onMessage(listener: OnMessage): void {
    this.client.on('message', listener);
  }

  /** At once when connected, and again after every connect: no session outlives its connection. */
  subscribe(filters: readonly string[]): void {
    for (const filter of filters) this.#filters.add(filter);
    if (this.#up) this.#subscribeTo(filters);
  }

  /** @returns false when it was dropped */
  publish(topic: string, payload: string | Uint8Array, { retain, qos }: PublishOptions): boolean {
    if (!this.#up || this.client.disconnecting || this.client.stream.writableLength > UNSENT_BYTES_MAX) {
      this.#dropped += 1;
      return false;
    }
    this.client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), { retain, qos });
    return true;
  }

  /** Orderly, so that the will stays unsaid; by force when the broker does not answer in time. */
  async close(): Promise<void> {
    if (this.#phase !== 'open') return;
    this.#phase = 'closed';
    // mqtt.js would otherwise connect once more when the last socket closes after its own end.
    this.client.options.reconnectPeriod = 0;
    let force: NodeJS.Timeout | undefined;
    const isLate = new Promise<void>((resolve) => (force = setTimeout(resolve, CLOSE_WITHIN_ms)));
    await Promise.race([this.client.endAsync(), isLate]);
    clearTimeout(force);
    this.client.stream.destroy();
  }

  #onConnect(): void {
    // perf.md 1b: 42 ms against 0.8 ms for a report that follows an acknowledgement. mqtt.js leaves Nagle on.
    if (this.client.stream instanceof Socket) this.client.stream.setNoDelay(true);
    this.#up = true;
    this.#notify({ kind: 'connected' });
    this.#subscribeTo([...this.#filters]);
  }

  #onClose(): void {
    if (this.#up) this.#notify({ kind: 'disconnected' });
    this.#up = false;
  }

  #onError(error: Error): void {
    if (error instanceof ErrorWithReasonCode) this.#retryAfter(RETRY_AFTER_REFUSAL_ms);
    this.#notify({ kind: 'failed', reason: messageOf(error) });
  }

  /** mqtt.js reads the option anew for each attempt. */
  #retryAfter(period_ms: number): void {
    if (this.#phase === 'open') this.client.options.reconnectPeriod = Math.round(period_ms);
  }

  #subscribeTo(filters: readonly string[]): void {
    if (filters.length === 0) return;
    this.client.subscribe([...filters], { qos: 0 }, (error, _granted, packet) => {
      const codes = packet?.granted ?? [];
      filters.forEach((filter, index) => {
        if (codes[index] === 128) this.#notify({ kind: 'subscription-refused', filter });
      });
      if (error !== null && codes.length === 0) this.#notify({ kind: 'failed', reason: messageOf(error) });
    });
  }
}

function optionsOf(config: MqttLinkConfig): IClientOptions {
  const { clientId, username, password, will } = config;
  return {
    clientId,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(will === undefined ? {} : { will: { ...will, qos: 0, payload: Buffer.from(will.payload) } }),
    // aedes speaks 3.1.1 only, so a broker can be exchanged for another (perf.md 1).
    protocolVersion: 4,
    clean: true,
    resubscribe: false,
    queueQoSZero: false,
    keepalive: KEEPALIVE_S,
    // Whatever else is sent: the answer to a ping is how a frozen broker is noticed.
    reschedulePings: false,
    connectTimeout: CONNECT_TIMEOUT_ms,
    reconnectPeriod: RETRY_ms.least,
    // Else a refusal, as by a broker that starts before its list of users is read, would be the last attempt.
    reconnectOnConnackError: true,
    manualConnect: true,
  };
}
