// Opens what a board description names: the contactor's coil first and off, then the other outputs, then what is only
// read. Whoever gets hardware from here has safe outputs; whoever gets an error has nothing open.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BoardDescription, InputDescription, LineDescription } from './description.js';
import type { GpioDriver } from './gpio.js';
import { openAdc, openThermometer, type Closable } from './iio-adc.js';
import type { AdcIn, BoardHardware, DigitalIn, DigitalOut, Light } from './ports.js';
import { openPwm } from './sysfs-pwm.js';
import { readWord, wholeNumber } from './sysfs.js';

type Opener = {
  readonly root: string;
  readonly gpio: GpioDriver;
  readonly adc: (scale: InputDescription) => AdcIn;
  readonly keep: <File extends Closable>(file: File) => File;
};

/** @throws with what is not there, or cannot be driven */
export function openHardware(board: BoardDescription, gpio: GpioDriver, root = '/sys'): BoardHardware {
  const files: Closable[] = [];
  const keep = <File extends Closable>(file: File): File => {
    files.push(file);
    return file;
  };
  const close = (): void => {
    try {
      gpio.close();
    } finally {
      files.splice(0).forEach((file) => file.close());
    }
  };
  try {
    const opener: Opener = { root, gpio, keep, adc: (scale) => keep(openAdc(root, scale)) };
    return { ...openContactor(board, opener), ...openPilot(board, opener), ...openFittings(board, opener), close };
  } catch (error) {
    close();
    throw error;
  }
}

function openContactor(
  { contactor }: BoardDescription,
  { gpio }: Opener,
): Pick<BoardHardware, 'coil' | 'heartbeat' | 'feedback'> {
  const coil = gpio.output(contactor.coil);
  const heartbeat = outputIf(gpio, contactor.heartbeat);
  const { feedback } = contactor;
  if (feedback === undefined) return { coil, heartbeat, feedback: null };
  const contact = gpio.input(feedback.line);
  return { coil, heartbeat, feedback: { ...contact, get: () => contact.get() === (feedback.contact === 'closed') } };
}

function openPilot(
  { pilot, proximity }: BoardDescription,
  { root, gpio, adc }: Opener,
): Pick<BoardHardware, 'pwm' | 'pilotEnable' | 'positive' | 'negative' | 'proximity'> {
  const { positive, negative } = pilot.measure;
  // The level first, then the driver that shows it.
  const pwm = openPwm(root, pilot.pwm);
  const pilotEnable = pilot.enable === undefined ? null : gpio.output(pilot.enable, true);
  return {
    pwm,
    pilotEnable,
    positive: { adc: adc(positive), reset: gpio.output(positive.reset) },
    negative: { adc: adc(negative), reset: gpio.output(negative.reset) },
    proximity: proximity === undefined ? null : adc(proximity.input),
  };
}

function openFittings(
  board: BoardDescription,
  opener: Opener,
): Pick<BoardHardware, 'lock' | 'switch' | 'residual' | 'led' | 'temperature' | 'supply'> {
  const { gpio, root, keep } = opener;
  const { residual, temperature } = board;
  return {
    lock: openLock(board, opener),
    residual:
      residual === undefined ? null : { test: outputIf(gpio, residual.test), tripped: gpio.input(residual.line) },
    switch: inputIf(gpio, board.switch?.line),
    supply: inputIf(gpio, board.supply?.line),
    led: openLight(board, opener),
    temperature: temperature === undefined ? null : keep(openThermometer(root, temperature)),
  };
}

/** Its feedback as the level at terminal B, which a solenoid pulls low when it is locked and a motor lets go high. */
function openLock({ lock }: BoardDescription, { gpio, adc }: Opener): BoardHardware['lock'] {
  if (lock === undefined) return null;
  const lines = { lock: gpio.output(lock.lock), unlock: gpio.output(lock.unlock) };
  const { feedback } = lock;
  if ('line' in feedback) return { ...lines, isHigh: gpio.input(feedback.line).get };
  const input = adc(feedback.input);
  const [from_mV, to_mV] = feedback.locked_mV;
  // Between locked and unlocked it is not locked.
  const isLocked = (level_mV: number): boolean => level_mV >= from_mV && level_mV <= to_mV;
  return { ...lines, isHigh: () => isLocked(input.read_mV()) === (lock.actuator === 'motor') };
}

/** One that only goes on and off shows what is bright; a dim one stays dark. */
function openLight({ led }: BoardDescription, { gpio, root }: Opener): Light | null {
  if (led === undefined) return null;
  if ('line' in led) {
    const lamp = gpio.output(led.line);
    return { shine: (brightness_permille) => lamp.set(brightness_permille >= 500) };
  }
  const folder = join(root, 'class/leds', led.led);
  const most = wholeNumber(readWord(join(folder, 'max_brightness')), folder);
  return {
    shine: (brightness_permille) =>
      writeFileSync(join(folder, 'brightness'), `${Math.round((brightness_permille * most) / 1000)}`),
  };
}

function outputIf(gpio: GpioDriver, line: LineDescription | undefined): DigitalOut | null {
  return line === undefined ? null : gpio.output(line);
}

function inputIf(gpio: GpioDriver, line: LineDescription | undefined): DigitalIn | null {
  return line === undefined ? null : gpio.input(line);
}
