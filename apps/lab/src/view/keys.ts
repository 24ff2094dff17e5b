// What each key does. The keys of a charge point stand in one column of the keyboard: 1 is its car, q its slave. What
// breaks and is pressed is that of the charge point that is selected.
import { PHYSICAL_FAULTS, type PhysicalFault } from '@fairamp/simulation';
import { type CarNumber, type ProcessName } from '../actions.js';

export type KeyPress =
  | { readonly kind: 'toggle-car'; readonly car: CarNumber }
  /** Kill what is up, start what is down. */
  | { readonly kind: 'toggle-process'; readonly process: ProcessName; readonly hard: boolean }
  | { readonly kind: 'house-step'; readonly step_A: number }
  /** The next charge point is selected. */
  | { readonly kind: 'select-next' }
  /** Break what is sound, mend what is broken. */
  | { readonly kind: 'toggle-fault'; readonly fault: PhysicalFault }
  | { readonly kind: 'press-switch' }
  /** The page of what can break comes or goes. */
  | { readonly kind: 'toggle-page' }
  | { readonly kind: 'quit' };

const PROCESS_KEYS: Readonly<Record<string, ProcessName>> = {
  m: 'master',
  b: 'bridge',
  q: 'slave1',
  w: 'slave2',
  e: 'slave3',
  k: 'broker',
};
const CAR_KEYS: Readonly<Record<string, CarNumber>> = { '1': 1, '2': 2, '3': 3 };

/** Closed, open, delayed; locked, crossed; residual, input, unheard; ... */
export const FAULT_KEYS: Readonly<Record<PhysicalFault, string>> = {
  'contactor-welded': 'c',
  'contactor-stuck': 'o',
  'contactor-slow': 'y',
  'lock-jammed': 'l',
  'lock-swapped': 'x',
  'residual-current': 'r',
  'residual-wire': 'i',
  'residual-deaf': 'u',
  'too-hot': 't',
  'supply-failing': 'v',
  'proximity-lost': 'p',
  'pilot-shorted': 'g',
  'pilot-negative': 'n',
  'diode-missing': 'd',
  'pilot-silent': 'z',
  'car-disobeys': 'a',
};
/** One electric kettle on each phase. */
const HOUSE_STEP_A = 10;
const SINGLE_KEYS: Readonly<Record<string, KeyPress>> = {
  '\u0003': { kind: 'quit' },
  ' ': { kind: 'house-step', step_A: HOUSE_STEP_A },
  '\u007f': { kind: 'house-step', step_A: -HOUSE_STEP_A },
  '\t': { kind: 'select-next' },
  s: { kind: 'press-switch' },
  '?': { kind: 'toggle-page' },
};

export const LEGEND: readonly string[] = [
  ' 1 2 3 car in, out   m master  b bridge  q w e slaves  k broker: end or start',
  ' shift kill -9  space, backspace house ±10 A  tab next  s switch  ? faults  ^C',
];

/** One character as a raw terminal sends it; null where it means nothing. */
export function keyPress(character: string): KeyPress | null {
  const single = SINGLE_KEYS[character];
  if (single !== undefined) return single;
  const car = CAR_KEYS[character];
  if (car !== undefined) return { kind: 'toggle-car', car };
  const fault = PHYSICAL_FAULTS.find((known) => FAULT_KEYS[known] === character);
  if (fault !== undefined) return { kind: 'toggle-fault', fault };
  const process = PROCESS_KEYS[character.toLowerCase()];
  if (process === undefined) return null;
  return { kind: 'toggle-process', process, hard: character !== character.toLowerCase() };
}
