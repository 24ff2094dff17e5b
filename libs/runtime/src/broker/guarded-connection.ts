// A client's socket with a guard in front: the heads of its packets are judged before a byte reaches the broker's
// parser. What the guard refuses closes the connection at once. Towards the client everything passes; the broker's own
// drain time-out (2 s) deals with those who do not read.
import { type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { PacketMeter, type PacketHead } from './packet-meter.js';

/** @returns false to close the connection */
export type JudgePacket = (head: PacketHead) => boolean;

/** `malformed`: bytes that cannot be MQTT. */
export type GuardedConnectionParts = { readonly judge: JudgePacket; readonly malformed: () => void };

/** One packet of a master, so that a single large one does not count as a client that does not read. */
const UNSENT_BYTES_BEFORE_WAITING = 65_536;

export class GuardedConnection extends Duplex {
  readonly #socket: Socket;
  readonly #meter = new PacketMeter();

  constructor(socket: Socket, parts: GuardedConnectionParts) {
    super({ writableHighWaterMark: UNSENT_BYTES_BEFORE_WAITING });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk, parts));
    socket.on('end', () => this.push(null));
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.destroy());
    socket.pause();
  }

  #take(chunk: Buffer, { judge, malformed }: GuardedConnectionParts): void {
    if (this.destroyed) return;
    const heads = this.#meter.feed(chunk);
    if (heads === null) malformed();
    if (heads === null || !heads.every(judge)) {
      this.destroy();
      return;
    }
    if (!this.push(chunk)) this.#socket.pause();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#socket.write(chunk, callback);
  }

  /** A packet comes in several pieces; as one write it is one segment on the wire, with Nagle off. */
  override _writev(pieces: readonly { readonly chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    this.#socket.write(Buffer.concat(pieces.map(({ chunk }) => chunk)), callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#socket.end(callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#socket.destroy();
    callback(error);
  }
}
