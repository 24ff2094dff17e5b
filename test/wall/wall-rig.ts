// A rig of the board conformance suite around a real Linux board: its files are the fake sysfs's, its lines real onoff, its
// time the computer's. Time in which this process stood still is nobody's; after each wait the board has had its turn.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BoardCapabilities, BoardSupport } from '@fairamp/board';
import type { BoardEvent } from '@fairamp/evse';
import { assert, type Milliseconds } from '@fairamp/units';
import { LoneParts } from '../../apps/slave/test/lone-parts.js';
import type { BoardRig } from '../conformance/board-bench.js';
import { FrontEnd } from '../front-end/front-end.js';
import type { Inside } from '../front-end/namespace.js';
import type { Wiring } from '../front-end/wiring.js';
import { boardOf } from './board-of.js';

const TURN_ms: Milliseconds = 10;
const run = promisify(execFile);

type Said =
  | { readonly event: BoardEvent }
  | { readonly id: number; readonly at: Milliseconds }
  | { readonly capabilities: BoardCapabilities };

/** The board, for who speaks to it from outside: what it is told is on its way, and answered in order. */
class FarBoard implements BoardSupport {
  capabilities!: BoardCapabilities;
  /** Its clock, when it was last asked. */
  at: Milliseconds = 0;
  readonly #inside: Inside;
  readonly #listeners = new Set<(event: BoardEvent) => void>();
  readonly #waiting = new Map<number, () => void>();
  #asked = 0;

  private constructor(inside: Inside, onReady: () => void) {
    this.#inside = inside;
    createInterface({ input: inside.child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Said;
      if ('event' in said) return this.#listeners.forEach((listener) => listener(said.event));
      if ('id' in said) {
        this.at = said.at;
        return this.#waiting.get(said.id)?.();
      }
      this.capabilities = said.capabilities;
      onReady();
    });
  }

  static async in(inside: Inside): Promise<FarBoard> {
    let board: FarBoard | undefined;
    const isReady = new Promise<void>((resolve) => (board = new FarBoard(inside, resolve)));
    await Promise.race([isReady, inside.ended.then((how) => Promise.reject(new Error(`${how}: ${inside.err()}`)))]);
    assert(board !== undefined, 'it was made before it was ready');
    return board;
  }

  ask(call?: string): Promise<void> {
    const id = (this.#asked += 1);
    const isAnswered = new Promise<void>((resolve) => this.#waiting.set(id, resolve));
    this.#say({ id, ...(call === undefined ? {} : { call, args: [] }) });
    return isAnswered;
  }

  start = (): Promise<void> => this.ask('start');
  stop = (): Promise<void> => this.ask('stop');
  setPilot: BoardSupport['setPilot'] = (...args) => this.#say({ call: 'setPilot', args });
  allowPower: BoardSupport['allowPower'] = (...args) => this.#say({ call: 'allowPower', args });
  pulseLock: BoardSupport['pulseLock'] = (...args) => this.#say({ call: 'pulseLock', args });
  testResidual: BoardSupport['testResidual'] = () => this.#say({ call: 'testResidual', args: [] });
  setIndicator: BoardSupport['setIndicator'] = (...args) => this.#say({ call: 'setIndicator', args });
  heartbeat: BoardSupport['heartbeat'] = () => this.#say({ call: 'heartbeat', args: [] });
  safeStateSync: BoardSupport['safeStateSync'] = (...args) => this.#say({ call: 'safeStateSync', args });

  on(listener: (event: BoardEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #say(line: object): void {
    this.#inside.child.stdin.write(`${JSON.stringify(line)}\n`);
  }
}

export async function wallRig(wiring: Wiring): Promise<BoardRig> {
  const parts = new LoneParts();
  const frontEnd = await FrontEnd.open(wiring);
  const program = join(import.meta.dirname, 'programs/board.mjs');
  const file = parts.write('board.json', boardOf(wiring));
  const inside = frontEnd.namespace.startInside(process.execPath, [program, file]);
  const board = await FarBoard.in(inside);
  // As the slave does with its io process, where it may.
  await run('chrt', ['--all-tasks', '--fifo', '--pid', '50', `${inside.pid}`]).catch(() => undefined);
  const { hands, eyes } = frontEnd;
  const settle = async (): Promise<void> => {
    await frontEnd.settled();
    await board.ask();
  };
  return {
    board,
    hands,
    eyes,
    now: () => board.at,
    pass: async (ms) => {
      let before = performance.now();
      for (let passed_ms = 0; passed_ms < ms;) {
        await pause(Math.min(TURN_ms, ms - passed_ms));
        const now = performance.now();
        passed_ms += Math.min(now - before, 2 * TURN_ms);
        before = now;
      }
      await settle();
    },
    dispose: async () => {
      await frontEnd.close();
      parts.close();
    },
  };
}
