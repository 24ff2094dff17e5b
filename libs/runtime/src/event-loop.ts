// Where the world meets a pure core. Adapters only push events; the loop feeds them to `step` one at a time, in their
// order, and runs the commands that come back before it looks at the next event. An adapter that pushes while commands
// run (a board that confirms at once) only queues: there is no re-entrance, so a step never sees half of another one.
// An exception in `step` or `run` is a bug of ours. The loop then stops for good and says so once: the caller makes the
// safe state and ends the process.

export type StepResult<State, Command> = { readonly state: State; readonly commands: readonly Command[] };

export type EventLoopParts<State, Event, Command, Config> = {
  readonly step: (state: State, event: Event, config: Config) => StepResult<State, Command>;
  readonly initial: State;
  readonly config: Config;
  readonly run: (command: Command) => void;
  /** Called as an event is taken up: a message that waited is judged by the time of its reading (design 3 rule 3). */
  readonly stamp?: (event: Event) => Event;
  readonly onCrash: (error: unknown) => void;
  /** After the commands have run: for logs, live views and a board's dead-man handle, never for decisions. */
  readonly onStep?: (event: Event, commands: readonly Command[], state: State) => void;
};

/** Far above one turn's worth: a full queue means that events come faster than they can be decided on. */
const QUEUE_MAX = 1024;
/** Events per turn of Node's own loop: commands that answer each other for ever must not keep the sockets waiting. */
const TURN_MAX = 256;

export class EventLoop<State, Event, Command, Config> {
  readonly #parts: EventLoopParts<State, Event, Command, Config>;
  readonly #queue: Event[] = [];
  #state: State;
  #mode: 'idle' | 'running' | 'stopped' = 'idle';
  #refused = 0;

  constructor(parts: EventLoopParts<State, Event, Command, Config>) {
    this.#parts = parts;
    this.#state = parts.initial;
  }

  get state(): State {
    return this.#state;
  }

  /** Events that found the queue full or the loop stopped. */
  get refused(): number {
    return this.#refused;
  }

  /** @returns false when the event was refused; a newer one of its kind will come, since nothing here is sent once only */
  push(event: Event): boolean {
    if (this.#mode === 'stopped' || this.#queue.length >= QUEUE_MAX) {
      this.#refused += 1;
      return false;
    }
    this.#queue.push(event);
    if (this.#mode === 'idle') this.#runTurn();
    return true;
  }

  stop(): void {
    this.#mode = 'stopped';
    this.#queue.length = 0;
  }

  #runTurn(): void {
    this.#mode = 'running';
    for (let count = 0; count < TURN_MAX && this.#isRunning(); count += 1) {
      const event = this.#queue.shift();
      if (event === undefined) {
        this.#mode = 'idle';
        return;
      }
      this.#stepOnce(event);
    }
    if (this.#isRunning()) setImmediate(() => this.#resume());
  }

  #resume(): void {
    if (this.#isRunning()) this.#runTurn();
  }

  /** A command or a crash may have stopped the loop in the meantime. */
  #isRunning(): boolean {
    return this.#mode === 'running';
  }

  #stepOnce(event: Event): void {
    const { step, config, run, stamp, onCrash, onStep } = this.#parts;
    try {
      const stamped = stamp === undefined ? event : stamp(event);
      const { state, commands } = step(this.#state, stamped, config);
      this.#state = state;
      for (const command of commands) run(command);
      onStep?.(event, commands, state);
    } catch (error) {
      this.stop();
      onCrash(error);
    }
  }
}
