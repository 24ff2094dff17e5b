// A port on loopback for a test that must know it before anybody listens there, and that may be left and taken again.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that the system gives to whoever asks for any (32768 and up): else it would give this one away meanwhile. */
const FIRST = 20_000;
/** Each process looks in a block of its own, as several tests look at the same time. */
const BLOCKS = 1000;
const BLOCK = 12;
let asked = 0;

export async function freePort(): Promise<number> {
  for (let tries = 0; tries < BLOCK; tries += 1) {
    const port = FIRST + (process.pid % BLOCKS) * BLOCK + (asked++ % BLOCK);
    if (await isFree(port)) return port;
  }
  throw new Error(`none of the ${BLOCK} ports of process ${process.pid} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
