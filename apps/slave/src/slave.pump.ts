// Pumps board readings, grants and ticks through the slave's node (or the lone charge point's), and what it answers to
// the board, the broker and the log. The board is served first: outputs are run in the node's order. The board's
// dead-man handle is fed by a completed sample and decision where the charge point vouches, and by nothing else.
import type { MqttContext } from '@nestjs/microservices';
import { applyCommand, type BoardSupport } from '@fairamp/board';
import { isAttended, vouches, type BoardEvent } from '@fairamp/evse';
import {
  initialJournal,
  keepJournal,
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
import type { Kept } from './slave.keeping.js';
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
  /** What is to outlive this process; after the board has been served. */
  readonly keep: (kept: Kept) => void;
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

  /** As `hear`, where no handler of a broker stands between. */
  take(payload: Uint8Array, topic: string, retained: boolean): void {
    this.#loop.push({ kind: 'message', at: this.#parts.clock.now(), topic, payload, retained });
  }

  /** A person has read of a latched fault, and stands for it. */
  acknowledge(): void {
    this.#loop.push({ kind: 'acknowledged', at: this.#parts.clock.now() });
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
  const keep = keeper(parts);
  const vouch = (input: Input, state: SlaveState): void => {
    const { evse } = state;
    const isSample = input.kind === 'board' && input.event.kind === 'pilot-sampled';
    if (isSample && vouches(evse, board.capabilities.failSafe_ms)) board.heartbeat();
    if (isAttended(evse, isSample)) alive();
    keep(state);
  };
  const shell = { run, onCrash, stamp: stampedAt(clock) };
  if (participant.kind === 'slave') {
    const { initial, config } = participant;
    return new EventLoop<SlaveState, Input, SlaveOutput, SlaveConfig>({
      ...shell,
      step: ofNode(stepSlave),
      onStep: (input, _, state) => vouch(input, state),
      initial,
      config,
    });
  }
  const { initial, config } = participant;
  return new EventLoop<LoneState, Input, LoneOutput, LoneConfig>({
    ...shell,
    step: ofNode(stepLone),
    onStep: (input, _, { slave }) => vouch(input, slave),
    initial,
    config,
  });
}

/** Looks at each state for what is to be kept of it. */
function keeper({ participant, keep }: SlavePumpParts): (state: SlaveState) => void {
  const config = participant.kind === 'slave' ? participant.config : participant.config.slave;
  const { evse } = participant.kind === 'slave' ? participant.initial : participant.initial.slave;
  let journal = initialJournal(evse.at);
  let isLatched = evse.residual.latched;
  return (state) => {
    const kept = keepJournal(journal, state, config);
    journal = kept.journal;
    if (state.evse.residual.latched !== isLatched) {
      isLatched = state.evse.residual.latched;
      keep({ kind: 'latched', residual: isLatched });
    }
    for (const entry of kept.entries) keep({ kind: 'journal', entry });
  };
}
