import { join } from 'node:path';
import { slaveSchema, type SlaveAppConfig } from './config.js';
import { contradictions, planBoard } from './make-board.js';

const file = join(import.meta.dirname, '../test/plain-board.json');
const config = (board: object, settings: object = {}): SlaveAppConfig =>
  slaveSchema.parse({
    site: 'home',
    id: 'left',
    key: 'ab'.repeat(32),
    settings: { loadbl: 'disabled', ...settings },
    board,
  });

test.each<[settings: object, told: readonly string[]]>([
  [{ config: 'fixed' }, []],
  [{ config: 'fixed', cable_A: 32 }, []],
  [{ config: 'socket' }, ['settings.config: "socket", and the board is "fixed"']],
])('settings %j on a board with a fixed cable', (settings, told) => {
  const given = config({ kind: 'linux', file }, settings);
  expect(contradictions(planBoard(given), given.settings)).toEqual(told);
});

test('a lock of the other kind reads its contact the other way round', () => {
  const given = config({ kind: 'linux', file }, { config: 'socket', lock: 'solenoid' });
  const plan = planBoard(given);
  if (plan.kind !== 'linux') throw new Error('a linux board');
  const lock = { actuator: 'motor' } as NonNullable<typeof plan.description.lock>;
  const locked = { ...plan, description: { ...plan.description, connector: 'socket', lock } } as typeof plan;
  expect(contradictions(locked, given.settings)).toEqual([`settings.lock: "solenoid", and the board's is "motor"`]);
  expect(contradictions(locked, { ...given.settings, lock: 'motor' })).toEqual([]);
  expect(contradictions(locked, { ...given.settings, lock: 'disabled' })).toEqual([]);
});

test('the simulated board is whatever it is told to be', () => {
  const given = config({ plant: '/p', outlet: 'left' }, { config: 'fixed' });
  expect(contradictions(planBoard(given), given.settings)).toEqual([]);
});
