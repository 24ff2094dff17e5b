// `npm start` (dist/lab/main.mjs): the command line, then either a live view or a scripted run, and whatever happens, an
// end that leaves no process and no file behind.
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '@fairamp/runtime';
import { asTyped, clockOf, isTerminal } from '@fairamp/terminal';
import { chooseHouse } from './choose-house.js';
import { Lab } from './lab.js';
import { showLive, showStatus } from './live.js';
import { outcomeOf, summaryOf } from './once.js';
import { parseOptions, type Options } from './options.js';
import { type PlantFile } from './plant/plant-file.js';
import { openRunTable, type RunTable } from './run-table.js';
import { playScript } from './script.js';
import { scheduleOf } from './site/site-plan.js';
import { USAGE } from './usage.js';

/** What a shell reports for a program that ctrl-c ended: 128 + SIGINT. */
const INTERRUPTED = 130;

const result = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string): void => void process.stderr.write(`${line}\n`);

function refuse(detail: string): never {
  progress(`npm start: ${detail}`);
  process.exit(2);
}

/** Somebody asks for the end. Listened for before anything starts: whoever interrupts a start leaves nothing behind. */
function interruption(): { readonly asked: Promise<'interrupted'>; readonly ask: () => void } {
  let ask: () => void = () => undefined;
  const asked = new Promise<'interrupted'>((resolve) => {
    ask = () => resolve('interrupted');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  return { asked, ask };
}

/** Null = as long as nobody asks for the end. */
async function timeIsUp(seconds: number | null): Promise<'over'> {
  await (seconds === null ? new Promise(() => undefined) : pause(seconds * 1000));
  return 'over';
}

type Run = { readonly options: Options; readonly house: PlantFile['house']; readonly table: RunTable | null };

async function run({ options, house, table }: Run): Promise<number> {
  const { asked, ask } = interruption();
  const isLive = options.once_s === null && isTerminal();
  // Of a scripted run standard output is the result alone.
  const say = options.once_s === null ? result : progress;
  const lab = new Lab(options, {
    event: ({ at_s, text }) => (isLive ? undefined : say(`${clockOf(at_s)}  ${text}`)),
    truth: (truth, { watch }) => table?.note(truth, watch),
  });
  const started = await Promise.race([lab.start(house), asked]);
  if (started === 'interrupted') return INTERRUPTED;
  const stopScript = playScript(lab, scheduleOf(options.actions));
  const hide = isLive ? showLive(lab, ask) : showStatus(lab, say);
  const why = await Promise.race([timeIsUp(options.once_s), asked]);
  stopScript();
  hide();
  const outcome = outcomeOf(lab, options.once_s ?? Math.round(lab.elapsed_s));
  await lab.stop();
  if (options.once_s === null) return 0;
  if (why === 'interrupted') return INTERRUPTED;
  result(options.json ? JSON.stringify(outcome) : summaryOf(outcome));
  return outcome.well ? 0 : 1;
}

/** Before anything starts, so that nobody looks on for an hour and has nothing to show for it. */
function openTable({ csv }: Options): RunTable | null {
  if (csv === null) return null;
  try {
    return openRunTable(asTyped(csv));
  } catch (error) {
    return refuse(`--csv ${csv}: ${messageOf(error)}`);
  }
}

// Processes, files and the screen are put in order by those who listen for the exit.
process.on('uncaughtException', (error) => {
  progress(`npm start: ${messageOf(error)}`);
  process.exit(1);
});
const parsed = parseOptions(process.argv.slice(2));
if (!parsed.ok) refuse(parsed.detail);
if (parsed.value.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const house = chooseHouse(parsed.value);
if (!house.ok) refuse(house.detail);
const table = openTable(parsed.value);
const code = await run({ options: parsed.value, house: house.value, table });
table?.close();
process.exit(code);
