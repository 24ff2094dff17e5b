// What a car needs by when: told by a person, followed by what its charge point meters, and handed to the balancing as
// a pace and a laxity. A goal ends with its session; it changes the order within what is fair and nothing else.
import { type Goal, UNUSED_dA } from '@fairamp/balancing';
import { decodeGoal, type Report } from '@fairamp/protocol';
import {
  PHASES,
  amps,
  mapPhases,
  perPhase,
  sumOf,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
} from '@fairamp/units';
import { refusing, type MessageInput, type Stepped } from '../node.js';
import { isHeard } from './answers.js';
import { pathOf } from './circuits.js';
import type { GoalRecord, MasterConfig, MasterOutput, MasterState, RosterEntry, SlaveRecord } from './types.js';

/** The mains' voltage as far as energy is reckoned here: between a phase and neutral. */
const VOLTS = 230;
const HOUR_ms: Milliseconds = 3_600_000;
/** Between two reports; what a silence hides counts as nothing. */
const LONGEST_GAP_ms: Milliseconds = 5_000;

export function hearGoal(
  state: MasterState,
  id: string,
  input: MessageInput,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const dropped = refusing(state, input.topic);
  const record = config.roster.some((one) => one.id === id) ? state.slaves[id] : undefined;
  if (record === undefined) return dropped('not-in-roster', `"${id}" gets nothing`);
  // It counts from its arrival, so an old one would say something else each time.
  if (input.retained) return dropped('retained', 'a goal is never retained');
  const decoded = decodeGoal(input.payload);
  if (!decoded.ok) return dropped(decoded.reason, decoded.detail);
  const { needs_Wh, leavesIn_min } = decoded.value;
  const goal = needs_Wh === 0 ? null : { needs_Wh, leavesAt: input.at + 60_000 * leavesIn_min, had_Wh: 0 };
  return { state: { ...state, slaves: { ...state.slaves, [id]: { ...record, goal } } }, outputs: [] };
}

/** What it has had since its last report; a goal ends when its car leaves, and may be said before it comes. */
export function followed(record: SlaveRecord, report: Report, at: Milliseconds): GoalRecord | null {
  const { goal } = record;
  const hasLeft = report.pilot === 'A' && record.report !== null && record.report.message.pilot !== 'A';
  if (goal === null || hasLeft) return null;
  const passed_ms = record.report === null ? 0 : Math.min(at - record.report.at, LONGEST_GAP_ms);
  return { ...goal, had_Wh: goal.had_Wh + (drawOf(report) * VOLTS * passed_ms) / (10 * HOUR_ms) };
}

/** Over all conductors. Where nobody meters it is what it may draw: the best that is known. */
function drawOf({ draw_dA, contactor, lease, phases }: Report): Deciamps {
  if (draw_dA !== null) return sumOf(PHASES, (phase) => Math.max(0, draw_dA[phase]));
  return contactor === 'closed' ? (lease?.limit_dA ?? 0) * phases.length : 0;
}

type Car = { readonly phases: readonly Phase[]; readonly maximum_dA: Deciamps };
type ToldCar = Car & {
  /** It has stopped by itself: full, or at its own limit. */
  readonly isResting: boolean;
};

export function goalOf({ goal }: SlaveRecord, { phases, maximum_dA }: Car, at: Milliseconds): Goal | null {
  if (goal === null) return null;
  const missing_Wh = Math.max(0, goal.needs_Wh - goal.had_Wh);
  const left_ms = Math.max(0, goal.leavesAt - at);
  const watts = (VOLTS * phases.length) / 10;
  // Of who is late already: all that it may have.
  const pace_dA = left_ms === 0 ? maximum_dA : Math.ceil((missing_Wh * HOUR_ms) / left_ms / watts);
  const quickest_ms = Math.ceil((missing_Wh * HOUR_ms) / (watts * maximum_dA));
  return { pace_dA: missing_Wh === 0 ? 0 : Math.min(pace_dA, maximum_dA), laxity_ms: left_ms - quickest_ms };
}

/** One sentence for each goal; who cannot be ready is told so as soon as it is known. */
export function goalsText(state: MasterState, at: Milliseconds, config: MasterConfig): string {
  if (!config.roster.some(({ id }) => (state.slaves[id]?.goal ?? null) !== null)) return 'none';
  const sharers = sharersOn(state, config);
  const told = config.roster.flatMap((entry) => {
    const record = state.slaves[entry.id];
    if (record === undefined || record.goal === null) return [];
    const car = carOf(record, entry, at);
    const share_dA = Math.min(car.maximum_dA, shareOn(state, entry.circuit, car.phases, { sharers, config }));
    const has = { share_dA, limit_dA: usedBy(record, at) ? Math.min(car.maximum_dA, record.limit_dA) : 0 };
    return [`${entry.id} ${sentenceOf(record.goal, car, has, at)}`];
  });
  return told.join('; ');
}

