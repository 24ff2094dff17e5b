// `node bench/meter-trust.mjs`: how often an honest meter is accused, and how soon a lying one (docs/meter-trust.md). The
// program is libs/simulation/test/trust, in one bundle.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));

const outfile = resolve('dist/bench/meter-trust.mjs');
await build({
  entryPoints: ['libs/simulation/test/trust/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  tsconfig: 'tsconfig.json',
  packages: 'external',
  alias: Object.fromEntries(
    ['units', 'protocol', 'leases', 'evse', 'balancing', 'nodes'].map((room) => [
      `@fairamp/${room}`,
      `./libs/${room}/src/index.ts`,
    ]),
  ),
  logLevel: 'warning',
});
await import(outfile);
