// One life of a Linux board's hardware, from its opening to its end or its first failure: the sampling cycle, and in each
// of them a look at everything that may open the contactor. Edges only make it look sooner.
import type { BoardEvent, Indicator, PilotOutput } from '@fairamp/evse';
import type { Milliseconds, Permille } from '@fairamp/units';
import { capabilitiesOf } from './capabilities.js';
import { ContactorDrive } from './contactor-drive.js';
import type { BoardDescription } from './description.js';
import { LightPlayer } from './light-player.js';
import { LockDrive } from './lock-drive.js';
import { PilotSampler } from './pilot-sampler.js';
import type { BoardHardware, Schedule } from './ports.js';
import { Senses } from './senses.js';

export type RunningParts = {
  readonly hardware: BoardHardware;
  readonly description: BoardDescription;
  readonly schedule: Schedule;
  /** When the contactor last closed, in whichever life. */
  readonly closedAt: Milliseconds;
  readonly emit: (event: BoardEvent) => void;
  /** An output or an input has failed: this life is over. */
  readonly onFailure: (error: unknown) => void;
};

const GLANCE_EACH_ms: Milliseconds = 2;
/** So long the monitor's test line is on. */
const TEST_ms: Milliseconds = 200;
/** A converter may be busy once; a second failure in a row is one. */
const FAILURES_MAX = 2;
/** The longest pulse that a lock needs (behaviour.md 7): its last, when the supply goes. */
const LAST_PULSE_ms: Milliseconds = 600;
/** So long the last pulse waits for the contactor to fall; what is stored is gone by then. */
const LAST_WAIT_ms: Milliseconds = 1000;

export class RunningBoard {
  readonly contactor: ContactorDrive;
  readonly lock: LockDrive | null;
  readonly light: LightPlayer | null;
  readonly #parts: RunningParts;
  readonly #sampler: PilotSampler;
  readonly #senses: Senses;
  #pilot: PilotOutput = { kind: 'X1' };
  #failures = 0;
  #lookedAt: Milliseconds = 0;
  #callOffTest: (() => void) | null = null;
  #callOffUnlock: (() => void) | null = null;
  #isOver = false;

