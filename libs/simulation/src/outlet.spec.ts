import { type PilotOutput } from '@fairamp/evse';
import { CARS } from './cars.js';
import {
  type OutletCommand,
  type OutletConfig,
  type OutletState,
  commandOutlet,
  initialOutlet,
  stepOutlet,
} from './outlet.js';
import { type OutletEvent } from './outlet-senses.js';

const config: OutletConfig = {
  id: '1',
  seed: 1,
  wiring: { L1: 'L1', L2: 'L2', L3: 'L3' },
  car: CARS['slow-ramp'],
  cable_ohm: 220,
  failSafe_ms: 5500,
  contactor_ms: 40,
  source_mV: 12_100,
  sampleEvery_ms: 20,
  proximityEvery_ms: 500,
};
const PWM: OutletCommand = { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 266 } };
const ON: OutletCommand = { kind: 'allow-power', on: true };
const BEAT: OutletCommand = { kind: 'heartbeat' };

type Happening = { readonly at: number; readonly event: OutletEvent };
type Story = { readonly state: OutletState; readonly events: readonly Happening[] };

/** Ten milliseconds at a time, with a heartbeat each second as long as asked. */
function play(until: number, commands: readonly (readonly [number, OutletCommand])[], beats = Infinity): Story {
  let state = initialOutlet();
  const events: Happening[] = [];
  for (let at = 10; at <= until; at += 10) {
    if (at % 1000 === 0 && at <= beats) state = commandOutlet(state, at, BEAT, config.car);
    for (const [due, command] of commands) if (due === at) state = commandOutlet(state, at, command, config.car);
    const step = stepOutlet(state, { at, elapsed_ms: 10 }, config);
    state = step.state;
    events.push(...step.events.map((event) => ({ at, event })));
  }
  return { state, events };
}
const all = <K extends OutletEvent['kind']>({ events }: Story, kind: K) =>
  events.flatMap(({ at, event }) =>
    event.kind === kind ? [{ ...(event as Extract<OutletEvent, { kind: K }>), at }] : [],
  );
const charged = [
  [10, { kind: 'plug' }],
  [1000, BEAT],
  [1010, PWM],
  [3000, ON],
] as const;

describe('the outputs', () => {
  test('close the contactor after its delay, and say so by the feedback contact', () => {
    expect(all(play(4000, charged), 'contactor')).toEqual([{ kind: 'contactor', closed: true, at: 3040 }]);
  });

  test('stay as they are without heartbeats, until the fail-safe opens them within 6 s', () => {
    const story = play(30_000, charged, 10_000);
    expect(all(story, 'contactor').map(({ at, closed }) => [at, closed])).toEqual([
      [3040, true],
      [15_540, false],
    ]);
    expect(story.state).toMatchObject({ pilot: { kind: 'X1' }, isPowerAllowed: false, isClosed: false });
    expect(story.state.car?.drawn_mA).toBe(0);
  });

  test('stay latched for ever where nothing opens them', () => {
    let state = [BEAT, PWM, ON].reduce((s, command) => commandOutlet(s, 0, command, config.car), initialOutlet());
    for (let at = 0; at <= 60_000; at += 50)
      state = stepOutlet(state, { at, elapsed_ms: 50 }, { ...config, failSafe_ms: null }).state;
    expect(state.isClosed).toBe(true);
  });

  test('close nothing for a process that never gave a heartbeat', () => {
    expect(play(5000, [[10, ON]], 0).state.isClosed).toBe(false);
    const story = play(
      5000,
      [
        [10, PWM],
        [20, ON],
        [2000, ON],
      ],
      0,
    );
    expect(all(story, 'contactor')).toEqual([]);
  });

  test('close nothing after the fail-safe by a heartbeat alone', () => {
    expect(play(40_000, [...charged, [30_000, BEAT]], 10_000).state.isClosed).toBe(false);
    expect(play(31_000, [...charged, [30_000, BEAT], [30_010, ON]], 10_000).state.isClosed).toBe(true);
  });

  test('take the pilot back by themselves from a process that set it and never gave a heartbeat', () => {
    expect(play(6000, [[10, PWM]], 0).state.pilot).toEqual({ kind: 'X1' });
  });
});

