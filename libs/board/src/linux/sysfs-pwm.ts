// One channel of a pwm chip through sysfs. The kernel refuses a duty above the period, everything but a period before there
// is one, and another polarity while the channel is on, so the order of writes matters: a leftover duty to 0, the period,
// the polarity, the duty, enable last. The chip's number moves between kernels; its device's name does not (io.md 2.2).
import { join } from 'node:path';
import type { Permille } from '@fairamp/units';
import type { PwmOut } from './ports.js';
import { ATTRIBUTES, findFolder, linkName, writeWord, type Attributes } from './sysfs.js';

/** IEC 61851-1: 1 kHz. */
export const PERIOD_ns = 1_000_000;
const PER_PERMILLE_ns = PERIOD_ns / 1000;

export type PwmPlace = {
  readonly device: readonly string[];
  readonly channel: number;
  readonly inverted: boolean;
};

/** Configured and running with a steady high line (X1) when it returns. */
export function openPwm(root: string, { device, channel, inverted }: PwmPlace, attributes = ATTRIBUTES): PwmOut {
  const chip = findFolder(join(root, 'class/pwm'), /^pwmchip\d+$/, {
    names: device,
    nameOf: (path) => [linkName(join(path, 'device'))],
  });
  const folder = join(chip, `pwm${channel}`);
  if (!attributes.exists(folder)) attributes.write(join(chip, 'export'), `${channel}`);
  const drive = (high_permille: Permille): void => {
    const permille = inverted ? 1000 - high_permille : high_permille;
    writeWord(attributes, join(folder, 'duty_cycle'), `${Math.round(permille * PER_PERMILLE_ns)}`);
  };
  forget(folder, attributes);
  drive(1000);
  writeWord(attributes, join(folder, 'enable'), '1');
  return { drive };
}

/** A process before may have left it running, upside down, and with another period. */
function forget(folder: string, attributes: Attributes): void {
  const differs = (file: string, word: string): boolean => attributes.read(join(folder, file)) !== word;
  const put = (file: string, word: string): void => writeWord(attributes, join(folder, file), word);
  const isUpsideDown = differs('polarity', 'normal');
  if (isUpsideDown && differs('enable', '0')) put('enable', '0');
  if (differs('period', `${PERIOD_ns}`)) {
    if (differs('duty_cycle', '0')) put('duty_cycle', '0');
    put('period', `${PERIOD_ns}`);
  }
  if (isUpsideDown) put('polarity', 'normal');
}