/**
 * Where others leave it more than its share, for they have time or draw less, it counts on that: if it uses it, and is
 * heard.
 */
function usedBy(record: SlaveRecord, at: Milliseconds): boolean {
  const { need, limit_dA, report } = record;
  if (report === null || need !== 'charging' || !isHeard(record, at)) return false;
  const { draw_dA } = report.message;
  return draw_dA === null || PHASES.some((phase) => draw_dA[phase] >= limit_dA - UNUSED_dA);
}

function carOf(record: SlaveRecord, { maximum_dA }: RosterEntry, at: Milliseconds): ToldCar {
  const { report } = record;
  // What becomes of the car of one that is not heard nobody knows.
  const isResting = record.need === 'resting' && isHeard(record, at);
  if (report === null) return { phases: PHASES, maximum_dA, isResting };
  const { phases, demand_dA } = report.message;
  return { phases, maximum_dA: demand_dA > 0 ? Math.min(demand_dA, maximum_dA) : maximum_dA, isResting };
}

/** Less reads as 0.0. */
const SMALLEST_kWh = 0.05;

type Has = { readonly share_dA: Deciamps; readonly limit_dA: Deciamps };

function sentenceOf(goal: GoalRecord, car: ToldCar, { share_dA, limit_dA }: Has, at: Milliseconds): string {
  const hours = Math.max(0, goal.leavesAt - at) / HOUR_ms;
  const missing_kWh = Math.max(0, goal.needs_Wh - goal.had_Wh) / 1000;
  const reached_kWh = (current_dA: Deciamps): number => (current_dA * VOLTS * car.phases.length * hours) / 10_000;
  if (missing_kWh < SMALLEST_kWh) return 'is ready';
  if (car.isResting) return `takes no more: its car has stopped with ${missing_kWh.toFixed(1)} kWh to go`;
  const needs = `needs ${missing_kWh.toFixed(1)} kWh in ${timeText(hours)}`;
  const short = (by: Deciamps): string => (missing_kWh - reached_kWh(by)).toFixed(1);
  if (reached_kWh(car.maximum_dA) < missing_kWh)
    return `cannot be ready: ${needs}, at its ${amps(car.maximum_dA)} A ${short(car.maximum_dA)} kWh are missing`;
  const has_dA = Math.max(share_dA, limit_dA);
  const words = limit_dA > share_dA ? `the ${amps(has_dA)} A that it has` : `a fair share of ${amps(has_dA)} A`;
  if (reached_kWh(has_dA) < missing_kWh)
    return `may not be ready: ${needs}, with ${words} ${short(has_dA)} kWh are missing`;
  return `will be ready: ${needs}`;
}

function timeText(hours: number): string {
  const minutes = Math.round(60 * hours);
  return minutes < 120 ? `${minutes} min` : `${hours.toFixed(1)} h`;
}

type Sharers = ReadonlyMap<string, PerPhase<number>>;

/** How many have a place on each conductor of each circuit. */
function sharersOn(state: MasterState, config: MasterConfig): Sharers {
  const counts = new Map<string, PerPhase<number>>();
  for (const { id, circuit } of config.roster) {
    const record = state.slaves[id];
    if (record === undefined || record.seatedAt === null) continue;
    const phases = record.report?.message.phases ?? PHASES;
    for (const one of pathOf(config, circuit)) {
      const before = counts.get(one.id) ?? perPhase(() => 0);
      counts.set(
        one.id,
        mapPhases(before, (count, phase) => count + (phases.includes(phase) ? 1 : 0)),
      );
    }
  }
  return counts;
}

type Site = { readonly sharers: Sharers; readonly config: MasterConfig };

/** What is fair, as things stand now, on the branch that leaves least: its limit less the house, over all who charge. */
function shareOn(state: MasterState, circuit: string, phases: readonly Phase[], { sharers, config }: Site): Deciamps {
  const shares = pathOf(config, circuit).flatMap((one) => {
    const beside = state.circuits[one.id]?.recent.at(-1)?.beside_dA;
    const counts = sharers.get(one.id);
    return phases.map((phase) => (one.limit_dA[phase] - (beside?.[phase] ?? 0)) / Math.max(1, counts?.[phase] ?? 0));
  });
  return Math.max(0, Math.floor(Math.min(...shares)));
}
