// A Linux board whose hardware is the lab's plant, call by call: no files, no sockets, and the test's time. What the plant
// has told stands on the wires until it tells something else, as levels do.
import {
  LinuxBoard,
  boardSchema,
  type BoardDescription,
  type BoardHardware,
  type PlantLine,
  type Schedule,
} from '@fairamp/board';
import { assert, type Milliseconds } from '@fairamp/units';
import type { BoardRig, Eyes, Hands } from './board-bench.js';
import { Lamp } from './lamp.js';
import { eyesOn, handsOn, OUTLET, outletWith, plantLoopOf, type Turned } from './plant-hands.js';
import type { FittingsConfig } from '@fairamp/simulation';

type Out = { set(on: boolean): void };
type Wires = { [Kind in PlantLine['kind']]?: Extract<PlantLine, { kind: Kind }> };
type Timer = { readonly at: Milliseconds; readonly run: () => void };

/** From the beginning of a pulse until the plant's bolt has moved. */
const BOLT_ms: Milliseconds = 100;
/** Without pulses for so long a coil that wants them falls (io.md 4.3). */
const COIL_DROPS_ms: Milliseconds = 200;

export class LinuxRig implements BoardRig {
  readonly board: LinuxBoard;
  readonly hands: Hands;
  readonly eyes: Eyes;
  readonly troubles: string[] = [];
  /** Its car draws on for a minute after the PWM has gone. */
  readonly ignoreStop: () => void;
  readonly link = { lose: () => this.#connect(false), restore: () => this.#connect(true) };
  readonly #loop: ReturnType<typeof plantLoopOf>;
  readonly #description: BoardDescription;
  readonly #wires: Wires = {};
  readonly #edges = new Set<() => void>();
  readonly #lamp = new Lamp(() => this.#now);
  #timers: Timer[] = [];
  #now: Milliseconds = 0;
  #isConnected = true;
  #isCoilOn = false;
  #pulsedAt: Milliseconds = -COIL_DROPS_ms;

  constructor(description: BoardDescription, fittings: FittingsConfig | null) {
    this.#description = description;
    const outlet: Turned = outletWith(fittings);
    // Nobody opens but this board, and a coil that wants its pulses.
    outlet.failSafe_ms = null;
    this.#loop = plantLoopOf(outlet);
    this.hands = handsOn(this.#loop, outlet);
    this.ignoreStop = () => (outlet.car.stop_ms = 60_000);
    this.eyes = { ...eyesOn(this.#loop), indicator: () => this.#lamp.indicator() };
    this.#hear(this.#loop.boardSaid(OUTLET, { kind: 'hello', outlet: OUTLET }));
    this.#loop.boardSaid(OUTLET, { kind: 'heartbeat' });
    this.#hear(this.#loop.advance(0).told.map(({ line }) => line));

    this.board = new LinuxBoard({
      description,
      open: () => new Promise((resolve) => resolve(this.#open())),
      schedule: this.#schedule(),
      onTrouble: (why) => this.troubles.push(why),
    });
  }

  now(): Milliseconds {
    return this.#now;
  }

  async pass(ms: Milliseconds): Promise<void> {
    for (const end = this.#now + ms; this.#now < end;) {
      this.#now += 1;
      this.#energize(this.#isCoilOn, this.#pulsedAt);
      this.#hear(this.#loop.advance(this.#now).told.map(({ line }) => line));
      for (const timer of this.#timers.filter(({ at }) => at <= this.#now)) {
        if (!this.#timers.includes(timer)) continue;
        this.#timers = this.#timers.filter((other) => other !== timer);
        timer.run();
      }
      // A board that opens its hardware anew does so between two of its turns.
      await Promise.resolve();
    }
  }

  async dispose(): Promise<void> {
    await this.board.stop();
  }

  /** What openHardware leaves behind: a contactor that is off, a pilot on X1. */
  #open(): BoardHardware {
    this.#mustBeThere();
    const coil = this.#out((on) => this.#energize(on, this.#pulsedAt), null);
    const { contactor, lock, residual, supply, led, temperature } = this.#description;
    const pwm = { drive: (high_permille: number) => this.#obey(() => this.#drive(high_permille)) };
    coil.set(false);
    pwm.drive(1000);
    const reset = this.#out(() => undefined);
    return {
      coil,
      pwm,
      pilotEnable: null,
      positive: { reset, adc: { read_mV: () => this.#level('high_mV') } },
      negative: { reset, adc: { read_mV: () => this.#level('low_mV') } },
      proximity: { read_mV: () => this.#plug_mV() },
      feedback: contactor.feedback === undefined ? null : this.#input(() => this.#wires.contactor?.closed === true),
      heartbeat: contactor.heartbeat === undefined ? null : this.#out(() => this.#energize(this.#isCoilOn, this.#now)),
      lock:
        lock === undefined
          ? null
          : {
              lock: this.#bolt('locked'),
              unlock: this.#bolt('unlocked'),
              isHigh: () => this.#see(() => this.#wires.lock?.high === true),
            },
      switch: this.#description.switch === undefined ? null : this.#input(() => this.#wires.switch?.pressed === true),
      residual:
        residual === undefined
          ? null
          : {
              tripped: this.#input(() => this.#wires.residual?.tripped !== false),
              test: residual.test === undefined ? null : this.#out((on) => on && this.#say({ kind: 'test-residual' })),
            },
      supply: supply === undefined ? null : this.#input(() => this.#wires.supply?.failing === true),
      led: led === undefined ? null : this.#lamp,
      temperature:
        temperature === undefined ? null : { celsius: () => this.#see(() => this.#wires.temperature?.celsius ?? NaN) },
      close: () => this.#edges.clear(),
    };
  }

  /** Only what changes is said to the plant, as a wire has a level and not an event. */
  #out(change: (on: boolean) => void, level: boolean | null = false): Out {
    let now = level;
    return {
      set: (on) =>
        this.#obey(() => {
          if (on !== now) change(on);
          now = on;
        }),
    };
  }

  #bolt(toward: 'locked' | 'unlocked'): Out {
    let since: Milliseconds = 0;
    return this.#out((on) => {
      if (on) this.#say({ kind: 'lock', toward, for_ms: 4000 });
      // The plant drops a pulse that is too short to move its bolt.
      else if (this.#now - since < BOLT_ms) this.#say({ kind: 'lock', toward, for_ms: 1 });
      since = this.#now;
    });
  }

  /** Without its pulses a coil that wants them falls. */
  #energize(isCoilOn: boolean, pulsedAt: Milliseconds): void {
    [this.#isCoilOn, this.#pulsedAt] = [isCoilOn, pulsedAt];
    const isBeating = this.#description.contactor.heartbeat === undefined || this.#now - pulsedAt < COIL_DROPS_ms;
    // The plant's own fail-safe, which a supply that was gone has left let go, is none of this board's.
    this.#say({ kind: 'heartbeat' });
    this.#say({ kind: 'power', on: isCoilOn && isBeating });
  }

  #drive(high_permille: number): void {
    const steady = high_permille === 0 ? ({ kind: 'F' } as const) : ({ kind: 'X1' } as const);
    const isPwm = high_permille > 0 && high_permille < 1000;
    this.#say({ kind: 'pilot', pilot: isPwm ? { kind: 'pwm', duty_permille: high_permille } : steady });
  }

  #level(which: 'high_mV' | 'low_mV'): number {
    return this.#see(() => {
      const { sample } = this.#wires;
      assert(sample !== undefined && !this.#isSilent(), 'the converter does not answer');
      return sample[which] ?? sample.high_mV;
    });
  }

  /** The plant has nothing to say while its front end is silent. */
  #isSilent(): boolean {
    return this.#loop.outlet(OUTLET)?.faults.includes('pilot-silent') === true;
  }

  #plug_mV(): number {
    return this.#see(() => {
      const ohm = this.#wires.proximity?.ohm ?? null;
      const reads = this.#description.proximity?.reads;
      assert(reads?.kind === 'divider', 'the rig knows dividers');
      return ohm === null ? reads.supply_mV : Math.round((reads.supply_mV * ohm) / (ohm + reads.pullUp_ohm));
    });
  }

  #input(level: () => boolean): { get(): boolean; onEdge(listener: () => void): void } {
    return { get: () => this.#see(level), onEdge: (listener) => void this.#edges.add(listener) };
  }

  #say(line: Parameters<ReturnType<typeof plantLoopOf>['boardSaid']>[1]): void {
    this.#loop.boardSaid(OUTLET, line);
  }

  #hear(lines: readonly PlantLine[]): void {
    for (const line of lines) Object.assign(this.#wires, { [line.kind]: line });
    const isEdge = lines.some(({ kind }) => kind === 'contactor' || kind === 'residual' || kind === 'supply');
    if (isEdge && this.#isConnected) this.#edges.forEach((listener) => listener());
  }

  #see<T>(read: () => T): T {
    this.#mustBeThere();
    return read();
  }

  #obey(write: () => void): void {
    this.#mustBeThere();
    write();
  }

  #mustBeThere(): void {
    if (!this.#isConnected) throw new Error('EIO: the hardware is not there');
  }

  #connect(isConnected: boolean): Promise<void> {
    this.#isConnected = isConnected;
    return Promise.resolve();
  }

  #schedule(): Schedule {
    return {
      now: () => this.#now,
      after: (ms, run) => {
        const timer = { at: this.#now + Math.max(1, ms), run };
        this.#timers.push(timer);
        return () => (this.#timers = this.#timers.filter((other) => other !== timer));
      },
    };
  }
}

/** @throws with what is wrong of it */
export function described(board: unknown): BoardDescription {
  return boardSchema.parse(board);
}
