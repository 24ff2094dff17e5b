// What the suite of every BoardSupport works with: a rig that a driver's spec makes, and a bench that keeps what its
// board said. The rig is the world's side of the board (hands that make the physical thing happen, eyes for what truly
// is, and time); how it does so is its own affair.
import type { BoardCapabilities, BoardSupport } from '@fairamp/board';
import type { BoardEvent, Indicator, LockState, PilotOutput } from '@fairamp/evse';
import type { PhysicalFault } from '@fairamp/simulation';
import type { Milliseconds } from '@fairamp/units';

export interface Hands {
  /** What hangs on the pilot: nothing, a car, a car that asks (once there is PWM). */
  connect(car: 'A' | 'B' | 'C'): void;
  /** The plug's resistor. */
  plug(ohm: number | null): void;
  /** Something breaks, or is mended. */
  break(fault: PhysicalFault, on: boolean): void;
  press(pressed: boolean): void;
}

export interface Eyes {
  /** Where the contact truly is. */
  isClosed(): boolean;
  /** What truly is on the pilot. */
  output(): PilotOutput;
  bolt(): LockState;
  indicator(): Indicator;
}

export interface BoardRig {
  /** Not started. */
  readonly board: BoardSupport;
  readonly hands: Hands;
  readonly eyes: Eyes;
  /** The way to the hardware breaks, and comes back; a board that is its own hardware has none. */
  readonly link?: { lose(): Promise<void>; restore(): Promise<void> };
  /** The board's clock. */
  now(): Milliseconds;
  /** Time passes, in real time or the rig's. */
  pass(ms: Milliseconds): Promise<void>;
  dispose(): Promise<void>;
}

/** A driver, and what its rig can do; a promise about what a board has not is none of its tests. */
export type BoardKind = {
  readonly name: string;
  readonly capabilities: BoardCapabilities;
  /** The level at terminal B that means locked. */
  readonly lockedIsHigh: boolean;
  /** What its hands can break. */
  readonly breakable: readonly PhysicalFault[];
  readonly hasLink: boolean;
  readonly hasLight: boolean;
  /** What its pilot is when it was made safe. */
  readonly safePilot: 'X1' | 'F';
  /** From its start, or its last closing, to the next that it allows. */
  readonly reclose_ms: Milliseconds;
  make(): Promise<BoardRig>;
};

/** Long enough for a contactor (c of design.md 3), a pulse of a lock and a proximity poll (500 ms) to be told of. */
export const SETTLE_ms: Milliseconds = 700;
/** design.md 3 rule 6: class `process` opens within 6 s, class `heartbeat` much sooner. */
export const FAIL_SAFE_ms: Milliseconds = 6000;
export const PWM: PilotOutput = { kind: 'pwm', duty_permille: 266 };

export class Bench {
  readonly heard: BoardEvent[] = [];

  private constructor(
    readonly rig: BoardRig,
    private readonly kind: BoardKind,
  ) {
    rig.board.on((event) => this.heard.push(event));
  }

  static async fresh(kind: BoardKind): Promise<Bench> {
    return new Bench(await kind.make(), kind);
  }

  static async started(kind: BoardKind): Promise<Bench> {
    const bench = await Bench.fresh(kind);
    await bench.rig.board.start();
    await bench.live(SETTLE_ms);
    return bench;
  }

  last<Kind extends BoardEvent['kind']>(kind: Kind): Extract<BoardEvent, { kind: Kind }> | undefined {
    return this.all(kind).at(-1);
  }

  all<Kind extends BoardEvent['kind']>(kind: Kind): readonly Extract<BoardEvent, { kind: Kind }>[] {
    return this.heard.filter((event): event is Extract<BoardEvent, { kind: Kind }> => event.kind === kind);
  }

  /** With heartbeats, as its process gives them while it lives. */
  async live(ms: Milliseconds): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      this.rig.board.heartbeat();
      await this.rig.pass(Math.min(100, ms - passed));
    }
  }

  /** A car asks, is offered current, and gets it. */
  async close(): Promise<void> {
    await this.live(this.kind.reclose_ms);
    this.rig.hands.connect('C');
    this.rig.board.setPilot(PWM);
    this.rig.board.allowPower(true);
    await this.live(SETTLE_ms);
  }

  async break(fault: PhysicalFault, on = true): Promise<void> {
    this.rig.hands.break(fault, on);
    await this.live(SETTLE_ms);
  }

  forget(): void {
    this.heard.length = 0;
  }
}

/** A started one for each test of a suite. */
export function benchOf(kind: BoardKind): () => Bench {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.started(kind);
  });
  afterEach(() => bench.rig.dispose());
  return () => bench;
}

type Declare = (title: string, run: jest.ProvidesCallback) => void;

const nowhere: Declare = () => undefined;

/** A board without a lock has no promise about one: nothing is declared, so that nothing looks left out. */
export function where(holds: boolean): Declare {
  return holds ? test : nowhere;
}
