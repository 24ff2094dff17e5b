// The physical front end of a charge point behind the files of the fake sysfs: it lets the plant's outlet, car and
// faults live in real time, hands it what a program drives, and puts what the outlet shows where the program reads it.
// Hands and eyes are those of the board conformance suite. What must be exact to the microsecond (peak detectors, the
// coil that needs pulses) is done by the fake sysfs itself.
import type { PlantLine } from '@fairamp/board';
import type { PilotOutput } from '@fairamp/evse';
import type { PhysicalFault } from '@fairamp/simulation';
import { assert, type Milliseconds } from '@fairamp/units';
import type { PlantLoop } from '../../apps/lab/src/plant/plant-loop.js';
import type { Eyes, Hands } from '../conformance/board-bench.js';
import { eyesOn, handsOn, OUTLET, outletWith, plantLoopOf } from '../conformance/plant-hands.js';
import type { Told } from './control.js';
import { indicatorSeen, type Shine } from './led.js';
import { openNamespace, type Namespace } from './namespace.js';
import {
  drivenToward,
  fittingsOf,
  isActive,
  outputOf,
  pilotSettings,
  restingSettings,
  settingsOf,
  type Peaks,
  type Settings,
} from './translate.js';
import { channelKey, describe, lineKey, outputsOf, pwmKey, type Wiring } from './wiring.js';

/** As often as the plant is looked at while nothing is written. */
const STEP_ms: Milliseconds = 10;
/** The LED's past that is kept: more than a pattern of the fastest needs. */
const SHINES = 32;
const EIO = 5;
const UNDRIVEN: Peaks = { high_mV: 0, low_mV: 0 };
/** A pulse of the outlet is ended by one that is too short to move anything. */
const NO_PULSE_ms: Milliseconds = 0;
/** Longer than a bolt takes: the program's own lines end it. */
const PULSE_ms: Milliseconds = 4000;

export class FrontEnd {
  readonly hands: Hands;
  readonly eyes: Eyes;
  readonly wiring: Wiring;
  readonly namespace: Namespace;
  readonly #loop: PlantLoop;
  readonly #timer: NodeJS.Timeout;
  /** As they were told last; a line that nobody has driven is not in it. */
  #levels: ReadonlyMap<string, number> = new Map();
  /** What the files show, and what they shall. */
  #shown: Settings = {};
  #wanted: Settings;
  #peaks: Peaks = UNDRIVEN;
  #high_permille = 0;
  #isCoilAlive: boolean;
  #shines: readonly Shine[] = [];
  /** All that was set so far has arrived; what went wrong with it is thrown by `settled`. */
  #sent: Promise<unknown> = Promise.resolve();

