// The safe-state script on a folder like /sys, in one shell or the other: what a line of the safe file made of the outputs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileShim, fakeSysfs, SCRIPT, type FakeSysfs } from './fake-sysfs.js';

export const HEAD = 'fairamp-safe 1\n';
export const PERIOD = '1000000';

/** The two small shells of embedded Linux. */
export const SHELLS = [
  ['dash', ['/bin/dash']],
  ['busybox', ['/bin/busybox', 'sh']],
] as const;

export type Outcome = { readonly status: number | null; readonly said: string };

const folder = mkdtempSync(join(tmpdir(), 'fairamp-safe-'));
let shim = '';
export let sysfs: FakeSysfs;

beforeAll(() => {
  shim = compileShim(folder);
});
beforeEach(() => {
  sysfs = fakeSysfs();
});
afterEach(() => sysfs.remove());
afterAll(() => rmSync(folder, { recursive: true }));

/** A line that charges: output, high. */
export function exportGpio(line: number, over: Record<string, string> = {}): void {
  const files = { direction: 'out', value: '1', active_low: '0', ...over };
  for (const [name, text] of Object.entries(files)) sysfs.write(`gpio/gpio${line}/${name}`, `${text}\n`);
}

/** A pilot that offers current. */
export function exportPwm(chip: number, over: Record<string, string> = {}): void {
  const files = { period: PERIOD, duty_cycle: '266000', enable: '1', ...over };
  for (const [name, text] of Object.entries(files)) sysfs.write(`pwm/pwmchip${chip}/pwm0/${name}`, `${text}\n`);
}

type States = readonly (string | null)[];
export const gpio = (line: number): States =>
  ['direction', 'value'].map((name) => sysfs.read(`gpio/gpio${line}/${name}`));
export const pwm = (chip: number): States =>
  ['period', 'duty_cycle', 'enable'].map((name) => sysfs.read(`pwm/pwmchip${chip}/pwm0/${name}`));

export function safeFile(text: string): string {
  const file = join(sysfs.root, 'safe.conf');
  writeFileSync(file, text);
  return file;
}

export type Call = {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly to?: string;
};

/** Without a PATH, so that it finds nothing but builtins. */
export function runScript(shell: readonly string[], { args, env = {}, to = '' }: Call): Outcome {
  const words = [...shell, SCRIPT, ...args].map((word) => `'${word}'`).join(' ');
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', `${words} ${to}`], {
    env: { SYSFS: sysfs.root, LD_PRELOAD: shim, PATH: '/nowhere', ...env },
    cwd: sysfs.root,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { status, said: `${stdout}${stderr}`.replaceAll(`${sysfs.root}/`, '') };
}

/** @returns what becomes of a safe file of this text */
export function runner(shell: readonly string[]): (text: string) => Outcome {
  return (text) => runScript(shell, { args: [safeFile(text)] });
}
