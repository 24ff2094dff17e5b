import { FakeSysfs, kernelPwm } from '../../test/fake-sysfs.js';
import { openPwm, type PwmPlace } from './sysfs-pwm.js';
import { ATTRIBUTES } from './sysfs.js';

const PLACE: PwmPlace = { device: ['20fc000.pwm'], channel: 0, inverted: false };

let sysfs: FakeSysfs;
let journal: string[];
beforeEach(() => {
  sysfs = new FakeSysfs();
  journal = [];
});
afterEach(() => sysfs.dispose());

const open = (place: Partial<PwmPlace> = {}) => openPwm(sysfs.root, { ...PLACE, ...place }, kernelPwm(journal));

describe('opened, it shows a steady high line, in an order that the kernel takes', () => {
  test.each<[about: string, left: Record<string, string>, writes: readonly string[]]>([
    ['fresh', {}, ['period 1000000', 'duty_cycle 1000000', 'enable 1']],
    [
      'left as we leave it',
      { period: '1000000', duty_cycle: '266000', enable: '1' },
      ['duty_cycle 1000000', 'enable 1'],
    ],
    [
      'left with a longer period',
      { period: '5000000', duty_cycle: '4000000', enable: '1' },
      ['duty_cycle 0', 'period 1000000', 'duty_cycle 1000000', 'enable 1'],
    ],
    [
      'left with a period and no duty',
      { period: '500', enable: '1' },
      ['period 1000000', 'duty_cycle 1000000', 'enable 1'],
    ],
    [
      'left upside down and on',
      { period: '1000000', duty_cycle: '266000', enable: '1', polarity: 'inversed' },
      ['enable 0', 'polarity normal', 'duty_cycle 1000000', 'enable 1'],
    ],
    [
      'fresh and upside down',
      { polarity: 'inversed' },
      ['period 1000000', 'polarity normal', 'duty_cycle 1000000', 'enable 1'],
    ],
  ])('%s', (_, left, writes) => {
    const folder = sysfs.pwmChip(0, '20fc000.pwm', left);
    open();
    expect(journal).toEqual(writes);
    const shows = ['period', 'duty_cycle', 'polarity', 'enable'].map((file) => sysfs.read(`${folder}/${file}`));
    expect(shows).toEqual(['1000000', '1000000', 'normal', '1']);
  });
});

test.each<[inverted: boolean, permille: number, duty_ns: string]>([
  [false, 1000, '1000000'],
  [false, 0, '0'],
  [false, 266, '266000'],
  [true, 1000, '0'],
  [true, 0, '1000000'],
  [true, 266, '734000'],
])('inverted %p: %d permille high is a duty of %s ns', (inverted, permille, duty_ns) => {
  const folder = sysfs.pwmChip(0, '20fc000.pwm');
  const pwm = open({ inverted });
  expect(sysfs.read(`${folder}/duty_cycle`)).toBe(inverted ? '0' : '1000000');
  pwm.drive(500);
  pwm.drive(permille);
  expect(sysfs.read(`${folder}/duty_cycle`)).toBe(duty_ns);
});

test('a channel that nobody has exported is exported', () => {
  sysfs.pwmChip(4, '20fc000.pwm');
  // Plain files make no channel of it.
  expect(() => open({ channel: 1 })).toThrow('ENOENT');
  expect(sysfs.read('class/pwm/pwmchip4/export')).toBe('1');
});

test.each([0, 2, 11])('found by its device, as chip %d among others', (number) => {
  sysfs.pwmChip(5, '2084000.pwm');
  const folder = sysfs.pwmChip(number, '20fc000.pwm');
  open();
  expect([sysfs.read(`${folder}/enable`), sysfs.read('class/pwm/pwmchip5/pwm0/enable')]).toEqual(['1', '0']);
});

test('of several models the first that is there', () => {
  const pi4 = sysfs.pwmChip(0, 'fe20c000.pwm');
  open({ device: ['1f00098000.pwm', 'fe20c000.pwm'] });
  expect(sysfs.read(`${pi4}/enable`)).toBe('1');
});

test('one that is not there is said, with what is', () => {
  sysfs.pwmChip(0, '2084000.pwm');
  expect(() => open()).toThrow('no "20fc000.pwm" there; there is 2084000.pwm');
});

test.each(['duty_cycle', 'period', 'polarity', 'enable'])('what %s does not take is said', (file) => {
  sysfs.pwmChip(0, '20fc000.pwm', { period: '7', polarity: 'inversed' });
  const kernel = kernelPwm(journal);
  const write = (path: string, word: string): void => {
    if (path.endsWith(file)) throw new Error('EIO: i/o error');
    kernel.write(path, word);
  };
  expect(() => openPwm(sysfs.root, PLACE, { ...kernel, write })).toThrow('EIO');
});

test('what reads back as something else is said', () => {
  const folder = sysfs.pwmChip(0, '20fc000.pwm');
  const quiet = { ...kernelPwm(journal) };
  const pwm = openPwm(sysfs.root, PLACE, { ...quiet, write: (path, word) => quiet.write(path, word) });
  pwm.drive(266);
  const deaf = { ...ATTRIBUTES, write: () => undefined };
  expect(() => openPwm(sysfs.root, PLACE, deaf)).toThrow(
    `${folder}/duty_cycle: "1000000" was written, and it reads "266000"`,
  );
});
