import type { EvseCommand } from '@fairamp/evse';
import { applyCommand } from './apply-command.js';
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
