// The outlet of the lab's plant that does what the front end's outlet does, so that the meter of the mains sees the car
// draw: the front end's contact and pilot are shown to the plant as if a board of its own drove them.
import { encodeBoardLine, SocketChannel, type BoardLine } from '@fairamp/board';
import type { Eyes } from '../conformance/board-bench.js';

export const TWIN = 'left';
const LOOK_ms = 50;

export class Twin {
  readonly #channel: SocketChannel;
  readonly #timer: NodeJS.Timeout;

  constructor(socket: string, eyes: Eyes) {
    this.#channel = new SocketChannel({ path: socket });
    this.#channel.onConnection((isConnected) => isConnected && this.#say({ kind: 'hello', outlet: TWIN }));
    this.#timer = setInterval(() => {
      this.#say({ kind: 'heartbeat' });
      this.#say({ kind: 'pilot', pilot: eyes.output() });
      this.#say({ kind: 'power', on: eyes.isClosed() });
    }, LOOK_ms);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#channel.close();
  }

  #say(line: BoardLine): void {
    this.#channel.send(encodeBoardLine(line));
  }
}
