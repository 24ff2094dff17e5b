// The script that opens a contactor when no process of ours is left, in both small shells of embedded Linux: what it does.
import { chmodSync } from 'node:fs';
import {
  exportGpio,
  exportPwm,
  gpio,
  HEAD,
  PERIOD,
  pwm,
  runner,
  runScript,
  safeFile,
  SHELLS,
  sysfs,
} from './safe-state-rig.js';

describe.each(SHELLS)('in %s', (_, shell) => {
  const run = runner(shell);

  test('I2: opens what was closed, in the order of the file, and reads it back', () => {
    exportGpio(534);
    exportPwm(0);
    const text =
      '# board "pi"\n\nfairamp-safe 1\ngpio pinctrl-bcm2711 22 0        # the contactor\npwm fe20c000.pwm 0 zero\n';
    expect(run(text)).toEqual({ status: 0, said: 'safe-state: 2 outputs are safe\n' });
    expect([gpio(534), pwm(0)]).toEqual([
      ['out', '0'],
      [PERIOD, '0', '1'],
    ]);
  });

  test.each([
    ['low', 'gpio pinctrl-bcm2711 22 0', () => gpio(534), ['out', '0']],
    ['high', 'gpio pinctrl-bcm2711 22 1', () => gpio(534), ['out', '1']],
    ['the last line of a chip', 'gpio pinctrl-bcm2711 57 0', () => gpio(569), ['out', '0']],
    ['another chip', 'gpio raspberrypi-exp-gpio 0 0', () => gpio(570), ['out', '0']],
    ['the first alternative that exists', 'gpio pinctrl-rp1|pinctrl-bcm2711 22 0', () => gpio(534), ['out', '0']],
    ['X1', 'pwm fe20c000.pwm 0 full', () => pwm(0), [PERIOD, PERIOD, '1']],
    ['F', 'pwm fe20c000.pwm 0 zero', () => pwm(0), [PERIOD, '0', '1']],
    ['E', 'pwm fe20c000.pwm 0 off', () => pwm(0), ['0', '0', '0']],
    ['a chip by its device', 'pwm 1f00098000.pwm|20fc000.pwm 0 full', () => pwm(1), [PERIOD, PERIOD, '1']],
    ['the ending of Windows', 'gpio pinctrl-bcm2711 22 0\r', () => gpio(534), ['out', '0']],
    ['a tab', 'gpio\tpinctrl-bcm2711\t22\t0', () => gpio(534), ['out', '0']],
  ])('drives what was not exported: %s', (_name, line, output, state) => {
    expect(run(`${HEAD}${line}\n`)).toEqual({ status: 0, said: 'safe-state: 1 outputs are safe\n' });
    expect(output()).toEqual(state);
  });

  test.each([
    ['zero', ['500000', '0', '1']],
    ['full', ['500000', '500000', '1']],
    ['off', ['500000', '133000', '0']],
  ])('keeps the period of a running output: %s', (word, state) => {
    exportPwm(0, { period: '500000', duty_cycle: '133000' });
    expect(run(`${HEAD}pwm fe20c000.pwm 0 ${word}`).status).toBe(0);
    expect(pwm(0)).toEqual(state);
  });

  test.each([
    ['0', '1'],
    ['1', '0'],
  ])("the level is the line's own: under active_low level %s reads %s", (level, value) => {
    exportGpio(534, { active_low: '1', value: level });
    expect(run(`${HEAD}gpio pinctrl-bcm2711 22 ${level}`).status).toBe(0);
    expect(gpio(534)).toEqual(['out', value]);
  });

  test('a line that cannot change its direction takes its level by value', () => {
    sysfs.write('gpio/gpio534/value', '1\n');
    expect(run(`${HEAD}gpio pinctrl-bcm2711 22 0`).status).toBe(0);
    expect(gpio(534)).toEqual([null, '0']);
  });

  test('a thousand outputs, every one of them', () => {
    const lines = Array.from({ length: 1000 }, (_line, count) => `gpio many ${count} ${count % 2}`);
    for (const [name, text] of [
      ['label', 'many'],
      ['base', '2000'],
      ['ngpio', '1000'],
    ] as const)
      sysfs.write(`gpio/gpiochip2000/${name}`, text);
    expect(run(`${HEAD}${lines.join('\n')}\n`)).toEqual({ status: 0, said: 'safe-state: 1000 outputs are safe\n' });
    const wrong = lines.filter((_line, count) => sysfs.read(`gpio/gpio${2000 + count}/value`) !== String(count % 2));
    expect(wrong).toEqual([]);
  });

  test('a file without end comes to an end', () => {
    const outcome = run(`${HEAD}gpio pinctrl-bcm2711 22 0\n${'\n'.repeat(20_000)}gpio pinctrl-bcm2711 5 0\n`);
    expect(outcome.status).toBe(1);
    expect(outcome.said).toContain('line 10001: more than 10000 lines');
    expect(gpio(534)).toEqual(['out', '0']);
  });

  test('says nothing before the last output: a journal that takes no more lines cannot keep it waiting', () => {
    exportGpio(534);
    const file = safeFile(`${HEAD}gpio nobody 1 0\ngpio pinctrl-bcm2711 22 0\n`);
    expect(runScript(shell, { args: [file], to: '>/dev/full 2>&1' }).status).toBe(1);
    expect(gpio(534)).toEqual(['out', '0']);
  });

  test('a relative SYSFS and a file that others may not read are no obstacle', () => {
    chmodSync(safeFile(`${HEAD}pwm fe20c000.pwm 0 zero\n`), 0o600);
    expect(runScript(shell, { args: ['safe.conf'], env: { SYSFS: '.' } }).status).toBe(0);
    expect(pwm(0)).toEqual([PERIOD, '0', '1']);
  });
});
