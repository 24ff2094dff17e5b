// `npm start` (dist/lab/main.mjs): the command line, then either a live view or a scripted run, and whatever happens, an
// end that leaves no process and no file behind.
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '@fairamp/runtime';
import { chooseHouse } from './choose-house.js';
import { Lab } from './lab.js';
import { showLive, showStatus } from './live.js';
import { outcomeOf, summaryOf } from './once.js';
import { parseOptions, type Options } from './options.js';
import { type PlantFile } from './plant/plant-file.js';
import { playScript } from './script.js';
import { scheduleOf } from './site/site-plan.js';
import { USAGE } from './usage.js';
import { clockOf } from './view/words.js';
import { isTerminal } from './view/terminal.js';

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

async function run(options: Options, house: PlantFile['house']): Promise<number> {
  const { asked, ask } = interruption();
  const isLive = options.once_s === null && isTerminal();
  // Of a scripted run standard output is the result alone.
  const say = options.once_s === null ? result : progress;
  const lab = new Lab(options, ({ at_s, text }) => (isLive ? undefined : say(`${clockOf(at_s)}  ${text}`)));
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
process.exit(await run(parsed.value, house.value));
