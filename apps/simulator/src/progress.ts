// How far a long run is and how long it will still take, on standard error: one line that renews itself on a terminal,
// else a line now and then for a log. A short run says nothing.
import { type WriteStream } from 'node:tty';

const TERMINAL_EACH_ms = 1000;
const LOG_EACH_ms = 10_000;
type Stream = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

const CLEAR_LINE = '\r\u001b[K';

export class Progress {
  readonly #stream: Stream;
  readonly #total: number;
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #done = 0;
  #isShown = false;

  constructor(stream: Stream, total: number) {
    this.#stream = stream;
    this.#total = total;
    this.#timer = setInterval(() => this.#show(), stream.isTTY === true ? TERMINAL_EACH_ms : LOG_EACH_ms);
  }

  get done(): number {
    return this.#done;
  }

  add(): void {
    this.#done += 1;
  }

  /** Before anything else is written to the same terminal. */
  hide(): void {
    if (this.#isShown) this.#stream.write(CLEAR_LINE);
    this.#isShown = false;
  }

  end(): void {
    clearInterval(this.#timer);
    this.hide();
  }

  #show(): void {
    const words = progressWords(this.#done, this.#total, performance.now() - this.#began);
    if (this.#stream.isTTY !== true) {
      this.#stream.write(`${words}\n`);
      return;
    }
    this.#stream.write(`${CLEAR_LINE}${words}`);
    this.#isShown = true;
  }
}

export function progressWords(done: number, total: number, elapsed_ms: number): string {
  const left = done === 0 ? '' : `, about ${spanOf((elapsed_ms / done) * (total - done))} left`;
  return `${done} of ${total} done in ${spanOf(elapsed_ms)}${left}`;
}

function spanOf(span_ms: number): string {
  const seconds = Math.round(span_ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
