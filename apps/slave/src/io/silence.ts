// Is the other end of the pipe still there? Asked in every turn of a timer, in real time since its last beat. Who stood still
// itself must read before it judges: what the other end said meanwhile waits in the pipe. So a silence that is too long
// counts when it still is after one turn of the event loop's reading.
import type { Clock } from '@fairamp/runtime';
import type { Milliseconds } from '@fairamp/units';

export class Silence {
  readonly #clock: Pick<Clock, 'now'>;
  #heardAt: Milliseconds;

  /** @param credit_ms so much longer it may be until the first beat */
  constructor(clock: Pick<Clock, 'now'>, credit_ms: Milliseconds = 0) {
    this.#clock = clock;
    this.#heardAt = clock.now() + credit_ms;
  }

  heard(): void {
    this.#heardAt = Math.max(this.#heardAt, this.#clock.now());
  }

  /** The credit is for a start; who has been heard once is as any other. */
  began(): void {
    this.#heardAt = this.#clock.now();
  }

  get for_ms(): Milliseconds {
    return this.#clock.now() - this.#heardAt;
  }

  /** Calls when it is as long as that, also after what was waiting has been read. */
  ifLonger(than_ms: Milliseconds, then: () => void): void {
    if (this.for_ms < than_ms) return;
    setImmediate(() => {
      if (this.for_ms >= than_ms) then();
    });
  }
}
