// What does a decision with reasons cost, and how does it grow? Sites of N charge points in circuits (twenty for a
// thousand), half of them metered, in a shortage: somebody is lowered, raised, waits. The same sites in one run, so the
// ratios do not depend on the machine; the time of the wall's clock is told beside them.
//
//   node bench/decide.mjs [--json]
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const SIZES = [4, 32, 256, 1_000, 10_000];
const POINTS_PER_CIRCUIT = 50;
const ROUNDS = 15;
const PHASES = ['L1', 'L2', 'L3'];

async function bundled() {
  const outfile = resolve('dist/bench/decide.mjs');
  await build({
    stdin: { contents: "export * from '@fairamp/balancing';", resolveDir: '.' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: 'tsconfig.json',
  });
  return import(outfile);
}

/** Mulberry32: the same site in every run. */
function diceOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const each = (value) => ({ L1: value(), L2: value(), L3: value() });

function pointOf(index, circuit, dice) {
  const phases = dice() < 0.5 ? PHASES : [PHASES[Math.floor(dice() * 3)]];
  const need = dice() < 0.7 ? 'charging' : dice() < 0.5 ? 'starting' : 'resting';
  const limit = need === 'charging' ? 60 + Math.floor(dice() * 100) : 0;
  const draw = each(() => 0);
  for (const phase of phases) draw[phase] = limit;
  return {
    id: `cp${String(index).padStart(5, '0')}`,
    circuit,
    need,
    since: Math.floor(dice() * 1e6),
    seatedAt: need === 'charging' ? Math.floor(dice() * 1e6) : null,
    waitsSince: Math.floor(dice() * 1e6),
    priority: dice() < 0.1 ? 1 : 0,
    goal: null,
    phases,
    maximum_dA: 160 + 160 * Math.floor(dice() * 2),
    maximumBecause: 'setting-max',
    minimum_dA: 60,
    limit_dA: limit,
    obeyed_dA: limit,
    reserved_dA: limit,
    isMetered: true,
    drawHigh_dA: draw,
    drawBefore_dA: draw,
    drawLow_dA: draw,
    heard: true,
    raisedAt: null,
    barred: [],
  };
}

function circuitOf(id, parent, limit, current) {
  return {
    id,
    parent,
    limit_dA: each(() => limit),
    seen: PHASES,
    device: { curve: 'gG', rated_dA: limit },
    load: { kind: 'measured', signed: true, current_dA: current },
    heat: each(() => 0.8),
    answers_ms: 11_500,
    overSince: each(() => null),
    recent_dA: null,
  };
}

/** Room for some two thirds of what is asked; some circuits a little over. */
export function siteOf(size, seed) {
  const dice = diceOf(seed);
  const count = Math.max(1, Math.round(size / POINTS_PER_CIRCUIT));
  const names = Array.from({ length: count }, (_, index) => `board-${index}`);
  const chargePoints = Array.from({ length: size }, (_, index) => pointOf(index, names[index % count], dice));
  const drawn = (points) =>
    Object.fromEntries(PHASES.map((phase) => [phase, points.reduce((sum, one) => sum + one.drawHigh_dA[phase], 0)]));
  const boards = names.map((name) => {
    const own = drawn(chargePoints.filter(({ circuit }) => circuit === name));
    const limit = Math.round(Math.max(...Object.values(own)) * (0.97 + 0.3 * dice()));
    return circuitOf(name, 'mains', Math.max(limit, 100), own);
  });
  const all = drawn(chargePoints);
  const mains = circuitOf('mains', null, Math.round(Math.max(...Object.values(all)) * 1.05), all);
  return { now: 2e6, circuits: [mains, ...boards], barred: [], turn_ms: 900_000, chargePoints };
}

const { decide } = await bundled();
const rows = [];
for (const size of SIZES) {
  const sites = Array.from({ length: 5 }, (_, seed) => siteOf(size, seed + 1));
  const repeats = Math.max(1, Math.round(2_000 / size));
  for (let warm = 0; warm < 3; warm += 1) for (const site of sites) decide(site);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    for (let count = 0; count < repeats; count += 1) for (const site of sites) decide(site);
    best = Math.min(best, (performance.now() - began) / (repeats * sites.length));
  }
  rows.push({ size, ms: best });
}
const yard = rows.find(({ size }) => size === 1_000);
const told = rows.map(({ size, ms }) => ({
  points: size,
  ms: Number(ms.toPrecision(3)),
  toThousand: Number((ms / yard.ms).toPrecision(3)),
  perPointLog: Number((ms / (size * Math.log2(size)) / (yard.ms / (1_000 * Math.log2(1_000)))).toPrecision(3)),
}));
if (process.argv.includes('--json')) console.log(JSON.stringify(told));
else console.table(told);
