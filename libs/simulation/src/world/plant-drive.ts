// Steps the plant as seldom as its truth allows: when something in it is due, when an output is commanded, and at the
// latest each quarter of a second. What it says goes to the system at its time: the boards' events at once, the bytes
// of a frame as they complete on the line.
import { perPhase, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import { greeting, type OutletCommand } from '../outlet.js';
import { isMeterLie } from '../meter-lies.js';
import { type OutletEvent } from '../outlet-senses.js';
import {
  commandPlant,
  drawnFrom,
  initialPlant,
  nextPlantAt,
  stepPlant,
  type PlantConfig,
  type PlantOutput,
  type PlantState,
} from '../plant.js';
import type { MeterHealth, TimedByte } from '../sensorbox15.js';
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
  #measured: Frame;
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
    this.#measured = this.#snapshot();
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

  setMeter(health: MeterHealth): void {
    this.state = { ...this.state, sensorbox: { ...this.state.sensorbox, health } };
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
    if (output.hasMeasured) this.#measured = this.#snapshot();
    this.stepped();
    // After whatever runs now: a process that commands reads the answer when its step has run to its end, as in the apps.
    for (const { outlet, event } of output.events) {
      this.timeline.schedule(now, () => this.system.hearOutlet(outlet, senseOf(event)));
    }
    if (output.line.length > 0) this.#speak(output.line);
  }

  #speak(line: readonly TimedByte[]): void {
    const frame = { ...this.#measured, spokenAt: this.timeline.now };
    for (const bytes of chunksOf(line)) {
      const at = bytes.at(-1)?.at ?? this.timeline.now;
      const chunk = Uint8Array.from(bytes, ({ byte }) => byte);
      this.timeline.schedule(at, () => this.system.hearLine(chunk, frame));
    }
  }

  #snapshot(): Frame {
    const { now } = this.timeline;
    const draws = this.config.outlets.map(({ id }, index) => [id, this.drawOnMains(index)] as const);
    const isLie = isMeterLie(this.state.sensorbox.health);
    return {
      measuredAt: now,
      spokenAt: now,
      house_dA: this.output.house_dA,
      draws_dA: Object.fromEntries(draws),
      isLie,
    };
  }

  /** What flows to one outlet, on the mains' conductors. */
  drawOnMains(index: number): PerPhase<Deciamps> {
    const [state, outlet] = [this.state.outlets[index], this.config.outlets[index]];
    if (state === undefined || outlet === undefined || state.car === null || state.car.drawn_mA === 0)
      return NOTHING_dA;
    return perPhase((phase) => Math.round(drawnFrom(phase, state, outlet) / 100));
  }
}

const NOTHING_dA: PerPhase<Deciamps> = perPhase(() => 0);

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
