// A folder that looks like /sys to the safe-state script, and the shim that makes writes into it answer as the kernel's do
// (fake-sysfs.c). What stands in a file afterwards is what the line would have.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const SCRIPT = join(ROOT, 'deploy/safe-state.sh');

export type FakeSysfs = {
  readonly root: string;
  /** Below /sys/class. */
  write(file: string, text: string): void;
  read(file: string): string | null;
  remove(): void;
};

/** Base 512 as on a Raspberry Pi of today, two chips, two PWM devices. */
export function fakeSysfs(): FakeSysfs {
  const root = mkdtempSync(join(tmpdir(), 'fairamp-sysfs-'));
  const at = (file: string): string => join(root, 'class', file);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  };
  chip(write, 512, 'pinctrl-bcm2711', 58);
  chip(write, 570, 'raspberrypi-exp-gpio', 8);
  for (const file of ['export', 'unexport']) write(`gpio/${file}`, '');
  for (const [number, device] of ['fe20c000.pwm', '20fc000.pwm'].entries()) {
    mkdirSync(join(root, 'devices', device), { recursive: true });
    write(`pwm/pwmchip${number}/npwm`, '2\n');
    write(`pwm/pwmchip${number}/export`, '');
    symlinkSync(`../../../devices/${device}`, at(`pwm/pwmchip${number}/device`));
  }
  return {
    root,
    write,
    read: (file) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8').trim() : null),
    remove: () => rmSync(root, { recursive: true }),
  };
}

function chip(write: FakeSysfs['write'], base: number, label: string, lines: number): void {
  write(`gpio/gpiochip${base}/label`, `${label}\n`);
  write(`gpio/gpiochip${base}/base`, `${base}\n`);
  write(`gpio/gpiochip${base}/ngpio`, `${lines}\n`);
}

/** @returns the shared object that stands between a program and the folder */
export function compileShim(folder: string): string {
  const shim = join(folder, 'fake-sysfs.so');
  const source = join(import.meta.dirname, 'fake-sysfs.c');
  const flags = ['-shared', '-fPIC', '-Wall', '-Wextra', '-Werror', '-O1'];
  const { status, stderr, error } = spawnSync('gcc', [...flags, '-o', shim, source, '-ldl'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`gcc: ${error?.message ?? stderr}`);
  return shim;
}
