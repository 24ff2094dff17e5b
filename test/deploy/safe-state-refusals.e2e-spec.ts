// What the safe-state script refuses: each line for itself, with its number and the reason, while all others are done.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportGpio,
  exportPwm,
  gpio,
  HEAD,
  pwm,
  runner,
  runScript,
  safeFile,
  SHELLS,
  sysfs,
} from './safe-state-rig.js';

describe.each(SHELLS)('in %s', (_, shell) => {
  const run = runner(shell);
  const runFile = (...args: string[]) => runScript(shell, { args });

  test.each([
    ['no chip of that label', 'gpio pinctrl-rp1 22 0', 'gpio pinctrl-rp1 22: no chip has this label'],
    ['a label that is the beginning of one', 'gpio pinctrl 22 0', 'gpio pinctrl 22: no chip has this label'],
    ['an offset beyond the chip', 'gpio pinctrl-bcm2711 58 0', 'gpio pinctrl-bcm2711 58: the chip has 58 lines'],
    ['a negative offset', 'gpio pinctrl-bcm2711 -1 0', 'gpio pinctrl-bcm2711: the offset is no count'],
    ['an octal offset', 'gpio pinctrl-bcm2711 022 0', 'gpio pinctrl-bcm2711: the offset is no count'],
    ['an enormous offset', 'gpio pinctrl-bcm2711 99999999999999999999 0', 'the offset is no count'],
    ['a level that is none', 'gpio pinctrl-bcm2711 22 low', 'gpio pinctrl-bcm2711 22: the level is neither 0 nor 1'],
    ['no level', 'gpio pinctrl-bcm2711 22', 'gpio: 3 words, and an output has 4'],
    ['a word too many', 'gpio pinctrl-bcm2711 22 0 0', 'gpio: 5 words, and an output has 4'],
    ['no such device', 'pwm 1f00098000.pwm 0 zero', 'pwm 1f00098000.pwm 0: no chip is of this device'],
    ['no such channel', 'pwm fe20c000.pwm 7 zero', 'pwm fe20c000.pwm 7: cannot be exported'],
    ['a state that is none', 'pwm fe20c000.pwm 0 F', 'pwm fe20c000.pwm 0: is to be neither zero, full nor off'],
    ['no such kind', 'dac 1 2 3', 'dac: no such output; there are gpio and pwm'],
    ['another version in the middle', 'fairamp-safe 2', 'fairamp-safe: no such output'],
    ['a command', '$(touch owned)', '(no plain word): no such output'],
    ['a command for a label', 'gpio $(touch${IFS}owned) 22 0', 'gpio (no plain word) 22: no chip has this label'],
    ['a command for an offset', 'gpio pinctrl-bcm2711 $(touch${IFS}owned) 0', 'the offset is no count'],
    ['arithmetic for an offset', 'gpio pinctrl-bcm2711 a[$(touch${IFS}owned)] 0', 'the offset is no count'],
    ['backquotes', '`touch owned`', '(no plain word): no such output'],
    ['a second command', '; touch owned', '(no plain word): no such output'],
    ['a star', '*', '(no plain word): no such output'],
    ['a star for a label', 'gpio * 22 0', 'gpio (no plain word) 22: no chip has this label'],
    ['a way out', 'gpio ../../../etc 22 0', 'gpio (no plain word) 22: no chip has this label'],
    ['a way out for a device', 'pwm .. 0 zero', 'pwm .. 0: no chip is of this device'],
    ['a way out for a channel', 'pwm fe20c000.pwm ../pwm0 zero', 'pwm fe20c000.pwm: the channel is no count'],
    ['an option', '-n -e gpio 0', '-n: no such output'],
    ['a line of another file', 'root:$y$j9T$secret:19000', '(no plain word): no such output'],
  ])('refuses %s, says so, and goes on', (_name, line, said) => {
    sysfs.write('pwm/pwmchip0/lacks', '7\n');
    const outcome = run(`${HEAD}gpio pinctrl-bcm2711 5 0\n${line}\ngpio pinctrl-bcm2711 6 1\n`);
    expect(outcome.status).toBe(1);
    expect(outcome.said).toMatch(/^safe-state: safe.conf: line 3: [^\n]*\n$/);
    expect(outcome.said).toContain(said);
    expect([gpio(517), gpio(518), gpio(534), pwm(0)]).toEqual([
      ['out', '0'],
      ['out', '1'],
      [null, null],
      [null, null, null],
    ]);
    expect(existsSync(join(sysfs.root, 'owned'))).toBe(false);
  });

  test.each([
    ['a line that another holds', () => sysfs.write('gpio/fails', ''), 'gpio pinctrl-bcm2711 22: cannot be exported'],
    [
      'a line that refuses',
      () => (exportGpio(534), sysfs.write('gpio/gpio534/fails', '')),
      'is not low, its value reads "1"',
    ],
    [
      'a line that does not follow',
      () => (exportGpio(534), sysfs.write('gpio/gpio534/stuck', '')),
      'is not low, its value reads "1"',
    ],
    [
      'a line that stays an input',
      () => (exportGpio(534, { direction: 'in', value: '0' }), sysfs.write('gpio/gpio534/stuck', '')),
      'is not low, its value reads "in"',
    ],
    [
      'a line without a value',
      () => (sysfs.write('gpio/gpio534/direction', 'out\n'), sysfs.write('gpio/gpio534/stuck', '')),
      'is not low, its value reads ""',
    ],
    [
      'a PWM that refuses',
      () => (exportPwm(0), sysfs.write('pwm/pwmchip0/pwm0/fails', '')),
      'pwm fe20c000.pwm 0: is not zero, it reads "266000"',
    ],
    [
      'a PWM that does not follow',
      () => (exportPwm(0, { duty_cycle: '0', enable: '0' }), sysfs.write('pwm/pwmchip0/pwm0/stuck', '')),
      'pwm fe20c000.pwm 0: is not zero, it reads "0"',
    ],
    ['a PWM chip that refuses', () => sysfs.write('pwm/pwmchip0/fails', ''), 'pwm fe20c000.pwm 0: cannot be exported'],
  ])('says what the hardware refuses, and goes on: %s', (_name, break_, said) => {
    break_();
    exportGpio(517);
    const outcome = run(`${HEAD}gpio pinctrl-bcm2711 22 0\npwm fe20c000.pwm 0 zero\ngpio pinctrl-bcm2711 5 0\n`);
    expect(outcome.status).toBe(1);
    expect(outcome.said).toContain(said);
    expect(gpio(517)).toEqual(['out', '0']);
  });

  test('a star is a star also in the very first line', () => {
    expect(run(`${HEAD}gpio * 22 0\n`).said).toContain('line 2: gpio (no plain word) 22: no chip has this label');
  });

  test.each([
    ['what is already safe needs no write that succeeds', { value: '0' }, 0],
    ['nor does it make an unsafe one safe', { value: '1' }, 1],
  ])('%s', (_name, over, status) => {
    exportGpio(534, over);
    sysfs.write('gpio/gpio534/fails', '');
    expect(run(`${HEAD}gpio pinctrl-bcm2711 22 0`).status).toBe(status);
  });

  test.each([
    ['another version', 'fairamp-safe 2\n', 'line 1: the first line must be "fairamp-safe 1"'],
    ['no first line', '', 'line 1: the first line must be "fairamp-safe 1"'],
  ])('with %s, every line that can be understood is done all the same', (_name, head, said) => {
    const outcome = run(`${head}gpio pinctrl-bcm2711 22 0\n`);
    expect(outcome.status).toBe(1);
    expect(outcome.said).toContain(said);
    expect(gpio(534)).toEqual(['out', '0']);
  });

  test.each([
    ['nothing', '', 'names no output'],
    ['its first line alone', HEAD, 'names no output'],
    ['comments', `${HEAD}# gpio pinctrl-bcm2711 22 0\n`, 'names no output'],
  ])('a file of %s makes nothing safe, and says so', (_name, text, said) => {
    const outcome = run(text);
    expect(outcome.status).toBe(1);
    expect(outcome.said).toContain(said);
  });

  test('a file that is none: missing, a folder, a link, not to be read', () => {
    const file = safeFile(`${HEAD}gpio pinctrl-bcm2711 22 0\n`);
    mkdirSync(join(sysfs.root, 'folder'));
    symlinkSync(file, join(sysfs.root, 'link'));
    for (const name of ['missing', 'folder', 'link', '']) {
      const outcome = runFile(join(sysfs.root, name));
      expect(outcome.status).toBe(1);
      expect(outcome.said).toContain('there is no such file');
    }
    expect(gpio(534)).toEqual([null, null]);
  });

  test('asked without a file it says how it is called', () => {
    expect(runFile()).toEqual({ status: 2, said: 'usage: safe-state.sh SAFE_FILE\n' });
  });
});
