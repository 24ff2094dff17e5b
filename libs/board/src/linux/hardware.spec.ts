import { described, FITTED, PLAIN, withValue } from '../../test/descriptions.js';
import { FakeLines } from '../../test/fake-onoff.js';
import { FakeSysfs } from '../../test/fake-sysfs.js';
import { onoffDriver } from './gpio.js';
import { openHardware } from './hardware.js';
import type { BoardHardware } from './ports.js';

const BASE = 512;
const COIL = BASE + 3;

let sysfs: FakeSysfs;
let lines: FakeLines;
beforeEach(() => {
  sysfs = new FakeSysfs();
  lines = new FakeLines();
  sysfs.gpioChip(0, 'gpio', { base: BASE, ngpio: 32 });
  sysfs.pwmChip(0, 'pwm', { period: '1000000', duty_cycle: '266000', enable: '1' });
  sysfs.adc(0, 'adc', { voltage0: 2000, voltage1: 1000, voltage2: 500, voltage3: 600 });
  sysfs.write('class/leds/evse:green:led1/brightness', 0);
  sysfs.write('class/leds/evse:green:led1/max_brightness', 255);
  sysfs.write('class/hwmon/hwmon0/name', 'lm75');
  sysfs.write('class/hwmon/hwmon0/temp1_input', 21_500);
  // As a process that died while it charged has left them.
  for (let offset = 0; offset < 32; offset += 1) lines.levels.set(BASE + offset, 1);
});
afterEach(() => sysfs.dispose());

const open = (board: unknown = FITTED): BoardHardware =>
  openHardware(described(board), onoffDriver(sysfs.root, lines.Gpio), sysfs.root);

test('the coil comes first, and off; then the heartbeat; the driver of the line is last of the pilot', () => {
  open();
  const made = lines.journal.filter((step) => !step.includes('='));
  expect(made.slice(0, 5)).toEqual(['515 low', '525 low', '516 in', '526 high', '513 low']);
});

test('every output is off when it has been opened, but the driver of the line', () => {
  open();
  const levels = Object.fromEntries(
    [1, 2, 3, 6, 7, 11, 13, 14].map((offset) => [offset, lines.levels.get(BASE + offset)]),
  );
  expect(levels).toEqual({ 1: 0, 2: 0, 3: 0, 6: 0, 7: 0, 11: 0, 13: 0, 14: 1 });
  expect(sysfs.read('class/pwm/pwmchip0/pwm0/duty_cycle')).toBe('1000000');
});

test('a plain board has what it says, and nothing else', () => {
  const { heartbeat, feedback, proximity, lock, residual, led, temperature, supply, pilotEnable, ...rest } =
    open(PLAIN);
  expect([heartbeat, feedback, proximity, lock, residual, led, temperature, supply, pilotEnable, rest.switch]).toEqual(
    Array.from({ length: 10 }, () => null),
  );
});

describe('when something is not there', () => {
  const takeAway: Readonly<Record<string, () => void>> = {
    'the heartbeat': () => lines.gone.add(BASE + 13),
    'the feedback': () => lines.gone.add(BASE + 4),
    'a reset': () => lines.gone.add(BASE + 2),
    'the lock': () => lines.gone.add(BASE + 7),
    'the monitor': () => lines.gone.add(BASE + 10),
    'its test line': () => lines.gone.add(BASE + 11),
    'the supply': () => lines.gone.add(BASE + 12),
  };

  test.each(Object.keys(takeAway))('%s: said, nothing watched, and the coil is off', (what) => {
    takeAway[what]?.();
    expect(() => open()).toThrow('ENODEV');
    expect([lines.levels.get(COIL), lines.watchers.size]).toEqual([0, 0]);
  });

  test.each<[part: string, path: string, value: unknown, says: string]>([
    ['the pwm', 'pilot.pwm.device', 'other', 'no "other" there; there is pwm'],
    ['the converter', 'pilot.measure.negative.adc', 'other', 'no "other" there; there is adc'],
    ['a channel', 'proximity.input.channel', 'voltage9', 'in_voltage9_raw'],
    ['the LED', 'led.led', 'other', 'class/leds/other/max_brightness'],
    ['the thermometer', 'temperature.hwmon', 'other', 'no "other" there; there is lm75'],
  ])('%s: said, and the coil is off', (_, path, value, says) => {
    expect(() => open(withValue(FITTED, path, value))).toThrow(says);
    expect(lines.levels.get(COIL)).toBe(0);
  });

  test('the coil itself: nothing else is touched', () => {
    lines.gone.add(COIL);
    expect(() => open()).toThrow('ENODEV: gpio515');
    expect([lines.journal, sysfs.read('class/pwm/pwmchip0/pwm0/duty_cycle')]).toEqual([[], '266000']);
  });
});

