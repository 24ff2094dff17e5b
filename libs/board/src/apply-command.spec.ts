import type { EvseCommand } from '@fairamp/evse';
import { applyCommand, evseEventOf } from './apply-command.js';
import type { BoardEvent } from '@fairamp/evse';
import type { BoardSupport } from './board-support.js';

function recorder(): { board: BoardSupport; calls: unknown[] } {
  const calls: unknown[] = [];
  const board = {
    setPilot: (pilot: unknown) => calls.push(['setPilot', pilot]),
    allowPower: (on: boolean) => calls.push(['allowPower', on]),
    pulseLock: (toward: unknown, for_ms: number) => calls.push(['pulseLock', toward, for_ms]),
    testResidual: () => calls.push(['testResidual']),
    setIndicator: (indicator: unknown) => calls.push(['setIndicator', indicator]),
  };
  return { board: board as unknown as BoardSupport, calls };
}

test.each<[EvseCommand, unknown[]]>([
  [{ kind: 'open-contactor', reason: 'fault' }, [['allowPower', false]]],
  [{ kind: 'close-contactor' }, [['allowPower', true]]],
  [{ kind: 'set-pilot', pilot: { kind: 'X1' } }, [['setPilot', { kind: 'X1' }]]],
  [{ kind: 'pulse-lock', toward: 'locked', for_ms: 300 }, [['pulseLock', 'locked', 300]]],
  [{ kind: 'test-residual' }, [['testResidual']]],
  [{ kind: 'set-indicator', indicator: 'breathing' }, [['setIndicator', 'breathing']]],
  [{ kind: 'note', text: 'fault pilot has come' }, []],
])('%j calls the board with %j', (command, expected) => {
  const { board, calls } = recorder();
  applyCommand(board, command);
  expect(calls).toEqual(expected);
});

test('a command of no known kind is a bug of ours', () => {
  expect(() => applyCommand(recorder().board, { kind: 'weld' } as never)).toThrow('unhandled case');
});

test.each<[BoardEvent, boolean]>([
  [{ kind: 'pilot-sampled', at: 1, high_mV: 9000, low_mV: null }, true],
  [{ kind: 'proximity-sampled', at: 1, ohm: 220 }, true],
  [{ kind: 'contactor-confirmed', at: 1, closed: true }, true],
  [{ kind: 'board-changed', at: 1, lost: true }, true],
  [{ kind: 'lock-sensed', at: 1, high: true }, true],
  [{ kind: 'draw-metered', at: 1, draw_dA: { L1: 1, L2: 2, L3: 3 } }, false],
])('%j concerns the charge point: %p', (event, concerns) => {
  expect(evseEventOf(event)).toEqual(concerns ? event : null);
});
