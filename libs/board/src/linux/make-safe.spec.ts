import { FakeSysfs } from '../../test/fake-sysfs.js';
import { makeOutputsSafe } from './make-safe.js';
import type { SafeOutput } from './safe-outputs.js';

const coil: SafeOutput = { kind: 'gpio', chip: ['other', 'pinctrl'], offset: 3, level: 0 };
const inverted: SafeOutput = { kind: 'gpio', chip: ['pinctrl'], offset: 4, level: 1 };
const pilotF: SafeOutput = { kind: 'pwm', device: ['20fc000.pwm'], channel: 0, duty: 'zero' };

describe('outputs that another process had opened', () => {
  let sysfs: FakeSysfs;
  let pwm: string;
  beforeEach(() => {
    sysfs = new FakeSysfs();
    sysfs.gpioChip(0, 'pinctrl', { base: 512, ngpio: 54 });
    pwm = sysfs.pwmChip(1, '20fc000.pwm', { period: '1000000', duty_cycle: '266000', enable: '1' });
    for (const [number, value] of [
      [515, 1],
      [516, 0],
    ] as const) {
      sysfs.write(`class/gpio/gpio${number}/direction`, 'out');
      sysfs.write(`class/gpio/gpio${number}/value`, value);
      sysfs.write(`class/gpio/gpio${number}/active_low`, 1);
    }
  });
  afterEach(() => sysfs.dispose());

  test('are safe, each by the name of its chip', () => {
    expect(makeOutputsSafe([coil, pilotF, inverted], sysfs.root)).toEqual([]);
    expect(sysfs.read('class/gpio/gpio515/value')).toBe('0');
    expect(sysfs.read('class/gpio/gpio515/direction')).toBe('low');
    expect(sysfs.read('class/gpio/gpio515/active_low')).toBe('0');
    expect(sysfs.read('class/gpio/gpio516/value')).toBe('1');
    expect([sysfs.read(`${pwm}/duty_cycle`), sysfs.read(`${pwm}/enable`)]).toEqual(['0', '1']);
  });

  test('X1 is all of the period, whatever that is', () => {
    sysfs.write(`${pwm}/period`, '2000000');
    expect(makeOutputsSafe([{ ...pilotF, duty: 'full' }], sysfs.root)).toEqual([]);
    expect(sysfs.read(`${pwm}/duty_cycle`)).toBe('2000000');
  });

  test('a channel that nobody has used gets its period first', () => {
    sysfs.write(`${pwm}/period`, '0');
    expect(makeOutputsSafe([{ ...pilotF, duty: 'full' }], sysfs.root)).toEqual([]);
    expect([sysfs.read(`${pwm}/period`), sysfs.read(`${pwm}/duty_cycle`)]).toEqual(['1000000', '1000000']);
  });

  test('one that fails is told, and keeps no other from its safe state', () => {
    const nowhere: SafeOutput = { ...coil, chip: ['nowhere'] };
    const failed = makeOutputsSafe([nowhere, { ...pilotF, device: ['none.pwm'] }, coil, pilotF], sysfs.root);
    expect(failed).toEqual([
      expect.stringContaining('no "nowhere" there; there is pinctrl'),
      expect.stringContaining('no "none.pwm" there; there is 20fc000.pwm'),
    ]);
    expect(sysfs.read('class/gpio/gpio515/value')).toBe('0');
    expect(sysfs.read(`${pwm}/duty_cycle`)).toBe('0');
  });

  test('a line beyond its chip is told', () => {
    const failed = makeOutputsSafe([{ ...coil, offset: 54 }], sysfs.root);
    expect(failed).toEqual([expect.stringContaining('the chip has 54 lines')]);
  });

  test('nothing to make safe is nothing to tell', () => {
    expect(makeOutputsSafe([], '/nowhere')).toEqual([]);
  });
});
