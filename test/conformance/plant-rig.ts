// The simulated board with all that stands behind it: its channel, a real unix socket, and the lab's own plant with one
// outlet. The plant's time is the test's; after each step of it, whatever was said over the socket has arrived, so that
// a loaded computer changes nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import {
  SimulatedBoard,
  SocketChannel,
  type BoardCapabilities,
  type BoardLine,
  type LineChannel,
} from '@fairamp/board';
import type { FittingsConfig } from '@fairamp/simulation';
import { assert, type Milliseconds } from '@fairamp/units';
import { BoardServer } from '../../apps/lab/src/plant/board-server.js';
import type { PlantLoop } from '../../apps/lab/src/plant/plant-loop.js';
import type { BoardRig, Eyes, Hands } from './board-bench.js';
import { eyesOn, handsOn, OUTLET, outletWith, plantLoopOf } from './plant-hands.js';

const STEP_ms: Milliseconds = 10;
const QUICK = { first_ms: 2, longest_ms: 20 };
/** Bounds every wait for a socket. */
const PATIENCE_ms = 4000;
/** Lines over the socket, to the board and to the plant. */
type Count = { down: number; up: number };

export class PlantRig implements BoardRig {
  readonly board: SimulatedBoard;
  readonly hands: Hands;
  readonly eyes: Eyes;
  /** Its car draws on for a minute after the PWM has gone. */
  readonly ignoreStop: () => void;
  readonly link = { lose: () => this.#lose(), restore: () => this.#listen() };
  /** What boards have said since the start. */
  readonly said: BoardLine[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'fairamp-rig-'));
  readonly #path = join(this.#folder, 'plant');
  readonly #channel = new SocketChannel({ path: this.#path }, QUICK);
  readonly #loop: PlantLoop;
  #sent: Count = { down: 0, up: 0 };
  #heard: Count = { down: 0, up: 0 };
  #server: BoardServer | null = null;
  #isConnected = false;
  /** It has said which outlet is its own: nobody listens to a board before that. */
  #isKnown = false;
  #now: Milliseconds = 0;

  private constructor(fittings: FittingsConfig | null, capabilities: Partial<BoardCapabilities>) {
    const outlet = outletWith(fittings);
    this.#loop = plantLoopOf(outlet);
    this.#channel.onConnection((connected) => {
      this.#isConnected = connected;
      this.#isKnown = false;
    });
    this.#channel.onLine(() => (this.#heard.down += 1));
    this.board = new SimulatedBoard({ channel: this.#counted(), outlet: OUTLET, clock: () => this.#now, capabilities });
    this.hands = handsOn(this.#loop, outlet);
    this.ignoreStop = () => (outlet.car.stop_ms = 60_000);
    this.eyes = eyesOn(this.#loop);
  }

  static async make(fittings: FittingsConfig | null, capabilities: Partial<BoardCapabilities> = {}): Promise<PlantRig> {
    const rig = new PlantRig(fittings, capabilities);
    await rig.#listen();
    return rig;
  }

  now(): Milliseconds {
    return this.#now;
  }

  async pass(ms: Milliseconds): Promise<void> {
    await this.#settle();
    for (const end = this.#now + ms; this.#now < end;) {
      this.#now = Math.min(end, this.#now + STEP_ms);
      for (const { line } of this.#loop.advance(this.#now).told) this.#server?.send(OUTLET, line);
      await this.#settle();
    }
  }

  async dispose(): Promise<void> {
    await this.board.stop();
    await this.#settle();
    this.#server?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The board's way to its channel; what is sent while it is down is lost, and not waited for. */
  #counted(): LineChannel {
    const channel = this.#channel;
    return {
      send: (line) => {
        this.#isKnown ||= this.#isConnected && line.includes('"hello"');
        if (this.#isConnected && this.#isKnown) this.#sent.up += 1;
        channel.send(line);
      },
      onLine: (listener) => channel.onLine(listener),
      onConnection: (listener) => channel.onConnection(listener),
      close: () => channel.close(),
    };
  }

  async #listen(): Promise<void> {
    [this.#sent, this.#heard] = [
      { down: 0, up: 0 },
      { down: 0, up: 0 },
    ];
    // Only to a board that has said which it is goes anything, and so counts.
    let isGreeted = false;
    const sent = (): void => void (this.#sent.down += isGreeted ? 1 : 0);
    const heard = (line: BoardLine): ReturnType<PlantLoop['boardSaid']> => {
      this.#heard.up += 1;
      this.said.push(line);
      isGreeted ||= line.kind === 'hello';
      return this.#loop.boardSaid(OUTLET, line);
    };
    this.#server = new CountingServer([OUTLET], (_, line) => heard(line), sent);
    await this.#server.listen(this.#path);
    await this.#until(() => this.#isConnected, 'the board is connected');
  }

  async #lose(): Promise<void> {
    this.#server?.close();
    this.#server = null;
    await this.#until(() => !this.#isConnected, 'the board has noticed');
  }

  /** All that was said has arrived; what was said last to a board that has gone never does. */
  #settle(): Promise<void> {
    const arrived = ({ down, up }: Count): boolean => down >= this.#sent.down && up >= this.#sent.up;
    return this.#until(() => !this.#isConnected || arrived(this.#heard), 'every line has arrived');
  }

  async #until(holds: () => boolean, what: string): Promise<void> {
    const end = performance.now() + PATIENCE_ms;
    do {
      assert(performance.now() < end, `waited ${PATIENCE_ms} ms in vain until ${what}`);
      await turn();
    } while (!holds());
  }
}

class CountingServer extends BoardServer {
  readonly #sent: () => void;

  constructor(outlets: readonly string[], onLine: ConstructorParameters<typeof BoardServer>[1], sent: () => void) {
    super(outlets, onLine);
    this.#sent = sent;
  }

  override send(...said: Parameters<BoardServer['send']>): void {
    this.#sent();
    super.send(...said);
  }
}
