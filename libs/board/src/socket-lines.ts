// Lines over a stream socket, for either end of it. Both directions are bounded: a peer that never sends a line feed,
// or never reads, costs a fixed number of bytes and then its connection.
import type { Socket } from 'node:net';
import { LONGEST_LINE_bytes } from './plant-wire.js';

/** Unread lines of some seconds: a peer that far behind is frozen, and what it would read is stale. */
const LONGEST_BACKLOG_bytes = 64 * 1024;

/** Calls with each whole line; hangs up on a line that cannot be one of ours. */
export function readLines(socket: Socket, onLine: (line: string) => void, longest_bytes = LONGEST_LINE_bytes): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
    if (rest.length > longest_bytes) socket.destroy();
  });
}

export function writeLine(socket: Socket, line: string): void {
  if (!socket.writable) return;
  if (socket.writableLength > LONGEST_BACKLOG_bytes) socket.destroy();
  else socket.write(`${line}\n`);
}
