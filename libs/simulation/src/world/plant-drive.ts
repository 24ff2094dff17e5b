// Steps the plant as seldom as its truth allows: when something in it is due, when an output is commanded, and at the
// latest each quarter of a second. What it says goes to the system at its time: the boards' events at once, the bytes
// of a frame as they complete on the line.
import { MAINS, perPhase, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import { greeting, type OutletCommand } from '../outlet.js';
import { isMeterLie } from '../meter-lies.js';
import { type OutletEvent } from '../outlet-senses.js';
import {
  commandPlant,
  initialPlant,
  nextPlantAt,
  stepPlant,
  type PlantConfig,
  type PlantOutput,
  type PlantState,
} from '../plant.js';
import { NOTHING_dA } from '../plant-circuits.js';
import type { MeterHealth, TimedByte } from '../sensorbox15.js';
import { drawnFrom } from '../wiring.js';
import type { Frame, OutletSense, System } from './system.js';
import { type Timeline } from './timeline.js';

/** A change of an output is sampled soon, not at once: the board has to look. */
const SAMPLED_AFTER_ms: Milliseconds = 10;
const ANSWERED_AFTER_ms: Milliseconds = 1;
/** Of a frame that takes 0.3 s so much arrives at once: less than a tick of the bridge. */
const CHUNK_ms: Milliseconds = 40;

export class PlantDrive {
  state: PlantState;
  /** Of the newest step. */
  output: PlantOutput;
  /** By circuit: what was true when its meter measured. */
  readonly #measured = new Map<string, Frame>();
  #plannedAt: Milliseconds = Infinity;

  constructor(
    readonly config: PlantConfig,
    private readonly timeline: Timeline,
    private readonly system: Pick<System, 'hearLine' | 'hearOutlet'>,
    private readonly stepped: () => void,
  ) {
    const first = stepPlant(initialPlant(timeline.now, config), { at: timeline.now, commands: [] }, config);
    this.state = first.state;
    this.output = first.output;
    this.#measure();
  }

  start(): void {
    this.#plan(this.timeline.now + 1);
  }

  command(outlet: string, command: OutletCommand): void {
    const { now } = this.timeline;
    // Neither a heartbeat nor a lamp changes anything that flows.
    const isIdle = command.kind === 'heartbeat' || command.kind === 'indicator';
    if (!isIdle) this.#advance();
    this.state = commandPlant(this.state, now, { outlet, command }, this.config);
    if (!isIdle) this.#plan(now + SAMPLED_AFTER_ms);
    if (command.kind === 'allow-power') this.#answer(outlet);
  }

  /** As a board says it when it starts (BoardSupport). */
  greet(outlet: string): void {
    this.timeline.schedule(this.timeline.now + ANSWERED_AFTER_ms, () => {
      const index = this.config.outlets.findIndex(({ id }) => id === outlet);
      const [state, config] = [this.state.outlets[index], this.config.outlets[index]];
      if (state === undefined || config === undefined) return;
      for (const event of greeting(state, this.timeline.now, config)) this.system.hearOutlet(outlet, senseOf(event));
    });
  }

  /** A permission is answered, so that a refusal is heard (plant-wire). */
  #answer(outlet: string): void {
    this.timeline.schedule(this.timeline.now + ANSWERED_AFTER_ms, () => {
      const index = this.config.outlets.findIndex(({ id }) => id === outlet);
      const closed = this.state.outlets[index]?.isClosed ?? false;
      this.system.hearOutlet(outlet, { kind: 'contactor-confirmed', closed });
    });
  }

  /** @param circuit `mains`, or one below that has a meter */
  setMeter(circuit: string, health: MeterHealth): void {
    const { sensorbox, meters } = this.state;
    if (circuit === MAINS) this.state = { ...this.state, sensorbox: { ...sensorbox, health } };
    const place = this.config.tree?.circuits.findIndex(({ id }) => id === circuit);
    const turned = meters.map((meter, index) => (meter === null || index !== place ? meter : { ...meter, health }));
    this.state = { ...this.state, meters: turned };
  }

  #plan(at: Milliseconds): void {
    if (at >= this.#plannedAt) return;
    this.#plannedAt = at;
    this.timeline.schedule(at, () => {
      if (this.#plannedAt !== this.timeline.now) return;
      this.#plannedAt = Infinity;
      this.#advance();
      const { now } = this.timeline;
      this.#plan(Math.max(now + 1, Math.min(now + this.config.slice_ms, nextPlantAt(this.state))));
    });
  }

  #advance(): void {
    const { now } = this.timeline;
    if (this.state.at === now) return;
    const { state, output } = stepPlant(this.state, { at: now, commands: [] }, this.config);
    this.state = state;
    this.output = output;
    this.#measure();
    this.stepped();
    // After whatever runs now: a process that commands reads the answer when its step has run to its end, as in the apps.
    for (const { outlet, event } of output.events) {
      this.timeline.schedule(now, () => this.system.hearOutlet(outlet, senseOf(event)));
    }
    if (output.line.length > 0) this.#speak(MAINS, output.line);
    output.circuits.forEach(({ line }, index) => {
      const circuit = this.config.tree?.circuits[index];
      if (line.length > 0 && circuit !== undefined) this.#speak(circuit.id, line);
    });
  }

  /** What is true now of each circuit whose meter has measured just now; at the start of all of them. */
  #measure(): void {
    const { output, state, config } = this;
    const isFirst = this.#measured.size === 0;
    if (isFirst || output.hasMeasured) {
      const all = config.outlets.map((_, index) => index);
      this.#measured.set(MAINS, this.#snapshot(output.house_dA, all, state.sensorbox.health));
    }
    config.tree?.circuits.forEach(({ id, outlets }, index) => {
      const [flows, meter] = [output.circuits[index], state.meters[index] ?? null];
      if (flows === undefined || meter === null || !(isFirst || flows.hasMeasured)) return;
      this.#measured.set(id, this.#snapshot(flows.house_dA, outlets, meter.health));
    });
  }

  #speak(circuit: string, line: readonly TimedByte[]): void {
    const measured = this.#measured.get(circuit);
    if (measured === undefined) return;
    const frame = { ...measured, spokenAt: this.timeline.now };
    for (const bytes of chunksOf(line)) {
      const at = bytes.at(-1)?.at ?? this.timeline.now;
      const chunk = Uint8Array.from(bytes, ({ byte }) => byte);
      this.timeline.schedule(at, () => this.system.hearLine(chunk, frame, circuit));
    }
  }

  #snapshot(house_dA: PerPhase<Deciamps>, outlets: readonly number[], health: MeterHealth): Frame {
    const { now } = this.timeline;
    const draws = outlets.map((index) => [this.config.outlets[index]?.id ?? '', this.drawOnMains(index)] as const);
    const isLie = isMeterLie(health);
    return { measuredAt: now, spokenAt: now, house_dA, draws_dA: Object.fromEntries(draws), isLie };
  }

  /** What flows to one outlet, on the mains' conductors. */
  drawOnMains(index: number): PerPhase<Deciamps> {
    const [state, outlet] = [this.state.outlets[index], this.config.outlets[index]];
    if (state === undefined || outlet === undefined || state.car === null || state.car.drawn_mA === 0)
      return NOTHING_dA;
    return perPhase((phase) => Math.round(drawnFrom(phase, state, outlet) / 100));
  }
}

