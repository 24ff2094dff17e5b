// A board whose hardware is the plant at the other end of a line channel. It speaks plant-wire and nothing else: no
// physics, no decision, no memory of what was permitted. When the channel comes back, it says the safe outputs and
// leaves it to the session to ask again; what the plant says wrongly is counted and dropped.
import type { Milliseconds } from '@fairamp/units';
import type { BoardEvent, Indicator, LockState, PilotOutput } from '@fairamp/evse';
import type { BoardCapabilities, BoardSupport } from './board-support.js';
import type { LineChannel } from './line-channel.js';
import {
  decodePlantLine,
  encodeBoardLine,
  FAIL_SAFE_ms,
  type BoardLine,
  type LineRefusal,
  type PlantLine,
} from './plant-wire.js';

export type SimulatedBoardOptions = {
  readonly channel: LineChannel;
  /** The plant's name for the outlet that this board drives. */
  readonly outlet: string;
  readonly clock: () => Milliseconds;
  readonly capabilities?: Partial<BoardCapabilities>;
};

/** Its line to the plant, the plant's tick and a contactor. */
const OPENED_WITHIN_ms: Milliseconds = 500;

/** As it says of itself when nobody says otherwise. */
export const SIMULATED_CAPABILITIES: BoardCapabilities = {
  connector: 'socket',
  min_dA: 60,
  max_dA: 800,
  phases: 3,
  contactorFeedback: true,
  meter: true,
  // The plant is a process of its own that opens without heartbeats.
  failSafe: 'process',
  failSafe_ms: FAIL_SAFE_ms + OPENED_WITHIN_ms,
  lock: true,
  switch: true,
  residual: 'tested',
  temperature: true,
  // Two samples of at most 50 ms (plant-wire).
  reaction_ms: 100,
};

export class SimulatedBoard implements BoardSupport {
  readonly capabilities: BoardCapabilities;
  /** Lines of the plant that were dropped, by reason. */
  readonly refused: Record<LineRefusal, number> = { oversized: 0, 'not-json': 0, schema: 0 };
  /** Why the outputs were made safe the last time. */
  safeBecause: string | null = null;
  private readonly listeners = new Set<(event: BoardEvent) => void>();
  private unsubscribe: readonly (() => void)[] = [];
  private state: 'new' | 'running' | 'stopped' = 'new';
  private connected: boolean | null = null;

  constructor(private readonly options: SimulatedBoardOptions) {
    this.capabilities = { ...SIMULATED_CAPABILITIES, ...options.capabilities };
  }

  /** A plant that is not there yet is a board that is lost: the process starts all the same. */
  async start(): Promise<void> {
    if (this.state !== 'new') return Promise.resolve();
    this.state = 'running';
    const { channel } = this.options;
    this.unsubscribe = [
      channel.onLine((line) => this.hear(line)),
      channel.onConnection((connected) => this.connection(connected)),
    ];
  }

  async stop(): Promise<void> {
    this.safeStateSync('stopped');
    this.state = 'stopped';
    this.unsubscribe.forEach((stop) => stop());
    this.unsubscribe = [];
    this.options.channel.close();
  }

  setPilot(pilot: PilotOutput): void {
    if (this.state === 'running') this.send({ kind: 'pilot', pilot });
  }

  allowPower(on: boolean): void {
    if (this.state === 'running') this.send({ kind: 'power', on });
  }

  pulseLock(toward: LockState, for_ms: Milliseconds): void {
    if (this.state === 'running') this.send({ kind: 'lock', toward, for_ms });
  }

  testResidual(): void {
    if (this.state === 'running') this.send({ kind: 'test-residual' });
  }

  setIndicator(indicator: Indicator): void {
    if (this.state === 'running') this.send({ kind: 'indicator', indicator });
  }

  heartbeat(): void {
    if (this.state === 'running') this.send({ kind: 'heartbeat' });
  }

  safeStateSync(reason: string): void {
    this.safeBecause = reason;
    try {
      this.send({ kind: 'power', on: false });
      this.send({ kind: 'pilot', pilot: { kind: 'X1' } });
    } catch {
      // The last gasp has nobody to tell; the plant opens by itself (failSafe).
    }
  }

  on(listener: (event: BoardEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private connection(connected: boolean): void {
    const first = this.connected === null;
    this.connected = connected;
    if (connected) {
      this.send({ kind: 'hello', outlet: this.options.outlet });
      this.safeStateSync('connected');
    }
    if (first && connected) return;
    this.emit({ kind: 'board-changed', at: this.options.clock(), lost: !connected });
  }

  private hear(line: string): void {
    const decoded = decodePlantLine(line);
    if (decoded.ok) this.emit(eventOf(decoded.value, this.options.clock()));
    else this.refused[decoded.reason] += 1;
  }

  private send(line: BoardLine): void {
    this.options.channel.send(encodeBoardLine(line));
  }

  private emit(event: BoardEvent): void {
    this.listeners.forEach((listener) => listener(event));
  }
}

function eventOf(line: PlantLine, at: Milliseconds): BoardEvent {
  switch (line.kind) {
    case 'sample':
      return { kind: 'pilot-sampled', at, high_mV: line.high_mV, low_mV: line.low_mV };
    case 'proximity':
      return { kind: 'proximity-sampled', at, ohm: line.ohm };
    case 'contactor':
      return { kind: 'contactor-confirmed', at, closed: line.closed };
    case 'draw':
      return { kind: 'draw-metered', at, draw_dA: line.draw_dA };
    case 'lock':
      return { kind: 'lock-sensed', at, high: line.high };
    case 'switch':
      return { kind: 'switch-sensed', at, pressed: line.pressed };
    case 'residual':
      return { kind: 'residual-sensed', at, tripped: line.tripped };
    case 'temperature':
      return { kind: 'temperature-sensed', at, celsius: line.celsius };
    case 'supply':
      return { kind: 'supply-sensed', at, failing: line.failing };
  }
}
