import { createConnection, createServer, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { GuardedBoard } from '@fairamp/board';
import { SILENT_ms } from './pipe-wire.js';
import { SlaveEnd } from './slave-end.js';

/** One end of a real socket, and the test at the other; the time is the test's. */
async function joined() {
  const folder = mkdtempSync(join(tmpdir(), 'fairamp-pipe-'));
  const path = join(folder, 'pipe');
  const server = createServer();
  const arrived = new Promise<Socket>((resolve) => server.on('connection', resolve));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const slave = createConnection({ path });
  const socket = await arrived;
  const said: string[] = [];
  let heard = '';
  slave.setEncoding('utf8').on('data', (text: string) => (heard += text));
  let now = 0;
  let turn: () => void = () => undefined;
  const board = {
    isHeld: false,
    hold: (why: string) => {
      board.isHeld = true;
      said.push(`hold: ${why}`);
    },
    letGo: () => {
      board.isHeld = false;
      said.push('let go');
    },
  };
  const end = new SlaveEnd({
    socket,
    board: board as unknown as GuardedBoard,
    clock: {
      now: () => now,
      every: (_, run) => {
        turn = run;
        return () => undefined;
      },
    },
    onLine: (line) => said.push(line.kind === 'message' ? `message ${line.topic}` : line.kind),
    onTrouble: (why) => said.push(`trouble: ${why}`),
  });
  return {
    end,
    slave,
    said,
    heard: () => heard,
    read: () => new Promise<void>((resolve) => setImmediate(resolve)),
    pass: (ms: number) => {
      for (const until = now + ms; now < until;) {
        now += 50;
        turn();
      }
    },
    arrive: async (holds: () => boolean) => {
      for (let waited = 0; !holds() && waited < 4000; waited += 5) await pause(5);
      expect(holds()).toBe(true);
    },
    dispose: () => {
      slave.destroy();
      socket.destroy();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

describe('the io process at its end of the pipe', () => {
  let pipe: Awaited<ReturnType<typeof joined>>;
  beforeEach(async () => {
    pipe = await joined();
  });
  afterEach(() => pipe.dispose());

  test('I3: holds the board open when the slave has been silent for 500 ms, and not before', async () => {
    pipe.pass(SILENT_ms - 50);
    await pipe.read();
    expect(pipe.said).toEqual([]);
    pipe.pass(50);
    await pipe.read();
    expect(pipe.said).toEqual(['hold: the slave is silent']);
    pipe.pass(SILENT_ms);
    await pipe.read();
    expect(pipe.said).toHaveLength(1);
  });

  test('lets go when the slave has answered what it was asked, and not by anything else that it says', async () => {
    pipe.pass(SILENT_ms);
    await pipe.read();
    pipe.slave.write('{"kind":"beat"}\n{"kind":"answer","n":2}\n{"kind":"connected"}\n');
    await pipe.arrive(() => pipe.said.includes('connected'));
    expect(pipe.said).not.toContain('let go');
    await pipe.arrive(() => pipe.heard().includes('{"kind":"ask","n":1}'));
    pipe.slave.write('{"kind":"answer","n":1}\n');
    await pipe.arrive(() => pipe.said.includes('let go'));
  });

  test('an answer to an older question lets go of nothing', async () => {
    pipe.end.hold('one');
    pipe.end.hold('two');
    pipe.slave.write('{"kind":"answer","n":1}\n{"kind":"connected"}\n');
    await pipe.arrive(() => pipe.said.includes('connected'));
    expect(pipe.said).toEqual(['hold: one', 'hold: two', 'connected']);
  });

  test('hands on what the slave says, in its order', async () => {
    pipe.slave.write(
      '{"kind":"connected"}\n{"kind":"message","topic":"a/b","payload":"","retained":false}\n{"kind":"stop"}\n',
    );
    await pipe.arrive(() => pipe.said.includes('stop'));
    expect(pipe.said).toEqual(['connected', 'message a/b', 'stop']);
  });

  test('outputs that the slave has made safe are held, until it says that it is done', async () => {
    pipe.slave.write('{"kind":"made-safe"}\n');
    await pipe.arrive(() => pipe.said.length === 1);
    expect(pipe.said).toEqual(['hold: the slave has made it safe']);
  });

  test('a line that is none is told, and nothing follows from it', async () => {
    pipe.slave.write('close the contactor\n{"kind":"connected"}\n');
    await pipe.arrive(() => pipe.said.includes('connected'));
    expect(pipe.said).toEqual(['connected']);
    await pipe.arrive(() => pipe.heard().includes('no line: close the contactor'));
  });

  test('an end of the pipe is the end of the slave', async () => {
    pipe.slave.destroy();
    await pipe.arrive(() => pipe.said.includes('trouble: the slave is gone'));
  });

  test('I3: beats only when decisions were made since, whatever time passes', async () => {
    pipe.pass(300);
    pipe.end.attended();
    pipe.pass(300);
    pipe.end.utter({ kind: 'note', level: 'info', key: 'k', text: 'the end' });
    await pipe.arrive(() => pipe.heard().includes('the end'));
    expect(pipe.heard().match(/beat/g)).toHaveLength(1);
  });

  test('a note that is too long is cut, not refused by the other end', async () => {
    pipe.end.utter({ kind: 'note', level: 'warn', key: 'k'.repeat(999), text: 'x'.repeat(9999) });
    await pipe.arrive(() => pipe.heard().endsWith('\n'));
    expect(pipe.heard().length).toBeLessThan(1400);
  });
});
