import { SimulatedBoard, applyCommand, evseEventOf } from '@fairamp/board';
import type { BoardEvent } from '@fairamp/evse';
import { PLAIN } from '@fairamp/evse';
import { initialEvse, stepEvse, viewEvse, type EvseConfig, type EvseEvent, type EvseState } from '@fairamp/evse';
import { boardConformance, type BoardRig } from './board.conformance.js';
import { MemoryOutlet } from './memory-outlet.js';

type SimulatedRig = BoardRig & { readonly outlet: MemoryOutlet; readonly board: SimulatedBoard };

function makeRig(): SimulatedRig {
  const outlet = new MemoryOutlet();
  const board = new SimulatedBoard({ channel: outlet.channel, outlet: 'garage-1', clock: () => outlet.now });
  return {
    board,
    outlet,
    connect: (car) => (outlet.car = car),
    plug: (ohm) => (outlet.ohm = ohm),
    isClosed: () => outlet.closed,
    output: () => outlet.output,
    weld: () => (outlet.welded = true),
    link: { lose: () => outlet.setConnected(false), restore: () => outlet.setConnected(true) },
    pass: (ms) => Promise.resolve(outlet.pass(ms)),
    dispose: () => board.stop(),
  };
}

boardConformance('the simulated board', makeRig);

describe('the simulated board', () => {
  test('says first which outlet it drives, at each connection', async () => {
    const { board, outlet } = makeRig();
    await board.start();
    outlet.setConnected(false);
    outlet.setConnected(true);
    expect(outlet.hellos).toEqual(['garage-1', 'garage-1']);
  });

  test('starts lost when the plant is not there yet, and is back when it comes', async () => {
    const { board, outlet } = makeRig();
    const heard: BoardEvent[] = [];
    outlet.setConnected(false);
    board.on((event) => heard.push(event));
    await board.start();
    outlet.setConnected(true);
    expect(heard.filter(({ kind }) => kind === 'board-changed')).toEqual([
      { kind: 'board-changed', at: 0, lost: true },
      { kind: 'board-changed', at: 0, lost: false },
    ]);
  });

  test.each([
    ['nothing', '', 'not-json'],
    ['half a line', '{"kind":"sample"', 'not-json'],
    ['a level beyond any pilot', '{"kind":"sample","high_mV":1e9,"low_mV":null}', 'schema'],
    ['a word for a contact', '{"kind":"contactor","closed":"no"}', 'schema'],
    ['a line in a prototype', '{"__proto__":{"kind":"contactor","closed":true}}', 'schema'],
    ['5000 brackets', '['.repeat(5000), 'oversized'],
  ] as const)('a hostile plant is counted, never believed, and nothing is thrown: %s', async (_, line, reason) => {
    const { board, outlet } = makeRig();
    const heard: BoardEvent[] = [];
    await board.start();
    board.on((event) => heard.push(event));
    outlet.babble(line);
    expect(board.refused[reason]).toBe(1);
    expect(heard).toEqual([]);
  });

  test('what is drawn goes to the node, everything else to the charge point', async () => {
    const { board, outlet } = makeRig();
    const heard: BoardEvent[] = [];
    await board.start();
    board.on((event) => heard.push(event));
    outlet.say({ kind: 'draw', draw_dA: { L1: 160, L2: 0, L3: 0 } });
    outlet.say({ kind: 'contactor', closed: false });
    expect(heard.map(evseEventOf)).toEqual([null, { kind: 'contactor-confirmed', at: 0, closed: false }]);
  });

  test('makes safe even over a channel that throws', () => {
    const { outlet } = makeRig();
    const channel = {
      ...outlet.channel,
      send: () => {
        throw new Error('gone');
      },
    };
    const board = new SimulatedBoard({ channel, outlet: 'x', clock: () => 0 });
    expect(() => board.safeStateSync('gone')).not.toThrow();
    expect(board.safeBecause).toBe('gone');
  });
});

test('a charge point on a simulated board: plugged in, served, opened within 100 ms of the car stopping', async () => {
  const config: EvseConfig = {
    connector: 'socket',
    max_dA: 320,
    cable_dA: 130,
    proximity: 'manual',
    contactorFeedback: true,
    ...PLAIN,
  };
  const { board, outlet, pass } = makeRig();
  let state: EvseState = initialEvse(0);
  const tell = (event: EvseEvent): void => {
    const step = stepEvse(state, event, config);
    state = step.state;
    step.commands.forEach((command) => applyCommand(board, command));
    board.heartbeat();
  };
  board.on((event) => {
    const heard = evseEventOf(event);
    if (heard !== null) tell(heard);
  });
  await board.start();
  tell({ kind: 'limit-changed', at: outlet.now, limit_dA: 160 });
  outlet.ohm = 220;
  outlet.car = 'B';
  await pass(6000);
  expect([outlet.output, outlet.closed]).toEqual([{ kind: 'pwm', duty_permille: 266 }, false]);
  outlet.car = 'C';
  await pass(6000);
  expect([outlet.closed, viewEvse(state, config)]).toMatchObject([true, { session: 'charging', offered_dA: 160 }]);
  outlet.car = 'B';
  await pass(100);
  expect([outlet.closed, viewEvse(state, config)]).toMatchObject([false, { session: 'offering', contactorOpen: true }]);
});