describe('the inputs', () => {
  const levelsAt = (story: Story, at: number) => all(story, 'sample').find((sample) => sample.at >= at);
  const near = (level_mV: number) => expect.closeTo(level_mV / 1000, 0) as number;
  const volts = (sample: { high_mV: number; low_mV: number | null } | undefined) => [
    (sample?.high_mV ?? NaN) / 1000,
    sample?.low_mV === null ? null : (sample?.low_mV ?? NaN) / 1000,
  ];

  test('see 12, 9 and 6 V, and -12 V through the diode while PWM runs', () => {
    const story = play(9000, [
      [500, { kind: 'plug' }],
      [3000, PWM],
      [8000, { kind: 'unplug' }],
    ]);
    expect(volts(levelsAt(story, 300))).toEqual([near(12_000), null]);
    expect(volts(levelsAt(story, 2000))).toEqual([near(9000), null]);
    expect(volts(levelsAt(story, 3500))).toEqual([near(9000), near(-12_000)]);
    expect(volts(levelsAt(story, 5000))).toEqual([near(6000), near(-12_000)]);
    expect(volts(levelsAt(story, 8500))).toEqual([near(12_000), near(-12_000)]);
  });

  const running: PilotOutput = { kind: 'pwm', duty_permille: 266 };
  test.each<[string, PilotOutput, Partial<OutletConfig['car']>, readonly [number, number | null]]>([
    ['3 V of a car that wants ventilation', running, { asking_ohm: 246 }, [3000, -12_000]],
    ['a car without a diode', running, { hasDiode: false }, [5600, -5600]],
    ['-12 V of state F', { kind: 'F' }, {}, [-12_000, null]],
  ])('see %s', (_, pilot, oddity, [high_mV, low_mV]) => {
    const odd = { ...config, car: { ...config.car, ...oddity } };
    let state = commandOutlet(
      commandOutlet(initialOutlet(), 0, { kind: 'plug' }, odd.car),
      0,
      { kind: 'set-pilot', pilot },
      odd.car,
    );
    let events: readonly OutletEvent[] = [];
    for (let at = 0; at <= 4000; at += 20) ({ state, events } = stepOutlet(state, { at, elapsed_ms: 20 }, odd));
    const sample = events.find((event) => event.kind === 'sample');
    expect(volts(sample)).toEqual([near(high_mV), low_mV === null ? null : near(low_mV)]);
  });

  test('see the pilot every 20 ms, each time a little different', () => {
    const samples = all(play(1000, []), 'sample');
    expect(samples).toHaveLength(50);
    expect(new Set(samples.map(({ high_mV }) => high_mV)).size).toBeGreaterThan(10);
  });

  test('see the cable come and go at once, and else twice a second', () => {
    const story = play(2000, [
      [730, { kind: 'plug' }],
      [1450, { kind: 'unplug' }],
    ]);
    expect(all(story, 'proximity').map(({ at, ohm }) => [at, ohm])).toEqual([
      [10, null],
      [510, null],
      [730, 220],
      [1230, 220],
      [1450, null],
      [1950, null],
    ]);
  });

  test('see the cable that a car brings, until that car has left', () => {
    const story = play(2000, [
      [130, { kind: 'plug', cable_ohm: 680 }],
      [750, { kind: 'unplug' }],
      [1350, { kind: 'plug' }],
    ]);
    expect(all(story, 'proximity').map(({ ohm }) => ohm)).toEqual([null, 680, 680, null, null, 220, 220]);
  });

  test('see the draw each second and at each change, near the truth, and nothing where nothing flows', () => {
    const story = play(40_000, charged);
    const draws = all(story, 'draw');
    const pauses = draws.map(({ at }, index) => at - (draws[index - 1]?.at ?? 0));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(1000);
    expect(draws.filter(({ at }) => at < 3000).every(({ draw_dA }) => draw_dA.L1 === 0)).toBe(true);
    const unplugged = all(play(40_000, [...charged, [39_510, { kind: 'unplug' }]]), 'draw');
    expect(unplugged.at(-1)).toEqual({ kind: 'draw', draw_dA: { L1: 0, L2: 0, L3: 0 }, at: 39_510 });
    for (const phase of ['L1', 'L2', 'L3'] as const) expect(draws.at(-1)?.draw_dA[phase]).toBeCloseTo(159, -1);
  });
});
