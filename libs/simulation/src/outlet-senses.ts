// What a board's inputs see of its outlet, and when: pilot levels, the proximity resistor, the meter. Each comes at its
// own pace, a change of the cable or of the current at once. Pure readings with their noise; the outlet steps them.
import { type Deciamps, type Milliseconds, type Millivolts, type PerPhase, PHASES, perPhase } from '@fairamp/units';
import { type PilotOutput } from '@fairamp/evse';
import { type FittingsEvent } from './outlet-fittings.js';
import { type OutletConfig, type OutletState } from './outlet.js';
import { type PhysicalFault } from './physical-faults.js';
import { CONNECTED_ohm, type PilotLoad, type PilotShort, pilotLevels } from './pilot-line.js';
import { gaussian } from './random.js';

export type OutletEvent =
  | { readonly kind: 'sample'; readonly high_mV: Millivolts; readonly low_mV: Millivolts | null }
  | { readonly kind: 'proximity'; readonly ohm: number | null }
  | { readonly kind: 'contactor'; readonly closed: boolean }
  | { readonly kind: 'draw'; readonly draw_dA: PerPhase<Deciamps> }
  | FittingsEvent;

/** When each was told last; null = never, or at once. */
export type Told = {
  readonly sampleAt: Milliseconds | null;
  readonly proximityAt: Milliseconds | null;
  readonly drawAt: Milliseconds | null;
  readonly draw_dA: PerPhase<Deciamps>;
  /** What the newest sample saw of the line: our output and the car's load. */
  readonly output: PilotOutput | null;
  readonly load: LineLoad;
  /** Samples still to follow quickly, so that a change is confirmed. */
  readonly confirming: number;
};
export const NOTHING_TOLD: Told = {
  sampleAt: null,
  proximityAt: null,
  drawAt: null,
  draw_dA: perPhase(() => 0),
  output: null,
  load: 'none',
  confirming: 0,
};

/** What its board can sense of an outlet, and has told of it. */
export type Sensed = Pick<OutletState, 'pilot' | 'car' | 'cable_ohm' | 'faults' | 'told'>;

type LineLoad = 'none' | 'connected' | 'asking' | Exclude<PilotShort, 'none'>;

const DRAW_EVERY_ms = 1000;
/** A change on the line is sampled at once and three times more, as quickly as a board samples (plant-wire). */
export const CONFIRM_EVERY_ms = 20;
const CONFIRMATIONS = 3;
/** Half an ampere: a change that a meter tells of at once. */
const DRAW_CHANGE_dA: Deciamps = 5;

export function due(state: Sensed, at: Milliseconds, config: OutletConfig): readonly OutletEvent[] {
  const events: OutletEvent[] = [];
  if (isSampleDue(state, at, config)) events.push(sampleOf(state, at, config));
  if (isDue(state.told.proximityAt, at, config.proximityEvery_ms)) events.push(proximityOf(state, config));
  if (isDue(state.told.drawAt, at, DRAW_EVERY_ms) || hasChanged(state, config))
    events.push(meteredOf(state, at, config));
  return events;
}

function isDue(last: Milliseconds | null, at: Milliseconds, every_ms: Milliseconds): boolean {
  return last === null || at - last >= every_ms;
}

function isSampleDue(state: Sensed, at: Milliseconds, config: OutletConfig): boolean {
  if (state.faults.includes('pilot-silent')) return false;
  const { sampleAt, confirming } = state.told;
  return hasLineChanged(state) || isDue(sampleAt, at, confirming > 0 ? CONFIRM_EVERY_ms : config.sampleEvery_ms);
}

/** When it wants to be looked at next, at the latest, to confirm a change. */
export function confirmsAt({ told: { sampleAt, confirming } }: OutletState): Milliseconds {
  return confirming > 0 && sampleAt !== null ? sampleAt + CONFIRM_EVERY_ms : Infinity;
}

