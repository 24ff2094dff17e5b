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

  test.each<[number | null, number]>([
    [680, 16],
    [628, 13],
    [629, 16],
    [734, 16],
    [735, 13],
    [220, 32],
    [100, 63],
    [1500, 13],
    [0, 13],
    [null, 13],
  ])('a plug of %s Ohm is a cable for %i A', (ohm, cable_A) => {
    const read: ModuleEvent = { kind: 'proximity-sampled', at: 90, ohm };
    expect(after(lone, frame(1, 5), read, ...samples(100, 9000)).cable_A).toBe(cable_A);
  });

  test('a cable is read when its car arrives, and not again', () => {
    const read = (at: number, ohm: number): ModuleEvent => ({ kind: 'proximity-sampled', at, ohm });
    const arrived = after(lone, frame(1, 5), read(90, 680), ...samples(100, 9000), read(200, 220));
    expect(arrived.cable_A).toBe(16);
    const offering = stepModule(arrived, frame(2000, 5), lone).state;
    const charging = samples(2100, 6000).reduce((state, event) => stepModule(state, event, lone).state, offering);
    expect(charging.balance.records[0]).toMatchObject({ state: 'charging', share_A: 16 });
  });

  test('W18: until the next frame it charges by what the pilot said before, whatever the cable bears', () => {
    const before = { ...after(lone, frame(1, 5)), balance: { ...initialModule(lone).balance, measured_dA: 50 } };
    const records = before.balance.records.map((record) => ({ ...record, share_A: 32 }));
    const stale = { ...before, balance: { ...before.balance, records } };
    const thin: ModuleEvent = { kind: 'proximity-sampled', at: 90, ohm: 680 };
    const play = (state: ModuleState, events: readonly ModuleEvent[]) =>
      events.reduce((one, event) => stepModule(one, event, lone).state, state);
    const charging = play(stale, [thin, ...samples(100, 9000), frame(2000, 5), ...samples(2100, 6000)]);
    expect(charging).toMatchObject({ pilotState: 'C', isClosed: true, pwm_A: 32 });
    expect(play(charging, [frame(4000, 5)]).pwm_A).toBe(16);
  });

  describe('heat', () => {
    const charge = { kind: 'request', address: 2, request: 'charge', wanted_A: 32 } as const;
    const warm = after(master, frame(1, 5), { kind: 'frame-heard', at: 2, frame: charge });
    const heated = (state: ModuleState, celsius: number, config = master): ModuleState =>
      [{ kind: 'temperature-sensed', at: 3, celsius } as const, ...seconds(1)].reduce(
        (one, event) => stepModule(one, event, config).state,
        state,
      );

    test.each([
      [64, 'none', 'charging'],
      [65, 'temp-high', 'idle'],
    ])('of %i degrees is %s, and whoever charges is %s in the book', (celsius, error, state) => {
      const after = heated(warm, celsius);
      expect(after.error).toBe(error);
      // Its share stays, and goes on being broadcast (W15).
      expect(after.balance.records[2]).toMatchObject({ state, share_A: 20 });
    });

    test.each([
      [55, 'temp-high'],
      [54, 'none'],
    ])('that has come ends below 55 degrees: at %i it is %s', (celsius, error) => {
      expect(heated(heated(warm, 70), celsius).error).toBe(error);
    });

    test('opens the contactor and tells nobody', () => {
      const thin = { kind: 'answer', address: 1, request: 'charge', share_A: 9 } as const;
      const charging = after(slave, { kind: 'frame-heard', at: 1, frame: thin });
      const hot = stepModule(charging, { kind: 'temperature-sensed', at: 2, celsius: 70 }, slave).state;
      const { outputs } = stepModule(hot, { kind: 'second-passed', at: 3 }, slave);
      expect(outputs).toEqual([
        { kind: 'open-contactor' },
        { kind: 'set-pilot', pilot: { kind: 'X1' } },
        { kind: 'say', text: 'HIGH TEMP' },
      ]);
    });

    test('writes over every other error, and is written over by NO CURRENT', () => {
      const stop = { kind: 'frame-heard', at: 4, frame: { kind: 'stop', error: 'less-6A' } } as const;
      const stopped = stepModule(heated(initialModule(slave), 70, slave), stop, slave).state;
      expect(stopped.error).toBe('less-6A');
      expect(heated(stopped, 70, slave).error).toBe('temp-high');
    });
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
