// The shipped charge point on a board of the conformance suite: its commands go to the board, the board's events to it.
import { applyCommand } from '@fairamp/board';
import {
  initialEvse,
  PLAIN,
  stepEvse,
  viewEvse,
  vouches,
  type EvseCommand,
  type EvseConfig,
  type EvseEvent,
  type EvseState,
} from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';
import type { BoardRig } from './board-bench.js';

const CONFIG: EvseConfig = {
  connector: 'socket',
  max_dA: 320,
  cable_dA: 130,
  proximity: 'manual',
  contactorFeedback: true,
  ...PLAIN,
  lock: { actuator: 'motor', swapped: false },
  residual: 'tested',
};

export type ChargePointRig = BoardRig & { readonly ignoreStop: () => void };

export class ChargePoint {
  readonly commands: EvseCommand['kind'][] = [];
  #state: EvseState = initialEvse(0);
  private isAlive = true;

  private constructor(readonly rig: ChargePointRig) {}

  static async startedOn(rig: ChargePointRig): Promise<ChargePoint> {
    const point = new ChargePoint(rig);
    point.rig.board.on((event) => {
      point.tell(event);
      // Only after a completed sample and decision.
      if (event.kind === 'pilot-sampled' && point.vouches) point.rig.board.heartbeat();
    });
    await point.rig.board.start();
    point.tell({ kind: 'limit-changed', at: 0, limit_dA: 80 });
    return point;
  }

  get view() {
    return viewEvse(this.#state, CONFIG);
  }

  private get vouches(): boolean {
    return this.isAlive && vouches(this.#state, this.rig.board.capabilities.failSafe_ms);
  }

  /** Its outputs stay latched. */
  kill(): void {
    this.isAlive = false;
  }

  tell(event: EvseEvent): void {
    if (!this.isAlive) return;
    const { state, commands } = stepEvse(this.#state, event, CONFIG);
    this.#state = state;
    for (const command of commands) {
      if (command.kind !== 'note') this.commands.push(command.kind);
      applyCommand(this.rig.board, command);
    }
  }

  async pass(ms: Milliseconds): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      this.tell({ kind: 'tick', at: this.rig.now() });
      await this.rig.pass(50);
    }
  }

  /** A minute is more than anything here takes. @returns how long it took */
  async until(holds: () => boolean): Promise<Milliseconds> {
    const from = this.rig.now();
    while (!holds() && this.rig.now() - from < 60_000) await this.pass(50);
    return this.rig.now() - from;
  }

  async charging(): Promise<void> {
    this.rig.hands.connect('C');
    await this.until(() => this.rig.eyes.isClosed());
    await this.pass(3000);
  }
}
