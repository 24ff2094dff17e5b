// What does a decision with reasons cost, and how does it grow? Sites of N charge points in circuits (twenty for a
// thousand), half of them on three phases, in a shortage: somebody is lowered, raised, waits. All sizes in turns in one
// run, so the ratios hardly depend on the machine. Beside it the regulator of software 2.07 at its own size.
//
//   node bench/decide.mjs [--json]
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const SIZES = [4, 32, 256, 1_000, 10_000];
const POINTS_PER_CIRCUIT = 50;
const SEEDS = 5;
const ROUNDS = 6;
/** Of a site of one charge point in each round; of a larger one as many fewer. */
const CALLS = 50_000;
/** What all others are compared with. */
const YARD = 1_000;
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
    loweredAt: null,
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

/** The regulator of software 2.07 at its own size: who charges, shares and no reasons. */
function classicOf(modules) {
  const record = { state: 'charging', share_A: 10, maximum_A: 32 };
  const records = Array.from({ length: modules }, () => record);
  return { measured_dA: 420, iset_dA: 400, noCurrent: 0, chargeCurrent_A: 32, records };
}
const CLASSIC_SETTINGS = { mode: 'smart', loadbl: 'master', mains_A: 40, max_A: 32, min_A: 6, cable_A: 32 };

const { decide, regulate, CLASSIC_MODULES } = await bundled();
/** @returns how long each single call took, after a warm-up */
function timed(calls, step) {
  for (let call = 0; call < calls / 4; call += 1) step(call);
  return Array.from({ length: calls }, (_, call) => {
    const began = performance.now();
    step(call);
    return performance.now() - began;
  });
}
// All sizes in turns, so that whatever else the machine does meets all of them.
const rows = SIZES.map((size) => {
  const sites = Array.from({ length: SEEDS }, (_, seed) => siteOf(size, seed + 1));
  return { name: 'fairamp', size, step: (call) => decide(sites[call % SEEDS]), times: [] };
});
const classic = classicOf(CLASSIC_MODULES);
const perCall = 100;
const regulated = () => {
  for (let call = 0; call < perCall; call += 1) regulate(classic, CLASSIC_SETTINGS, 'periodic');
};
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { size, step, times } of rows) times.push(...timed(Math.ceil(CALLS / size), step));
}
const classicTimes = timed(2_000, regulated).map((time) => time / perCall);

const quantile = (times, part) => [...times].sort((a, b) => a - b)[Math.floor(times.length * part)];
const figure = (value) => Number(value.toPrecision(3));
const costOf = (size) => size * Math.log2(size);
const yard = quantile(rows.find(({ size }) => size === YARD).times, 0.5);
const told = rows.map(({ name, size, times }) => {
  const toThousand = quantile(times, 0.5) / yard;
  return {
    strategy: name,
    points: size,
    median_ms: figure(quantile(times, 0.5)),
    p99_ms: figure(quantile(times, 0.99)),
    least_ms: figure(quantile(times, 0)),
    toThousand: figure(toThousand),
    toNLogN: figure(toThousand / (costOf(size) / costOf(YARD))),
  };
});
told.unshift({
  strategy: 'classic',
  points: CLASSIC_MODULES,
  median_ms: figure(quantile(classicTimes, 0.5)),
  p99_ms: figure(quantile(classicTimes, 0.99)),
  least_ms: figure(quantile(classicTimes, 0)),
});
if (process.argv.includes('--json')) console.log(JSON.stringify(told));
else console.table(told);
