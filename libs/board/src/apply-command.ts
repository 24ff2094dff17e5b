// Between the charge point's vocabulary and its board's: commands become calls, board events become the charge
// point's events. Nothing is decided here; what a board measures beyond the session's need goes to the node.
import type { BoardEvent, EvseCommand, EvseEvent } from '@fairamp/evse';
import { assertNever } from '@fairamp/units';
import type { BoardSupport } from './board-support.js';

export function applyCommand(board: BoardSupport, command: EvseCommand): void {
  switch (command.kind) {
    case 'open-contactor':
      return board.allowPower(false);
    case 'close-contactor':
      return board.allowPower(true);
    case 'set-pilot':
      return board.setPilot(command.pilot);
    case 'pulse-lock':
      return board.pulseLock(command.toward, command.for_ms);
    case 'test-residual':
      return board.testResidual();
    case 'set-indicator':
      return board.setIndicator(command.indicator);
    case 'note':
      // For the log, which the shell writes.
      return undefined;
    default:
      return assertNever(command);
  }
}

/** null: not for the charge point (the draw is the node's business, which knows how its terminals are wired). */
export function evseEventOf(event: BoardEvent): EvseEvent | null {
  return event.kind === 'draw-metered' ? null : event;
}