describe('what is read', () => {
  test.each<[contact: string, level: 0 | 1, isClosed: boolean]>([
    ['closed', 1, true],
    ['closed', 0, false],
    ['open', 1, false],
    ['open', 0, true],
  ])('a feedback whose line is on while %s, at %d: closed is %p', (contact, level, isClosed) => {
    const { feedback } = open(withValue(FITTED, 'contactor.feedback.contact', contact));
    lines.levels.set(BASE + 4, level);
    expect(feedback?.get()).toBe(isClosed);
  });

  // A solenoid's contact pulls terminal B low when it is locked; a motor's lets it go high.
  test.each<[actuator: string, level_mV: number, isHigh: boolean]>([
    ['motor', 0, true],
    ['motor', 850, true],
    ['motor', 851, false],
    ['motor', 3000, false],
    ['solenoid', 0, false],
    ['solenoid', 850, false],
    ['solenoid', 851, true],
    ['solenoid', 3000, true],
  ])('the lock of a %s at %d mV, locked from 0 to 850: terminal B high is %p', (actuator, level_mV, isHigh) => {
    const input = { adc: 'adc', channel: 'voltage3', fullScale_raw: 4095, reference_mV: 4095 };
    const lock = { ...FITTED.lock, actuator, feedback: { input, locked_mV: [0, 850] } };
    sysfs.write('bus/iio/devices/iio:device0/in_voltage3_raw', level_mV);
    expect(open({ ...FITTED, lock }).lock?.isHigh()).toBe(isHigh);
  });

  test('the lock by a line is the level at terminal B', () => {
    const { lock } = open();
    expect(lock?.isHigh()).toBe(true);
    lines.levels.set(BASE + 8, 0);
    expect(lock?.isHigh()).toBe(false);
  });

  test('pilot, plug, warmth and the other inputs', () => {
    const { positive, proximity, temperature, switch: button, residual, supply } = open();
    expect([positive.adc.read_mV(), proximity?.read_mV(), temperature?.celsius()]).toEqual([1612, 403, 21.5]);
    expect([button?.get(), residual?.tripped.get(), supply?.get()]).toEqual([true, true, true]);
  });
});

describe('an LED', () => {
  test.each<[permille: number, brightness: string]>([
    [0, '0'],
    [100, '26'],
    [1000, '255'],
  ])('of the kernel at %d permille is %s of 255', (permille, brightness) => {
    open().led?.shine(permille);
    expect(sysfs.read('class/leds/evse:green:led1/brightness')).toBe(brightness);
  });

  test.each<[permille: number, level: 0 | 1]>([
    [0, 0],
    [100, 0],
    [499, 0],
    [500, 1],
    [1000, 1],
  ])('on a line at %d permille is %d', (permille, level) => {
    open(withValue(FITTED, 'led', { line: { chip: 'gpio', offset: 20 } })).led?.shine(permille);
    expect(lines.levels.get(BASE + 20)).toBe(level);
  });
});

test('closed, nothing is watched or read any more, and the outputs stay as they are', () => {
  const hardware = open();
  hardware.residual?.tripped.onEdge(() => undefined);
  hardware.lock?.lock.set(true);
  hardware.close();
  hardware.close();
  expect([lines.watchers.size, lines.levels.get(BASE + 6)]).toEqual([0, 1]);
  expect(() => hardware.positive.adc.read_mV()).toThrow('EBADF');
});
