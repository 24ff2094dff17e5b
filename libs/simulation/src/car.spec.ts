import { type PilotOutput } from '@fairamp/evse';
import { type CarConfig, type CarState, arrivingCar, chargeOf, stepCar } from './car.js';
import { CARS } from './cars.js';

const X1: PilotOutput = { kind: 'X1' };
const pwm = (duty_permille: number): PilotOutput => ({ kind: 'pwm', duty_permille });
const SIXTEEN_A = pwm(266);
const SIX_A = pwm(100);
const EIGHTY_A = pwm(960);

type Stage = { readonly until: number; readonly pilot: PilotOutput; readonly isPowered?: boolean };

/** Ten milliseconds at a time; what the car was like at the end of each of them. */
function drive(config: CarConfig, stages: readonly Stage[]): readonly (CarState & { at: number })[] {
  let state = arrivingCar(config);
  let at = 0;
  return stages.flatMap(({ until, pilot, isPowered = false }) => {
    const states: (CarState & { at: number })[] = [];
    while (at < until) {
      at += 10;
      state = stepCar(state, { at, elapsed_ms: 10, pilot, isPowered }, config);
      states.push({ ...state, at });
    }
    return states;
  });
}
const last = <T>(states: readonly T[]): T => states[states.length - 1] as T;
const charging = (pilot: PilotOutput, until: number): readonly Stage[] => [
  { until: 2000, pilot },
  { until, pilot, isPowered: true },
];

describe('a car', () => {
  const car = CARS['single-phase'];

  test('asks a second after PWM appears, not before and not without', () => {
    const states = drive(car, [
      { until: 5000, pilot: X1 },
      { until: 8000, pilot: SIXTEEN_A },
    ]);
    expect(states.find(({ isAsking }) => isAsking)?.at).toBe(6010);
    expect(last(drive(car, [{ until: 60_000, pilot: { kind: 'F' } }])).isAsking).toBe(false);
  });

  test('draws nothing without voltage, then rises to the offer', () => {
    const states = drive(car, [
      { until: 4000, pilot: SIXTEEN_A },
      { until: 20_000, pilot: SIXTEEN_A, isPowered: true },
    ]);
    expect(states.filter(({ at }) => at <= 4000).every(({ drawn_mA }) => drawn_mA === 0)).toBe(true);
    expect(last(states).drawn_mA).toBe(15_900);
  });

  test('draws no more than its maximum', () => {
    expect(last(drive(car, charging(EIGHTY_A, 60_000))).drawn_mA).toBe(32_000);
  });

  test('loses its current with the voltage, at once', () => {
    const states = drive(car, [...charging(SIXTEEN_A, 20_000), { until: 20_010, pilot: SIXTEEN_A }]);
    expect(last(states).drawn_mA).toBe(0);
  });

  test.each(Object.entries({ ...CARS, large: { ...car, maximum_dA: 800 } }))(
    '%s is at or under a lower offer within 5 s',
    (_, config) => {
      const states = drive(config, [...charging(EIGHTY_A, 200_000), { until: 205_000, pilot: SIX_A, isPowered: true }]);
      expect(last(states).drawn_mA).toBeLessThanOrEqual(6000);
    },
  );

  test('is at or under it within 5 s also when the duty changes each half second', () => {
    const wavering = Array.from({ length: 10 }, (_, i) => ({
      until: 60_500 + i * 500,
      pilot: pwm(100 + i),
      isPowered: true,
    }));
    expect(last(drive(car, [...charging(EIGHTY_A, 60_000), ...wavering])).drawn_mA).toBeLessThanOrEqual(6600);
  });

  test.each(Object.entries(CARS))('%s lets go within 1 to 3 s when the PWM ends, and then opens S2', (_, config) => {
    const states = drive(config, [...charging(SIXTEEN_A, 20_000), { until: 24_000, pilot: X1, isPowered: true }]);
    const letGo = states.find(({ at, drawn_mA }) => at > 20_000 && drawn_mA === 0)?.at ?? Infinity;
    expect(letGo - 20_000).toBeGreaterThan(1000);
    expect(letGo - 20_000).toBeLessThanOrEqual(3000);
    for (const { at, isAsking } of states) if (at > 20_000) expect(isAsking).toBe(at <= letGo);
  });

  test('comes back when PWM comes back', () => {
    const states = drive(car, [
      ...charging(SIXTEEN_A, 20_000),
      { until: 30_000, pilot: X1 },
      ...[{ until: 40_000, pilot: SIX_A, isPowered: true }],
    ]);
    expect(last(states)).toMatchObject({ isAsking: true, drawn_mA: 6000 });
  });

  test('that ramps slowly takes its half minute', () => {
    const rising = drive(CARS['slow-ramp'], charging(SIXTEEN_A, 60_000)).find(({ drawn_mA }) => drawn_mA >= 15_900);
    expect(rising?.at).toBeGreaterThan(30_000);
    expect(rising?.at).toBeLessThan(40_000);
  });

  test('that has enough draws less and less, stops at 80 % and asks no more', () => {
    const states = drive(CARS['stops-at-80'], charging(SIXTEEN_A, 200_000));
    const stop = states.findIndex(({ at, isAsking }) => at > 5000 && !isAsking);
    expect(states[stop]?.at).toBeGreaterThan(30_000);
    expect(states[stop]?.at).toBeLessThan(90_000);
    expect(chargeOf(last(states), CARS['stops-at-80'])).toBeCloseTo(800, 1);
    expect(states.slice(stop).every(({ isAsking, drawn_mA }) => !isAsking && drawn_mA === 0)).toBe(true);
    const currents = states.filter(({ at }) => at > 10_000).map(({ drawn_mA }) => drawn_mA);
    expect(currents.some((current) => current > 6000 && current < 12_000)).toBe(true);
  });

  test('takes more or less from a time on, whatever it took before', () => {
    const later = [
      { at: 20_000, maximum_dA: 200 },
      { at: 40_000, maximum_dA: 70 },
    ];
    const states = drive({ ...car, maximum_dA: 100, later }, charging(EIGHTY_A, 60_000));
    const drawnAt = (at: number) => states.findLast((one) => one.at <= at)?.drawn_mA;
    expect([19_990, 39_990, 60_000].map(drawnAt)).toEqual([10_000, 20_000, 7000]);
  });

  test('that would follow too late is a mistake in the configuration', () => {
    expect(() => arrivingCar({ ...car, follow_ms: 6001 })).toThrow(/no car is so slow/);
  });
});
