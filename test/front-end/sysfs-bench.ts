// One fake sysfs for each test, with a program at its files: what the specs of this folder share.
import { join } from 'node:path';
import { AtFiles, PROGRAMS } from './at-files.js';
import type { Told } from './control.js';
import { openNamespace, type Inside, type Namespace } from './namespace.js';

export const CHIP = 'pinctrl-bcm2711';
export const GPIO = '/sys/class/gpio';
/** Not the first one, so that a number is no name. */
export const PWM = '/sys/class/pwm/pwmchip1';
export const IIO = '/sys/bus/iio/devices/iio:device0';
const DESCRIPTION = [
  'gpiochip raspberrypi-exp-gpio 570 8',
  `gpiochip ${CHIP} 512 58`,
  'pwmchip 2084000.pwm 1',
  'pwmchip 20fc000.pwm 2',
  'iio spi0.0 mcp3208 8',
  'hwmon 1-0048 lm75',
  `watchdog gpio:${CHIP}:17 200`,
  `peak iio:mcp3208:1 highest gpio:${CHIP}:23 1 1000 7`,
];

export type SysfsBench = { readonly namespace: Namespace; readonly files: AtFiles; readonly told: readonly Told[] };

export function sysfsBench(): () => SysfsBench {
  let bench: SysfsBench;
  beforeEach(async () => {
    const namespace = await openNamespace(DESCRIPTION);
    const told: Told[] = [];
    namespace.control.onTold((each) => told.push(each));
    bench = { namespace, files: new AtFiles(namespace), told };
  });
  afterEach(() => bench.namespace.close());
  return () => bench;
}

export function key(offset: number): string {
  return `gpio:${CHIP}:${offset}`;
}

export function startProgram({ namespace }: SysfsBench, program: string, ...args: readonly string[]): Inside {
  return namespace.startInside(process.execPath, [join(PROGRAMS, program), ...args]);
}

export function linesOf(inside: Inside): readonly string[] {
  return inside.out().split('\n').slice(0, -1);
}
