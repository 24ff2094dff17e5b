// GPIO lines behind a port, so that a driver of the character device can follow. The driver of today is the package
// onoff on the older sysfs files: an optional dependency with native code, loaded when a board needs it and not before.
// It wants global numbers, which are looked up at each start from the chip's label and base (io.md 2.2).
import { join } from 'node:path';
import type { LineDescription } from './description.js';
import type { DigitalIn, DigitalOut } from './ports.js';
import { findFolder, named, readWord, wholeNumber } from './sysfs.js';

/** Where a line is, whatever it means. */
export type LinePlace = { readonly chip: readonly string[]; readonly offset: number };

export interface GpioDriver {
  /** Off when it returns. */
  output(line: LineDescription, isOn?: boolean): DigitalOut;
  input(line: LineDescription): DigitalIn;
  close(): void;
}

/** As much of onoff's Gpio as is used; levels are physical, what on means is ours. */
export type OnoffGpio = {
  readSync(): 0 | 1;
  writeSync(level: 0 | 1): void;
  activeLow(): boolean;
  direction(): string;
  setDirection(direction: 'in' | 'high' | 'low'): void;
  watch(listener: () => void): void;
  unwatchAll(): void;
  /** Gives the line back to the kernel, and closes its file. */
  unexport(): void;
};
export type OnoffConstructor = new (
  number: number,
  direction: 'in' | 'high' | 'low',
  edge: 'both' | 'none',
  options: { readonly activeLow: boolean },
) => OnoffGpio;

/** @throws with what to install, where the package or its native part is missing */
export async function loadOnoff(name = 'onoff'): Promise<OnoffConstructor> {
  try {
    const { default: loaded } = (await import(name)) as { default: { Gpio: OnoffConstructor } };
    return loaded.Gpio;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Built for another Node, its native part says so in the second line.
    const remedy = message.includes('NODE_MODULE_VERSION') ? 'npm rebuild' : `npm install ${name}`;
    const reason = message.split('\n').slice(0, 2).join(' ');
    throw new Error(`the package "${name}", which drives the GPIO lines, cannot be loaded (${remedy}): ${reason}`);
  }
}

/**
 * One for a process: onoff closes a line's file only by giving the line back, which may then float. So the lines are kept
 * from one opening to the next, and a board that is opened again and again runs out of no files.
 */
export function onoffDriver(root: string, Gpio: OnoffConstructor): GpioDriver {
  const kept = new Map<number, OnoffGpio>();
  const open = (line: LineDescription, direction: 'in' | 'high' | 'low'): OnoffGpio => {
    const number = globalNumber(root, line);
    const known = kept.get(number);
    kept.delete(number);
    const gpio = known ?? new Gpio(number, direction, direction === 'in' ? 'both' : 'none', { activeLow: false });
    try {
      known?.setDirection(direction);
      mustAnswer(gpio, line, direction === 'in' ? 'in' : 'out');
    } catch (error) {
      gpio.unexport();
      throw error;
    }
    kept.set(number, gpio);
    return gpio;
  };
  return {
    output: (line, isOn = false) => {
      const gpio = open(line, levelOf(line, isOn) === 1 ? 'high' : 'low');
      const out = { set: (on: boolean) => write(gpio, line, on) };
      out.set(isOn);
      return out;
    },
    input: (line) => {
      const gpio = open(line, 'in');
      return {
        get: () => (named(lineText(line), () => gpio.readSync()) === 1) !== line.activeLow,
        onEdge: (listener) => gpio.watch(listener),
      };
    },
    close: () => kept.forEach((gpio) => gpio.unwatchAll()),
  };
}

/** With a line that was exported before, onoff keeps to itself what it could not set; a kept one may be gone by now. */
function mustAnswer(gpio: OnoffGpio, line: LineDescription, expected: 'in' | 'out'): void {
  if (gpio.direction() !== expected) throw new Error(`${lineText(line)} is no ${expected}put: ${gpio.direction()}`);
  // Turned round by somebody else, a coil that reads off would be on.
  if (gpio.activeLow()) throw new Error(`${lineText(line)} is turned round: active_low 1`);
  gpio.readSync();
}

function write(gpio: OnoffGpio, line: LineDescription, on: boolean): void {
  const level = levelOf(line, on);
  const now = named(`${lineText(line)}, ${level}`, () => {
    gpio.writeSync(level);
    return gpio.readSync();
  });
  if (now !== level) throw new Error(`${lineText(line)}: ${level} was written, and it reads ${now}`);
}

function levelOf({ activeLow }: LineDescription, on: boolean): 0 | 1 {
  return on === activeLow ? 0 : 1;
}

/** The first of the labels that is there. @throws when none is, or the chip has not so many lines */
export function globalNumber(root: string, line: LinePlace): number {
  const chip = findFolder(join(root, 'class/gpio'), /^gpiochip\d+$/, {
    names: line.chip,
    nameOf: (path) => [readWord(join(path, 'label'))],
  });
  const [base, count] = ['base', 'ngpio'].map((file) => wholeNumber(readWord(join(chip, file)), join(chip, file)));
  if (base === undefined || count === undefined || line.offset >= count)
    throw new Error(`${lineText(line)}: the chip has ${count} lines`);
  return base + line.offset;
}

function lineText({ chip, offset }: LinePlace): string {
  return `gpio line ${chip.join('|')} ${offset}`;
}
