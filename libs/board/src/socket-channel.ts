// A line channel to a unix or TCP socket that comes back by itself: it connects again with a growing, bounded pause
// until it is closed. It never gives up, because the plant or the board's computer may take its time to start.
import { createConnection, type Socket } from 'node:net';
import type { Milliseconds } from '@fairamp/units';
import type { LineChannel } from './line-channel.js';
import { readLines, writeLine } from './socket-lines.js';

export type SocketAddress = { readonly path: string } | { readonly host: string; readonly port: number };
export type Backoff = { readonly first_ms: Milliseconds; readonly longest_ms: Milliseconds };

/** A plant that restarts is missed for a moment only; one that is gone costs one try in 2 s, for as long as it takes. */
const BACKOFF: Backoff = { first_ms: 50, longest_ms: 2000 };

export class SocketChannel implements LineChannel {
  private readonly lineListeners = new Set<(line: string) => void>();
  private readonly connectionListeners = new Set<(connected: boolean) => void>();
  private socket: Socket | null = null;
  private connected = false;
  private closed = false;
  private pause_ms: Milliseconds;
  private retry: NodeJS.Timeout | undefined;
  private why = 'closed by the other side';
  private toldWhy: string | null = null;

  constructor(
    private readonly address: SocketAddress,
    private readonly backoff: Backoff = BACKOFF,
    /** Why there is no connection, told when it is another reason than the last time. */
    private readonly onTrouble: (why: string) => void = () => undefined,
  ) {
    this.pause_ms = backoff.first_ms;
    this.connect();
  }

  send(line: string): void {
    if (this.connected && this.socket !== null) writeLine(this.socket, line);
  }

  onLine(listener: (line: string) => void): () => void {
    this.lineListeners.add(listener);
    return () => this.lineListeners.delete(listener);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.connectionListeners.add(listener);
    listener(this.connected);
    return () => this.connectionListeners.delete(listener);
  }

  /** What was sent before still goes out. */
  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.socket?.destroySoon();
  }

  private connect(): void {
    const socket = createConnection(this.address);
    this.socket = socket;
    // Without it a heartbeat can wait 40 ms for the one before to be acknowledged (perf.md 1b).
    socket.setNoDelay(true);
    readLines(socket, (line) => this.hear(line));
    socket.on('connect', () => this.change(true));
    this.why = 'closed by the other side';
    // The `close` that always follows does not say it.
    socket.on('error', ({ message }) => (this.why = message));
    socket.on('close', () => this.lost());
  }

  /** Who is spoken to is connected in earnest: the next trouble is a new one. */
  private hear(line: string): void {
    this.toldWhy = null;
    this.lineListeners.forEach((listener) => listener(line));
  }

  private lost(): void {
    this.change(false);
    if (this.closed) return;
    if (this.why !== this.toldWhy) this.onTrouble(this.why);
    this.toldWhy = this.why;
    this.retry = setTimeout(() => this.connect(), this.pause_ms);
    this.pause_ms = Math.min(this.pause_ms * 2, this.backoff.longest_ms);
  }

  private change(connected: boolean): void {
    if (connected) this.pause_ms = this.backoff.first_ms;
    if (connected === this.connected) return;
    this.connected = connected;
    this.connectionListeners.forEach((listener) => listener(connected));
  }
}
