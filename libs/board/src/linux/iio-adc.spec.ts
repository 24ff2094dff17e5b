import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { FakeSysfs } from '../../test/fake-sysfs.js';
import { openAdc, openThermometer } from './iio-adc.js';

/** io.md 1.2: chargebyte's peak detectors, 4561 / 476 and 16,013 mV below zero. */
const PEAK = {
  adc: ['2198000.adc'],
  channel: 'voltage2',
  fullScale_raw: 4095,
  reference_mV: 3300,
  gain: 4561 / 476,
  offset_mV: -16_013,
};

let sysfs: FakeSysfs;
beforeEach(() => (sysfs = new FakeSysfs()));
afterEach(() => sysfs.dispose());

test.each<[raw: number, level_mV: number]>([
  [3628, 12_000],
  [3239, 9000],
  [2851, 6000],
  [2074, 0],
  [520, -12_000],
])('Tarragon: raw %d is %d mV on the pilot, within what one step of the converter is', (raw, level_mV) => {
  sysfs.adc(0, '2198000.adc', { voltage2: raw });
  const adc = openAdc(sysfs.root, PEAK);
  expect(Math.abs(adc.read_mV() - level_mV)).toBeLessThanOrEqual(8);
  adc.close();
});

test.each<[raw: string | number, says: RegExp]>([
  [-1, /in_voltage2_raw: -1 is not between 0 and 4095/],
  [4096, /in_voltage2_raw: 4096 is not between 0 and 4095/],
  ['', /in_voltage2_raw: "" is no whole number/],
  ['busy', /in_voltage2_raw: "busy" is no whole number/],
])('a reading of %j is none', (raw, says) => {
  sysfs.adc(0, '2198000.adc', { voltage2: raw });
  const adc = openAdc(sysfs.root, PEAK);
  expect(() => adc.read_mV()).toThrow(says);
  adc.close();
});

test.each([0, 4095])('%d, the end of its scale, is a reading', (raw) => {
  sysfs.adc(0, 'mcp3208', { voltage0: raw });
  const adc = openAdc(sysfs.root, { ...PEAK, adc: ['mcp3208'], channel: 'voltage0', gain: 1, offset_mV: 0 });
  expect(adc.read_mV()).toBe(raw === 0 ? 0 : 3300);
  adc.close();
});

describe('it is found', () => {
  const readFrom = (names: readonly string[]): number => {
    const adc = openAdc(sysfs.root, { ...PEAK, adc: [...names], gain: 1, offset_mV: 0, reference_mV: 4095 });
    const level_mV = adc.read_mV();
    adc.close();
    return level_mV;
  };

  test('by its name, whatever its number', () => {
    sysfs.adc(0, 'other', { voltage2: 1 });
    sysfs.adc(7, '2198000.adc', { voltage2: 7 });
    expect(readFrom(['mcp3208', '2198000.adc'])).toBe(7);
  });

  test("by its device, which stands in the link's path or under it", () => {
    const linked = join(sysfs.root, 'devices/platform/spi0.0');
    sysfs.write('devices/platform/spi0.0/in_voltage2_raw', 5);
    sysfs.write('bus/iio/devices/.keep', '');
    symlinkSync(linked, join(sysfs.root, 'bus/iio/devices/iio:device0'));
    expect(readFrom(['spi0.0'])).toBe(5);
    const plain = sysfs.adc(1, 'twin', { voltage2: 6 });
    symlinkSync('../../../devices/spi0.1', join(sysfs.root, plain, 'device'));
    expect(readFrom(['spi0.1'])).toBe(6);
  });

  test('or said to be missing, and so is its channel', () => {
    sysfs.adc(0, 'mcp3208', { voltage0: 1 });
    expect(() => openAdc(sysfs.root, PEAK)).toThrow('no "2198000.adc" there; there is mcp3208');
    expect(() => openAdc(sysfs.root, { ...PEAK, adc: ['mcp3208'] })).toThrow(/ENOENT.*in_voltage2_raw/);
  });
});

test.each<[millidegrees: number, celsius: number]>([
  [20_000, 20],
  [65_500, 65.5],
  [-5000, -5],
])('a thermometer that reads %d says %d degrees', (millidegrees, celsius) => {
  sysfs.write('class/hwmon/hwmon2/name', 'cpu');
  sysfs.write('class/hwmon/hwmon5/name', 'lm75');
  sysfs.write('class/hwmon/hwmon5/temp1_input', millidegrees);
  sysfs.write('class/hwmon/hwmon9/.keep', '');
  const thermometer = openThermometer(sysfs.root, { hwmon: 'lm75', input: 'temp1' });
  expect(thermometer.celsius()).toBe(celsius);
  thermometer.close();
});
