import { FakeLines } from '../../test/fake-onoff.js';
import { FakeSysfs } from '../../test/fake-sysfs.js';
import type { LineDescription } from './description.js';
import { globalNumber, loadOnoff, onoffDriver } from './gpio.js';

let sysfs: FakeSysfs;
let lines: FakeLines;
beforeEach(() => {
  sysfs = new FakeSysfs();
  lines = new FakeLines();
  sysfs.gpioChip(512, 'pinctrl-bcm2711', { base: 512, ngpio: 58 });
  sysfs.gpioChip(570, 'raspberrypi-exp-gpio', { base: 570, ngpio: 8 });
});
afterEach(() => sysfs.dispose());

const line = (offset: number, differs: Partial<LineDescription> = {}): LineDescription => ({
  chip: ['pinctrl-bcm2711'],
  offset,
  activeLow: false,
  ...differs,
});
const driver = () => onoffDriver(sysfs.root, lines.Gpio);

describe('the global number of a line', () => {
  // io.md 2.2: the Raspberry Pi's base is 512 since Linux 6.6, so that GPIO 17 is 529.
  test.each<[chip: readonly string[], offset: number, number: number]>([
    [['pinctrl-bcm2711'], 17, 529],
    [['pinctrl-bcm2711'], 0, 512],
    [['pinctrl-bcm2711'], 57, 569],
    [['raspberrypi-exp-gpio'], 7, 577],
    // The first label that is there.
    [['pinctrl-rp1', 'pinctrl-bcm2711', 'raspberrypi-exp-gpio'], 3, 515],
    [['raspberrypi-exp-gpio', 'pinctrl-bcm2711'], 3, 573],
  ])('%j %d is %d', (chip, offset, number) => {
    expect(globalNumber(sysfs.root, line(offset, { chip: [...chip] }))).toBe(number);
  });

  test.each<[chip: readonly string[], offset: number, says: string]>([
    [['pinctrl-bcm2711'], 58, 'gpio line pinctrl-bcm2711 58: the chip has 58 lines'],
    [['pinctrl-rp1', 'x'], 3, 'no "pinctrl-rp1" or "x" there; there is pinctrl-bcm2711, raspberrypi-exp-gpio'],
  ])('%j %d: %s', (chip, offset, says) => {
    expect(() => globalNumber(sysfs.root, line(offset, { chip: [...chip] }))).toThrow(says);
  });
});

describe('an output', () => {
  test.each<[activeLow: boolean, isOn: boolean, made: string]>([
    [false, false, '515 low'],
    [false, true, '515 high'],
    [true, false, '515 high'],
    [true, true, '515 low'],
  ])('activeLow %p, on %p: made as %s', (activeLow, isOn, made) => {
    const out = driver().output(line(3, { activeLow }), isOn);
    expect([lines.journal[0], lines.levels.get(515)]).toEqual([made, made === '515 high' ? 1 : 0]);
    out.set(true);
    expect(lines.levels.get(515)).toBe(activeLow ? 0 : 1);
    out.set(false);
    expect(lines.levels.get(515)).toBe(activeLow ? 1 : 0);
  });

  test('is off when nothing else is said', () => {
    driver().output(line(3));
    expect(lines.levels.get(515)).toBe(0);
  });

  test.each<[activeLow: boolean, hangs: 0 | 1, says: string]>([
    [false, 1, 'gpio line pinctrl-bcm2711 3: 0 was written, and it reads 1'],
    [true, 0, 'gpio line pinctrl-bcm2711 3: 1 was written, and it reads 0'],
  ])('that hangs (activeLow %p at %d) is found when it is made', (activeLow, hangs, says) => {
    lines.hanging.set(515, hangs);
    expect(() => driver().output(line(3, { activeLow }))).toThrow(says);
  });

  test('that hangs later is found by the next write', () => {
    const out = driver().output(line(3));
    out.set(true);
    lines.hanging.set(515, 1);
    expect(() => out.set(false)).toThrow('0 was written, and it reads 1');
  });

  test('that was exported before as an input, and stays one, is no output', () => {
    lines.deaf.add(515);
    expect(() => driver().output(line(3))).toThrow('gpio line pinctrl-bcm2711 3 is no output: in');
  });

  test('that somebody has turned round is refused: what reads off would be on', () => {
    lines.turned.add(515);
    expect(() => driver().output(line(3))).toThrow('gpio line pinctrl-bcm2711 3 is turned round: active_low 1');
  });
});

describe('an input', () => {
  test.each<[activeLow: boolean, level: 0 | 1, isOn: boolean]>([
    [false, 0, false],
    [false, 1, true],
    [true, 0, true],
    [true, 1, false],
  ])('activeLow %p at level %d is on: %p', (activeLow, level, isOn) => {
    lines.levels.set(515, level);
    expect(driver().input(line(3, { activeLow })).get()).toBe(isOn);
  });

  test('that was exported before as an output, and stays one, is no input', () => {
    lines.deaf.add(515);
    lines.directions.set(515, 'out');
    expect(() => driver().input(line(3))).toThrow('gpio line pinctrl-bcm2711 3 is no input: out');
  });

  test('hints at its edges until it is closed', () => {
    const gpio = driver();
    let hints = 0;
    gpio.input(line(3)).onEdge(() => (hints += 1));
    lines.watchers.get(515)?.forEach((listener) => listener());
    expect(hints).toBe(1);
    gpio.close();
    expect(lines.watchers.size).toBe(0);
  });
});

describe('opened again', () => {
  test('a thousand times, it opens each file once, and gives no line back', () => {
    const gpio = driver();
    for (let round = 0; round < 1000; round += 1) {
      gpio.output(line(3)).set(true);
      gpio.input(line(4));
      gpio.close();
    }
    expect([lines.openFiles, lines.journal.filter((step) => step.endsWith('given back'))]).toEqual([2, []]);
  });

  test('an output is off again', () => {
    const gpio = driver();
    gpio.output(line(3)).set(true);
    gpio.close();
    gpio.output(line(3));
    expect(lines.levels.get(515)).toBe(0);
  });

  test.each(['output', 'input'] as const)('an %s that was gone is opened anew when it is back', (kind) => {
    const gpio = driver();
    gpio[kind](line(3));
    gpio.close();
    lines.gone.add(515);
    expect(() => gpio[kind](line(3))).toThrow('ENODEV: gpio515');
    expect(() => gpio[kind](line(3))).toThrow('ENODEV: gpio515');
    expect(lines.openFiles).toBe(0);
    lines.gone.delete(515);
    gpio[kind](line(3));
    expect(lines.openFiles).toBe(1);
  });

  test('one that cannot be made leaves no file open', () => {
    lines.deaf.add(515);
    const gpio = driver();
    for (let round = 0; round < 100; round += 1) expect(() => gpio.output(line(3))).toThrow('no output');
    expect(lines.openFiles).toBe(0);
  });
});

test('without the package it is said which is missing, and how it is had', async () => {
  await expect(loadOnoff('no-such-package-of-ours')).rejects.toThrow(
    /^the package "no-such-package-of-ours", .* cannot be loaded \(npm install no-such-package-of-ours\): .*Cannot find/,
  );
});
