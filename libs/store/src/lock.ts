// One process per store (design 3 rule 8): two masters on one store would count the same epoch. The lock is a listening
// socket, so the kernel lets go of it with its process, whatever ends it. On Linux its name lives in no folder; elsewhere
// it is a file, which after a hard end has to be removed by hand.
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type StoreLock = { readonly release: () => void };

/**
 * @returns null when another living process holds it
 * @throws what the system says of a folder that cannot be made
 */
export async function lockStore(folder: string): Promise<StoreLock | null> {
  mkdirSync(folder, { recursive: true });
  const name = `fairamp-store-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`;
  const server = createServer((socket) => socket.destroy());
  const isMine = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error) => (Reflect.get(error, 'code') === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`), () => resolve(true));
  });
  if (!isMine) return null;
  // It must not keep a process alive that has nothing else to do.
  server.unref();
  return { release: () => server.close() };
}
