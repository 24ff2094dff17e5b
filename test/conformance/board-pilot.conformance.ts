// The pilot and the cable of every BoardSupport: what it drives is there, and what is there it shows.
import type { PilotOutput } from '@fairamp/evse';
import type { PhysicalFault } from '@fairamp/simulation';
import { PWM, SETTLE_ms, where, type Bench, type BoardKind } from './board-bench.js';

/** IEC 61851-1 Table A.4: within a volt of the level's middle. */
const NEAR_mV = 1000;

export function pilotConformance(kind: BoardKind, at: () => Bench): void {
  const can = (fault: PhysicalFault): boolean => kind.breakable.includes(fault);

  test.each<PilotOutput>([
    { kind: 'pwm', duty_permille: 100 },
    { kind: 'pwm', duty_permille: 266 },
    { kind: 'pwm', duty_permille: 960 },
    { kind: 'X1' },
    { kind: 'F' },
  ])('puts %j on the pilot', async (pilot) => {
    at().rig.board.setPilot(pilot);
    await at().live(SETTLE_ms);
    expect(at().rig.eyes.output()).toEqual(pilot);
  });

  test('samples high and low while PWM is on, and only high while the pilot is steady', async () => {
    at().rig.hands.connect('B');
    await at().live(SETTLE_ms);
    expect(levels(at())).toEqual([9, null]);
    at().rig.board.setPilot(PWM);
    await at().live(SETTLE_ms);
    expect(levels(at())).toEqual([9, -12]);
  });

  test('shows what a car does within its reaction time, by two samples', async () => {
    await at().close();
    expect(levels(at())).toEqual([6, -12]);
    at().forget();
    at().rig.hands.connect('B');
    await at().rig.pass(kind.capabilities.reaction_ms);
    const seen = at()
      .all('pilot-sampled')
      .filter(({ high_mV }) => high_mV > 8000);
    expect(seen.length).toBeGreaterThanOrEqual(2);
  });

  test('reads the plug', async () => {
    at().rig.hands.plug(220);
    await at().live(SETTLE_ms);
    const ohm = at().last('proximity-sampled')?.ohm ?? 0;
    expect([ohm > 200, ohm < 240]).toEqual([true, true]);
    at().rig.hands.plug(null);
    await at().live(SETTLE_ms);
    expect(at().last('proximity-sampled')?.ohm).toBeNull();
  });

  where(can('proximity-lost'))('shows that the plug has lost its contact, and has it again', async () => {
    at().rig.hands.connect('B');
    at().rig.hands.plug(220);
    await at().break('proximity-lost');
    expect(at().last('proximity-sampled')?.ohm).toBeNull();
    await at().break('proximity-lost', false);
    expect(at().last('proximity-sampled')?.ohm).not.toBeNull();
  });

  const broken: readonly (readonly [PhysicalFault, number, number])[] = [
    ['pilot-shorted', 0, 0],
    ['pilot-negative', -12, -12],
    ['diode-missing', 6, -6],
  ];
  for (const [fault, high, low] of broken) {
    where(can(fault))(`shows a line as it is: ${fault}`, async () => {
      await at().close();
      await at().break(fault);
      expect(levels(at())).toEqual([high, low]);
      await at().break(fault, false);
      expect(levels(at())).toEqual([6, -12]);
    });
  }

  where(can('pilot-silent'))('makes up no sample that it did not take', async () => {
    await at().break('pilot-silent');
    at().forget();
    await at().live(SETTLE_ms);
    expect(at().all('pilot-sampled')).toEqual([]);
    await at().break('pilot-silent', false);
    expect(at().all('pilot-sampled').length).toBeGreaterThan(0);
  });
}

/** In whole volts of a nominal level; what is near none is told in millivolts. */
function levels(bench: Bench): readonly (number | null | undefined)[] {
  const sample = bench.last('pilot-sampled');
  return [nominal(sample?.high_mV), nominal(sample?.low_mV)];
}

function nominal(level_mV: number | null | undefined): number | null | undefined {
  if (level_mV === null || level_mV === undefined) return level_mV;
  const volts = [12, 9, 6, 3, 0, -6, -12].find((level) => Math.abs(level_mV - level * 1000) < NEAR_mV);
  return volts ?? level_mV;
}
