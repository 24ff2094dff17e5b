// A charge point's board on embedded Linux: pilot, contactor and fittings through the kernel's own files. What it decides
// by itself is only ever to open: a residual current, a supply that goes, a feedback that disagrees, a dead-man's handle
// that nobody holds, an output that does not obey. What fails is said as a lost board, made safe, and tried again.
import type { BoardEvent, Indicator, LockState, PilotOutput } from '@fairamp/evse';
import { assert, type Milliseconds } from '@fairamp/units';
import type { BoardCapabilities, BoardSupport } from '../board-support.js';
import { capabilitiesOf } from './capabilities.js';
import type { BoardDescription } from './description.js';
import type { BoardHardware, Schedule } from './ports.js';
import { RunningBoard } from './running-board.js';

export type LinuxBoardParts = {
  readonly description: BoardDescription;
  /** Safe outputs when it returns; called again after a failure. */
  readonly open: () => Promise<BoardHardware>;
  readonly schedule: Schedule;
  /** For the log: what failed, when it is something else than the last time. */
  readonly onTrouble: (why: string) => void;
};

/** A board that cannot be opened costs one try in so long, for as long as it takes. */
const REOPEN_ms: Milliseconds = 500;
/** A look has a handful of events, and so has what a charge point does about each. */
const UNTOLD_MAX = 100;

export class LinuxBoard implements BoardSupport {
  readonly capabilities: BoardCapabilities;
  readonly #parts: LinuxBoardParts;
  readonly #listeners = new Set<(event: BoardEvent) => void>();
  #running: RunningBoard | null = null;
  #state: 'new' | 'running' | 'stopped' = 'new';
  #isLost = false;
  /** The charge point counts its 10 s through every life of its board, and so does this. */
  #closedAt: Milliseconds = 0;
  #indicator: Indicator = 'off';
  readonly #untold: BoardEvent[] = [];
  #toldWhy: string | null = null;
  #callOff: (() => void) | null = null;

  constructor(parts: LinuxBoardParts) {
    this.#parts = parts;
    this.capabilities = capabilitiesOf(parts.description);
  }

  async start(): Promise<void> {
    if (this.#state !== 'new') return;
    this.#state = 'running';
    this.#closedAt = this.#parts.schedule.now();
    await this.#open();
  }

  async stop(): Promise<void> {
    const failed = this.#running?.makeSafe() ?? [];
    this.#state = 'stopped';
    this.#callOff?.();
    this.#running?.end();
    this.#running = null;
    // Who stops it in order must not think that it is.
    if (failed.length > 0) throw failed[0];
  }

  setPilot(pilot: PilotOutput): void {
    this.#on((board) => board.setPilot(pilot));
  }

  allowPower(on: boolean): void {
    this.#on((board) => board.contactor.allow(on));
  }

  pulseLock(toward: LockState, for_ms: Milliseconds): void {
    this.#on((board) => board.lock?.pulse(toward, for_ms));
  }

  testResidual(): void {
    this.#on((board) => board.testResidual());
  }

  setIndicator(indicator: Indicator): void {
    this.#indicator = indicator;
    this.#on((board) => board.light?.play(indicator));
  }

  heartbeat(): void {
    this.#on((board) => board.contactor.heartbeat());
  }

  /** Also where it could not be opened: there is then nothing of it that was ever driven. */
  safeStateSync(): void {
    const [failed] = this.#running?.makeSafe() ?? [];
    // Opened anew, and made safe again, until it obeys.
    if (failed !== undefined) this.#fail(failed);
  }

  on(listener: (event: BoardEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #open(): Promise<void> {
    try {
      const hardware = await this.#parts.open();
      if (this.#state !== 'running') return hardware.close();
      mustShowPilot(hardware);
      const { description, schedule } = this.#parts;
      const board: RunningBoard = new RunningBoard({
        hardware,
        description,
        schedule,
        closedAt: this.#closedAt,
        // A life that is over has no say: it may still be in the middle of a look.
        emit: (event) => this.#running === board && this.#bounded(event),
        onFailure: (error) => this.#running === board && this.#fail(error),
      });
      this.#running = board;
      const wasLost = this.#isLost;
      this.#isLost = false;
      if (wasLost) this.#emit({ kind: 'board-changed', at: schedule.now(), lost: false });
      // Who was told may have driven it, and it may have failed already.
      this.#on((running) => running === board && running.begin(this.#indicator));
    } catch (error) {
      this.#fail(error);
    }
  }

  #endLife(): void {
    if (this.#running === null) return;
    this.#closedAt = this.#running.contactor.closedAt;
    this.#running.makeSafe();
    this.#running.end();
    this.#running = null;
  }

  /** An output or an input that fails: nothing of this board is believed until it has been opened anew. */
  #fail(error: unknown): void {
    if (this.#state !== 'running') return;
    this.#endLife();
    this.#callOff?.();
    this.#callOff = this.#parts.schedule.after(REOPEN_ms, () => void this.#open());
    const why = error instanceof Error ? error.message : String(error);
    if (why !== this.#toldWhy) this.#parts.onTrouble(why);
    this.#toldWhy = why;
    if (this.#isLost) return;
    this.#isLost = true;
    this.#emit({ kind: 'board-changed', at: this.#parts.schedule.now(), lost: true });
  }

  #on(run: (board: RunningBoard) => void): void {
    const board = this.#running;
    if (board === null || this.#state !== 'running') return;
    try {
      run(board);
    } catch (error) {
      this.#fail(error);
    }
  }

  #bounded(event: BoardEvent): void {
    assert(this.#untold.length < UNTOLD_MAX, `an event "${event.kind}" is answered with events without end`);
    this.#emit(event);
  }

  /** One after the other: what happens because of an event is told after it, to everybody. */
  #emit(event: BoardEvent): void {
    const isTelling = this.#untold.length > 0;
    this.#untold.push(event);
    if (isTelling) return;
    try {
      // Grows while it is walked.
      for (const next of this.#untold)
        if (this.#state === 'running') this.#listeners.forEach((listener) => listener(next));
    } finally {
      this.#untold.length = 0;
    }
  }
}

/** A board that cannot read its pilot is not back: it would be lost again at once, and again each time that it is tried. */
function mustShowPilot({ positive, negative, close }: BoardHardware): void {
  try {
    [positive, negative].forEach(({ adc }) => adc.read_mV());
  } catch (error) {
    close();
    throw error;
  }
}
