// A board that somebody else may hold: while it is held its contactor is open and nothing closes it, whatever the charge
// point commands. To the charge point it is a board that was lost; when it is let go of again, it says anew all that it
// senses. Who holds it is the shell's affair: a pipe that is silent, outputs that another process has made safe.
import type { BoardEvent, Indicator, LockState, PilotOutput } from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';
import type { BoardCapabilities, BoardSupport } from './board-support.js';

/** In the order in which a board says them at its start: everything that may keep a contactor open before the pilot. */
const SENSED = [
  'contactor-confirmed',
  'lock-sensed',
  'residual-sensed',
  'switch-sensed',
  'supply-sensed',
  'temperature-sensed',
  'proximity-sampled',
] as const;

/** A board samples its pilot each 10 to 50 ms. Less than what the other end of a pipe waits before it writes itself. */
const STOOD_STILL_ms: Milliseconds = 400;

export class GuardedBoard implements BoardSupport {
  readonly #inner: BoardSupport;
  readonly #now: () => Milliseconds;
  readonly #listeners = new Set<(event: BoardEvent) => void>();
  readonly #last = new Map<BoardEvent['kind'], BoardEvent>();
  #isHeld = false;
  #isInnerLost = false;
  #heardAt: Milliseconds | null = null;

  /** @param onStoodStill nothing was heard for so long that somebody may have held its outputs meanwhile: it holds, or not */
  constructor(
    inner: BoardSupport,
    now: () => Milliseconds,
    private readonly onStoodStill: (for_ms: Milliseconds) => void = () => undefined,
  ) {
    this.#inner = inner;
    this.#now = now;
    inner.on((event) => this.#hear(event));
  }

  get capabilities(): BoardCapabilities {
    return this.#inner.capabilities;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** The contactor is commanded open before anybody is told. */
  hold(reason: string): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    this.#inner.safeStateSync(reason);
    if (!this.#isInnerLost) this.#emit({ kind: 'board-changed', at: this.#now(), lost: true });
  }

  letGo(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (this.#isInnerLost) return;
    this.#emit({ kind: 'board-changed', at: this.#now(), lost: false });
    for (const kind of SENSED) {
      const known = this.#last.get(kind);
      if (known !== undefined) this.#emit({ ...known, at: this.#now() });
    }
  }

  start(): Promise<void> {
    return this.#inner.start();
  }

  stop(): Promise<void> {
    return this.#inner.stop();
  }

  setPilot(pilot: PilotOutput): void {
    if (!this.#isHeld || pilot.kind !== 'pwm') this.#inner.setPilot(pilot);
  }

  allowPower(on: boolean): void {
    this.#inner.allowPower(on && !this.#isHeld);
  }

  pulseLock(toward: LockState, for_ms: Milliseconds): void {
    this.#inner.pulseLock(toward, for_ms);
  }

  testResidual(): void {
    this.#inner.testResidual();
  }

  setIndicator(indicator: Indicator): void {
    this.#inner.setIndicator(indicator);
  }

  heartbeat(): void {
    if (!this.#isHeld) this.#inner.heartbeat();
  }

  safeStateSync(reason: string): void {
    this.#inner.safeStateSync(reason);
  }

  on(listener: (event: BoardEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #hear(event: BoardEvent): void {
    // Before anybody decides on what was sensed: he would do so by what he knew before.
    const gap_ms = this.#now() - (this.#heardAt ?? this.#now());
    this.#heardAt = this.#now();
    if (gap_ms >= STOOD_STILL_ms) this.onStoodStill(gap_ms);
    if (event.kind === 'board-changed') {
      this.#isInnerLost = event.lost;
      // What a lost board sensed is not known of the one that comes back.
      this.#last.clear();
      if (!this.#isHeld) this.#emit(event);
      return;
    }
    this.#last.set(event.kind, event);
    this.#emit(event);
  }

  #emit(event: BoardEvent): void {
    this.#listeners.forEach((listener) => listener(event));
  }
}
