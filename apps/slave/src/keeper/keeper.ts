// The slave's end of its store's thread.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Log } from '@fairamp/runtime';
import type { Keeping } from '../slave.keeping.js';
import type { FromKeeper, KeeperData, ToKeeper } from './keeper-wire.js';

/** A slow card may take its time, but a slave that is asked to end within 2 s does. */
const CLOSE_WITHIN_ms = 1000;

/** As a store beside it, but that its end takes its time. */
export type Keeper = Omit<Keeping, 'close'> & { readonly close: () => Promise<void> };

/** @throws what the store says: another process has it */
export async function startKeeper(data: KeeperData, log: Log): Promise<Keeper> {
  const worker = new Worker(fileURLToPath(new URL('keeper.mjs', import.meta.url)), { workerData: data });
  const beginning = await new Promise<Keeping['beginning']>((resolve, reject) => {
    worker.once('error', reject);
    worker.on('message', (said: FromKeeper) => {
      if (said.kind === 'beginning') resolve(said.beginning);
      else log[said.level](said.fields, said.text);
    });
  });
  let isOver = false;
  worker.removeAllListeners('error').on('error', ({ message }) => {
    isOver = true;
    log.error({ alarm: true }, `nothing is kept any more: ${message}`);
  });
  worker.on('exit', () => (isOver = true));
  const tell = (told: ToKeeper): void => worker.postMessage(told);
  return {
    beginning,
    keep: (kept) => tell(kept),
    close: async () => {
      if (isOver) return;
      tell({ kind: 'close' });
      const force = setTimeout(() => void worker.terminate(), CLOSE_WITHIN_ms);
      await once(worker, 'exit');
      clearTimeout(force);
    },
  };
}
