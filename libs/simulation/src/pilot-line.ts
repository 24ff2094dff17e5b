// The electricity of the control pilot: 12 V through 1 kOhm into whatever resistance the car shows (IEC 61851-1
// Annex A). It gives the peak levels that a board would measure; it does not know what they mean.
import { type Millivolts } from '@fairamp/units';
import { type PilotOutput } from '@fairamp/evse';

/** What hangs on the line; null = no car. */
export type PilotLoad = { readonly ohm: number; readonly hasDiode: boolean } | null;

/** What else it touches: earth, or the -12 V of its own driver. */
export type PilotShort = 'none' | 'earth' | 'negative';

/** Low is null while the pilot is steady. */
export type PilotLevels = { readonly high_mV: Millivolts; readonly low_mV: Millivolts | null };

/** A car without S2, with it, and with it for ventilation (test adapters, io.md 5). */
export const CONNECTED_ohm = 2740;
const SOURCE_ohm = 1000;
/** Silicon, as every car's diode. */
const DIODE_mV: Millivolts = 700;

/** @param source_mV the board's own 12 V, which may be off by 600 mV */
export function pilotLevels(
  output: PilotOutput,
  load: PilotLoad,
  source_mV: Millivolts,
  short: PilotShort = 'none',
): PilotLevels {
  if (short !== 'none') return steady(output, short === 'earth' ? 0 : -source_mV);
  switch (output.kind) {
    case 'X1':
      return { high_mV: positive(load, source_mV), low_mV: null };
    case 'F':
      return { high_mV: negative(load, source_mV), low_mV: null };
    case 'pwm':
      return { high_mV: positive(load, source_mV), low_mV: negative(load, source_mV) };
  }
}

/** A line that is held reads the same in either half of the PWM. */
function steady({ kind }: PilotOutput, level_mV: Millivolts): PilotLevels {
  return { high_mV: level_mV, low_mV: kind === 'pwm' ? level_mV : null };
}

function positive(load: PilotLoad, source_mV: Millivolts): Millivolts {
  if (load === null) return source_mV;
  const drop_mV = load.hasDiode ? DIODE_mV : 0;
  return Math.round(drop_mV + ((source_mV - drop_mV) * load.ohm) / (load.ohm + SOURCE_ohm));
}

/** A diode blocks, so the line stays at -12 V; that is how a board tells a car from a puddle. */
function negative(load: PilotLoad, source_mV: Millivolts): Millivolts {
  if (load === null || load.hasDiode) return -source_mV;
  return -Math.round((source_mV * load.ohm) / (load.ohm + SOURCE_ohm));
}
