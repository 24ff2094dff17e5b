// From the charge point's commands to the calls of its board. Nothing is decided here; the other way round nothing is to
// be done, as all that a board says is the charge point's to hear.
import type { EvseCommand } from '@fairamp/evse';
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
