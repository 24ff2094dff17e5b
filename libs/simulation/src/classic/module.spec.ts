import { initialModule, stepModule } from './module.js';
import type { ModuleConfig, ModuleEvent, ModuleState } from './types.js';

const settings = { mode: 'smart', loadbl: 'master', mains_A: 25, max_A: 32, min_A: 6, cable_A: 16 } as const;
const master: ModuleConfig = { address: 0, settings };
const slave: ModuleConfig = { address: 1, settings };
const lone: ModuleConfig = { address: 0, settings: { ...settings, loadbl: 'disabled' } };

function after(config: ModuleConfig, ...events: readonly ModuleEvent[]): ModuleState {
  return events.reduce((state, event) => stepModule(state, event, config).state, initialModule(config));
}
const seconds = (count: number): readonly ModuleEvent[] =>
  Array.from({ length: count }, (_, index) => ({ kind: 'second-passed', at: 1000 * (index + 1) }));
const samples = (from: number, high_mV: number): readonly ModuleEvent[] =>
  [0, 20, 40, 60].map((passed) => ({ kind: 'pilot-sampled', at: from + passed, high_mV, low_mV: -12_000 }));
const frame = (at: number, amps: number): ModuleEvent => {
  return { kind: 'sensorbox-heard', at, counts: [(10 * amps) / 3, 0, 0] };
};

describe('one 2.07 module', () => {
  test('a late answer closes the contactor from any state, with nobody plugged in', () => {
    const late = { kind: 'answer', address: 1, request: 'charge', share_A: 9 } as const;
    const { outputs } = stepModule(initialModule(slave), { kind: 'frame-heard', at: 1, frame: late }, slave);
    expect(outputs).toEqual([
      { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 150 } },
      { kind: 'close-contactor' },
    ]);
  });

  test('an answer to another slave is none', () => {
    const other = { kind: 'answer', address: 2, request: 'charge', share_A: 9 } as const;
    const { outputs } = stepModule(initialModule(slave), { kind: 'frame-heard', at: 1, frame: other }, slave);
    expect(outputs).toEqual([]);
  });

  test('without current the 60 s are armed anew on each pass', () => {
    const refused = after(master, frame(1, 20), ...samples(100, 9000));
    expect(refused).toMatchObject({ error: 'less-6A', chargeDelay_s: 60 });
    expect(stepModule(refused, { kind: 'second-passed', at: 1000 }, master).state.chargeDelay_s).toBe(60);
  });

  test('NO SERIAL COM forgets who charges, but not the shares', () => {
    const charge = { kind: 'request', address: 2, request: 'charge', wanted_A: 16 } as const;
    const charging = after(master, frame(1, 5), { kind: 'frame-heard', at: 2, frame: charge });
    expect(charging.balance.records[2]).toEqual({ state: 'charging', share_A: 16, maximum_A: 16 });
    const silent = seconds(11).reduce((state, event) => stepModule(state, event, master).state, charging);
    expect(silent.error).toBe('no-serial-com');
    expect(silent.balance.records[2]).toEqual({ state: 'idle', share_A: 16, maximum_A: 16 });
  });

  test('10 s of silence are none yet', () => {
    const silent = [...seconds(10)].reduce(
      (state, event) => stepModule(state, event, lone).state,
      after(lone, frame(1, 5)),
    );
    expect(silent.error).toBe('none');
  });

  test('a lone module tells nobody its shares, but all that they must stop', () => {
    const regulated = stepModule(initialModule(lone), frame(1, 5), lone);
    expect(regulated.outputs).toEqual([]);
    const over = stepModule(regulated.state, frame(2, 51), lone);
    expect(over.outputs).toContainEqual({ kind: 'send', frame: { kind: 'stop', error: 'less-6A' } });
  });

  test('a lone module answers nobody', () => {
    const request = { kind: 'request', address: 1, request: 'connect', wanted_A: 16 } as const;
    const { outputs } = stepModule(initialModule(lone), { kind: 'frame-heard', at: 1, frame: request }, lone);
    expect(outputs).toEqual([]);
  });

  test('0 A is told as 6 A', () => {
    const begun = after(lone, frame(1, 5), ...samples(100, 9000));
    expect(begun).toMatchObject({ pilotState: 'B', pwm_A: null });
    expect(stepModule(begun, frame(2000, 5), lone).outputs).toEqual([
      { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 100 } },
    ]);
  });

  test('without a diode no current: the car is a puddle', () => {
    const offering = after(lone, frame(1, 5), ...samples(100, 9000), frame(2000, 5));
    const puddle = [...samples(2100, 6000)].map((event) => ({ ...event, low_mV: -6000 }) as ModuleEvent);
    const asked = puddle.reduce((state, event) => stepModule(state, event, lone).state, offering);
    expect(asked.pilotState).toBe('B');
    const car = samples(3000, 6000).reduce((state, event) => stepModule(state, event, lone).state, asked);
    expect(car).toMatchObject({ pilotState: 'C', isClosed: true, pwm_A: 0 });
  });

  test('40 ms of a level move nothing', () => {
    expect(after(lone, frame(1, 5), ...samples(100, 9000).slice(0, 3)).pilotState).toBe('A');
  });

  test.each([
    [NaN, 0],
    [-50, 0],
    [25 / 0.3, 250],
    [5 / 0.3, 50],
    [8.4, 25],
  ])('a count of %d is %i dA', (count, measured_dA) => {
    const heard = after(lone, { kind: 'sensorbox-heard', at: 1, counts: [count, 0, 0] });
    expect(heard.balance.measured_dA).toBe(measured_dA);
  });
});
