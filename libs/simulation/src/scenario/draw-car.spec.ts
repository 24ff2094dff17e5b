import { scenarioOf } from '../../test/scenario-files.js';
import { arrivingCar, isFull, stepCar, type CarConfig } from '../car.js';
import { Dice } from '../random.js';
import { carOf } from './draw-car.js';
import type { Scenario } from './schema.js';

type Kind = Scenario['cars']['kinds'][number];

/** 200 cars of one kind. */
function cars(kind: Kind, over: Partial<Scenario['cars']> = {}): readonly CarConfig[] {
  const { cars } = scenarioOf({ cars: { kinds: [kind], maximum_A: [16, 32], follow_s: [0.2, 1], ...over } });
  const dice = new Dice(1, 5);
  return Array.from({ length: 200 }, () => carOf(cars, dice));
}
const within = (values: readonly number[], lowest: number, highest: number): boolean =>
  values.every((value) => value >= lowest && value <= highest) && new Set(values).size > 1;

describe('every car but the ideal one', () => {
  test.each<Kind>(['three-phase', 'single-phase', 'slow-ramp', 'nearly-full', 'stubborn'])(
    'keeps to the ranges of its scenario: %s',
    (kind) => {
      const drawn = cars(kind);
      expect(
        within(
          drawn.map(({ maximum_dA }) => maximum_dA),
          160,
          320,
        ),
      ).toBe(true);
      expect(
        within(
          drawn.map(({ follow_ms }) => follow_ms),
          200,
          1000,
        ),
      ).toBe(true);
      expect(
        within(
          drawn.map(({ ask_ms }) => ask_ms),
          300,
          3000,
        ),
      ).toBe(true);
    },
  );

  test.each<Kind>(['three-phase', 'single-phase', 'slow-ramp', 'nearly-full'])(
    'is at or under a lower duty within the 5 s of IEC 61851-1: %s',
    (kind) => {
      const slowest = cars(kind).map(({ follow_ms, stop_ms, fall_mA_per_s, maximum_dA }) => {
        return Math.max(follow_ms, stop_ms) + (maximum_dA * 100 * 1000) / fall_mA_per_s;
      });
      expect(Math.max(...slowest)).toBeLessThanOrEqual(5000);
    },
  );
});

describe('what makes a kind', () => {
  const terminals = (kind: Kind): readonly string[] => [...new Set(cars(kind).map((car) => car.terminals.join('')))];

  test.each<[Kind, string]>([
    ['single-phase', 'L1'],
    ['three-phase', 'L1L2L3'],
    ['slow-ramp', 'L1L2L3'],
    ['ideal', 'L1'],
  ])('%s leans on %s', (kind, phases) => {
    expect(terminals(kind)).toEqual([phases]);
  });

  test('a slow ramp takes longer for its first 16 A than any other', () => {
    const rise = (kind: Kind): readonly number[] => cars(kind).map(({ rise_mA_per_s }) => rise_mA_per_s);
    expect(Math.max(...rise('slow-ramp'))).toBeLessThan(Math.min(...rise('three-phase')));
  });

  test('a nearly full one arrives about where it begins to taper, and is not full yet', () => {
    const drawn = cars('nearly-full');
    expect(
      within(
        drawn.map(({ battery }) => battery.arrivesAt_permille),
        890,
        960,
      ),
    ).toBe(true);
    expect(drawn.some((car) => isFull(arrivingCar(car), car))).toBe(false);
    expect(Math.max(...cars('three-phase').map(({ battery }) => battery.arrivesAt_permille))).toBeLessThan(890);
  });

  test('a stubborn one draws on after the PWM is gone, until the contactor opens', () => {
    const [car] = cars('stubborn');
    let state = arrivingCar(car!);
    const play = (until: number, duty_permille: number | null, isPowered: boolean, from: number): number => {
      const pilot = duty_permille === null ? ({ kind: 'X1' } as const) : ({ kind: 'pwm', duty_permille } as const);
      for (let at = from; at < until; at += 100) {
        state = stepCar(state, { at, elapsed_ms: 100, pilot, isPowered }, car!);
      }
      return state.drawn_mA;
    };
    expect(play(30_000, 250, true, 0)).toBeGreaterThan(14_000);
    expect(play(60_000, null, true, 30_000)).toBeGreaterThan(14_000);
    expect(play(60_200, null, false, 60_000)).toBe(0);
  });

  test('an ideal one does at once what it may and never has enough', () => {
    const [car] = cars('ideal', { follow_s: 0, maximum_A: 80 });
    expect(car).toMatchObject({ follow_ms: 0, start_ms: 0, maximum_dA: 800, follows: 'line' });
    expect(car!.rise_mA_per_s).toBeGreaterThanOrEqual(80_000 * 4);
    expect(car!.battery).toMatchObject({ arrivesAt_permille: 0, capacity_Wh: 1_000_000 });
  });

  test('is drawn among those of the scenario, each about as often as it is named', () => {
    const { cars: mixed } = scenarioOf({ cars: { kinds: ['single-phase', 'three-phase', 'three-phase'] } });
    const dice = new Dice(1, 5);
    const single = Array.from({ length: 900 }, () => carOf(mixed, dice)).filter((car) => car.terminals.length === 1);
    expect(Math.abs(single.length - 300)).toBeLessThanOrEqual(60);
  });
});
