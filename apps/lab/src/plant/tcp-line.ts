// The Sensorbox's wire where no pseudo-terminal can be had, or the bridge is not on this computer: a serial server, as
// one would put on a long cable. What is sent while nobody is connected is lost; who does not read is cut off.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { portOf } from '../supervise/free-port.js';
import { type Line } from './pty.js';

/** As much as a serial port's buffer holds. */
const UNREAD_BYTES_MAX = 4096;

export type ListenAddress = { readonly host: string; readonly port: number };

/** For a bridge on this computer, on whichever port is free. */
const LOOPBACK: ListenAddress = { host: '127.0.0.1', port: 0 };

export async function openTcpLine({ host, port }: ListenAddress = LOOPBACK): Promise<Line> {
  const readers = new Set<Socket>();
  const server = createServer((socket) => {
    readers.add(socket);
    socket.on('close', () => readers.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.resume();
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    path: `tcp://${host}:${portOf(server) ?? port}`,
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
