import { type PerPhase } from '@fairamp/units';
import { CARS } from './cars.js';
import { houseOfTracks } from './house.js';
import { type OutletCommand, type OutletConfig } from './outlet.js';
import { type PlantConfig, type PlantInput, type PlantOutput, initialPlant, stepPlant } from './plant.js';

const track = (current_dA: number) => ({ times: [0], currents_dA: [current_dA] });
const house = houseOfTracks('steady', { L1: track(100), L2: track(50), L3: track(20) }, 60_000);
const outlet = (id: string, car: OutletConfig['car'], wiring: PerPhase<'L1' | 'L2' | 'L3'>): OutletConfig => ({
  id,
  seed: Number(id),
  wiring,
  car,
  cable_ohm: 220,
  failSafe_ms: null,
  contactor_ms: 30,
  source_mV: 12_000,
  sampleEvery_ms: 20,
  proximityEvery_ms: 500,
});
const config: PlantConfig = {
  house,
  outlets: [
    outlet('1', CARS['single-phase'], { L1: 'L2', L2: 'L3', L3: 'L1' }),
    outlet('2', CARS['slow-ramp'], { L1: 'L1', L2: 'L2', L3: 'L3' }),
  ],
  sensorbox: { seed: 1, noise: 0, broken: 0, make: 'real' },
  slice_ms: 50,
  limit_dA: 400,
};
const chargingAt = (id: string, duty_permille: number): PlantInput['commands'] =>
  (
    [
      { kind: 'plug' },
      { kind: 'heartbeat' },
      { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille } },
      { kind: 'allow-power', on: true },
    ] satisfies OutletCommand[]
  ).map((command) => ({ outlet: id, command }));

function run(until: number, every: number, first: PlantInput['commands']): readonly PlantOutput[] {
  let state = initialPlant(0, config);
  return Array.from({ length: until / every }, (_, index) => {
    const step = stepPlant(state, { at: (index + 1) * every, commands: index === 0 ? first : [] }, config);
    state = step.state;
    return step.output;
  });
}

describe('the plant', () => {
  test('adds the cars to the house on the conductors that their terminals hang on', () => {
    const output = run(60_000, 50, [...chargingAt('1', 333), ...chargingAt('2', 100)]).at(-1);
    expect(output?.house_dA).toEqual({ L1: 100, L2: 50, L3: 20 });
    expect(output?.cars_dA).toEqual({ L1: 60, L2: 199 + 60, L3: 60 });
    expect(output?.mains_dA).toEqual({ L1: 160, L2: 309, L3: 80 });
  });

  test('lets nothing flow where the contactor is open', () => {
    const offered = chargingAt('1', 333).filter(({ command }) => command.kind !== 'allow-power');
    expect(run(30_000, 50, offered).at(-1)?.cars_dA).toEqual({ L1: 0, L2: 0, L3: 0 });
  });

  test('gives the Sensorbox the truth of its tick, and the overload too', () => {
    const low = { ...config, limit_dA: 200 };
    let state = initialPlant(0, low);
    const input = { at: 10, commands: chargingAt('1', 500) };
    state = stepPlant(stepPlant(state, input, low).state, { at: 30_000, commands: [] }, low).state;
    expect(state.overload.worst_over_dA).toBe(150);
    expect(state.overload.worst_over_ms).toBeGreaterThan(20_000);
    expect(state.sensorbox.ticks).toBe(33);
  });

  test('goes the same way in one long step as in slices of its own length', () => {
    const commands = chargingAt('2', 266);
    const fine = run(20_000, 50, commands);
    const [first, rest] = [stepPlant(initialPlant(0, config), { at: 50, commands }, config), 20_000];
    const coarse = stepPlant(first.state, { at: rest, commands: [] }, config);
    expect(coarse.output.mains_dA).toEqual(fine.at(-1)?.mains_dA);
    expect(coarse.output.line).toEqual(fine.slice(1).flatMap(({ line }) => line));
    expect(coarse.output.events).toEqual(fine.slice(1).flatMap(({ events }) => events));
  });

  test('is plain data that can be written down and gone on with', () => {
    const { state } = stepPlant(initialPlant(0, config), { at: 5000, commands: chargingAt('1', 266) }, config);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('takes a command for an outlet that it has not, or a clock that goes back, for a bug', () => {
    const state = initialPlant(1000, config);
    expect(() =>
      stepPlant(state, { at: 1000, commands: [{ outlet: '9', command: { kind: 'plug' } }] }, config),
    ).toThrow(/outlet 9/);
    expect(() => stepPlant(state, { at: 999, commands: [] }, config)).toThrow(/never goes back/);
  });
});
