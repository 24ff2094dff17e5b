// The Sensorbox's wire where no pseudo-terminal can be had: a serial server on loopback, as one would put on a long
// cable. What is sent while nobody is connected is lost; who does not read is cut off.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { portOf } from '../supervise/free-port.js';
import { type Line } from './pty.js';

/** As much as a serial port's buffer holds. */
const UNREAD_BYTES_MAX = 4096;

export async function openTcpLine(): Promise<Line> {
  const readers = new Set<Socket>();
  const server = createServer((socket) => {
    readers.add(socket);
    socket.on('close', () => readers.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    path: `tcp://127.0.0.1:${portOf(server) ?? 0}`,
    write: (bytes) => {
      for (const reader of readers) {
        if (reader.writableLength > UNREAD_BYTES_MAX) reader.destroy();
        else reader.write(bytes);
      }
    },
    close: () => {
      for (const reader of readers) reader.destroy();
      server.close();
    },
  };
}
