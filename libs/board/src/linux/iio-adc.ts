// A channel of an analogue-digital converter through the kernel's industrial I/O files, and a thermometer of hwmon.
// Both are found by name.
import { join } from 'node:path';
import type { InputDescription } from './description.js';
import type { AdcIn, Thermometer } from './ports.js';
import { findFolder, linkName, readWord, SysfsFile } from './sysfs.js';

export type Closable = { close(): void };

/** @returns millivolts at the terminal, by the description's scale */
export function openAdc(root: string, scale: InputDescription): AdcIn & Closable {
  const device = findFolder(join(root, 'bus/iio/devices'), /^iio:device\d+$/, {
    names: scale.adc,
    nameOf: (path) => [nameIn(path), linkName(path), linkName(join(path, 'device'))],
  });
  const file = new SysfsFile(join(device, `in_${scale.channel}_raw`));
  const factor = (scale.reference_mV / scale.fullScale_raw) * scale.gain;
  return {
    read_mV: () => Math.round(within(file, scale.fullScale_raw) * factor + scale.offset_mV),
    close: () => file.close(),
  };
}

/** @throws when the converter says what it cannot measure */
function within(file: SysfsFile, fullScale_raw: number): number {
  const raw = file.number();
  if (raw < 0 || raw > fullScale_raw) throw new Error(`${file.path}: ${raw} is not between 0 and ${fullScale_raw}`);
  return raw;
}

export function openThermometer(
  root: string,
  { hwmon, input }: { hwmon: string; input: string },
): Thermometer & Closable {
  const device = findFolder(join(root, 'class/hwmon'), /^hwmon\d+$/, {
    names: [hwmon],
    nameOf: (path) => [nameIn(path)],
  });
  const file = new SysfsFile(join(device, `${input}_input`));
  return { celsius: () => file.number() / 1000, close: () => file.close() };
}

function nameIn(path: string): string | null {
  try {
    return readWord(join(path, 'name'));
  } catch {
    return null;
  }
}
