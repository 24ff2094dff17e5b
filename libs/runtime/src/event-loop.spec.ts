import { EventLoop, type EventLoopParts } from './event-loop.js';

type Event = { readonly add: number } | { readonly fail: 'step' | 'run' };
type Parts = EventLoopParts<number, Event, string, { readonly factor: number }>;

const adding: Parts['step'] = (state, event, config) => {
  if ('fail' in event && event.fail === 'step') throw new Error('a bug in step');
  if ('fail' in event) return { state, commands: ['before', 'fail', 'after'] };
  const sum = state + event.add * config.factor;
  return { state: sum, commands: [`sum ${sum}`] };
};

function loopWith(over: Partial<Parts> = {}): {
  loop: EventLoop<number, Event, string, { readonly factor: number }>;
  ran: string[];
  crashes: unknown[];
} {
  const ran: string[] = [];
  const crashes: unknown[] = [];
  const run = (command: string): void => {
    if (command === 'fail') throw new Error('a bug in run');
    ran.push(command);
  };
  const onCrash = (error: unknown): void => void crashes.push(error);
  return {
    loop: new EventLoop({ step: adding, initial: 0, config: { factor: 10 }, run, onCrash, ...over }),
    ran,
    crashes,
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the event loop', () => {
  test('decides at once and runs the commands in their order', () => {
    const { loop, ran } = loopWith();
    loop.push({ add: 1 });
    loop.push({ add: 2 });
    expect(loop.state).toBe(30);
    expect(ran).toEqual(['sum 10', 'sum 30']);
  });

  test('finishes all commands of one event before it looks at an event that they cause', () => {
    const trace: string[] = [];
    const loop: EventLoop<number, number, string, null> = new EventLoop({
      step: (state, event) => ({ state: state + 1, commands: event === 1 ? ['ask', 'tell'] : [`answer ${event}`] }),
      initial: 0,
      config: null,
      run: (command) => {
        trace.push(command);
        if (command === 'ask') loop.push(2);
      },
      onCrash: () => trace.push('crash'),
    });
    loop.push(1);
    expect(trace).toEqual(['ask', 'tell', 'answer 2']);
  });

  test('lets the sockets have a turn when commands answer each other without end', async () => {
    const loop: EventLoop<number, number, number, null> = new EventLoop({
      step: (state, event) => ({ state: state + 1, commands: [event] }),
      initial: 0,
      config: null,
      run: (command) => void loop.push(command),
      onCrash: () => undefined,
    });
    loop.push(1);
    expect(loop.state).toBe(256);
    await nextTurn();
    expect(loop.state).toBeGreaterThan(256);
    loop.stop();
    const stopped = loop.state;
    await nextTurn();
    await nextTurn();
    expect(loop.state).toBe(stopped);
  });

  test('refuses and counts what a full queue cannot take', () => {
    const { loop } = loopWith({
      run: () => {
        for (let count = 0; count < 2000; count += 1) loop.push({ add: 0 });
        loop.stop();
      },
    });
    loop.push({ add: 1 });
    expect(loop.refused).toBe(2000 - 1024);
  });

  test.each([['step' as const], ['run' as const]])('a bug in %s stops it for good and is told once', (where) => {
    const { loop, ran, crashes } = loopWith();
    loop.push({ add: 1 });
    loop.push({ fail: where });
    expect(crashes).toEqual([new Error(`a bug in ${where}`)]);
    expect(loop.push({ add: 1 })).toBe(false);
    expect(loop.state).toBe(10);
    expect(ran).toEqual(where === 'step' ? ['sum 10'] : ['sum 10', 'before']);
    expect(loop.refused).toBe(1);
  });

  test('shows each step to an observer after its commands have run', () => {
    const seen: unknown[] = [];
    const { loop, ran } = loopWith({ onStep: (...step) => seen.push([...step, ran.length]) });
    loop.push({ add: 1 });
    expect(seen).toEqual([[{ add: 1 }, ['sum 10'], 10, 1]]);
  });
});