  constructor(parts: RunningParts) {
    this.#parts = parts;
    const { hardware, description, schedule } = parts;
    const fail = (error: unknown): void => parts.onFailure(error);
    this.#senses = new Senses({
      hardware,
      description,
      now: () => schedule.now(),
      emit: parts.emit,
      open: () => this.contactor.open(),
      onSupplyFailing: () => this.#unlockAtTheEnd(this.#now() + LAST_WAIT_ms),
    });
    this.contactor = this.#contactorDrive(fail);
    this.lock = this.#lockDrive(fail);
    // A dark LED is no reason to stop charging: its owner sees it.
    const light = hardware.led;
    this.light = light === null ? null : new LightPlayer({ light, schedule, onFailure: () => undefined });
    this.#sampler = new PilotSampler({
      ...description.pilot.measure,
      positive: hardware.positive,
      negative: hardware.negative,
      schedule,
      onSample: (high_mV, low_mV) => this.#sampled(high_mV, low_mV),
      onFailure: (error) => this.#failed(error),
    });
  }

  /** Says where everything is before it shows the pilot, and then samples. */
  begin(indicator: Indicator): void {
    const { hardware } = this.#parts;
    this.contactor.allow(false);
    this.#look();
    // Who was told where it is may have ended it.
    if (this.#isOver) return;
    const glance = (): void => this.#guarded(() => this.#glance());
    hardware.feedback?.onEdge(glance);
    hardware.residual?.tripped.onEdge(glance);
    hardware.supply?.onEdge(glance);
    this.light?.play(indicator);
    this.#sampler.start();
  }

  setPilot(pilot: PilotOutput): void {
    const isSame = highOf(pilot) === highOf(this.#pilot);
    this.#pilot = pilot;
    this.#parts.hardware.pwm.drive(highOf(pilot));
    if (!isSame) this.#sampler.outputChanged();
  }

  testResidual(): void {
    const test = this.#parts.hardware.residual?.test ?? null;
    if (test === null) return;
    this.#callOffTest?.();
    test.set(true);
    this.#callOffTest = this.#parts.schedule.after(TEST_ms, () => this.#guarded(() => test.set(false)));
  }

  /** Each output by itself: one that fails keeps no other from its safe state. @returns what failed; never throws */
  makeSafe(): readonly unknown[] {
    const { hardware, description } = this.#parts;
    const safe: PilotOutput = { kind: description.safe.pilot };
    const failed = [
      () => this.contactor.open(),
      () => hardware.heartbeat?.set(false),
      () => hardware.pwm.drive(highOf(safe)),
      () => hardware.pilotEnable?.set(true),
      () => this.lock?.rest(),
      () => hardware.residual?.test?.set(false),
    ].flatMap(failureOf);
    this.#pilot = safe;
    this.#sampler.outputChanged();
    return failed;
  }

  /** Nothing is looked at any more; the outputs stay as they are. */
  end(): void {
    this.#isOver = true;
    this.#sampler.stop();
    this.light?.stop();
    this.#callOffTest?.();
    this.#callOffUnlock?.();
    // What cannot be closed is not used any more.
    failureOf(() => this.#parts.hardware.close());
  }

  /** At an edge, of which there may be a storm: what must open opens, and the rest is looked at now and then. */
  #glance(): void {
    if (!this.#senses.isSound()) this.contactor.open();
    if (this.#now() - this.#lookedAt >= GLANCE_EACH_ms) this.#look();
  }

  #look(): void {
    this.#lookedAt = this.#now();
    this.#senses.look();
    this.contactor.look();
  }

  #sampled(high_mV: number, low_mV: number): void {
    this.#failures = 0;
    this.#guarded(() => {
      this.#look();
      const isSteady = this.#pilot.kind !== 'pwm' || isHigh(high_mV, low_mV);
      this.#parts.emit({ kind: 'pilot-sampled', at: this.#now(), high_mV, low_mV: isSteady ? null : low_mV });
    });
  }

  /** What may open it is looked at also where the pilot cannot be read. */
  #failed(error: unknown): void {
    this.#failures += 1;
    if (this.#failures >= FAILURES_MAX) this.#parts.onFailure(error);
    else this.#guarded(() => this.#look());
  }

  /** What is stored lasts for one pulse: nobody's cable stays behind in the dark, and none is let go under current (I14). */
  #unlockAtTheEnd(until: Milliseconds): void {
    this.#callOffUnlock?.();
    this.#guarded(() => {
      if (this.#isOver || !this.#senses.isSupplyFailing() || this.#now() >= until) return;
      if (!this.contactor.isClosed()) this.lock?.pulse('unlocked', LAST_PULSE_ms);
      else this.#callOffUnlock = this.#parts.schedule.after(10, () => this.#unlockAtTheEnd(until));
    });
  }

  #contactorDrive(onFailure: (error: unknown) => void): ContactorDrive {
    const { hardware, description, schedule, closedAt, emit } = this.#parts;
    return new ContactorDrive({
      coil: hardware.coil,
      feedback: hardware.feedback,
      heartbeat: hardware.heartbeat,
      failSafe_ms: capabilitiesOf(description).failSafe_ms,
      schedule,
      closedAt,
      mayClose: () => this.#senses.isSound(),
      onConfirmed: (closed) => emit({ kind: 'contactor-confirmed', at: this.#now(), closed }),
      onDeadMan: () => this.#pilot.kind === 'pwm' && this.setPilot({ kind: 'X1' }),
      onFailure,
    });
  }

  #lockDrive(onFailure: (error: unknown) => void): LockDrive | null {
    const { hardware, description, schedule } = this.#parts;
    if (hardware.lock === null || description.lock === undefined) return null;
    const { longest_ms } = description.lock;
    const isContactorClosed = (): boolean => this.contactor.isOn || this.contactor.isClosed();
    return new LockDrive({ ...hardware.lock, longest_ms, schedule, isContactorClosed, onFailure });
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#parts.onFailure(error);
    }
  }

  #now(): Milliseconds {
    return this.#parts.schedule.now();
  }
}

/** Under PWM, yet never negative: somebody has let go of its output (io.md 1.2 takes 1.2 V for the same level). */
function isHigh(high_mV: number, low_mV: number): boolean {
  return low_mV > 1000 && high_mV - low_mV <= 1200;
}

function highOf(pilot: PilotOutput): Permille {
  if (pilot.kind === 'pwm') return pilot.duty_permille;
  return pilot.kind === 'X1' ? 1000 : 0;
}

function failureOf(run: () => void): readonly unknown[] {
  try {
    run();
    return [];
  } catch (error) {
    return [error];
  }
}
