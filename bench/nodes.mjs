// What do the shipped nodes cost? A site is played once and its inputs are kept (nodes-site.mjs); then the same inputs
// go through fresh nodes, where nothing else runs, and are counted in CPU time. What another process takes from the
// machine shows in every figure alike: so each is the best of several rounds, all in one run, and one HMAC,
// which no code of ours can make cheaper, is the yardstick. A change that was to alter nothing leaves the digest as it
// is.
//
//   node bench/nodes.mjs [simulated seconds]
//   node --cpu-prof bench/nodes.mjs 3000
import { createHmac } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Site, freshNodes } from './nodes-site.mjs';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const SECONDS = Number(process.argv[2] ?? 300);
const ROUNDS = 20;

/** The nodes as an app gets them: one bundle. */
async function bundled() {
  const outfile = resolve('dist/bench/nodes.mjs');
  await build({
    stdin: {
      contents:
        "export * from '@fairamp/nodes'; export * from '@fairamp/protocol'; export { PLAIN } from '@fairamp/evse';",
      resolveDir: '.',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: 'tsconfig.json',
  });
  return import(outfile);
}

/** CPU time of this process, which no other one can lengthen. */
function cpu_us() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function replay(nodes, inputs) {
  const began = cpu_us();
  for (const { name, input } of inputs) {
    const node = nodes[name];
    node.state = node.step(node.state, input, node.config).state;
  }
  return cpu_us() - began;
}

/** `slave board`, `master report`, ...: what a step is about. */
function kindOf({ name, input }) {
  const role = name.startsWith('garage') ? 'slave' : name;
  return `${role} ${input.kind === 'message' ? input.topic.split('/').at(-1) : input.kind}`;
}

/** By the wall's clock, as CPU time is not told in microseconds: good for shares only. */
function replayByKind(nodes, inputs) {
  const kinds = {};
  for (const { name, input, kind } of inputs) {
    const node = nodes[name];
    const began = performance.now();
    node.state = node.step(node.state, input, node.config).state;
    const took = performance.now() - began;
    kinds[kind] ??= { count: 0, took: 0 };
    kinds[kind].count += 1;
    kinds[kind].took += took;
  }
  return kinds;
}

const TEXT = 'x'.repeat(500);
const KEY = new Uint8Array(32).fill(1);
function hmac_us() {
  const began = cpu_us();
  for (let n = 0; n < 10_000; n += 1) createHmac('sha256', KEY).update(TEXT).digest('hex');
  return (cpu_us() - began) / 10_000;
}

/** The quickest round of each kind: one that was interrupted by another process shows what that process took. */
function bestByKind(rounds) {
  const kinds = Object.keys(rounds[0]);
  return Object.fromEntries(
    kinds.map((kind) => {
      const { count } = rounds[0][kind];
      return [kind, { count, took: Math.min(...rounds.map((round) => round[kind].took)) }];
    }),
  );
}

function table(kinds, total_us) {
  const row = (kind, ...figures) => kind.padEnd(16) + figures.map((figure) => figure.padStart(12)).join('');
  const sum = Object.values(kinds).reduce((all, { took }) => all + took, 0);
  const byShare = Object.entries(kinds).sort(([, a], [, b]) => b.took - a.took);
  const rows = byShare.map(([kind, { count, took }]) => {
    const each_us = (took / sum) * (total_us / count);
    return row(kind, (count / SECONDS).toFixed(2), each_us.toFixed(1), `${((took / sum) * 100).toFixed(1)} %`);
  });
  return [row('step', 'each second', 'us', 'share'), ...rows];
}

const fairamp = await bundled();
const site = new Site(fairamp);
const digest = site.play(SECONDS);
const inputs = site.inputs.map((one) => ({ ...one, kind: kindOf(one) }));
const rounds = Array.from({ length: ROUNDS }, () => [replay(freshNodes(fairamp), inputs), hmac_us()]);
const total_us = Math.min(...rounds.map(([total]) => total));
const yardstick_us = Math.min(...rounds.map(([, yardstick]) => yardstick));
const byKind = bestByKind(Array.from({ length: ROUNDS }, () => replayByKind(freshNodes(fairamp), inputs)));
const each_us = total_us / SECONDS;
const lines = [
  ...table(byKind, total_us),
  '',
  `all nodes: ${each_us.toFixed(0)} us of CPU each simulated second, ${(1e6 / each_us).toFixed(0)} times real time`,
  `           ${(each_us / yardstick_us).toFixed(0)} times one HMAC of 500 bytes (${yardstick_us.toFixed(2)} us)`,
  `outputs:   ${digest} (${inputs.length} steps in ${SECONDS} s)`,
];
process.stdout.write(`${lines.join('\n')}\n`);
