// What each key does. The keys of a charge point stand in one column of the keyboard: 1 is its car, q its slave.
import { type CarNumber, type ProcessName } from '../actions.js';

export type KeyPress =
  | { readonly kind: 'toggle-car'; readonly car: CarNumber }
  /** Kill what is up, start what is down. */
  | { readonly kind: 'toggle-process'; readonly process: ProcessName; readonly hard: boolean }
  | { readonly kind: 'house-step'; readonly step_A: number }
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
/** One electric kettle on each phase. */
const HOUSE_STEP_A = 10;
const CTRL_C = '\u0003';
const BACKSPACE = '\u007f';

export const LEGEND: readonly string[] = [
  ' 1 2 3 car in, out   m master  b bridge  q w e slaves  k broker: end or start',
  ' shift kill -9   space house +10 A   backspace house -10 A   ctrl-c quit',
];

/** One character as a raw terminal sends it; null where it means nothing. */
export function keyPress(character: string): KeyPress | null {
  if (character === CTRL_C) return { kind: 'quit' };
  if (character === ' ') return { kind: 'house-step', step_A: HOUSE_STEP_A };
  if (character === BACKSPACE) return { kind: 'house-step', step_A: -HOUSE_STEP_A };
  const car = CAR_KEYS[character];
  if (car !== undefined) return { kind: 'toggle-car', car };
  const process = PROCESS_KEYS[character.toLowerCase()];
  if (process === undefined) return null;
  return { kind: 'toggle-process', process, hard: character !== character.toLowerCase() };
}
