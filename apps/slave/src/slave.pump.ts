// Pumps board readings, grants and ticks through the slave's node (or the lone charge point's), and what it answers to
// the board, the broker and the log. The board is served first: outputs are run in the node's order. The board's
// dead-man handle is fed by a completed sample and decision where the charge point vouches, and by nothing else.
import type { MqttContext } from '@nestjs/microservices';
import { applyCommand, type BoardSupport } from '@fairamp/board';
import { isAttended, vouches, type BoardEvent, type EvseState } from '@fairamp/evse';
import {
  stepLone,
  stepSlave,
  type LoneConfig,
  type LoneInput,
  type LoneOutput,
  type LoneState,
  type SlaveConfig,
  type SlaveOutput,
  type SlaveState,
} from '@fairamp/nodes';
import { assert } from '@fairamp/units';
import { EventLoop, messageInput, ofNode, stampedAt, type Clock, type Utterance } from '@fairamp/runtime';

/** Either participant, started: its state lives in the loop. */
export type Participant =
  | { readonly kind: 'slave'; readonly config: SlaveConfig; readonly initial: SlaveState }
  | { readonly kind: 'lone'; readonly config: LoneConfig; readonly initial: LoneState };

export type SlavePumpParts = {
  readonly participant: Participant;
  readonly clock: Clock;
  readonly board: BoardSupport;
  readonly utter: (utterance: Utterance) => void;
  /** Feeds the watchdog of this process, as `heartbeat` feeds the board's. */
  readonly alive: () => void;
  readonly onCrash: (error: unknown) => void;
};

/** The lease ends within q = 500 ms of its time; a tick each 50 ms leaves room for a busy process. */
const TICK_ms = 50;

type Input = LoneInput;

export class SlavePump {
  readonly #parts: SlavePumpParts;
  readonly #loop: { push: (input: Input) => boolean; stop: () => void };
  #stopTicking: () => void = () => undefined;

  constructor(parts: SlavePumpParts) {
    this.#parts = parts;
    this.#loop = loopOf(parts);
  }

  async start(): Promise<void> {
    const { board, clock } = this.#parts;
    board.on((event: BoardEvent) => this.#loop.push({ kind: 'board', event }));
    await board.start();
    this.#stopTicking = clock.every(TICK_ms, () => this.#loop.push({ kind: 'tick', at: clock.now() }));
  }

  /** The contactor opens first; everything else may take its time. */
  async stop(): Promise<void> {
    this.#stopTicking();
    this.#loop.stop();
    await this.#parts.board.stop();
  }

  hear(payload: Uint8Array, context: MqttContext): void {
    this.#loop.push(messageInput(payload, context, this.#parts.clock.now()));
  }

  connected(): void {
    this.#loop.push({ kind: 'connected', at: this.#parts.clock.now() });
  }
}

function loopOf(parts: SlavePumpParts): { push: (input: Input) => boolean; stop: () => void } {
  const { participant, board, clock, utter, alive, onCrash } = parts;
  const run = (output: SlaveOutput | LoneOutput): void => {
    if (output.kind === 'board') applyCommand(board, output.command);
    else if (output.kind !== 'begin-again') utter(output);
    else assert(false, 'a lone charge point obeys no epoch but its own');
  };
  const vouch = (input: Input, evse: EvseState): void => {
    const isSample = input.kind === 'board' && input.event.kind === 'pilot-sampled';
    if (isSample && vouches(evse, board.capabilities.failSafe_ms)) board.heartbeat();
    if (isAttended(evse, isSample)) alive();
  };
  const shell = { run, onCrash, stamp: stampedAt(clock) };
  if (participant.kind === 'slave') {
    const { initial, config } = participant;
    return new EventLoop<SlaveState, Input, SlaveOutput, SlaveConfig>({
      ...shell,
      step: ofNode(stepSlave),
      onStep: (input, _, { evse }) => vouch(input, evse),
      initial,
      config,
    });
  }
  const { initial, config } = participant;
  return new EventLoop<LoneState, Input, LoneOutput, LoneConfig>({
    ...shell,
    step: ofNode(stepLone),
    onStep: (input, _, { slave }) => vouch(input, slave.evse),
    initial,
    config,
  });
}
