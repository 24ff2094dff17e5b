// A small site for the tests of this room: an embedded broker on a free port, accounts of each role, and sockets that do
// what no client should.
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { EmbeddedBroker, identifyFrom, systemClock, type Account, type EmbeddedBrokerConfig } from '@fairamp/runtime';

export const accounts: readonly Account[] = [
  { role: 'slave', id: 'garage', password: 'pw-garage' },
  { role: 'slave', id: 'street', password: 'pw-street' },
  { role: 'bridge', id: 'meter', password: 'pw-meter' },
  { role: 'master', id: 'main', password: 'pw-main' },
];

export type Site = {
  readonly broker: EmbeddedBroker;
  readonly url: string;
  /** Refusals as `reason id`, alarms as `kind id`. */
  readonly told: string[];
  /** An ordinary client; a participant's when it has an id. */
  readonly join: (id?: string, over?: IClientOptions) => Promise<MqttClient>;
  /** Does a report still come through? */
  readonly stillServes: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

export async function startSite(over: Partial<EmbeddedBrokerConfig> = {}): Promise<Site> {
  const told: string[] = [];
  const broker = await EmbeddedBroker.start(
    {
      host: '127.0.0.1',
      port: 0,
      site: 'home',
      chargePoints: 2,
      identify: identifyFrom(accounts, { viewers: true }),
      // A computer that stalls is no client that does not say who it is.
      connectTimeout_ms: 2000,
      ...over,
    },
    {
      clock: systemClock,
      onAlarm: ({ kind, id }) => told.push(`${kind} ${id}`),
      onRefusal: ({ reason, id }) => told.push(`${reason} ${id}`.trim()),
    },
  );
  const clients: MqttClient[] = [];
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const joinThis: Site['join'] = async (id, options) => {
    const client = await join(url, id, options);
    clients.push(client);
    return client;
  };
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await broker.close();
  };
  return { broker, url, told, join: joinThis, stillServes: () => isServing(joinThis), close };
}

async function isServing(joinThis: Site['join']): Promise<boolean> {
  const topic = 'fairamp/home/telemetry/slave/street/limit_A';
  const viewer = await joinThis();
  const topics = topicsOf(viewer);
  await viewer.subscribeAsync('fairamp/#');
  const slave = await joinThis('street');
  slave.publish(topic, '16.0');
  return waitFor(() => topics.includes(topic));
}

export async function join(url: string, id?: string, over: IClientOptions = {}): Promise<MqttClient> {
  const named = id === undefined ? {} : { clientId: id, username: id, password: `pw-${id}` };
  const client = await connectAsync(
    url,
    { protocolVersion: 4, keepalive: id === undefined ? 60 : 5, reconnectPeriod: 0, ...named, ...over },
    false,
  );
  client.on('error', () => undefined);
  return client;
}

/** Topics that arrive from now on. */
export function topicsOf(client: MqttClient): string[] {
  const topics: string[] = [];
  client.on('message', (topic) => topics.push(topic));
  return topics;
}

/** A socket that has sent these bytes and ignores what becomes of it. */
export async function rawSocket(port: number, ...pieces: readonly Uint8Array[]): Promise<Socket> {
  const socket = connectTcp({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  for (const piece of pieces) {
    socket.write(piece);
    await pause(5);
  }
  return socket;
}

export async function isClosedWithin(socket: Socket, limit_ms: number): Promise<boolean> {
  socket.resume();
  return waitFor(() => socket.destroyed, limit_ms);
}

/** MQTT 3.1.1, 3.1: clean, with name and password when there is an id. */
export function connectBytes(id?: string, keepalive = 5): Uint8Array {
  const flags = id === undefined ? 0x02 : 0xc2;
  const named = id === undefined ? [] : [...field(id), ...field(`pw-${id}`)];
  return packet(0x10, [...field('MQTT'), 4, flags, 0, keepalive, ...field(id ?? ''), ...named]);
}

export function publishBytes(topic: string, payload: string, retain = false): Uint8Array {
  return packet(retain ? 0x31 : 0x30, [...field(topic), ...Buffer.from(payload)]);
}

export function subscribeBytes(filter: string): Uint8Array {
  return packet(0x82, [0, 1, ...field(filter), 0]);
}

function packet(first: number, body: readonly number[]): Uint8Array {
  const length = body.length < 128 ? [body.length] : [(body.length % 128) | 0x80, Math.floor(body.length / 128)];
  return Uint8Array.from([first, ...length, ...body]);
}

function field(text: string): readonly number[] {
  const bytes = Buffer.from(text);
  return [bytes.length >> 8, bytes.length & 0xff, ...bytes];
}

export function pause(time_ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time_ms));
}

const TURN_ms = 5;

/** Counts only time in which this process ran: a computer that stalls uses up nobody's bound. */
export class Stopwatch {
  #passed_ms = 0;
  #before = performance.now();
  readonly #timer = setInterval(() => this.#turn(), TURN_ms).unref();

  /** @returns what has passed until now */
  stop(): number {
    clearInterval(this.#timer);
    this.#turn();
    return this.#passed_ms;
  }

  get passed_ms(): number {
    return this.#passed_ms;
  }

  #turn(): void {
    const now = performance.now();
    this.#passed_ms += Math.min(now - this.#before, 4 * TURN_ms);
    this.#before = now;
  }
}

/** Polls; for what happens soon, but at no promised moment. */
export async function waitFor(condition: () => boolean, limit_ms = 2000): Promise<boolean> {
  const watch = new Stopwatch();
  while (!condition() && watch.passed_ms < limit_ms) await pause(TURN_ms);
  watch.stop();
  return condition();
}

/** Sends it until somebody has heard it: whoever has just subscribed may not be known to the broker yet. */
export async function sayUntil(say: () => void, heard: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 40 && !heard(); tries += 1) {
    say();
    await waitFor(heard, 50);
  }
  return heard();
}
