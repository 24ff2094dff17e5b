// Pumps the meter's bytes and the masters' beacons through the bridge's node.
import type { MqttContext } from '@nestjs/microservices';
import {
  initialBridge,
  stepBridge,
  type BridgeConfig,
  type BridgeInput,
  type BridgeOutput,
  type BridgeState,
} from '@fairamp/nodes';
import { EventLoop, messageInput, newBoot, ofNode, stampedAt, type Clock } from '@fairamp/runtime';
import type { MeterLine } from './meter-line.js';

export type BridgePumpParts = {
  readonly config: BridgeConfig;
  readonly clock: Clock;
  readonly line: MeterLine;
  readonly utter: (output: BridgeOutput) => void;
  /** A tick has been decided on. */
  readonly alive: () => void;
  readonly onCrash: (error: unknown) => void;
};

/** The pace from which the node learns when the port was last found empty. */
const TICK_ms = 50;

export class BridgePump {
  readonly #parts: BridgePumpParts;
  readonly #loop: EventLoop<BridgeState, BridgeInput, BridgeOutput, BridgeConfig>;
  #stopTicking: () => void = () => undefined;

  constructor(parts: BridgePumpParts) {
    this.#parts = parts;
    const { config, clock, utter, alive, onCrash } = parts;
    const initial = initialBridge(newBoot(), clock.now());
    this.#loop = new EventLoop({
      step: ofNode(stepBridge),
      initial,
      config,
      stamp: stampedAt(clock),
      run: utter,
      onStep: ({ kind }) => (kind === 'tick' ? alive() : undefined),
      onCrash,
    });
  }

  start(): void {
    const { clock, line } = this.#parts;
    this.#stopTicking = clock.every(TICK_ms, () => this.#loop.push({ kind: 'tick', at: clock.now() }));
    line.open({
      onBytes: (bytes) => this.#loop.push({ kind: 'wire', at: clock.now(), bytes }),
      onPort: (open) => this.#loop.push({ kind: 'port', at: clock.now(), open }),
    });
  }

  stop(): void {
    this.#stopTicking();
    this.#parts.line.close();
    this.#loop.stop();
  }

  hear(payload: Uint8Array, context: MqttContext): void {
    this.#loop.push(messageInput(payload, context, this.#parts.clock.now()));
  }

  connected(): void {
    this.#loop.push({ kind: 'connected', at: this.#parts.clock.now() });
  }
}
