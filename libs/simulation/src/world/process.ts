// A process of the site: a node, the clock of its machine, and what can be done to it. A frozen one keeps what arrives
// in its queue and reads it when it thaws, by then with that time; a dead one loses it. Its outputs stay as they were.
import type { Milliseconds } from '@fairamp/units';
import type { Life, ProcessTruth } from '../checks/moment.js';
import { localAt, trueAt, type ProcessClock } from './clock.js';
import { type Timeline } from './timeline.js';

/** What a kernel buffers of small messages for a process that does not read. */
const QUEUE_MAX = 1000;
/** The apps tick so often, whatever is due; here a deadline that is told is met as late as there at the latest. */
const APP_TICK_ms: Milliseconds = 50;

export abstract class Process implements ProcessTruth {
  life: Life = { state: 'down', since: 0 };
  startedAt: Milliseconds = 0;
  #queue: (() => void)[] = [];
  /** Counts starts, so that a tick of an earlier life stops. */
  #lives = 0;
  #ticksAt: Milliseconds = Infinity;

  constructor(
    readonly who: string,
    readonly clock: ProcessClock,
    protected readonly timeline: Timeline,
    private readonly tickEvery_ms: Milliseconds,
  ) {}

  get local(): Milliseconds {
    return localAt(this.clock, this.timeline.now);
  }

  start(): void {
    this.#lives += 1;
    this.#queue = [];
    this.life = { state: 'up', since: this.timeline.now };
    this.startedAt = this.timeline.now;
    this.#ticksAt = Infinity;
    this.begin();
    this.#tickAt(this.timeline.now + this.tickEvery_ms);
  }

  kill(): void {
    if (this.life.state === 'down') return;
    this.life = { state: 'down', since: this.timeline.now };
    this.#queue = [];
    this.end();
  }

  freeze(): void {
    if (this.life.state === 'up') this.life = { state: 'frozen', since: this.timeline.now };
  }

  thaw(): void {
    if (this.life.state !== 'frozen') return;
    this.life = { state: 'up', since: this.timeline.now };
    const queue = this.#queue;
    this.#queue = [];
    // An event loop that wakes runs its overdue timers first.
    this.tick();
    for (const read of queue) read();
  }

  /** @param read runs when the process reads it */
  arrive(read: () => void): void {
    if (this.life.state === 'up') read();
    else if (this.life.state === 'frozen' && this.#queue.length < QUEUE_MAX) this.#queue.push(read);
  }

  /** Something is due by then: a local time that has passed is too late to be met. */
  protected dueAt(local: Milliseconds): void {
    const at = trueAt(this.clock, local) + APP_TICK_ms;
    if (at > this.timeline.now) this.#tickAt(at);
  }

  /** A new life of the node. */
  protected abstract begin(): void;
  protected abstract tick(): void;
  /** It is gone without a farewell. */
  protected abstract end(): void;

  /** At the latest; a tick that was planned for later is not needed any more. */
  #tickAt(at: Milliseconds): void {
    if (at >= this.#ticksAt) return;
    this.#ticksAt = at;
    const life = this.#lives;
    this.timeline.schedule(at, () => {
      if (life !== this.#lives || this.life.state === 'down' || this.#ticksAt !== at) return;
      this.#ticksAt = Infinity;
      if (this.life.state === 'up') this.tick();
      // What the tick planned by itself may be a moment later than that, as a deadline is met in the apps.
      if (this.#ticksAt === Infinity) this.#tickAt(at + this.tickEvery_ms);
    });
  }
}
