// What the embedded broker knows of one connection: who it is, what it may still send, when it was last heard. It judges
// each packet by its head alone, before the parser sees a byte of it.
import { type Milliseconds } from '@fairamp/units';
import { type ConnectRequest, type RefusalReason } from './admission.js';
import { type PacketHead } from './packet-meter.js';
import { STRANGER_LIMITS, type Identity, type RoleLimits } from './roles.js';
import { TokenBucket } from './token-bucket.js';

/** MQTT 3.1.1, 2.2.1. */
const CONNECT = 1;
const ACKNOWLEDGEMENTS: readonly number[] = [4, 5, 7];
/** They answer what the broker sent, so they come at its rate; a twentieth still bounds a flood of them. */
const COST_OF_ACKNOWLEDGEMENT = 0.05;

export class BrokerSession {
  readonly address: string;
  /** Topic filters subscribed to. */
  readonly filters = new Set<string>();
  request: ConnectRequest | null = null;
  /** Its connection is being closed: what still comes of it is not worth a word. */
  isDismissed = false;
  #identity: Identity | null = null;
  #limits: RoleLimits = STRANGER_LIMITS;
  #heardAt: Milliseconds;
  #hasBegun = false;
  readonly #bucket: TokenBucket;

  constructor(address: string, now: Milliseconds) {
    this.address = address;
    this.#heardAt = now;
    this.#bucket = new TokenBucket(STRANGER_LIMITS.packets_per_s, now);
  }

  /** null until the credentials were right. */
  get identity(): Identity | null {
    return this.#identity;
  }

  get limits(): RoleLimits {
    return this.#limits;
  }

  get heardAt(): Milliseconds {
    return this.#heardAt;
  }

  become(identity: Identity, limits: RoleLimits): void {
    this.#identity = identity;
    this.#limits = limits;
    this.#bucket.changeRate(limits.packets_per_s);
  }

  /** null = it may pass */
  judge({ type, length }: PacketHead, now: Milliseconds): RefusalReason | null {
    if (!this.#hasBegun && type !== CONNECT) return 'not-connect';
    this.#hasBegun = true;
    this.#heardAt = now;
    if (length > this.#limits.packet_bytes) return 'packet-size';
    const cost = ACKNOWLEDGEMENTS.includes(type) ? COST_OF_ACKNOWLEDGEMENT : 1;
    return this.#bucket.take(cost, now) ? null : 'rate';
  }
}
