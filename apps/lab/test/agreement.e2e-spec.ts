// One house, three cars and their times, played twice: by a real lab (processes, broker, pseudo-terminal) and by the
// simulator. Both must come to the same limits. The simulator is given the times that the lab really had. What no time
// can tell it (when a message came, in which half second a meter's reading fell) must not matter: it decides how much of
// a car's draw is proven while that car ramps, so every step of the house comes when nobody ramps, half way between two
// measurements, and every car half way between two decisions.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Milliseconds } from '@fairamp/units';
import { readLabRun, type LabRun, type LimitRow } from './agreement/lab-run.js';
import { Stalls } from './agreement/stalls.js';
import { differenceOf, type History, type Span, type Tube } from './agreement/tube.js';
import { readLabFiles, simulateTwin, type LabFiles } from './agreement/twin.js';
import { build, folderOf, newTemporary, removeTemporaries, start, until } from './running-lab.js';

const TUBE: Tube = { time_ms: 2000, current_dA: 10 };
const MINUTE_ms: Milliseconds = 60_000;
const POINTS = ['slave1', 'slave2', 'slave3'];

/** The Sensorbox speaks each 1802 ms from the plant's beginning, and measures half way between. */
const PERIOD_s = 1.802;
/** A sample arrives 0.25 s after the frame began and is decided on, as is 1 s later: this is between that and the next. */
const UNDECIDED_s = 1.5;
/** After the 17 s of silence of a new master, also where its process took 8 s to start. */
const ARRIVALS_s = [14, 15, 16].map((period) => (period * PERIOD_s + UNDECIDED_s).toFixed(2));
const MAINS_A = 31;
/** A minute from the last arrival, the tube beyond it, and a moment more. */
const ONCE_s = 93;

/**
 * L1 is busy from the moment that all three have their minimum until the slow one draws it. Then all are raised; then a
 * shower on L1, and all give way; then a dryer on L3 in its place, so that only the car on L1 alone gets more; then both.
 * What plays is begun again after its end, which is beyond ours.
 */
function houseCsv(late_s = 0): string {
  const rows = [
    [0, '2,2,2'],
    [17 * PERIOD_s, '12.2,2,2'],
    [28 * PERIOD_s + late_s, '2,2,2'],
    [35 * PERIOD_s + late_s, '12.2,2,2'],
    [42 * PERIOD_s + late_s, '2,2,18.2'],
    [47 * PERIOD_s + late_s, '12.2,2,18.2'],
    [60 * PERIOD_s, '2,2,2'],
    [61 * PERIOD_s, '2,2,2'],
  ];
  return ['time_s,L1_A,L2_A,L3_A', ...rows.map(([time_s, currents]) => `${time_s},${currents}`), ''].join('\n');
}

const folder = newTemporary();
const house = join(folder, 'house.csv');
let files: LabFiles;
let lab: LabRun;
let span: Span;
let spoilt: readonly Span[];

beforeAll(async () => {
  build();
  writeFileSync(house, houseCsv());
  const table = join(folder, 'lab.csv');
  const arrivals = ARRIVALS_s.map((at_s, index) => `--at ${at_s}:plug:${index + 1}`).join(' ');
  const run = start(`--once ${ONCE_s} --json --mains ${MAINS_A} --house ${house} --csv ${table} ${arrivals}`);
  const ended = once(run.lab, 'exit');
  const stalls = new Stalls();
  await until(() => run.progress().includes('car 1 arrives'), 60_000);
  const arrived = performance.now();
  files = readLabFiles(folderOf(run));
  await ended;
  lab = readLabRun(readFileSync(table, 'utf8'));
  const from = Math.max(...Object.values(lab.plugs));
  span = { from, to: from + MINUTE_ms };
  const first = Math.min(...Object.values(lab.plugs));
  spoilt = stalls.end().map((end) => spoiltBy(end - arrived + first));
}, 170_000);
afterAll(removeTemporaries);

function simulated(played = house): readonly LimitRow[] {
  const plant = { ...files.plant, house: { kind: 'recording', file: played } as const };
  return simulateTwin({ ...files, plant }, lab.plugs, span.to + TUBE.time_ms);
}

/** A raise in two steps is made 5 s later, after a message that may have been under way for 2 s before. */
function spoiltBy(at: Milliseconds): Span {
  return { from: at - 2_000, to: at + 8_000 };
}

function historyOf(point: string, rows: readonly LimitRow[]): History {
  return rows.map(({ at, limits_dA }) => ({ at, limit_dA: limits_dA[point] ?? 0 }));
}

function differences(simulator: readonly LimitRow[], unjudged = spoilt) {
  return POINTS.map((point) => {
    const judged = { span, tube: TUBE, unjudged };
    return { point, ...differenceOf(historyOf(point, lab.rows), historyOf(point, simulator), judged) };
  });
}

test('in that minute every car is there, and gives way by 3 A or more', () => {
  expect(Object.keys(lab.plugs)).toEqual(POINTS);
  expect(lab.rows.at(-1)?.at).toBeGreaterThan(span.to + TUBE.time_ms);
  const inside = lab.rows.filter(({ at }) => at >= span.from && at <= span.to);
  for (const point of POINTS) {
    const limits_dA = inside.map(({ limits_dA: limits }) => limits[point] ?? 0);
    const falls_dA = limits_dA.map((limit_dA, index) => Math.max(...limits_dA.slice(0, index + 1)) - limit_dA);
    expect(Math.max(...falls_dA)).toBeGreaterThanOrEqual(30);
  }
});

test("lab and simulator agree on every charge point's limit within 2 s and 1 A for a minute", () => {
  const rows = simulated();
  const found = differences(rows);
  const outside = found.filter(({ time_ms, current_dA }) => time_ms > TUBE.time_ms || current_dA > TUBE.current_dA);
  const both = outside.length === 0 ? {} : { lab: changesOf(lab.rows), simulator: changesOf(rows) };
  expect({ found, outside, spoilt, both }).toEqual({ found, outside: [], spoilt, both });
}, 60_000);

/** For people, when they disagree. */
function changesOf(rows: readonly LimitRow[]): readonly string[] {
  const told = rows.map(({ at, limits_dA }) => ({ at, text: POINTS.map((point) => limits_dA[point] ?? 0).join(' ') }));
  return told.filter(({ text }, row) => text !== told[row - 1]?.text).map(({ at, text }) => `${at} ms: ${text} dA`);
}

test('with the same house 3 s later they do not: the tube can tell', () => {
  const late = join(folder, 'late.csv');
  writeFileSync(late, houseCsv(3));
  for (const { time_ms } of differences(simulated(late), [])) expect(time_ms).toBeGreaterThan(TUBE.time_ms);
}, 60_000);
