// A Linux board as an app gets it: its description, the kernel's files, onoff for the lines, this process's clock.
import type { Schedule } from './ports.js';
import type { BoardDescription } from './description.js';
import { loadOnoff, onoffDriver, type GpioDriver } from './gpio.js';
import { makeOutputsSafe } from './make-safe.js';
import { safeOutputsOf } from './safe-outputs.js';
import { openHardware } from './hardware.js';
import { LinuxBoard } from './linux-board.js';

export function linuxBoard(
  description: BoardDescription,
  clock: { readonly now: () => number },
  onTrouble: (why: string) => void,
): LinuxBoard {
  let gpio: GpioDriver | null = null;
  return new LinuxBoard({
    description,
    open: async () => {
      // Whatever a life before has left on, and whatever of the hardware is missing today.
      makeOutputsSafe(safeOutputsOf(description), SYSFS);
      return openHardware(description, (gpio ??= onoffDriver(SYSFS, await loadOnoff())), SYSFS);
    },
    schedule: { now: () => clock.now(), after: timer },
    onTrouble,
  });
}

const SYSFS = '/sys';

const timer: Schedule['after'] = (ms, run) => {
  const handle = setTimeout(run, ms);
  return () => clearTimeout(handle);
};