  private constructor(wiring: Wiring, namespace: Namespace) {
    this.wiring = wiring;
    this.namespace = namespace;
    this.#isCoilAlive = wiring.contactor.heartbeat === undefined;
    this.#wanted = restingSettings(wiring);
    // The board's own fail-safe is in its wiring; the plant's would be a second one.
    const outlet = Object.assign(outletWith(fittingsOf(wiring)), { failSafe_ms: null });
    this.#loop = plantLoopOf(outlet, now());
    const hands = handsOn(this.#loop, outlet);
    this.hands = { ...hands, break: (fault, on) => this.#break(hands, fault, on) };
    this.eyes = { ...eyesOn(this.#loop), indicator: () => indicatorSeen(this.#shines, now()) };
    for (const line of this.#loop.boardSaid(OUTLET, { kind: 'hello', outlet: OUTLET })) this.#show(line);
    namespace.control.onTold((told) => this.#hear(told));
    this.#timer = setInterval(() => this.#step(), STEP_ms);
  }

  /** Everything is in place before any program is started inside. */
  static async open(wiring: Wiring): Promise<FrontEnd> {
    const namespace = await openNamespace(describe(wiring));
    try {
      await namespace.control.watch(pwmKey(wiring), ...outputsOf(wiring).map(lineKey));
      const frontEnd = new FrontEnd(wiring, namespace);
      frontEnd.#step();
      await frontEnd.settled();
      return frontEnd;
    } catch (error) {
      await namespace.close();
      throw error;
    }
  }

  /** What was set so far is in the files. */
  async settled(): Promise<void> {
    await this.#sent;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.allSettled([this.#sent]);
    await this.namespace.close();
  }

  #break(hands: Hands, fault: PhysicalFault, on: boolean): void {
    hands.break(fault, on);
    if (fault !== 'pilot-silent') return;
    // A front end that says nothing is a converter that cannot be read.
    const { positive, negative } = this.wiring.pilot;
    for (const { channel } of [positive, negative]) {
      const failing = { of: 'read', errno: on ? EIO : 0, times: -1 } as const;
      const key = channelKey(this.wiring, channel);
      this.#send(this.namespace.control.fail(key, `in_voltage${channel}_raw`, failing));
    }
  }

  #hear(told: Told): void {
    if (told.kind === 'wrote') {
      if (told.key === pwmKey(this.wiring)) this.#high_permille = told.look;
    } else if (told.kind === 'level') this.#drive(told.key, told.level, told.at_ns / 1e6);
    else this.#isCoilAlive = told.kind === 'pulsed';
    this.#step();
  }

  #drive(key: string, level: number, at: Milliseconds): void {
    const { lock, residual, led } = this.wiring;
    const before = this.#levels;
    this.#levels = new Map(before).set(key, level);
    const toward = drivenToward(lock, this.#levels);
    if (toward !== drivenToward(lock, before)) {
      const pulse = { toward: toward ?? 'unlocked', for_ms: toward === null ? NO_PULSE_ms : PULSE_ms } as const;
      this.#loop.command(OUTLET, { kind: 'lock', ...pulse });
    }
    if (isActive(residual.test, this.#levels) && !isActive(residual.test, before))
      this.#loop.command(OUTLET, { kind: 'test-residual' });
    const isOn = led.some((signal) => isActive(signal, this.#levels));
    if (isOn !== (this.#shines.at(-1)?.isOn ?? false)) this.#shines = [...this.#shines, { at, isOn }].slice(-SHINES);
  }

  /** Outputs are levels, not orders: what the outlet has dropped by itself it is told anew. */
  #step(): void {
    const outlet = this.#loop.outlet(OUTLET);
    assert(outlet !== undefined, 'the plant has its outlet');
    const isOn = isActive(this.wiring.contactor.enable, this.#levels) && this.#isCoilAlive;
    if (outlet.isPowerAllowed !== isOn) {
      this.#loop.command(OUTLET, { kind: 'heartbeat' });
      this.#loop.command(OUTLET, { kind: 'allow-power', on: isOn });
    }
    const pilot = outputOf(this.#high_permille, this.#isDriven());
    if (!isSame(outlet.pilot, pilot)) this.#loop.command(OUTLET, { kind: 'set-pilot', pilot });
    for (const { line } of this.#loop.advance(now()).told) this.#show(line);
    const isDark = outlet.suppliedUntil !== null && now() >= outlet.suppliedUntil;
    const peaks = this.#isDriven() && !isDark ? this.#peaks : UNDRIVEN;
    this.#put({ ...this.#wanted, ...pilotSettings(this.wiring, peaks) });
  }

  #isDriven(): boolean {
    const { drive } = this.wiring.pilot;
    return drive === undefined || isActive(drive, this.#levels);
  }

  #show(line: PlantLine): void {
    if (line.kind === 'sample') this.#peaks = line;
    this.#wanted = { ...this.#wanted, ...settingsOf(this.wiring, line) };
  }

  #put(wanted: Settings): void {
    const news = Object.entries(wanted).filter(([key, value]) => this.#shown[key] !== value);
    if (news.length === 0) return;
    this.#shown = wanted;
    this.#send(this.namespace.control.set(Object.fromEntries(news)));
  }

  #send(sent: Promise<unknown>): void {
    this.#sent = Promise.all([this.#sent, sent]);
    this.#sent.catch(() => undefined);
  }
}

/** The clock of the fake sysfs's time stamps. */
function now(): Milliseconds {
  return Math.floor(Number(process.hrtime.bigint()) / 1e6);
}

function isSame(one: PilotOutput, other: PilotOutput): boolean {
  const [duty, otherDuty] = [one, other].map((pilot) => (pilot.kind === 'pwm' ? pilot.duty_permille : null));
  return one.kind === other.kind && duty === otherDuty;
}
