// The fake sysfs's PWM, converter and thermometer through the kernel: that they answer, and refuse, as real ones.
import { until } from './at-files.js';
import { GPIO, IIO, PWM, sysfsBench } from './sysfs-bench.js';

const at = sysfsBench();

test('PWM: found by its device, and refuses what is out of order', async () => {
  expect(await at().files.link(`${PWM}/device`)).toBe('../../../20fc000.pwm');
  expect(await at().files.read(`${PWM}/npwm`)).toBe('2');
  expect(await at().files.write(`${PWM}/export`, 2)).toBe('ENODEV');
  expect(await at().files.write(`${PWM}/export`, 0)).toBe('ok');
  expect(await at().files.write(`${PWM}/export`, 0)).toBe('EBUSY');
  const write = (file: string, text: string | number) => at().files.write(`${PWM}/pwm0/${file}`, text);
  expect(await at().files.read(`${PWM}/pwm0/period`)).toBe('0');
  for (const [file, text, outcome] of [
    ['enable', 1, 'EINVAL'],
    ['enable', 0, 'EINVAL'],
    ['duty_cycle', 0, 'EINVAL'],
    ['period', 0, 'EINVAL'],
    ['period', 1_000_000, 'ok'],
    ['duty_cycle', 1_000_001, 'EINVAL'],
    ['duty_cycle', -1, 'EINVAL'],
    ['duty_cycle', 266_000, 'ok'],
    ['period', 265_999, 'EINVAL'],
    ['enable', 2, 'EINVAL'],
    ['enable', 1, 'ok'],
    ['polarity', 'upside-down', 'EINVAL'],
  ] as const)
    expect([file, text, await write(file, text)]).toEqual([file, text, outcome]);
  expect(await at().namespace.control.look('pwm:20fc000.pwm:0')).toBe(266);
  await write('polarity', 'inversed');
  expect(await at().namespace.control.look('pwm:20fc000.pwm:0')).toBe(734);
});

test('a PWM goes on when its channel is unexported', async () => {
  await at().files.write(`${PWM}/export`, 0);
  await at().files.write(`${PWM}/pwm0/period`, 1000);
  await at().files.write(`${PWM}/pwm0/duty_cycle`, 500);
  await at().files.write(`${PWM}/pwm0/enable`, 1);
  expect(await at().files.write(`${PWM}/unexport`, 0)).toBe('ok');
  expect(await at().files.read(`${PWM}/pwm0/enable`)).toBe('ENOENT');
  expect(await at().namespace.control.look('pwm:20fc000.pwm:0')).toBe(500);
});

test('converter and thermometer: each read gives the value now, or what it froze at', async () => {
  expect(await at().files.read(`${IIO}/name`)).toBe('mcp3208');
  await at().namespace.control.set({ 'iio:mcp3208:0': 3628, 'hwmon:lm75': 41_500 });
  expect(await at().files.read(`${IIO}/in_voltage0_raw`)).toBe('3628');
  expect(await at().files.read('/sys/class/hwmon/hwmon0/temp1_input')).toBe('41500');
  await at().namespace.control.freeze('iio:mcp3208:0', true);
  await at().namespace.control.set({ 'iio:mcp3208:0': 520 });
  expect(await at().files.read(`${IIO}/in_voltage0_raw`)).toBe('3628');
  await at().namespace.control.freeze('iio:mcp3208:0', false);
  expect(await at().files.read(`${IIO}/in_voltage0_raw`)).toBe('520');
});

test('a peak detector is empty while it is reset, and holds the highest since', async () => {
  const reset = async (level: number): Promise<string> => at().files.write(`${GPIO}/gpio535/value`, level);
  await at().files.write(`${GPIO}/export`, 535);
  await at().files.write(`${GPIO}/gpio535/direction`, 'low');
  const read = () => at().files.read(`${IIO}/in_voltage1_raw`);
  await at().namespace.control.set({ 'iio:mcp3208:1': 3000 });
  await at().namespace.control.set({ 'iio:mcp3208:1': 2500 });
  expect(await read()).toBe('3000');
  await reset(1);
  expect(await read()).toBe('7');
  await reset(0);
  await until(async () => (await read()) !== '7', 'it has filled');
  expect(await read()).toBe('2500');
});

test('fails what it is told to, as often as it is told to', async () => {
  const file = `${IIO}/in_voltage0_raw`;
  await at().namespace.control.fail('iio:mcp3208:0', 'in_voltage0_raw', { of: 'read', errno: 5, times: 2 });
  expect([await at().files.read(file), await at().files.read(file), await at().files.read(file)]).toEqual([
    'EIO',
    'EIO',
    '0',
  ]);
  await at().files.write(`${PWM}/export`, 0);
  await at().namespace.control.fail('pwm:20fc000.pwm:0', 'period', { of: 'write', errno: 16, times: -1 });
  expect(await at().files.write(`${PWM}/pwm0/period`, 1000)).toBe('EBUSY');
  expect(await at().files.read(`${PWM}/pwm0/period`)).toBe('0');
  await at().namespace.control.fail('pwm:20fc000.pwm:0', 'period', { of: 'write', errno: 0, times: 0 });
  expect(await at().files.write(`${PWM}/pwm0/period`, 1000)).toBe('ok');
});
