// The compiled form of a board's safe state, for what must work when no process of ours does: one output a line, contactor
// first, in words that a POSIX shell can read (`deploy/safe-state.sh`). It is made from board.yaml when a slave is
// installed and when it starts, so that the two cannot differ for long.
import type { BoardDescription, LineDescription } from './description.js';

export const SAFE_FORM = 'fairamp-safe 1';

export type SafeOutput =
  | { readonly kind: 'gpio'; readonly chip: readonly string[]; readonly offset: number; readonly level: 0 | 1 }
  | {
      readonly kind: 'pwm';
      readonly device: readonly string[];
      readonly channel: number;
      readonly duty: 'zero' | 'full';
    };

/** Contactor open; then the pilot's safe form; then what must not stay driven: lock and test line. */
export function safeOutputsOf(board: BoardDescription): readonly SafeOutput[] {
  const { contactor, pilot, lock, residual, safe } = board;
  const offs = [contactor.coil, ...optional(contactor.heartbeat)];
  const rest = [...optional(lock?.lock), ...optional(lock?.unlock), ...optional(residual?.test)];
  const { device, channel, inverted } = pilot.pwm;
  const isHigh = (safe.pilot === 'X1') !== inverted;
  return [
    ...offs.map(off),
    { kind: 'pwm', device, channel, duty: isHigh ? 'full' : 'zero' },
    ...optional(pilot.enable).map(on),
    ...rest.map(off),
  ];
}

/** The text of the safe file, one output a line. */
export function safeText(outputs: readonly SafeOutput[]): string {
  return [SAFE_FORM, ...outputs.map(textOf), ''].join('\n');
}

function textOf(output: SafeOutput): string {
  if (output.kind === 'gpio') return `gpio ${output.chip.join('|')} ${output.offset} ${output.level}`;
  return `pwm ${output.device.join('|')} ${output.channel} ${output.duty}`;
}

function optional(line: LineDescription | undefined): readonly LineDescription[] {
  return line === undefined ? [] : [line];
}

function off({ chip, offset, activeLow }: LineDescription): SafeOutput {
  return { kind: 'gpio', chip, offset, level: activeLow ? 1 : 0 };
}

function on({ chip, offset, activeLow }: LineDescription): SafeOutput {
  return { kind: 'gpio', chip, offset, level: activeLow ? 0 : 1 };
}
