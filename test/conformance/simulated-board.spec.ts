import {
  SimulatedBoard,
  encodePlantLine,
  type BoardCapabilities,
  type LineChannel,
  type PlantLine,
} from '@fairamp/board';
import type { BoardEvent } from '@fairamp/evse';
import { PHYSICAL_FAULTS, type FittingsConfig } from '@fairamp/simulation';
import type { BoardKind } from './board-bench.js';
import { boardConformance } from './board.conformance.js';
import { PlantRig } from './plant-rig.js';

/** As the board says of itself when nobody says otherwise. */
const CAPABILITIES: BoardCapabilities = {
  connector: 'socket',
  min_dA: 60,
  max_dA: 800,
  phases: 3,
  contactorFeedback: true,
  meter: true,
  failSafe: 'process',
  failSafe_ms: 4500,
  lock: true,
  switch: true,
  residual: 'tested',
  temperature: true,
  reaction_ms: 100,
};
const MOTOR: FittingsConfig = { lock: 'motor', hasSwitch: true, residual: 'tested', hasThermometer: true };

function kindOf(name: string, fittings: FittingsConfig | null, differs: Partial<BoardCapabilities> = {}): BoardKind {
  return {
    name,
    capabilities: { ...CAPABILITIES, ...differs },
    lockedIsHigh: fittings?.lock === 'motor',
    breakable: PHYSICAL_FAULTS,
    hasLink: true,
    hasLight: true,
    safePilot: 'X1',
    reclose_ms: 0,
    make: () => PlantRig.make(fittings, differs),
  };
}

boardConformance(kindOf('the simulated board, over a socket to the plant, with a motor lock', MOTOR));
boardConformance(
  kindOf(
    'the simulated board with a solenoid and a monitor without a test line',
    { ...MOTOR, lock: 'solenoid', residual: 'monitored' },
    { residual: 'monitored' },
  ),
);
boardConformance(
  kindOf('the simulated board of a plain outlet', null, {
    connector: 'fixed',
    lock: false,
    switch: false,
    residual: 'disabled',
    temperature: false,
  }),
);

describe('the simulated board', () => {
  test('says first which outlet it drives, at each connection', () => {
    const { board, sent, connect } = onPaper();
    void board.start();
    connect(false);
    connect(true);
    expect(sent().filter(({ kind }) => kind === 'hello')).toEqual([
      { kind: 'hello', outlet: 'garage-1' },
      { kind: 'hello', outlet: 'garage-1' },
    ]);
    expect(sent()[0]).toMatchObject({ kind: 'hello' });
  });

  test('starts lost when the plant is not there yet, and is back when it comes', async () => {
    const { board, heard, connect } = onPaper();
    connect(false);
    await board.start();
    connect(true);
    expect(heard).toEqual([
      { kind: 'board-changed', at: 7, lost: true },
      { kind: 'board-changed', at: 7, lost: false },
    ]);
  });

  test.each([
    ['nothing', '', 'not-json'],
    ['half a line', '{"kind":"sample"', 'not-json'],
    ['a level beyond any pilot', '{"kind":"sample","high_mV":1e9,"low_mV":null}', 'schema'],
    ['a word for a contact', '{"kind":"contactor","closed":"no"}', 'schema'],
    ['a word for a level', '{"kind":"lock","high":"locked"}', 'schema'],
    ['a line in a prototype', '{"__proto__":{"kind":"contactor","closed":true}}', 'schema'],
    ['5000 brackets', '['.repeat(5000), 'oversized'],
  ] as const)('a hostile plant is counted, never believed, and nothing is thrown: %s', async (_, line, reason) => {
    const { board, heard, babble } = onPaper();
    await board.start();
    babble(line);
    expect(board.refused[reason]).toBe(1);
    expect(heard).toEqual([]);
  });

  test.each<[PlantLine, object]>([
    [
      { kind: 'sample', high_mV: 9000, low_mV: null },
      { kind: 'pilot-sampled', high_mV: 9000, low_mV: null },
    ],
    [
      { kind: 'proximity', ohm: 220 },
      { kind: 'proximity-sampled', ohm: 220 },
    ],
    [
      { kind: 'contactor', closed: true },
      { kind: 'contactor-confirmed', closed: true },
    ],
    [
      { kind: 'draw', draw_dA: { L1: 1, L2: 2, L3: 3 } },
      { kind: 'draw-metered', draw_dA: { L1: 1, L2: 2, L3: 3 } },
    ],
    [
      { kind: 'lock', high: true },
      { kind: 'lock-sensed', high: true },
    ],
    [
      { kind: 'switch', pressed: true },
      { kind: 'switch-sensed', pressed: true },
    ],
    [
      { kind: 'residual', tripped: true },
      { kind: 'residual-sensed', tripped: true },
    ],
    [
      { kind: 'temperature', celsius: 66 },
      { kind: 'temperature-sensed', celsius: 66 },
    ],
    [
      { kind: 'supply', failing: true },
      { kind: 'supply-sensed', failing: true },
    ],
  ])('hears %j, and stamps it with its own clock', async (line, expected) => {
    const { board, heard, babble } = onPaper();
    await board.start();
    babble(encodePlantLine(line));
    expect(heard).toEqual([{ ...expected, at: 7 }]);
  });

  test('makes safe even over a channel that throws', () => {
    const channel: LineChannel = {
      ...onPaper().channel,
      send: () => {
        throw new Error('gone');
      },
    };
    const board = new SimulatedBoard({ channel, outlet: 'x', clock: () => 0 });
    expect(() => board.safeStateSync('gone')).not.toThrow();
    expect(board.safeBecause).toBe('gone');
  });
});

/** A board on a channel that is nothing but what was said over it. */
function onPaper() {
  const [lines, connections] = [new Set<(line: string) => void>(), new Set<(connected: boolean) => void>()];
  const sent: string[] = [];
  const heard: BoardEvent[] = [];
  let isConnected = true;
  const channel: LineChannel = {
    send: (line) => void sent.push(line),
    onLine: (listener) => subscribe(lines, listener),
    onConnection: (listener) => {
      listener(isConnected);
      return subscribe(connections, listener);
    },
    close: () => undefined,
  };
  const board = new SimulatedBoard({ channel, outlet: 'garage-1', clock: () => 7 });
  board.on((event) => heard.push(event));
  return {
    board,
    channel,
    heard,
    sent: () => sent.map((line) => JSON.parse(line) as { kind: string }),
    babble: (line: string) => lines.forEach((listener) => listener(line)),
    connect: (connected: boolean) => {
      isConnected = connected;
      connections.forEach((listener) => listener(connected));
    },
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
