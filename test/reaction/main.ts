// `npm run reaction`: how long from a car that leaves C until the contactor's coil is written off? docs/reaction.md says
// what runs, and has the figures.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApps, ROOT } from '../../apps/slave/test/lone-parts.js';
import { distributionOf, netTimesOf, timesOf } from './distribution.js';
import { measure, type Measured } from './measure.js';
import { lineOf, tableOf, withTable } from './page.js';
import { picture } from './picture.js';
import { SETUPS, type SetUp } from './setups.js';

const PAGE = join(ROOT, 'docs/reaction.md');
const PICTURE = join(ROOT, 'docs/reaction.svg');
const MANY = 1000;
const POINTS = 4;
const USAGE = `npm run reaction -- [--trials N] [--points N] [--only SET-UP ...] [--json] [--write]

How long from a car that leaves C until the contactor's coil is written off, on a fake sysfs, as root.
  --trials N   of each set-up; ${MANY} without
  --points N   charge points beside each other, one trial at a time each; ${POINTS} without
  --only ID    this set-up alone, or several: ${SETUPS.map(({ id }) => id).join(' ')}
  --json       one JSON object for each set-up on standard output, with every time
  --write      the table and the picture of docs/reaction.md, made anew; not with --only
`;
const INTERRUPTED = 130;
const PROGRESS_ms = 1000;

type Options = {
  readonly trials: number;
  readonly points: number;
  readonly setUps: readonly SetUp[];
  readonly json: boolean;
  readonly write: boolean;
};

/** @throws with what is wrong of the command line */
function optionsOf(words: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...words],
    options: {
      trials: { type: 'string', default: `${MANY}` },
      points: { type: 'string', default: `${POINTS}` },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { only, json, write } = values;
  const unknown = only.find((id) => !SETUPS.some((setUp) => setUp.id === id));
  if (unknown !== undefined) throw new Error(`--only: no set-up "${unknown}"`);
  if (write && only.length > 0) throw new Error('--write wants all set-ups: not with --only');
  const setUps = only.length === 0 ? SETUPS : SETUPS.filter(({ id }) => only.includes(id));
  const [trials, points] = [countOf('--trials', values.trials, 100_000), countOf('--points', values.points, 16)];
  return { trials, points, setUps, json, write };
}

function countOf(option: string, text: string, most: number): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > most) throw new Error(`${option}: "${text}" is not 1 to ${most}`);
  return count;
}

async function run({ trials, points, setUps, json, write }: Options): Promise<number> {
  let isOver = false;
  process.on('SIGINT', () => (isOver = true));
  buildApps();
  const measured: Measured[] = [];
  for (const setUp of setUps) {
    const one = await measure(setUp, { trials, points, onTrial: progressOf(setUp, trials), isOver: () => isOver });
    if (isOver) break;
    measured.push(one);
    process.stderr.write(`\r\u001b[K${lineOf(one)}\n`);
    if (json) process.stdout.write(`${JSON.stringify(factsOf(one))}\n`);
  }
  if (isOver) return INTERRUPTED;
  if (write) {
    writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), tableOf(measured)));
    writeFileSync(PICTURE, picture(measured));
  } else if (!json) process.stdout.write(`${tableOf(measured)}\n`);
  return 0;
}

/** In a terminal one line that changes; in a file one line now and then. */
function progressOf(setUp: SetUp, wanted: number): (trials: Measured['trials']) => void {
  const began_ms = performance.now();
  let toldAt_ms = 0;
  const each_ms = process.stderr.isTTY ? PROGRESS_ms : 30 * PROGRESS_ms;
  return (trials) => {
    const now_ms = performance.now();
    if (now_ms - toldAt_ms < each_ms || trials.length === 0) return;
    toldAt_ms = now_ms;
    const left_min = ((now_ms - began_ms) * (wanted - trials.length)) / trials.length / 60_000;
    const { p50_ms, most_ms } = distributionOf(timesOf(trials));
    const figures = `p50 ${p50_ms.toFixed(1)} ms, longest ${most_ms.toFixed(1)} ms`;
    const text = `${setUp.id}: ${trials.length} of ${wanted}, ${figures}, ${left_min.toFixed(1)} min left`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  };
}

function factsOf({ setUp, trials, missed, stalls, stolen_ms, lasted_ms }: Measured): object {
  const [times_ms, net_ms] = [timesOf(trials), netTimesOf(trials, stalls)];
  const facts = { gross: distributionOf(times_ms), net: distributionOf(net_ms), missed, stolen_ms, lasted_ms };
  return { id: setUp.id, ...facts, stalls: timesOf(stalls), times_ms, net_ms };
}

async function main(): Promise<number> {
  try {
    const options = optionsOf(process.argv.slice(2));
    if (options !== null) return await run(options);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    process.stderr.write(`reaction: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

process.exitCode = await main();
