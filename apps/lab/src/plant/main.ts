// The plant's process (dist/lab/plant.mjs FILE): house, cars, contactors and the Sensorbox's wire. It outlives every
// slave, so that a killed slave's car goes on drawing until the outlet's own fail-safe acts; and it ends with the lab.
// Without a lab (in a container) its file says when the cars arrive, and it tells people instead.
import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { BoardServer } from './board-server.js';
import { endAll } from './guard.js';
import { toPlant, type FromPlant, type ToPlant } from './messages.js';
import { houseOf, plantConfigOf, plantFile, type PlantFile } from './plant-file.js';
import { PlantLoop } from './plant-loop.js';
import { openPty, type Line } from './pty.js';
import { openTcpLine } from './tcp-line.js';

/** Half of what the boards' samples need; the loop catches up by itself when it is late. */
const STEP_ms = 10;
const TRUTH_EVERY_ms = 100;
/** A finger on a switch; longer than its contact bounces. */
const PRESS_ms = 300;

/** Else whoever started it has no channel to it. */
const hasLab = process.send !== undefined;
/** Into the void when the lab is gone: that is told by `disconnect`. */
const tell = (message: FromPlant): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};
const sayToPeople = (text: string): void => {
  if (!hasLab) process.stderr.write(`plant: ${text}\n`);
};

async function openLine({ serialServer }: PlantFile): Promise<{ line: Line; noPty: string | null }> {
  if (serialServer !== undefined) return { line: await openTcpLine(serialServer), noPty: null };
  const pty = await openPty();
  return pty.ok ? { line: pty.value, noPty: null } : { line: await openTcpLine(), noPty: pty.detail };
}

function obey(loop: PlantLoop, command: Exclude<ToPlant, { kind: 'guard' }>): void {
  switch (command.kind) {
    case 'house-step':
      return loop.stepHouse(command.step_dA);
    case 'fault':
      return loop.command(command.outlet, { kind: 'fault', fault: command.fault, on: command.on });
    case 'press':
      loop.command(command.outlet, { kind: 'press', pressed: true });
      setTimeout(() => loop.command(command.outlet, { kind: 'press', pressed: false }), PRESS_ms);
      return undefined;
    default:
      return loop.command(command.outlet, { kind: command.kind });
  }
}

function awaitCars({ outlets }: PlantFile, loop: PlantLoop): void {
  for (const { id, car, arrives_s } of outlets) {
    if (arrives_s === undefined) continue;
    setTimeout(() => {
      loop.command(id, { kind: 'plug' });
      sayToPeople(`a car arrives at ${id}: ${car}`);
    }, arrives_s * 1000);
  }
}

/** What the lab says from now on; and when it says nothing any more, the end of whatever it had started. */
function heedLab(loop: PlantLoop, folder: string): void {
  let guarded: readonly number[] = [];
  process.on('message', (message) => {
    const command = toPlant.safeParse(message);
    if (!command.success) return;
    if (command.data.kind === 'guard') guarded = command.data.pids;
    else obey(loop, command.data);
  });
  process.on('disconnect', () => {
    const others = guarded.filter((pid) => pid !== process.pid);
    void endAll(others).then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    });
  });
}

async function run(path: string): Promise<void> {
  const file = plantFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const house = houseOf(file);
  if (!house.ok) throw new Error(house.detail);
  // House, meter and cars have this one clock, and it begins with them: a house plays from its beginning.
  const began_ms = performance.now();
  const now = (): number => Math.floor(performance.now() - began_ms);
  const loop = new PlantLoop(plantConfigOf(file, house.value), 0);
  const outlets = file.outlets.map(({ id }) => id);
  const boards = new BoardServer(outlets, (outlet, line) => loop.boardSaid(outlet, line));
  const { line, noPty } = await openLine(file);
  // A plant that was killed leaves its socket behind.
  rmSync(file.socket, { force: true });
  await boards.listen(file.socket);
  heedLab(loop, dirname(path));
  awaitCars(file, loop);
  setInterval(() => {
    const { bytes, told } = loop.advance(now());
    if (bytes.length > 0) line.write(bytes);
    for (const { outlet, line: said } of told) boards.send(outlet, said);
  }, STEP_ms);
  setInterval(() => {
    const truth = loop.truth();
    if (truth !== null) tell(truth);
  }, TRUTH_EVERY_ms);
  tell({ kind: 'ready', at_ms: now(), port: line.path, house: house.value.label, noPty });
  sayToPeople(`${house.value.label}; the Sensorbox speaks on ${line.path}`);
}

// A ctrl-c in the terminal reaches every process of the lab; the world does not end before those who act in it.
process.on('SIGINT', () => (hasLab ? undefined : process.exit(0)));
process.on('SIGTERM', () => process.exit(0));
await run(process.argv[2] ?? '');