function chunksOf(line: readonly TimedByte[]): readonly (readonly TimedByte[])[] {
  const chunks: TimedByte[][] = [];
  let from = -Infinity;
  for (const byte of line) {
    if (byte.at - from >= CHUNK_ms) {
      chunks.push([]);
      from = byte.at;
    }
    chunks.at(-1)?.push(byte);
  }
  return chunks;
}

export function senseOf(event: OutletEvent): OutletSense {
  switch (event.kind) {
    case 'sample':
      return { kind: 'pilot-sampled', high_mV: event.high_mV, low_mV: event.low_mV };
    case 'proximity':
      return { kind: 'proximity-sampled', ohm: event.ohm };
    case 'contactor':
      return { kind: 'contactor-confirmed', closed: event.closed };
    case 'draw':
      return { kind: 'draw-metered', draw_dA: event.draw_dA };
    case 'lock':
      return { kind: 'lock-sensed', high: event.high };
    case 'switch':
      return { kind: 'switch-sensed', pressed: event.pressed };
    case 'residual':
      return { kind: 'residual-sensed', tripped: event.tripped };
    case 'temperature':
      return { kind: 'temperature-sensed', celsius: event.celsius };
    case 'supply':
      return { kind: 'supply-sensed', failing: event.failing };
  }
}
