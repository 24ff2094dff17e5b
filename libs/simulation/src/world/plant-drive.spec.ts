import { feedHdlc, initialHdlc } from '@fairamp/protocol';
import { perPhase } from '@fairamp/units';
import { CARS } from '../cars.js';
import type { OutletCommand } from '../outlet.js';
import type { PlantConfig } from '../plant.js';
import { PlantDrive } from './plant-drive.js';
import type { Frame, OutletSense } from './system.js';
import { Timeline } from './timeline.js';

/** The house takes 10 A, and 20 A from the second 1.5 on: after the first measurement, before it is spoken of. */
const STEP_ms = 1500;
const CONFIG: PlantConfig = {
  house: {
    label: 'one step',
    duration_ms: 86_400_000,
    currentsAt: (at) => perPhase(() => (at < STEP_ms ? 100 : 200)),
  },
  outlets: [
    {
      id: 'one',
      seed: 1,
      wiring: { L1: 'L1', L2: 'L2', L3: 'L3' },
      car: CARS['single-phase'],
      cable_ohm: 220,
      failSafe_ms: null,
      contactor_ms: 30,
      source_mV: 12_000,
      sampleEvery_ms: 500,
      proximityEvery_ms: 2000,
    },
  ],
  sensorbox: { seed: 1, noise: 0, broken: 0, make: 'real' },
  limit_dA: 250,
  slice_ms: 250,
};
const PWM = { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 250 } } as const;
const ON = { kind: 'allow-power', on: true } as const;
const BEAT = { kind: 'heartbeat' } as const;

/** A plant on a timeline, and everything that it said with its time. */
function driven(config: PlantConfig = CONFIG) {
  const timeline = new Timeline();
  const steps: number[] = [];
  const senses: (OutletSense & { readonly at: number })[] = [];
  const line: { readonly at: number; readonly bytes: Uint8Array; readonly frame: Frame }[] = [];
  const drive = new PlantDrive(
    config,
    timeline,
    {
      hearLine: (bytes, frame) => void line.push({ at: timeline.now, bytes, frame }),
      hearOutlet: (_, sense) => void senses.push({ ...sense, at: timeline.now }),
    },
    () => void steps.push(timeline.now),
  );
  drive.start();
  const command = (at: number, one: OutletCommand): void => timeline.schedule(at, () => drive.command('one', one));
  const of = <K extends OutletSense['kind']>(kind: K) => senses.filter((sense) => sense.kind === kind);
  return { timeline, drive, steps, senses, line, command, of };
}

describe('the plant is stepped', () => {
  test('at the latest each quarter of a second, and never twice at one time', () => {
    const { timeline, steps } = driven();
    timeline.runUntil(60_000);
    expect(steps.every((at, index) => index === 0 || (at > steps[index - 1]! && at - steps[index - 1]! <= 250))).toBe(
      true,
    );
    expect(steps.length).toBeLessThan(60 * 8);
  });

  test('up to a command before it is laid on the outputs, and soon after it', () => {
    const { timeline, steps, command } = driven();
    command(1033, PWM);
    timeline.runUntil(1100);
    expect(steps).toEqual(expect.arrayContaining([1033, 1043]));
  });

  test('once, however much is commanded at one time', () => {
    const { timeline, steps, command } = driven();
    for (const one of [{ kind: 'plug' }, PWM, BEAT, ON] as const) command(1033, one);
    timeline.runUntil(1100);
    expect(steps.filter((at) => at === 1033)).toHaveLength(1);
  });

  test('by no heartbeat: it changes nothing that flows', () => {
    const { timeline, steps, command } = driven();
    command(1033, { kind: 'heartbeat' });
    timeline.runUntil(1100);
    expect(steps).not.toContain(1033);
    expect(steps).not.toContain(1043);
  });
});

