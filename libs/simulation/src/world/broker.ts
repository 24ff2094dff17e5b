// The broker of a simulated site: it delivers to whom a topic concerns, keeps what is retained, and says a client's
// will when that client is gone without a farewell. It is trusted with neither timeliness nor authenticity, so it may
// restart with what it had saved long ago. Wires to and from it are the network's.
import type { Said } from '@fairamp/nodes';

export type Packet = {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  /** For the checkers: a packet arrives as the very one that was published. */
  readonly says?: Said;
};

export type Client = {
  readonly id: string;
  readonly subscribes: (topic: string) => boolean;
  readonly hear: (packet: Packet, retained: boolean) => void;
  /** It is connected again, and everything retained follows. */
  readonly connected: () => void;
  readonly will: Packet | null;
};

/** What a participant leaves to the network: who sends to whom, and what kind of message it is. */
export type Carry = (from: string, to: string, what: string, deliver: () => void) => void;

export class MemoryBroker {
  #isUp = true;
  /** Counts starts: what was on its way to an earlier life is lost. */
  #life = 0;
  #retained = new Map<string, Packet>();
  #saved = new Map<string, Packet>();
  readonly #clients = new Map<string, Client>();

  constructor(private readonly carry: Carry) {}

  get isUp(): boolean {
    return this.#isUp;
  }

  connect(client: Client): void {
    if (!this.#isUp) return;
    this.#clients.set(client.id, client);
    client.connected();
    for (const packet of this.#retained.values()) if (client.subscribes(packet.topic)) this.#send(client, packet, true);
  }

  isConnected(id: string): boolean {
    return this.#clients.has(id);
  }

  /** Without a farewell, so its will is said. */
  drop(id: string): void {
    const client = this.#clients.get(id);
    if (client === undefined) return;
    this.#clients.delete(id);
    if (client.will !== null) this.#route(client.will);
  }

  publish(from: string, packet: Packet): void {
    if (!this.#clients.has(from)) return;
    const life = this.#life;
    this.carry(from, 'broker', whatIs(packet), () => {
      if (this.#isUp && life === this.#life) this.#route(packet);
    });
  }

  /** Everything that it saved is from the last autosave; every connection is gone. */
  kill(): void {
    this.#isUp = false;
    this.#life += 1;
    this.#clients.clear();
  }

  start(retained: 'kept' | 'lost' | 'old'): void {
    this.#isUp = true;
    if (retained === 'lost') this.#retained = new Map();
    if (retained === 'old') this.#retained = new Map(this.#saved);
  }

  /** Call now and then: what it would still know after a crash. */
  save(): void {
    if (this.#isUp) this.#saved = new Map(this.#retained);
  }

  #route(packet: Packet): void {
    if (packet.retain) this.#retained.set(packet.topic, packet);
    for (const client of this.#clients.values()) if (client.subscribes(packet.topic)) this.#send(client, packet, false);
  }

  #send(client: Client, packet: Packet, retained: boolean): void {
    // Each connection is a client of its own, so this also holds for one to an earlier life.
    this.carry('broker', client.id, whatIs(packet), () => {
      if (this.#clients.get(client.id) === client) client.hear(packet, retained);
    });
  }
}

/** What is no message is text for people. */
function whatIs({ says }: Packet): string {
  return says?.kind ?? 'text';
}
