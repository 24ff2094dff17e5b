// What of a charge point's life is worth a line that lasts: its sessions, what was charged, its faults. The slave's shell
// calls it after each step and writes what comes back; nothing of it decides anything.
import { viewEvse, type EvseView, type PilotState } from '@fairamp/evse';
import { PHASES, type Deciamps, type Fault, type Milliseconds } from '@fairamp/units';
import { drawNow } from './draw.js';
import type { SlaveConfig, SlaveState } from './slave-node.js';

export type JournalEntry =
  | { readonly kind: 'car-came' }
  | { readonly kind: 'car-left'; readonly charged_mAh: number | null; readonly charged_s: number }
  | { readonly kind: 'charging-began'; readonly limit_dA: Deciamps }
  /** Sum of the phases since the car came; null = not metered. */
  | { readonly kind: 'charging-ended'; readonly charged_mAh: number | null; readonly charged_s: number }
  /** Between the two, each quarter of an hour. */
  | { readonly kind: 'charging'; readonly charged_mAh: number | null; readonly charged_s: number }
  | { readonly kind: 'fault-raised'; readonly fault: Fault }
  | { readonly kind: 'fault-cleared'; readonly fault: Fault };

export type Journal = {
  readonly at: Milliseconds;
  readonly isConnected: boolean;
  readonly isCharging: boolean;
  readonly faults: readonly Fault[];
  /** Of this car, in dA x ms; null = not metered for a moment of it. */
  readonly charge: number | null;
  readonly charging_ms: Milliseconds;
  readonly toldAt: Milliseconds;
};

const TELL_EACH_ms: Milliseconds = 900_000;
const PER_mAh = 36_000;
/** A process that stood still has metered nothing: no more than a meter's silence counts of such a gap. */
const GAP_MAX_ms: Milliseconds = 2_000;

export function initialJournal(at: Milliseconds): Journal {
  return { at, isConnected: false, isCharging: false, faults: [], charge: 0, charging_ms: 0, toldAt: at };
}

export function keepJournal(
  before: Journal,
  state: SlaveState,
  { evse: config }: SlaveConfig,
): { readonly journal: Journal; readonly entries: readonly JournalEntry[] } {
  const { evse } = state;
  const view = viewEvse(evse, config);
  const charged = charge(before, state);
  const now: Phases = { ...phasesOf(before, view), at: evse.at, limit_dA: view.offered_dA };
  const isDue = now.isCharging && before.isCharging && evse.at - before.toldAt >= TELL_EACH_ms;
  const toldAt = isDue || now.isCharging !== before.isCharging ? evse.at : before.toldAt;
  const entries = [
    ...arrival(before, now),
    ...faultEntries(before.faults, view.faults),
    ...charging(before, now, charged),
    ...(isDue ? [{ kind: 'charging', ...told(charged) } as const] : NOTHING),
    ...departure(before, now, charged),
  ];
  const { at, isConnected, isCharging } = now;
  const kept = isConnected ? charged : { charge: 0, charging_ms: 0 };
  return { journal: { at, isConnected, isCharging, faults: view.faults, toldAt, ...kept }, entries };
}

type Phases = Pick<Journal, 'at' | 'isConnected' | 'isCharging'> & { readonly limit_dA: Deciamps };

const NOTHING: readonly never[] = [];

const CAR: readonly PilotState[] = ['B', 'C', 'D'];

/** A car is there from when the pilot shows one until it shows none, whatever fault hides it meanwhile. */
function phasesOf(before: Journal, { pilot, session }: EvseView): Pick<Journal, 'isConnected' | 'isCharging'> {
  const isConnected = pilot !== 'A' && (before.isConnected || CAR.includes(pilot));
  return { isConnected, isCharging: session === 'charging' || (before.isCharging && session === 'stopping') };
}

function arrival(before: Journal, now: Phases): readonly JournalEntry[] {
  return now.isConnected && !before.isConnected ? [{ kind: 'car-came' }] : NOTHING;
}

function departure(before: Journal, now: Phases, charged: Charged): readonly JournalEntry[] {
  return before.isConnected && !now.isConnected ? [{ kind: 'car-left', ...told(charged) }] : NOTHING;
}

function charging(before: Journal, now: Phases, charged: Charged): readonly JournalEntry[] {
  if (now.isCharging === before.isCharging) return NOTHING;
  if (now.isCharging) return [{ kind: 'charging-began', limit_dA: now.limit_dA }];
  return [{ kind: 'charging-ended', ...told(charged) }];
}

type Charged = Pick<Journal, 'charge' | 'charging_ms'>;

function charge({ at, isCharging, charge: before, charging_ms }: Journal, { evse, draw }: SlaveState): Charged {
  if (!isCharging) return { charge: before, charging_ms };
  const passed_ms = evse.at - at;
  const drawn = drawNow(draw, evse.at);
  const metered_ms = Math.min(passed_ms, GAP_MAX_ms);
  const sum_dA = drawn === null ? null : PHASES.reduce((sum, phase) => sum + drawn[phase], 0);
  return {
    charge: before === null || sum_dA === null ? null : before + sum_dA * metered_ms,
    charging_ms: charging_ms + passed_ms,
  };
}

function told({ charge: dA_ms, charging_ms }: Charged): { charged_mAh: number | null; charged_s: number } {
  const charged_mAh = dA_ms === null ? null : Math.round(dA_ms / PER_mAh);
  return { charged_mAh, charged_s: Math.round(charging_ms / 1000) };
}

function faultEntries(before: readonly Fault[], now: readonly Fault[]): readonly JournalEntry[] {
  if (before === now) return [];
  return [
    ...now.filter((fault) => !before.includes(fault)).map((fault) => ({ kind: 'fault-raised', fault }) as const),
    ...before.filter((fault) => !now.includes(fault)).map((fault) => ({ kind: 'fault-cleared', fault }) as const),
  ];
}
