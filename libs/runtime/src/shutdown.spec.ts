import { createShutdown, type Shutdown, type ShutdownParts } from './shutdown.js';

function shutdownWith(stop: ShutdownParts['stop']): { shutdown: Shutdown; trace: string[]; exited: Promise<void> } {
  const trace: string[] = [];
  const say = (_fields: object, text: string): void => void trace.push(text);
  let done: () => void = () => undefined;
  const exited = new Promise<void>((resolve) => (done = resolve));
  const shutdown = createShutdown({
    log: { debug: say, info: say, warn: say, error: say },
    stop,
    makeSafe: (reason) => trace.push(`safe: ${reason}`),
    exit: (code) => {
      trace.push(`exit ${code}`);
      done();
    },
  });
  return { shutdown, trace, exited };
}

describe('the end of a process', () => {
  test('asked for, is orderly and comes once', async () => {
    const { shutdown, trace, exited } = shutdownWith(() => Promise.resolve());
    shutdown.stop('SIGTERM');
    shutdown.stop('SIGINT');
    await exited;
    expect(trace).toEqual(['SIGTERM: stopping', 'exit 0']);
  });

  test('by a bug, makes the safe state before anything else', () => {
    const { shutdown, trace } = shutdownWith(() => Promise.resolve());
    shutdown.crash(new Error('oops'));
    shutdown.crash(new Error('again'));
    expect(trace).toEqual(['safe: oops', 'oops', 'exit 1']);
  });

  test('is not kept waiting by a stop that never ends', async () => {
    const { shutdown, trace, exited } = shutdownWith(() => new Promise(() => undefined));
    // Turns of this process, so that a computer that stalls uses up no time.
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 50);
    shutdown.stop('SIGTERM');
    await exited;
    clearInterval(counting);
    expect(turns).toBeLessThan(60);
    expect(trace).toEqual(['SIGTERM: stopping', 'safe: not stopped within 2 s', 'not stopped within 2 s', 'exit 1']);
  });

  test('by a bug while it stops, is safe and soon', async () => {
    const { shutdown, trace } = shutdownWith(() => new Promise(() => undefined));
    shutdown.stop('SIGTERM');
    shutdown.crash(new Error('oops'));
    expect(trace).toEqual(['SIGTERM: stopping', 'safe: oops', 'oops', 'exit 1']);
  });

  test('after a stop that failed, is safe too', async () => {
    const { shutdown, trace, exited } = shutdownWith(() => Promise.reject(new Error('stuck')));
    shutdown.stop('SIGTERM');
    await exited;
    const why = 'cannot stop in order: stuck';
    expect(trace).toEqual(['SIGTERM: stopping', `safe: ${why}`, why, 'exit 1']);
  });
});
