// `npm run reaction`: how long from a car that leaves C until the contactor's coil is written off (docs/reaction.md). The
// program is test/reaction, in one bundle; its files still find what stands beside them.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));

const besideItself = {
  name: 'beside-itself',
  setup({ onLoad }) {
    onLoad({ filter: /\/(apps|test)\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
      loader: 'ts',
    }));
  },
};

const outfile = resolve('dist/bench/reaction.mjs');
await build({
  entryPoints: ['test/reaction/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  tsconfig: 'tsconfig.json',
  packages: 'external',
  alias: { '@fairamp/units': './libs/units/src/index.ts' },
  plugins: [besideItself],
  logLevel: 'warning',
});
await import(outfile);
