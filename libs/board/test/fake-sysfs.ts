// The kernel's files as a board finds them, in a temporary folder: plain files, which refuse nothing. What a kernel would
// refuse is the business of `kernelPwm`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ATTRIBUTES, type Attributes } from '../src/linux/sysfs.js';

export class FakeSysfs {
  readonly root = mkdtempSync(join(tmpdir(), 'fairamp-sysfs-'));

  write(path: string, content: string | number): string {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${content}\n`);
    return file;
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8').trim();
  }

  gpioChip(number: number, label: string, { base, ngpio }: { base: number; ngpio: number }): void {
    const chip = `class/gpio/gpiochip${number}`;
    Object.entries({ label, base, ngpio }).forEach(([file, content]) => this.write(`${chip}/${file}`, content));
  }

  /** Channel 0 as its export leaves it, and `left` by a process before. */
  pwmChip(number: number, device: string, left: Readonly<Record<string, string>> = {}): string {
    const chip = `class/pwm/pwmchip${number}`;
    const fresh = { period: '0', duty_cycle: '0', enable: '0', polarity: 'normal', ...left };
    Object.entries(fresh).forEach(([file, content]) => this.write(`${chip}/pwm0/${file}`, content));
    this.write(`${chip}/export`, '');
    symlinkSync(`../../../devices/platform/${device}`, join(this.root, chip, 'device'));
    return `${chip}/pwm0`;
  }

  /** Its number, its name and its raw readings. */
  adc(number: number, name: string, readings: Readonly<Record<string, string | number>>): string {
    const device = `bus/iio/devices/iio:device${number}`;
    this.write(`${device}/name`, name);
    Object.entries(readings).forEach(([channel, raw]) => this.write(`${device}/in_${channel}_raw`, raw));
    return device;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A channel that refuses what pwm_apply refuses, and remembers what it took, in order. */
export function kernelPwm(journal: string[]): Attributes {
  const state = (path: string, file: string): string => ATTRIBUTES.read(join(dirname(path), file));
  return {
    ...ATTRIBUTES,
    write: (path, word) => {
      const file = basename(path);
      const after = (name: string): string => (name === file ? word : state(path, name));
      const isInvalid =
        file !== 'export' && (after('period') === '0' || Number(after('duty_cycle')) > Number(after('period')));
      if (isInvalid) throw new Error(`EINVAL: ${file} ${word}`);
      if (file === 'polarity' && state(path, 'enable') === '1') throw new Error(`EBUSY: ${file} ${word}`);
      journal.push(`${file} ${word}`);
      ATTRIBUTES.write(path, word);
    },
  };
}
