// A Linux board on fake hardware and virtual time. Each opening makes new hardware, so that an old life that goes on working
// is seen.
import type { BoardEvent } from '@fairamp/evse';
import type { BoardHardware } from '../src/linux/ports.js';
import { LinuxBoard } from '../src/linux/linux-board.js';
import { described, FITTED } from './descriptions.js';
import { FakeHardware, type OutputName } from './fake-hardware.js';
import { VirtualTime } from './virtual-time.js';

export const PWM = { kind: 'pwm', duty_permille: 266 } as const;

export class LinuxBoardBench {
  readonly time = new VirtualTime();
  /** Of its newest life. */
  hardware = new FakeHardware();
  readonly lives: FakeHardware[] = [];
  readonly heard: BoardEvent[] = [];
  readonly troubles: string[] = [];
  readonly board: LinuxBoard;
  cannotOpen: string | null = null;
  tries = 0;

  constructor(
    description: unknown = FITTED,
    private readonly hasNot: readonly (keyof BoardHardware)[] = [],
  ) {
    this.board = new LinuxBoard({
      description: described(description),
      open: () => new Promise((resolve) => resolve(this.#open())),
      schedule: this.time,
      onTrouble: (why) => this.troubles.push(why),
    });
    this.board.on((event) => this.heard.push(event));
  }

  static async started(
    description: unknown = FITTED,
    hasNot: readonly (keyof BoardHardware)[] = [],
  ): Promise<LinuxBoardBench> {
    const bench = new LinuxBoardBench(description, hasNot);
    await bench.board.start();
    return bench;
  }

  static async charging(): Promise<LinuxBoardBench> {
    const bench = await LinuxBoardBench.started();
    await bench.live(10_000);
    bench.hardware.high_mV = 6000;
    bench.board.setPilot(PWM);
    bench.board.allowPower(true);
    await bench.live(500);
    return bench;
  }

  get lost(): readonly boolean[] {
    return this.heard.flatMap((event) => (event.kind === 'board-changed' ? [event.lost] : []));
  }

  show(...outputs: readonly OutputName[]): readonly unknown[] {
    return outputs.map((output) => this.hardware.shows.get(output));
  }

  async live(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      this.board.heartbeat();
      await this.pass(Math.min(100, ms - passed));
    }
  }

  /** A promise that hardware is opened with gets its turn each 10 ms. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 10) {
      this.time.pass(10);
      await Promise.resolve();
      await Promise.resolve();
    }
  }

  #open(): BoardHardware {
    this.tries += 1;
    if (this.cannotOpen !== null) throw new Error(this.cannotOpen);
    const fails = this.hardware.fails;
    this.hardware = new FakeHardware();
    this.hardware.fails = fails;
    this.lives.push(this.hardware);
    const hardware = this.hardware.open(this.hasNot);
    // As openHardware leaves it.
    hardware.coil.set(false);
    hardware.pwm.drive(1000);
    return hardware;
  }
}

export const EVERY_CALL: readonly ((board: LinuxBoard) => void)[] = [
  (board) => board.setPilot(PWM),
  (board) => board.setPilot({ kind: 'F' }),
  (board) => board.allowPower(true),
  (board) => board.allowPower(false),
  (board) => board.pulseLock('locked', 300),
  (board) => board.pulseLock('unlocked', 300),
  (board) => board.testResidual(),
  (board) => board.setIndicator('blink'),
  (board) => board.heartbeat(),
  (board) => board.safeStateSync(),
];
