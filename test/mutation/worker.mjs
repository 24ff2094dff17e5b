// One worker: it is sent a mutant, and answers whether any spec noticed. The one who sends ends it when it hangs.
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { runSpecs } from './specs.mjs';

const specs = workerData.specs.map((path) => ({ path, took_ms: 0 }));
const without = await runSpecs(specs, null);
if (without.failed !== null) throw new Error(`the specs fail without any mutant: ${without.failed}: ${without.why}`);
parentPort.postMessage({ ready: without.ran });
parentPort.on('message', async ({ path, text }) => {
  const own = basename(path, '.ts');
  const isOwn = (spec) => basename(spec.path) === `${own}.spec.ts`;
  const order = [...specs].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || a.took_ms - b.took_ms);
  parentPort.postMessage(
    await runSpecs(
      order.map((spec) => ({ ...spec })),
      { path, text },
    ),
  );
});
