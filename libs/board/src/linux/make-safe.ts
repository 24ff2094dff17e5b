// Writes a board's safe outputs from a process that never opened it: the slave, when its io process is gone or stands
// still. The twin of `deploy/safe-state.sh`: the same lines in the same order, each tried whatever became of the others.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { globalNumber } from './gpio.js';
import type { SafeOutput } from './safe-outputs.js';
import { PERIOD_ns } from './sysfs-pwm.js';
import { ATTRIBUTES, findFolder, linkName, readWord, writeWord } from './sysfs.js';

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

function writeLine(output: Extract<SafeOutput, { kind: 'gpio' }>, root: string): void {
  const folder = join(root, 'class/gpio');
  const number = globalNumber(root, output);
  const line = join(folder, `gpio${number}`);
  if (!existsSync(line)) writeFileSync(join(folder, 'export'), `${number}`);
  // Turned round by somebody, a coil that is written off would be on.
  writeWord(ATTRIBUTES, join(line, 'active_low'), '0');
  // One write makes it an output of this level, whatever it was.
  writeFileSync(join(line, 'direction'), output.level === 1 ? 'high' : 'low');
  writeWord(ATTRIBUTES, join(line, 'value'), `${output.level}`);
}

function writeDuty({ device, channel, duty }: Extract<SafeOutput, { kind: 'pwm' }>, root: string): void {
  const chip = findFolder(join(root, 'class/pwm'), /^pwmchip\d+$/, {
    names: device,
    nameOf: (path) => [linkName(join(path, 'device'))],
  });
  const pwm = join(chip, `pwm${channel}`);
  if (!existsSync(pwm)) writeFileSync(join(chip, 'export'), `${channel}`);
  // A channel that nobody has used takes nothing before its period.
  if (readWord(join(pwm, 'period')) === '0') writeWord(ATTRIBUTES, join(pwm, 'period'), `${PERIOD_ns}`);
  writeWord(ATTRIBUTES, join(pwm, 'duty_cycle'), duty === 'full' ? readWord(join(pwm, 'period')) : '0');
  writeWord(ATTRIBUTES, join(pwm, 'enable'), '1');
}
