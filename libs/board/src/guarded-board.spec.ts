import type { BoardEvent, PilotOutput } from '@fairamp/evse';
import type { BoardSupport } from './board-support.js';
import { GuardedBoard } from './guarded-board.js';
import { SIMULATED_CAPABILITIES } from './simulated-board.js';

const PWM: PilotOutput = { kind: 'pwm', duty_permille: 266 };

/** A board on paper: what it was told, and a mouth. */
function onPaper() {
  const told: unknown[] = [];
  const listeners = new Set<(event: BoardEvent) => void>();
  const inner: BoardSupport = {
    capabilities: SIMULATED_CAPABILITIES,
    start: () => Promise.resolve(void told.push('start')),
    stop: () => Promise.resolve(void told.push('stop')),
    setPilot: (pilot) => void told.push(pilot.kind),
    allowPower: (on) => void told.push(on ? 'close' : 'open'),
    pulseLock: (toward) => void told.push(toward),
    testResidual: () => void told.push('test'),
    setIndicator: (indicator) => void told.push(indicator),
    heartbeat: () => void told.push('heartbeat'),
    safeStateSync: (reason) => void told.push(`safe: ${reason}`),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  let now = 9;
  const board: GuardedBoard = new GuardedBoard(
    inner,
    () => now,
    (for_ms) => board.hold(`stood still ${for_ms}`),
  );
  const heard: BoardEvent[] = [];
  board.on((event) => {
    heard.push(event);
    if (event.kind === 'board-changed') told.push(event.lost ? 'told lost' : 'told back');
  });
  const say = (event: BoardEvent): void => listeners.forEach((listener) => listener(event));
  return { board, told, heard, say, pass: (ms: number) => (now += ms) };
}

describe('a board that somebody else may hold', () => {
  test('I3: its outputs are safe before anybody is told that it is held', () => {
    const { board, told } = onPaper();
    board.hold('silence');
    expect(told).toEqual(['safe: silence', 'told lost']);
  });

  test('held, it closes nothing and offers nothing, and nobody keeps it alive', () => {
    const { board, told } = onPaper();
    board.hold('silence');
    told.length = 0;
    board.allowPower(true);
    board.setPilot(PWM);
    board.heartbeat();
    expect(told).toEqual(['open']);
  });

  test('held, what is safe still reaches it', () => {
    const { board, told } = onPaper();
    board.hold('silence');
    told.length = 0;
    board.allowPower(false);
    board.setPilot({ kind: 'F' });
    board.setPilot({ kind: 'X1' });
    board.pulseLock('unlocked', 300);
    board.setIndicator('blink');
    board.safeStateSync('again');
    expect(told).toEqual(['open', 'F', 'X1', 'unlocked', 'blink', 'safe: again']);
  });

  test('let go, it says that it is back and then all that it senses, the contactor first', () => {
    const { board, heard, say } = onPaper();
    say({ kind: 'switch-sensed', at: 1, pressed: false });
    say({ kind: 'residual-sensed', at: 2, tripped: true });
    say({ kind: 'contactor-confirmed', at: 3, closed: true });
    say({ kind: 'pilot-sampled', at: 4, high_mV: 9000, low_mV: null });
    board.hold('silence');
    say({ kind: 'contactor-confirmed', at: 5, closed: false });
    heard.length = 0;
    board.letGo();
    expect(heard).toEqual([
      { kind: 'board-changed', at: 9, lost: false },
      { kind: 'contactor-confirmed', at: 9, closed: false },
      { kind: 'residual-sensed', at: 9, tripped: true },
      { kind: 'switch-sensed', at: 9, pressed: false },
    ]);
  });

  test('holding twice holds once, letting go of what is not held does nothing', () => {
    const { board, told } = onPaper();
    board.letGo();
    board.hold('one');
    board.hold('two');
    expect(told).toEqual(['safe: one', 'told lost']);
    board.letGo();
    board.letGo();
    expect(told).toEqual(['safe: one', 'told lost', 'told back']);
    expect(board.isHeld).toBe(false);
  });

  test('a board that was lost by itself is not back because it is let go of', () => {
    const { board, told, say } = onPaper();
    say({ kind: 'board-changed', at: 1, lost: true });
    board.hold('silence');
    board.letGo();
    expect(told).toEqual(['told lost', 'safe: silence']);
  });

  test('a board that comes back while it is held is back when it is let go of, and knows nothing of before', () => {
    const { board, heard, told, say } = onPaper();
    say({ kind: 'residual-sensed', at: 1, tripped: false });
    say({ kind: 'board-changed', at: 2, lost: true });
    board.hold('silence');
    say({ kind: 'board-changed', at: 3, lost: false });
    expect(told).toEqual(['told lost', 'safe: silence']);
    heard.length = 0;
    board.letGo();
    expect(heard).toEqual([{ kind: 'board-changed', at: 9, lost: false }]);
  });

  test('I3: after having stood still it is held before anybody hears what was sensed', () => {
    const { board, told, heard, say, pass } = onPaper();
    say({ kind: 'contactor-confirmed', at: 9, closed: true });
    pass(399);
    say({ kind: 'contactor-confirmed', at: 408, closed: true });
    expect(board.isHeld).toBe(false);
    pass(400);
    heard.length = 0;
    say({ kind: 'contactor-confirmed', at: 808, closed: false });
    expect(told).toEqual(['safe: stood still 400', 'told lost']);
    expect(heard.map(({ kind }) => kind)).toEqual(['board-changed', 'contactor-confirmed']);
    board.allowPower(true);
    expect(told.at(-1)).toBe('open');
  });

  test('not held, everything goes through', async () => {
    const { board, told } = onPaper();
    await board.start();
    board.setPilot(PWM);
    board.allowPower(true);
    board.heartbeat();
    board.testResidual();
    await board.stop();
    expect(told).toEqual(['start', 'pwm', 'close', 'heartbeat', 'test', 'stop']);
    expect(board.capabilities).toBe(SIMULATED_CAPABILITIES);
  });
});
