// One charge point's draw over time, as levels with movements between them. A movement begins when a report differs
// from the level, and has settled when nothing has changed for a while; without a meter it is the offer that moves, and
// the car has its 5 s to follow.
import { type Deciamps, type Milliseconds, type PerPhase, PHASES } from '@fairamp/units';
import { type Table, NOTHING_SEEN } from './posterior.js';
import { type Reading, type Sample, restOf } from './samples.js';
import type { Answer, ChargePointEvent } from './types.js';
import { type Session, NO_STEPS } from './unmetered.js';

export type Level = {
  readonly from: Milliseconds;
  /** 0 with an open contactor. */
  readonly offer_dA: Deciamps;
  readonly draw_dA: PerPhase<Deciamps> | null;
};

export type Movement = {
  /** The last report at the level before. */
  readonly from: Milliseconds;
  /** The newest report that changed anything. */
  readonly lastAt: Milliseconds;
  readonly to: Level;
  /** The mains at rest before it; null = they were not. */
  readonly before: Reading | null;
};

export type PointState = {
  readonly toldAt: Milliseconds;
  readonly isClosed: boolean;
  /** Newest last; empty before the first report. */
  readonly levels: readonly Level[];
  readonly movement: Movement | null;
  readonly table: Table;
  /** What the steps of the present car say, where it is unmetered. */
  readonly session: Session;
  readonly starts: number;
  readonly steps: number;
  readonly carSteps: number;
  readonly latest: readonly Answer[];
};

export function initialPoint(): PointState {
  const seen = { table: NOTHING_SEEN, session: NO_STEPS, starts: 0, steps: 0, carSteps: 0, latest: [] };
  return { toldAt: -Infinity, isClosed: false, levels: [], movement: null, ...seen };
}

/** What a car's own meter calls a change, and what it may waver by once it has settled. */
const CHANGE_dA = 7;
const WAVER_dA = 4;
/** A level follows a slow drift, as of a battery that is nearly full. */
const FOLLOW = 1 / 4;
const LEVELS_KEPT = 4;
/** Reports so far apart say nothing of the time between. */
const LONGEST_SILENCE_ms: Milliseconds = 5_000;

export function hearPoint(point: PointState, event: ChargePointEvent, samples: readonly Sample[]): PointState {
  const isClosed = event.contactor === 'closed';
  const now: Level = { from: event.at, offer_dA: isClosed ? event.obeyed_dA : 0, draw_dA: event.draw_dA };
  const starts = point.starts + (isClosed && !point.isClosed ? 1 : 0);
  const told = { ...point, toldAt: event.at, isClosed, starts };
  const level = point.levels.at(-1);
  const isLost = event.at - point.toldAt > LONGEST_SILENCE_ms;
  if (level === undefined || isLost || isMetered(level) !== isMetered(now))
    return { ...told, levels: [now], movement: null };
  if (point.movement !== null) return { ...told, movement: goOn(point.movement, now) };
  if (differs(level, now, CHANGE_dA)) return { ...told, movement: begin(point, now, samples) };
  return { ...told, levels: [...point.levels.slice(0, -1), drifted(level, now)] };
}

function begin({ toldAt }: PointState, to: Level, samples: readonly Sample[]): Movement {
  // An offer is told at once and followed later; of a draw only the report before is sure to be from before. What made
  // us change anything is in a sample that had arrived by then, so it shows as unrest and not as an answer.
  const until = isMetered(to) ? toldAt : to.from;
  return { from: until, lastAt: to.from, to, before: restOf(samples, until - OLDEST_BEFORE_ms, until) };
}
const OLDEST_BEFORE_ms: Milliseconds = 40_000;

function goOn(movement: Movement, now: Level): Movement {
  return differs(movement.to, now, WAVER_dA) ? { ...movement, lastAt: now.from, to: now } : movement;
}

function differs(level: Level, now: Level, by_dA: number): boolean {
  const { draw_dA } = level;
  if (draw_dA === null || now.draw_dA === null) return Math.abs(now.offer_dA - level.offer_dA) >= by_dA;
  const to_dA = now.draw_dA;
  return PHASES.some((phase) => Math.abs(to_dA[phase] - draw_dA[phase]) >= by_dA);
}

function drifted(level: Level, { draw_dA, offer_dA }: Level): Level {
  const was_dA = level.draw_dA;
  if (draw_dA === null || was_dA === null) return level;
  const follow = (phase: 'L1' | 'L2' | 'L3'): number => was_dA[phase] + FOLLOW * (draw_dA[phase] - was_dA[phase]);
  return { ...level, offer_dA, draw_dA: { L1: follow('L1'), L2: follow('L2'), L3: follow('L3') } };
}

export function isMetered({ draw_dA }: Level): boolean {
  return draw_dA !== null;
}

/** A sample may be dated up to 2 s wrong; a car has 5 s to follow, and its contactor some tenths. */
const SETTLES_METERED_ms: Milliseconds = 2_000;
const SETTLES_UNMETERED_ms: Milliseconds = 6_000;

/** From when on a sample shows the car after its movement. */
export function settlesAt({ lastAt, to }: Movement): Milliseconds {
  return lastAt + (isMetered(to) ? SETTLES_METERED_ms : SETTLES_UNMETERED_ms);
}

/** The movement is over, whatever came of it. */
export function settle(point: PointState): PointState {
  const { movement, levels } = point;
  if (movement === null) return point;
  const level = { ...movement.to, from: movement.lastAt };
  return { ...point, movement: null, levels: [...levels, level].slice(-LEVELS_KEPT) };
}