function hasLineChanged({ pilot, told, car, faults }: Sensed): boolean {
  return told.output !== pilot || told.load !== loadOf(car, faults);
}

function loadOf(car: OutletState['car'], faults: readonly PhysicalFault[]): LineLoad {
  const short = shortOf(faults);
  if (short !== 'none') return short;
  if (car === null) return 'none';
  return car.isAsking ? 'asking' : 'connected';
}

function shortOf(faults: readonly PhysicalFault[]): PilotShort {
  if (faults.length === 0) return 'none';
  if (faults.includes('pilot-shorted')) return 'earth';
  return faults.includes('pilot-negative') ? 'negative' : 'none';
}

export function told(state: Sensed, at: Milliseconds, events: readonly OutletEvent[]): Told {
  const before = state.told;
  if (events.length === 0) return before;
  let { sampleAt, proximityAt, drawAt, draw_dA, confirming } = before;
  for (const event of events) {
    if (event.kind === 'sample') {
      sampleAt = at;
      confirming = hasLineChanged(state) ? CONFIRMATIONS : Math.max(0, confirming - 1);
    } else if (event.kind === 'proximity') proximityAt = at;
    else if (event.kind === 'draw') [drawAt, draw_dA] = [at, event.draw_dA];
  }
  return {
    sampleAt,
    proximityAt,
    drawAt,
    draw_dA,
    confirming,
    output: state.pilot,
    load: loadOf(state.car, state.faults),
  };
}

/** True current by terminal, in mA. */
function drawOf({ car }: Pick<OutletState, 'car'>, config: OutletConfig): PerPhase<number> {
  return perPhase((terminal) => (car !== null && config.car.terminals.includes(terminal) ? car.drawn_mA : 0));
}

function hasChanged(state: Sensed, config: OutletConfig): boolean {
  if (state.car === null || state.car.drawn_mA === 0)
    return PHASES.some((terminal) => state.told.draw_dA[terminal] > 0);
  const draw_mA = drawOf(state, config);
  return PHASES.some((terminal) => {
    const [now_dA, told_dA] = [draw_mA[terminal] / 100, state.told.draw_dA[terminal]];
    return Math.abs(now_dA - told_dA) >= DRAW_CHANGE_dA || (now_dA === 0 && told_dA > 0);
  });
}

function sampleOf({ pilot, car, faults }: Sensed, at: Milliseconds, config: OutletConfig): OutletEvent {
  const { asking_ohm } = config.car;
  const hasDiode = config.car.hasDiode && !faults.includes('diode-missing');
  const load: PilotLoad = car === null ? null : { hasDiode, ohm: car.isAsking ? asking_ohm : CONNECTED_ohm };
  const { high_mV, low_mV } = pilotLevels(pilot, load, config.source_mV, shortOf(faults));
  // A 12 bit converter over 30 V has steps of 7 mV (io.md 1.2): a few of them are noise.
  const noise = (purpose: number) => Math.round(20 * gaussian(config.seed, purpose, at));
  return { kind: 'sample', high_mV: high_mV + noise(1), low_mV: low_mV === null ? null : low_mV + noise(2) };
}

export function proximityOf(
  { car, cable_ohm, faults }: Pick<Sensed, 'car' | 'cable_ohm' | 'faults'>,
  config: OutletConfig,
): OutletEvent {
  const isRead = car !== null && !faults.includes('proximity-lost');
  return { kind: 'proximity', ohm: isRead ? (cable_ohm ?? config.cable_ohm) : null };
}

/** A class 1 meter: within a percent, and never a current where none flows. */
function meteredOf(state: Sensed, at: Milliseconds, config: OutletConfig): OutletEvent {
  const draw_mA = drawOf(state, config);
  const draw_dA = perPhase((terminal) => {
    const deviation = 1 + 0.003 * gaussian(config.seed, 3 + PHASES.indexOf(terminal), at);
    return Math.round((draw_mA[terminal] * deviation) / 100);
  });
  return { kind: 'draw', draw_dA };
}
