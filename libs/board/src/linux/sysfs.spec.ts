import { FakeSysfs } from '../../test/fake-sysfs.js';
import { ATTRIBUTES, findFolder, linkName, readWord, SysfsFile, wholeNumber, writeWord } from './sysfs.js';

let sysfs: FakeSysfs;
beforeEach(() => (sysfs = new FakeSysfs()));
afterEach(() => sysfs.dispose());

test.each<[text: string, number: number]>([
  ['0', 0],
  ['3628\n', 3628],
  [' -12 ', -12],
  ['999999999999999', 999_999_999_999_999],
])('%j is %d', (text, number) => {
  expect(wholeNumber(text, 'here')).toBe(number);
});

test.each(['', '\n', '1.5', '1e3', '0x10', '12 13', 'NaN', '-', '1000000000000000', 'abc'])(
  '%j is no number',
  (text) => {
    expect(() => wholeNumber(text, 'here')).toThrow(`here: "${text.trim()}" is no whole number`);
  },
);

test('a file is read from its beginning each time', () => {
  const file = new SysfsFile(sysfs.write('raw', 3628));
  expect([file.number(), file.number()]).toEqual([3628, 3628]);
  sysfs.write('raw', 2074);
  expect(file.number()).toBe(2074);
  file.close();
  expect(() => file.number()).toThrow('EBADF');
});

test('a file that is not there is said', () => {
  expect(() => new SysfsFile('/nowhere/raw')).toThrow(/ENOENT.*\/nowhere\/raw/);
});

test('what does not read back as it was written is said', () => {
  const path = sysfs.write('duty', 5);
  writeWord(ATTRIBUTES, path, '7');
  expect(readWord(path)).toBe('7');
  const deaf = { ...ATTRIBUTES, write: () => undefined };
  expect(() => writeWord(deaf, path, '8')).toThrow(`${path}: "8" was written, and it reads "7"`);
});

describe('a folder is found by a name, whatever its number', () => {
  const find = (...names: string[]): string =>
    findFolder(`${sysfs.root}/class`, /^chip\d+$/, { names, nameOf: (path) => [readWord(`${path}/label`), null] });
  beforeEach(() => {
    sysfs.write('class/chip7/label', 'seven');
    sysfs.write('class/chip0/label', 'zero');
    sysfs.write('class/other/label', 'other');
  });

  test.each<[names: readonly string[], folder: string]>([
    [['seven'], 'chip7'],
    [['zero'], 'chip0'],
    [['nine', 'seven'], 'chip7'],
    // The first name that is there, not the first folder.
    [['seven', 'zero'], 'chip7'],
  ])('%j: %s', (names, folder) => {
    expect(find(...names)).toBe(`${sysfs.root}/class/${folder}`);
  });

  test('what is not there is said, with what is', () => {
    expect(() => find('nine', 'ten')).toThrow('class: no "nine" or "ten" there; there is zero, seven');
    expect(() => find('other')).toThrow('no "other" there');
    expect(() => findFolder('/nowhere', /./, { names: ['one'], nameOf: () => [] })).toThrow(
      '/nowhere: no "one" there; there is nothing',
    );
  });
});

test('a link that is none has no name', () => {
  sysfs.pwmChip(3, '20fc000.pwm');
  expect(linkName(`${sysfs.root}/class/pwm/pwmchip3/device`)).toBe('20fc000.pwm');
  expect([linkName(sysfs.write('file', '')), linkName('/nowhere')]).toEqual([null, null]);
});
