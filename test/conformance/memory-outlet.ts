// The smallest outlet that is honest: pilot levels by car, a contact that moves 40 ms after its coil, a fail-safe, and
// the lines that plant-wire asks of a plant. In memory, in its own time.
import {
  FAIL_SAFE_ms,
  decodeBoardLine,
  encodePlantLine,
  type BoardLine,
  type LineChannel,
  type PlantLine,
} from '@fairamp/board';
import type { PilotOutput } from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';

const STEP_ms = 10;
const SAMPLE_ms = 20;
const PROXIMITY_ms = 500;
const CONTACT_ms = 40;
const HIGH_mV = { A: 12_000, B: 9000, C: 6000 } as const;

export class MemoryOutlet {
  now: Milliseconds = 0;
  car: keyof typeof HIGH_mV = 'A';
  ohm: number | null = null;
  output: PilotOutput = { kind: 'X1' };
  closed = false;
  welded = false;
  readonly hellos: string[] = [];
  readonly channel: LineChannel;
  private allowed = false;
  private movesAt: Milliseconds | null = null;
  private aliveAt: Milliseconds = 0;
  private connected = true;
  private readonly lines = new Set<(line: string) => void>();
  private readonly connections = new Set<(connected: boolean) => void>();

  constructor() {
    this.channel = {
      send: (line) => this.connected && this.hear(line),
      onLine: (listener) => subscribe(this.lines, listener),
      onConnection: (listener) => {
        listener(this.connected);
        return subscribe(this.connections, listener);
      },
      close: () => undefined,
    };
  }

  setConnected(connected: boolean): void {
    this.connected = connected;
    this.connections.forEach((listener) => listener(connected));
  }

  pass(ms: Milliseconds): void {
    for (let passed = 0; passed < ms; passed += STEP_ms) {
      this.now += STEP_ms;
      if (this.now - this.aliveAt >= FAIL_SAFE_ms) this.makeSafe();
      if (this.movesAt !== null && this.now >= this.movesAt) this.move();
      if (this.now % SAMPLE_ms === 0) this.say(this.sample());
      if (this.now % PROXIMITY_ms === 0) this.say({ kind: 'proximity', ohm: this.ohm });
    }
  }

  /** Whatever a broken or hostile plant might say. */
  babble(line: string): void {
    this.lines.forEach((listener) => listener(line));
  }

  say(line: PlantLine): void {
    if (this.connected) this.babble(encodePlantLine(line));
  }

  private hear(text: string): void {
    const decoded = decodeBoardLine(text);
    if (decoded.ok) this.obey(decoded.value);
  }

  private obey(line: BoardLine): void {
    switch (line.kind) {
      case 'hello':
        this.hellos.push(line.outlet);
        return this.say({ kind: 'contactor', closed: this.closed });
      case 'pilot':
        this.output = line.pilot;
        return undefined;
      case 'power':
        this.permit(line.on);
        return this.say({ kind: 'contactor', closed: this.closed });
      case 'heartbeat':
        this.aliveAt = this.now;
        return undefined;
      case 'lock':
      case 'test-residual':
      case 'indicator':
        // Nothing hangs on these terminals here.
        return undefined;
    }
  }

  private permit(on: boolean): void {
    this.allowed = on;
    this.movesAt ??= this.now + CONTACT_ms;
  }

  private makeSafe(): void {
    if (this.allowed) this.permit(false);
    this.output = { kind: 'X1' };
  }

  private move(): void {
    this.movesAt = null;
    if (this.welded || this.closed === this.allowed) return;
    this.closed = this.allowed;
    this.say({ kind: 'contactor', closed: this.closed });
  }

  private sample(): PlantLine {
    const { kind } = this.output;
    const high_mV = kind === 'F' ? -12_000 : HIGH_mV[this.car];
    return { kind: 'sample', high_mV, low_mV: kind === 'pwm' ? -12_000 : null };
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
