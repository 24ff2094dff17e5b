import { PHASES } from '@fairamp/units';
import { modelHouse } from '../house.js';
import { CARS } from '../cars.js';
import type { OutletCommand, OutletConfig } from '../outlet.js';
import { outletsOf, phasesOf } from './look.js';
import type { PhysicalFault } from '../physical-faults.js';
import { PlantDrive } from './plant-drive.js';
import type { PointOptions } from './system.js';
import { Timeline } from './timeline.js';

const outlet = (over: Partial<OutletConfig> = {}): OutletConfig => ({
  id: 'one',
  seed: 1,
  wiring: { L1: 'L2', L2: 'L3', L3: 'L1' },
  car: CARS['single-phase'],
  cable_ohm: 220,
  failSafe_ms: null,
  contactor_ms: 30,
  source_mV: 12_000,
  sampleEvery_ms: 500,
  proximityEvery_ms: 2000,
  ...over,
});
const NONE: PointOptions = {
  lock: { actuator: 'none', swapped: false },
  residual: 'disabled',
  access: 'disabled',
  stopRestart_s: 0,
  ventilated: false,
  isMetered: true,
};
const FITTINGS = { lock: 'motor', residual: 'monitored', hasSwitch: true, hasThermometer: true } as const;
const PWM = { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 250 } } as const;
const ON = { kind: 'allow-power', on: true } as const;
const BEAT = { kind: 'heartbeat' } as const;

/** What the checkers see of one outlet ten seconds after the commands. */
function seen(commands: readonly OutletCommand[], over: Partial<OutletConfig> = {}, options?: Partial<PointOptions>) {
  const timeline = new Timeline();
  const config = {
    house: modelHouse(1),
    outlets: [outlet(over)],
    sensorbox: { seed: 1, noise: 0, broken: 0, make: 'real' },
    limit_dA: 250,
    slice_ms: 250,
  } as const;
  const deaf = { hearLine: () => undefined, hearOutlet: () => undefined };
  const plant = new PlantDrive(config, timeline, deaf, () => undefined);
  plant.start();
  for (const command of commands) plant.command('one', command);
  timeline.runUntil(10_000);
  const point = { id: 'one', maximum_dA: 160, cable_dA: 320, wired: PHASES, failSafe: 'none' } as const;
  return outletsOf(plant, options === undefined ? [] : [{ ...point, options: { ...NONE, ...options } }])[0];
}

test.each<[string, readonly OutletCommand[], object]>([
  [
    'without a car',
    [],
    { pilot: 'A', output: 'X1', offered_dA: 0, isClosed: false, isHungry: false, phases: [], draw_dA: { L2: 0 } },
  ],
  [
    'with a car that is offered nothing',
    [{ kind: 'plug' }],
    { pilot: 'B', output: 'X1', isHungry: true, phases: ['L2'] },
  ],
  [
    'with one that asks',
    [{ kind: 'plug' }, PWM],
    { pilot: 'C', output: 'pwm', offered_dA: 150, isPowerAllowed: false },
  ],
  [
    'with one that draws',
    [{ kind: 'plug' }, PWM, BEAT, ON],
    { pilot: 'C', isPowerAllowed: true, isClosed: true, draw_dA: { L1: 0, L2: 150, L3: 0 } },
  ],
  [
    'under a permission without a car',
    [PWM, BEAT, ON],
    { pilot: 'A', isPowerAllowed: true, isClosed: true, phases: [] },
  ],
])('an outlet %s is told as it truly is', (_, commands, truth) => {
  expect(seen(commands)).toMatchObject(truth);
});

test.each([
  ['one-phase on a rotated outlet', {}, ['L2'], ['L1', 'L2', 'L3']],
  ['three-phase on a rotated outlet', { car: CARS['slow-ramp'] }, ['L1', 'L2', 'L3'], ['L1', 'L2', 'L3']],
  ['on a house with one conductor', { wiring: { L1: 'L1', L2: 'L1', L3: 'L1' } }, ['L1'], ['L1']],
] as const)('the conductors of a car and of its outlet, in their order: %s', (_, over, phases, wired) => {
  expect(phasesOf(outlet(over))).toEqual(phases);
  expect(seen([{ kind: 'plug' }], over)).toMatchObject({ phases, wired });
});

test('a car that has had enough is not hungry any more', () => {
  const full = { ...CARS['single-phase'], battery: { ...CARS['single-phase'].battery, arrivesAt_permille: 1000 } };
  expect(seen([{ kind: 'plug' }, PWM], { car: full })).toMatchObject({ isHungry: false, pilot: 'B' });
});

const broken = (fault: PhysicalFault): OutletCommand => ({ kind: 'fault', fault, on: true });
const AIRY = { ...CARS['single-phase'], asking_ohm: 246 };

test.each<[string, readonly OutletCommand[], Partial<OutletConfig>, object]>([
  ['plain', [], {}, { lock: 'none', residual: 'none', celsius: 25, isPressed: false, broken: [] }],
  ['with its fittings', [], { fittings: FITTINGS }, { lock: 'unlocked', residual: 'quiet' }],
  [
    'that is locked',
    [{ kind: 'lock', toward: 'locked', for_ms: 600 }],
    { fittings: FITTINGS },
    { lock: 'locked', isLockReversed: false },
  ],
  ['whose switch is held', [{ kind: 'press', pressed: true }], { fittings: FITTINGS }, { isPressed: true }],
  ['too hot', [broken('too-hot')], { fittings: FITTINGS }, { celsius: 70, broken: ['too-hot'] }],
  ['whose monitor hangs in the air', [broken('residual-wire')], { fittings: FITTINGS }, { residual: 'tripped' }],
  ['without a supply', [broken('supply-failing')], { fittings: FITTINGS }, { isSupplyFailing: true, residual: 'none' }],
  ['with a pilot on earth', [{ kind: 'plug' }, broken('pilot-shorted')], {}, { pilot: 'E' }],
  ['with a pilot on -12 V', [{ kind: 'plug' }, broken('pilot-negative')], {}, { pilot: 'F' }],
  ['with swapped wires', [broken('lock-swapped')], {}, { isLockReversed: true, broken: ['lock-swapped'] }],
])('an outlet %s is told as it truly is', (_, commands, over, truth) => {
  expect(seen(commands, over)).toMatchObject(truth);
});

test('wires that are swapped by plan are broken when they are not', () => {
  const lock = { actuator: 'motor', swapped: true } as const;
  expect(seen([], {}, { lock })).toMatchObject({ isLockReversed: false, broken: ['lock-swapped'] });
  expect(seen([broken('lock-swapped')], {}, { lock })).toMatchObject({ isLockReversed: true, broken: [] });
});

test('a car that asks for ventilation hungers only where there is some', () => {
  const asking = [{ kind: 'plug' }, PWM] as const;
  expect(seen(asking, { car: AIRY })).toMatchObject({ pilot: 'D', isHungry: false, isVentilated: false });
  expect(seen(asking, { car: AIRY }, { ventilated: true })).toMatchObject({ isHungry: true, isVentilated: true });
});

test('a meter is where its options say', () => {
  expect([seen([]), seen([], {}, { isMetered: false })].map((outlet) => outlet?.isMetered)).toEqual([true, false]);
});