describe('the board', () => {
  test('sees a change of its own output 10 ms later, and confirms it three times', () => {
    const { timeline, of, command } = driven();
    timeline.runUntil(1000);
    command(1033, PWM);
    timeline.runUntil(1200);
    expect(of('pilot-sampled').flatMap(({ at }) => (at > 1033 ? [at] : []))).toEqual([1043, 1063, 1083, 1103]);
  });

  test('answers a permission at once, and again when the contactor has moved', () => {
    const { timeline, of, command } = driven();
    command(1000, PWM);
    command(1050, BEAT);
    command(1100, ON);
    timeline.runUntil(2000);
    expect(of('contactor-confirmed')).toEqual([
      { kind: 'contactor-confirmed', closed: false, at: 1101 },
      { kind: 'contactor-confirmed', closed: true, at: 1140 },
    ]);
  });

  test('answers also a permission that it refuses, as nothing has driven it since its start', () => {
    const { timeline, of, command } = driven();
    command(1100, ON);
    timeline.runUntil(9000);
    expect(of('contactor-confirmed')).toEqual([{ kind: 'contactor-confirmed', closed: false, at: 1101 }]);
  });

  test.each([
    ['the cable', 'proximity-sampled', 2000],
    ['the current', 'draw-metered', 1000],
    ['the pilot', 'pilot-sampled', 500],
  ] as const)('tells %s at its own pace, a step late at most', (_, kind, each_ms) => {
    const { timeline, of } = driven();
    timeline.runUntil(20_000);
    // By then the state after the start is confirmed.
    const times = of(kind).flatMap(({ at }) => (at > 1000 ? [at] : []));
    expect(times.length).toBeGreaterThan(20_000 / (each_ms + 250) - 1);
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(each_ms);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(each_ms + 250);
  });
});

describe('the line of the meter', () => {
  const FIRST_ms = 1802;

  test('brings a frame in parts, each when its last byte is complete', () => {
    const { timeline, line } = driven();
    timeline.runUntil(2500);
    const [first, last] = [line[0], line.at(-1)];
    expect(first?.at).toBeGreaterThan(FIRST_ms);
    expect(last?.at).toBeLessThan(FIRST_ms + 350);
    const gaps = line.slice(1).map(({ at }, index) => at - line[index]!.at);
    expect(Math.max(...gaps)).toBeLessThan(100);
    const whole = feedHdlc(
      initialHdlc(),
      line.flatMap(({ bytes }) => [...bytes]),
    );
    expect(whole).toMatchObject({ frames: [expect.anything()] });
  });

  test('carries the truth of when it was measured, though it is spoken 0.9 s later', () => {
    const { timeline, line } = driven();
    timeline.runUntil(4200);
    const frames = [...new Set(line.map(({ frame }) => `${frame.measuredAt} ${frame.spokenAt} ${frame.house_dA.L1}`))];
    expect(frames).toEqual(['901 1802 100', '2703 3604 200']);
  });

  test('carries what each car drew then, on the conductors of the mains', () => {
    const wiring = { L1: 'L3', L2: 'L1', L3: 'L2' } as const;
    const { timeline, line, command } = driven({
      ...CONFIG,
      outlets: CONFIG.outlets.map((outlet) => ({ ...outlet, wiring })),
    });
    for (const one of [{ kind: 'plug' }, PWM, BEAT, ON] as const) command(10, one);
    timeline.runUntil(20_000);
    expect(line.at(-1)?.frame.draws_dA).toEqual({ one: { L1: 0, L2: 0, L3: 150 } });
  });

  test('is silent while the meter is, and then goes on', () => {
    const { timeline, drive, line } = driven();
    drive.setMeter('mains', 'silent');
    timeline.runUntil(10_000);
    expect(line).toEqual([]);
    drive.setMeter('mains', 'well');
    timeline.runUntil(14_000);
    expect(line.length).toBeGreaterThan(0);
  });

  /** Measured at 901, 2703, 4505, 6307 ms; spoken 901 ms later. */
  test.each([
    ['while it repeats itself', 2000, 5000, [false, true, true, false]],
    ['not when it begins between measuring and speaking', 3000, 5000, [false, false, true, false]],
    ['also when it ends between measuring and speaking', 2000, 3000, [false, true, false, false]],
  ])('lies by what it measured: %s', (_, from, to, lies) => {
    const { timeline, drive, line } = driven();
    timeline.schedule(from, () => drive.setMeter('mains', 'frozen'));
    timeline.schedule(to, () => drive.setMeter('mains', 'well'));
    timeline.runUntil(7600);
    const bySpeech = new Map(line.map(({ frame }) => [frame.spokenAt, frame.isLie]));
    expect([...bySpeech.values()]).toEqual(lies);
  });
});
