import { type PhysicalFault } from '@fairamp/simulation';
import { perPhase } from '@fairamp/units';
import { plantConfigOf, type PlantFile } from './plant-file.js';
import { PlantLoop } from './plant-loop.js';

const FILE: PlantFile = {
  socket: '',
  seed: 1,
  mains_dA: 400,
  house: { kind: 'model' },
  outlets: [
    { id: 'slave1', car: 'single-phase', lock: 'motor', wired: ['L1', 'L2', 'L3'] },
    { id: 'slave2', car: 'single-phase', lock: 'none', wired: ['L2', 'L3', 'L1'] },
  ],
};
const HOUSE = { label: '', duration_ms: 1000, currentsAt: () => perPhase(() => 100) };
const PWM_16_A = { kind: 'pilot', pilot: { kind: 'pwm', duty_permille: 267 } } as const;

/** Two boards that do their duty until a given moment. */
function run(until_ms: number, heartbeatsUntil_ms: number, loop = new PlantLoop(plantConfigOf(FILE, HOUSE), 0)) {
  for (let now = 0; now <= until_ms; now += 10) {
    if (now === 0) for (const outlet of ['slave1', 'slave2']) loop.command(outlet, { kind: 'plug' });
    for (const outlet of ['slave1', 'slave2']) {
      if (now === 100) loop.boardSaid(outlet, PWM_16_A);
      if (now === 2000) loop.boardSaid(outlet, { kind: 'power', on: true });
      if (now <= heartbeatsUntil_ms) loop.boardSaid(outlet, { kind: 'heartbeat' });
    }
    loop.advance(now);
  }
  return loop.truth();
}

test('a car draws what its pilot offers, from the conductor that its outlet is wired to', () => {
  expect(run(10_000, 10_000)?.outlets).toMatchObject([
    { id: 'slave1', pilot: 'C', contactorClosed: true, offered_dA: 160, draw_dA: { L1: 160, L2: 0, L3: 0 } },
    { id: 'slave2', pilot: 'C', contactorClosed: true, phases: ['L2'], draw_dA: { L1: 0, L2: 160, L3: 0 } },
  ]);
});

test('I3 what a dead board left switched on goes on drawing, and is off within 6 s', () => {
  expect(run(13_000, 10_000)?.cars_dA).toEqual({ L1: 160, L2: 160, L3: 0 });
  expect(run(16_000, 10_000)?.cars_dA).toEqual({ L1: 0, L2: 0, L3: 0 });
});

test('a step in the house comes on top of what it draws, and never below nothing', () => {
  const loop = new PlantLoop(plantConfigOf(FILE, HOUSE), 0);
  loop.stepHouse(100);
  loop.advance(10);
  expect(loop.truth()?.house_dA).toEqual({ L1: 200, L2: 200, L3: 200 });
  loop.stepHouse(-300);
  loop.advance(20);
  expect(loop.truth()?.house_dA).toEqual({ L1: 0, L2: 0, L3: 0 });
});

test('a board is told of contactor, fittings and cable when it comes, and of the contactor when it asks', () => {
  const loop = new PlantLoop(plantConfigOf(FILE, HOUSE), 0);
  loop.command('slave1', { kind: 'plug' });
  loop.advance(10);
  expect(loop.boardSaid('slave1', { kind: 'hello', outlet: 'slave1' })).toEqual([
    { kind: 'contactor', closed: false },
    { kind: 'lock', high: false },
    { kind: 'switch', pressed: false },
    { kind: 'residual', tripped: false },
    { kind: 'temperature', celsius: 25 },
    { kind: 'supply', failing: false },
    { kind: 'proximity', ohm: 220 },
  ]);
  expect(loop.boardSaid('slave1', { kind: 'power', on: true })).toEqual([{ kind: 'contactor', closed: false }]);
});

test('what a board commands of lock, monitor and LED is done, and told', () => {
  const loop = new PlantLoop(plantConfigOf(FILE, HOUSE), 0);
  loop.advance(10);
  loop.boardSaid('slave1', { kind: 'lock', toward: 'locked', for_ms: 600 });
  loop.boardSaid('slave1', { kind: 'test-residual' });
  loop.boardSaid('slave1', { kind: 'indicator', indicator: 'breathing' });
  const told = [20, 1000].flatMap((now) => loop.advance(now).told).map(({ line }) => line);
  expect(told.filter(({ kind }) => kind === 'lock' || kind === 'residual')).toEqual([
    { kind: 'residual', tripped: true },
    { kind: 'lock', high: true },
    { kind: 'residual', tripped: false },
  ]);
  expect(loop.truth()?.outlets[0]).toMatchObject({ lock: 'locked', indicator: 'breathing', broken: [] });
  expect(loop.truth()?.outlets[1]).toMatchObject({ lock: 'none' });
});

test.each<[PhysicalFault, string]>([
  ['pilot-shorted', 'E'],
  ['pilot-negative', 'F'],
  ['too-hot', 'B'],
])('what is broken is the truth: %s', (fault, pilot) => {
  const loop = new PlantLoop(plantConfigOf(FILE, HOUSE), 0);
  loop.command('slave1', { kind: 'plug' });
  loop.command('slave1', { kind: 'fault', fault, on: true });
  loop.advance(10);
  expect(loop.truth()?.outlets[0]).toMatchObject({ broken: [fault], pilot });
});

test('the Sensorbox speaks at 1200 baud: never more than two bytes in ten milliseconds, a frame each 1802 ms', () => {
  const loop = new PlantLoop(plantConfigOf(FILE, HOUSE), 0);
  const bursts = Array.from({ length: 1000 }, (_, tick) => loop.advance(tick * 10).bytes.length);
  expect(Math.max(...bursts)).toBe(2);
  expect(bursts.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(4 * 20);
});
