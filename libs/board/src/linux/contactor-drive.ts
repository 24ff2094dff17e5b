// The contactor's coil, its feedback and its dead-man's handle. Opening is one write and waits for nothing. Closing needs
// every guard of the board's own, beside those of the charge point above it: a heartbeat, a quiet residual-current input,
// a feedback that says open, and 10 s since the last closing or the start (io.md 1.2), so that a process that crashes in
// a loop does not hammer the contacts.
import type { Milliseconds } from '@fairamp/units';
import { Debounced } from './debounced.js';
import type { DigitalIn, DigitalOut, Schedule } from './ports.js';

/** A feedback contact follows the coil within this, or the coil is let go (io.md 1.2). */
export const FEEDBACK_ms: Milliseconds = 250;
export const RECLOSE_ms: Milliseconds = 10_000;
/** The charge point counts the same 10 s from a moment before ours: what is early by no more than this is held, not refused. */
const EARLY_ms: Milliseconds = 200;
/** An auxiliary contact bounces for some milliseconds (io.md 1.2: 10). */
const BOUNCE_ms: Milliseconds = 20;
/** Where the board has no fail-safe of its own to keep pace with. */
const DEAD_MAN_ms: Milliseconds = 2000;

export type ContactorParts = {
  readonly coil: DigitalOut;
  readonly feedback: DigitalIn | null;
  readonly heartbeat: DigitalOut | null;
  /** The board's fail-safe: what does not vouch for so long is opened by this class too. */
  readonly failSafe_ms: Milliseconds | null;
  readonly schedule: Schedule;
  /** The last closing of a life before; else the start, as the process before may have closed it a moment ago. */
  readonly closedAt: Milliseconds;
  /** What else must hold: no residual current, a supply. */
  readonly mayClose: () => boolean;
  /** Where the contact is, each time that it moves or somebody asked. */
  readonly onConfirmed: (isClosed: boolean) => void;
  /** Nobody vouches any more: whatever it was, it is open. */
  readonly onDeadMan: () => void;
  readonly onFailure: (error: unknown) => void;
};

export class ContactorDrive {
  readonly #parts: ContactorParts;
  #isOn = false;
  #hasClosed = false;
  #closedAt: Milliseconds;
  #commandedAt: Milliseconds;
  #heartbeatAt: Milliseconds | null = null;
  #pulse = false;
  /** Where the contact is, bounce taken off; null = not looked at yet. */
  #contact: boolean | null = null;
  readonly #bounce = new Debounced(BOUNCE_ms);
  #callOff: (() => void) | null = null;
  #isJudged = true;

  constructor(parts: ContactorParts) {
    this.#parts = parts;
    this.#closedAt = parts.closedAt;
    this.#commandedAt = parts.schedule.now();
  }

  get closedAt(): Milliseconds {
    return this.#closedAt;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** As its feedback says; without one, as long as it may take to follow, closed is the safe reading. */
  isClosed(): boolean {
    const { feedback, schedule } = this.#parts;
    if (feedback !== null) return feedback.get();
    return this.#isOn || schedule.now() - this.#commandedAt < FEEDBACK_ms;
  }

  open(): void {
    this.#callOff?.();
    this.#callOff = null;
    const wasOn = this.#isOn;
    this.#isOn = false;
    if (wasOn) this.#commanded();
    this.#parts.coil.set(false);
  }

  /** Answered with where the contact is, now or when it has moved. */
  allow(on: boolean): void {
    if (!on) {
      this.open();
      return this.#tell();
    }
    if (this.#isOn || this.#callOff !== null) return this.#tell();
    const wait_ms = this.#closedAt + RECLOSE_ms - this.#parts.schedule.now();
    if (wait_ms > EARLY_ms || !this.#mayClose()) return this.#tell();
    if (wait_ms <= 0) return this.#close();
    this.#callOff = this.#parts.schedule.after(wait_ms, () => {
      this.#callOff = null;
      this.#guarded(() => (this.#mayClose() ? this.#close() : this.#tell()));
    });
  }

  /** After a completed sample and decision, by who vouches for a closed contactor. */
  heartbeat(): void {
    this.#heartbeatAt = this.#parts.schedule.now();
    if (!this.#isOn || this.#parts.heartbeat === null) return;
    this.#pulse = !this.#pulse;
    this.#parts.heartbeat.set(this.#pulse);
  }

  /** Looks at the feedback and at the dead-man's handle; called in each sampling cycle and at an edge. */
  look(): void {
    const { schedule, onConfirmed } = this.#parts;
    const moved = this.#bounce.hear(this.isClosed(), schedule.now());
    if (moved !== null) {
      this.#contact = moved;
      onConfirmed(moved);
    }
    this.#judge(this.#contact ?? true);
    if (this.#heartbeatAt === null || this.#isAlive()) return;
    this.#heartbeatAt = null;
    this.open();
    this.#parts.onDeadMan();
  }

  /** It fell, or it never came: a coil that is on and not seen to work is a surprise for later. */
  #judge(isClosed: boolean): void {
    const isLate = this.#parts.schedule.now() - this.#commandedAt >= FEEDBACK_ms;
    this.#hasClosed ||= this.#isOn && isClosed;
    if (this.#isOn && !isClosed && (this.#hasClosed || isLate)) return this.#fell();
    if (this.#isJudged || !isLate) return;
    this.#isJudged = true;
    this.#tell();
  }

  #mayClose(): boolean {
    const { feedback, mayClose } = this.#parts;
    return this.#isAlive() && mayClose() && (feedback === null || !feedback.get());
  }

  #close(): void {
    this.#isOn = true;
    this.#closedAt = this.#parts.schedule.now();
    this.#commanded();
    this.#parts.coil.set(true);
    this.#tell();
  }

  #commanded(): void {
    this.#commandedAt = this.#parts.schedule.now();
    this.#hasClosed = false;
    this.#isJudged = false;
  }

  /** The contact itself takes part of what the fail-safe is allowed. */
  #isAlive(): boolean {
    const { failSafe_ms, schedule } = this.#parts;
    const patience_ms = failSafe_ms === null ? DEAD_MAN_ms : failSafe_ms - FEEDBACK_ms;
    return this.#heartbeatAt !== null && schedule.now() - this.#heartbeatAt < patience_ms;
  }

  /** Somebody else may have opened it, and would be overruled at once. */
  #fell(): void {
    this.open();
    this.#closedAt = this.#parts.schedule.now();
  }

  #tell(): void {
    this.#parts.onConfirmed(this.#contact ?? this.isClosed());
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#parts.onFailure(error);
    }
  }
}
