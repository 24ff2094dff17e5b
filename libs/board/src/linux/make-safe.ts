// Writes a board's safe outputs from a process that never opened it: the slave, when its io process is gone or stands
// still. The twin of `deploy/safe-state.sh`: the same lines in the same order, each tried whatever became of the others.
import { join } from 'node:path';
import { globalNumber } from './gpio.js';
import type { SafeOutput } from './safe-outputs.js';
import { ATTRIBUTES, findFolder, linkName, writeWord } from './sysfs.js';

/** Never throws. @returns what could not be written, or read back differently; empty = all is safe */
export function makeOutputsSafe(outputs: readonly SafeOutput[], root = '/sys'): readonly string[] {
  return outputs.flatMap((output) => {
    try {
      if (output.kind === 'gpio') writeLine(output, root);
      else writeDuty(output, root);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}

const { exists, read, write } = ATTRIBUTES;
/** 1 kHz, the control pilot's (IEC 61851-1 Annex A): only for an output that was never given a period. */
const PILOT_PERIOD_ns = '1000000';

function writeLine(output: Extract<SafeOutput, { kind: 'gpio' }>, root: string): void {
  const folder = join(root, 'class/gpio');
  const number = globalNumber(root, output);
  const line = join(folder, `gpio${number}`);
  if (!exists(line)) write(join(folder, 'export'), `${number}`);
  // One write makes it an output of this level, whatever it was.
  write(join(line, 'direction'), output.level === 1 ? 'high' : 'low');
  put(join(line, 'value'), `${output.level}`);
}

/** One that nobody has driven yet takes no duty, not even 0, and shows none. */
function writeDuty({ device, channel, duty }: Extract<SafeOutput, { kind: 'pwm' }>, root: string): void {
  const chip = findFolder(join(root, 'class/pwm'), /^pwmchip\d+$/, {
    names: device,
    nameOf: (path) => [linkName(join(path, 'device'))],
  });
  const pwm = join(chip, `pwm${channel}`);
  if (!exists(pwm)) write(join(chip, 'export'), `${channel}`);
  if (read(join(pwm, 'period')) === '0') put(join(pwm, 'period'), PILOT_PERIOD_ns);
  put(join(pwm, 'duty_cycle'), duty === 'full' ? read(join(pwm, 'period')) : '0');
  put(join(pwm, 'enable'), '1');
}

function put(path: string, word: string): void {
  writeWord(ATTRIBUTES, path, word);
}
