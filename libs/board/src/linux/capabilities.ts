// What a description makes of a board, in the words of the port.
import type { BoardCapabilities } from '../board-support.js';
import type { BoardDescription } from './description.js';

/**
 * Two samples of a cycle, which the description says, and what a loaded computer takes beside it; measured in
 * docs/reaction.md. IEC 61851-1 Table A.6 seq. 8.1 allows 100 ms.
 */
const REACTION_ms = 100;

export function capabilitiesOf(board: BoardDescription): BoardCapabilities {
  const { connector, phases, current, contactor, failSafe, residual } = board;
  return {
    connector,
    min_dA: current.min_A * 10,
    max_dA: current.max_A * 10,
    phases,
    contactorFeedback: contactor.feedback !== undefined,
    meter: false,
    failSafe: failSafe.kind,
    failSafe_ms: failSafe.kind === 'none' ? null : failSafe.opensWithin_ms,
    lock: board.lock !== undefined,
    switch: board.switch !== undefined,
    residual: residual === undefined ? 'disabled' : residual.test === undefined ? 'monitored' : 'tested',
    temperature: board.temperature !== undefined,
    reaction_ms: REACTION_ms,
  };
}
