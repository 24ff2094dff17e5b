// One channel of a pwm chip through sysfs. The kernel refuses a duty above the period, so the order of writes matters:
// duty to 0 before the period, the duty after it, enable last. The chip's number moves between kernels; its device's name
// does not (io.md 2.2).
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Permille } from '@fairamp/units';
import type { PwmOut } from './ports.js';
import { findFolder, linkName, readWord, writeWord } from './sysfs.js';

/** IEC 61851-1: 1 kHz. */
const PERIOD_ns = 1_000_000;
const PER_PERMILLE_ns = PERIOD_ns / 1000;

export type PwmPlace = {
  readonly device: readonly string[];
  readonly channel: number;
  readonly inverted: boolean;
};

/** Configured and running with a steady high line (X1) when it returns. */
export function openPwm(root: string, { device, channel, inverted }: PwmPlace): PwmOut {
  const chip = findFolder(join(root, 'class/pwm'), /^pwmchip\d+$/, {
    names: device,
    nameOf: (path) => [linkName(join(path, 'device'))],
  });
  const folder = join(chip, `pwm${channel}`);
  if (!existsSync(folder)) writeFileSync(join(chip, 'export'), `${channel}`);
  const drive = (high_permille: Permille): void => {
    const permille = inverted ? 1000 - high_permille : high_permille;
    writeWord(join(folder, 'duty_cycle'), `${Math.round(permille * PER_PERMILLE_ns)}`);
  };
  // A process before may have left it running: its duty never exceeds the period, whatever that was.
  if (readWord(join(folder, 'period')) !== `${PERIOD_ns}`) {
    writeFileSync(join(folder, 'duty_cycle'), '0');
    writeWord(join(folder, 'period'), `${PERIOD_ns}`);
  }
  drive(1000);
  writeWord(join(folder, 'enable'), '1');
  return { drive };
}
