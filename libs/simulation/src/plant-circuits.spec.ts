import { feedHdlc, initialHdlc, decodeSensorboxFrame } from '@fairamp/protocol';
import { perPhase } from '@fairamp/units';
import { CARS } from './cars.js';
import type { House } from './house.js';
import { initialPlant, stepPlant, type PlantConfig, type PlantOutput } from './plant.js';

const outlet = (id: string): PlantConfig['outlets'][number] => ({
  id,
  seed: 1,
  wiring: { L1: 'L2', L2: 'L3', L3: 'L1' },
  car: { ...CARS['slow-ramp'], rise_mA_per_s: 20_000 },
  cable_ohm: 220,
  failSafe_ms: null,
  contactor_ms: 30,
  source_mV: 12_000,
  sampleEvery_ms: 500,
  proximityEvery_ms: 2000,
});
const HOUSE: House = { label: 'flat', duration_ms: 1000, currentsAt: () => perPhase(() => 90) };
const METER = { seed: 1, noise: 0, broken: 0, make: 'ideal' } as const;
/** The house takes 9 A, 5 A of them through the garage and 2 A of those through the carport. The first hangs there. */
const CONFIG: PlantConfig = {
  house: HOUSE,
  outlets: [outlet('one'), { ...outlet('two'), car: CARS['single-phase'] }],
  sensorbox: METER,
  limit_dA: 400,
  slice_ms: 50,
  tree: {
    circuits: [
      { id: 'garage', outlets: [0, 1], meter: { sensorbox: METER, early_ms: 700 } },
      { id: 'carport', outlets: [0], meter: null },
    ],
    housesAt: () => [perPhase(() => 50), perPhase(() => 20)],
  },
};
const START = ['plug', 'pwm', 'heartbeat', 'on'] as const;
const COMMANDS = {
  plug: { kind: 'plug' },
  pwm: { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 167 } },
  heartbeat: { kind: 'heartbeat' },
  on: { kind: 'allow-power', on: true },
} as const;

function played(until: number): PlantOutput {
  const commands = CONFIG.outlets.flatMap(({ id }) => START.map((name) => ({ outlet: id, command: COMMANDS[name] })));
  const begun = stepPlant(initialPlant(0, CONFIG), { at: 1, commands }, CONFIG);
  return stepPlant(begun.state, { at: until, commands: [] }, CONFIG).output;
}

test('what a car draws flows through every circuit above it, on the conductors it hangs on', () => {
  const { circuits, cars_dA } = played(20_000);
  expect(cars_dA).toEqual({ L1: 100, L2: 200, L3: 100 });
  expect(circuits.map((circuit) => circuit.cars_dA)).toEqual([
    { L1: 100, L2: 200, L3: 100 },
    { L1: 100, L2: 100, L3: 100 },
  ]);
  expect(circuits.map(({ house_dA }) => house_dA.L1)).toEqual([50, 20]);
});

test('a meter says what flows there, and where there is none nobody does', () => {
  const { circuits, line } = played(20_000);
  const [garage, carport] = circuits;
  const spoken = (bytes: readonly { readonly byte: number }[]): readonly number[] | undefined => {
    const { frames } = feedHdlc(
      initialHdlc(),
      Uint8Array.from(bytes, ({ byte }) => byte),
    );
    const last = frames.at(-1);
    const decoded = last === undefined ? null : decodeSensorboxFrame(last);
    return decoded?.ok === true ? decoded.value.samples.map((count) => Math.round(3 * count)) : undefined;
  };
  expect(spoken(garage?.line ?? [])).toEqual([150, 250, 150]);
  expect(spoken(line)).toEqual([190, 290, 190]);
  expect(carport?.line).toEqual([]);
});

test('its meter ticks when it does, whatever that of the mains does', () => {
  const { circuits, line } = played(1_350);
  expect([line.length > 0, (circuits[0]?.line.length ?? 0) > 0]).toEqual([false, true]);
  expect(played(1_250).circuits[0]?.line).toEqual([]);
});
