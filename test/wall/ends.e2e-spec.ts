// How a slave ends: asked to, in order; and not at all begun where its board's description is wrong.
import { readdirSync, readFileSync } from 'node:fs';
import { buildApps } from '../../apps/slave/test/lone-parts.js';
import { boardOf } from './board-of.js';
import { ChargePoint } from './charge-point.js';
import { TARRAGON } from './wirings.js';

beforeAll(buildApps, 120_000);

// The board whose outputs stay as they are when nobody drives them.
describe.each([TARRAGON])('a charge point on $name', (wiring) => {
  let point: ChargePoint;
  beforeAll(async () => {
    point = await ChargePoint.open(wiring);
  }, 60_000);
  afterAll(() => point.close());

  test.each([
    ['SIGTERM', 'the slave'],
    ['SIGINT', 'the slave'],
    // As a Ctrl-C in a terminal does.
    ['SIGINT', 'both'],
  ] as const)(
    '%s to %s: exit code 0, contact and pilot safe, no process left',
    async (signal, whom) => {
      await point.start();
      point.arrive();
      await point.untilCharging();
      const io = point.ioPid();
      if (whom === 'both') process.kill(io, signal);
      process.kill(point.slave.pid, signal);
      expect(await point.slave.ended).toBe(0);
      const { eyes } = point.frontEnd;
      await point.within(2, () => point.isSafe() && eyes.output().kind === 'F', 'safe, the pilot at F');
      expect(point.hasEnded()).toBe(true);
      expect(processesOf(point.folder)).toEqual([]);
    },
    120_000,
  );

  test('a description with mistakes: exit code 2, a line for each, and no output touched', async () => {
    const { pilot, ...rest } = boardOf(wiring) as Record<string, object>;
    const moves = point.coilMoves.length;
    point.describe({ ...rest, pilot: { ...pilot, mesure: {} }, phases: 2, faleSafe: {} });
    await point.start({ isPrepared: false, isHeard: false });
    expect(await point.slave.ended).toBe(2);
    const lines = point.slave.err().trim().split('\n');
    const mistaken = lines.map((line) => /board\.json: (\S+): /.exec(line)?.[1]);
    expect(mistaken.toSorted()).toEqual(['faleSafe', 'phases', 'pilot.mesure']);
    expect(point.coilMoves).toHaveLength(moves);
  }, 60_000);
});

/** By their command lines: those that were started with a file of the folder, but for the bridge and the plant. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandOf(pid))
    .filter((command) => command.includes(folder) && command.includes('dist/slave'));
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
