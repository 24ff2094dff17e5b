// Pumps bytes and ticks through the master's node, and what it answers to the broker and the log.
import type { MqttContext } from '@nestjs/microservices';
import {
  initialMaster,
  stepMaster,
  type MasterConfig,
  type MasterInput,
  type MasterOutput,
  type MasterState,
} from '@fairamp/nodes';
import { EventLoop, messageInput, newBoot, ofNode, stampedAt, type Clock, type StepResult } from '@fairamp/runtime';
import type { Milliseconds } from '@fairamp/units';

/** A new life in the same process: all is forgotten but the count (leases.md B12). */
type Begin = { readonly kind: 'begin'; readonly at: Milliseconds; readonly count: number; readonly boot: string };

export type MasterPumpParts = {
  readonly config: MasterConfig;
  /** Keeps a life's epoch count for the next, as well as it can. */
  readonly keep: (count: number) => void;
  /** The first life's epoch count, already given to `keep`. */
  readonly count: number;
  readonly clock: Clock;
  readonly utter: (output: Exclude<MasterOutput, { kind: 'begin-again' }>) => void;
  /** A control cycle has come to its end. */
  readonly alive: () => void;
  readonly onCrash: (error: unknown) => void;
};

/** Fine enough that a decision waits no longer than the mains' own delays. */
const TICK_ms = 50;

export class MasterPump {
  readonly #parts: MasterPumpParts;
  readonly #loop: EventLoop<MasterState, MasterInput | Begin, MasterOutput, MasterConfig>;
  #stopTicking: () => void = () => undefined;

  constructor(parts: MasterPumpParts) {
    this.#parts = parts;
    const { config, count, clock, alive, onCrash } = parts;
    const initial = initialMaster({ count, boot: newBoot() }, clock.now(), config);
    this.#loop = new EventLoop({
      step,
      initial,
      config,
      stamp: stampedAt(clock),
      run: (output) => this.#run(output),
      onStep: ({ kind }) => (kind === 'tick' ? alive() : undefined),
      onCrash,
    });
  }

  start(): void {
    const { clock } = this.#parts;
    this.#stopTicking = clock.every(TICK_ms, () => this.#loop.push({ kind: 'tick', at: clock.now() }));
  }

  stop(): void {
    this.#stopTicking();
    this.#loop.stop();
  }

  hear(payload: Uint8Array, context: MqttContext): void {
    this.#loop.push(messageInput(payload, context, this.#parts.clock.now()));
  }

  connected(): void {
    this.#loop.push({ kind: 'connected', at: this.#parts.clock.now() });
  }

  #run(output: MasterOutput): void {
    if (output.kind !== 'begin-again') return this.#parts.utter(output);
    this.#parts.keep(output.count);
    this.#loop.push({ kind: 'begin', at: this.#parts.clock.now(), count: output.count, boot: newBoot() });
  }
}

const stepNode = ofNode(stepMaster);

function step(
  state: MasterState,
  input: MasterInput | Begin,
  config: MasterConfig,
): StepResult<MasterState, MasterOutput> {
  if (input.kind !== 'begin') return stepNode(state, input, config);
  return { state: initialMaster({ count: input.count, boot: input.boot }, input.at, config), commands: [] };
}
