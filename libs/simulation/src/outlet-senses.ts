// What a board's inputs see of its outlet, and when: pilot levels, the proximity resistor, the meter. Each comes at its
// own pace, a change of the cable or of the current at once. Pure readings with their noise; the outlet steps them.
import { type Deciamps, type Milliseconds, type Millivolts, type PerPhase, PHASES, perPhase } from '@fairamp/units';
import { type OutletConfig, type OutletState } from './outlet.js';
import { CONNECTED_ohm, type PilotLoad, pilotLevels } from './pilot-line.js';
import { gaussian } from './random.js';

export type OutletEvent =
  | { readonly kind: 'sample'; readonly high_mV: Millivolts; readonly low_mV: Millivolts | null }
  | { readonly kind: 'proximity'; readonly ohm: number | null }
  | { readonly kind: 'contactor'; readonly closed: boolean }
  | { readonly kind: 'draw'; readonly draw_dA: PerPhase<Deciamps> };

/** When each was told last; null = never, or at once. */
export type Told = {
  readonly sampleAt: Milliseconds | null;
  readonly proximityAt: Milliseconds | null;
  readonly drawAt: Milliseconds | null;
  readonly draw_dA: PerPhase<Deciamps>;
};
export const NOTHING_TOLD: Told = { sampleAt: null, proximityAt: null, drawAt: null, draw_dA: perPhase(() => 0) };

/** As boards poll it (io.md 1.2). */
const PROXIMITY_EVERY_ms = 500;
const DRAW_EVERY_ms = 1000;
/** Half an ampere: a change that a meter tells of at once. */
const DRAW_CHANGE_dA: Deciamps = 5;

export function due(state: OutletState, at: Milliseconds, config: OutletConfig): readonly OutletEvent[] {
  const { sampleAt, proximityAt } = state.told;
  const isDue = (last: Milliseconds | null, every: Milliseconds) => last === null || at - last >= every;
  return [
    ...(isDue(sampleAt, config.sampleEvery_ms) ? [sampleOf(state, at, config)] : []),
    ...(isDue(proximityAt, PROXIMITY_EVERY_ms) ? [proximityOf(state, config)] : []),
    ...(isDue(state.told.drawAt, DRAW_EVERY_ms) || hasChanged(state, config) ? [meteredOf(state, at, config)] : []),
  ];
}

export function told(before: Told, at: Milliseconds, events: readonly OutletEvent[]): Told {
  const has = (kind: OutletEvent['kind']) => events.some((event) => event.kind === kind);
  const draw = events.find((event) => event.kind === 'draw');
  return {
    sampleAt: has('sample') ? at : before.sampleAt,
    proximityAt: has('proximity') ? at : before.proximityAt,
    drawAt: draw === undefined ? before.drawAt : at,
    draw_dA: draw?.draw_dA ?? before.draw_dA,
  };
}

/** True current by terminal, in mA. */
export function drawOf({ car }: OutletState, config: OutletConfig): PerPhase<number> {
  return perPhase((terminal) => (car !== null && config.car.terminals.includes(terminal) ? car.drawn_mA : 0));
}

function hasChanged(state: OutletState, config: OutletConfig): boolean {
  const draw_mA = drawOf(state, config);
  return PHASES.some((terminal) => {
    const [now_dA, told_dA] = [draw_mA[terminal] / 100, state.told.draw_dA[terminal]];
    return Math.abs(now_dA - told_dA) >= DRAW_CHANGE_dA || (now_dA === 0 && told_dA > 0);
  });
}

function sampleOf({ pilot, car }: OutletState, at: Milliseconds, config: OutletConfig): OutletEvent {
  const { hasDiode, asking_ohm } = config.car;
  const load: PilotLoad = car === null ? null : { hasDiode, ohm: car.isAsking ? asking_ohm : CONNECTED_ohm };
  const { high_mV, low_mV } = pilotLevels(pilot, load, config.source_mV);
  // A 12 bit converter over 30 V has steps of 7 mV (io.md 1.2): a few of them are noise.
  const noise = (purpose: number) => Math.round(20 * gaussian(config.seed, purpose, at));
  return { kind: 'sample', high_mV: high_mV + noise(1), low_mV: low_mV === null ? null : low_mV + noise(2) };
}

function proximityOf({ car }: OutletState, { cable_ohm }: OutletConfig): OutletEvent {
  return { kind: 'proximity', ohm: car === null ? null : cable_ohm };
}

/** A class 1 meter: within a percent, and never a current where none flows. */
function meteredOf(state: OutletState, at: Milliseconds, config: OutletConfig): OutletEvent {
  const draw_mA = drawOf(state, config);
  const draw_dA = perPhase((terminal) => {
    const deviation = 1 + 0.003 * gaussian(config.seed, 3 + PHASES.indexOf(terminal), at);
    return Math.round((draw_mA[terminal] * deviation) / 100);
  });
  return { kind: 'draw', draw_dA };
}
