// One charge point as its reports tell it: the level of its draw, and a movement to another one. A movement has settled
// when nothing has changed for a while; without a meter it is the offer that moves, and the car has its time to follow.
import { type Deciamps, type Milliseconds, type PerPhase, PHASES, mapPhases } from '@fairamp/units';
import { type Table, NOTHING_SEEN, added } from './posterior.js';
import type { Answer, ChargePointEvent } from './types.js';
import { type Session, NO_STEPS, tableOf } from './session.js';

export type Level = {
  /** 0 with an open contactor. */
  readonly offer_dA: Deciamps;
  /** null = unmetered. */
  readonly draw_dA: PerPhase<Deciamps> | null;
};

export type Movement = {
  /** The newest report that changed anything. */
  readonly lastAt: Milliseconds;
  readonly to: Level;
};

export type PointState = {
  readonly toldAt: Milliseconds;
  readonly isClosed: boolean;
  /** null = not heard yet. */
  readonly level: Level | null;
  readonly movement: Movement | null;
  readonly table: Table;
  /** What the steps of the present car say, where it is unmetered. */
  readonly session: Session;
  /** What an unmetered car draws on each of its conductors, by the steps that were seen; null = one was not. */
  readonly drawn_dA: number | null;
  /** Its car is gone, but the step with which it stopped is still open. */
  readonly hasLeft: boolean;
  readonly starts: number;
  readonly steps: number;
  readonly carSteps: number;
  readonly latest: readonly Answer[];
};

export function initialPoint(): PointState {
  const seen = {
    table: NOTHING_SEEN,
    session: NO_STEPS,
    drawn_dA: null,
    hasLeft: false,
    starts: 0,
    steps: 0,
    carSteps: 0,
    latest: [],
  };
  return { toldAt: -Infinity, isClosed: false, level: null, movement: null, ...seen };
}

/** What a charge point's own meter calls a change, and what it may waver by once it has settled. */
const CHANGE_dA = 7;
const WAVER_dA = 4;
/** A level follows a slow drift, as of a battery that is nearly full. */
const FOLLOW = 1 / 4;
/** Reports so far apart say nothing of the time between. */
const LONGEST_SILENCE_ms: Milliseconds = 5_000;
/** By then a lease has ended and the car stands still. */
const DEAD_AFTER_ms: Milliseconds = 60_000;

export function hearPoint(point: PointState, event: ChargePointEvent): PointState {
  const isClosed = event.contactor === 'closed';
  const now: Level = { offer_dA: isClosed ? event.obeyed_dA : 0, draw_dA: event.draw_dA };
  const starts = point.starts + (isClosed && !point.isClosed ? 1 : 0);
  const told = { ...point, toldAt: event.at, isClosed, starts };
  const { level, movement } = point;
  if (level === null || isLost(point, event))
    return { ...told, level: now, movement: null, drawn_dA: now.offer_dA === 0 ? 0 : null };
  if (movement !== null) return differs(movement.to, now, WAVER_dA) ? { ...told, movement: begin(event, now) } : told;
  return differs(level, now, CHANGE_dA)
    ? { ...told, movement: begin(event, now) }
    : { ...told, level: drifted(level, now) };
}

/** What it did since its last word, nobody knows. */
export function isLost({ level, toldAt }: PointState, { at, draw_dA }: ChargePointEvent): boolean {
  return level !== null && (at - toldAt > LONGEST_SILENCE_ms || (level.draw_dA === null) !== (draw_dA === null));
}

/** It may be changing unheard. */
export function isSilent({ level, isClosed, toldAt }: PointState, at: Milliseconds): boolean {
  const silent_ms = at - toldAt;
  return level !== null && isClosed && silent_ms > LONGEST_SILENCE_ms && silent_ms < DEAD_AFTER_ms;
}

function begin({ at }: ChargePointEvent, to: Level): Movement {
  return { lastAt: at, to };
}

function differs(level: Level, now: Level, by_dA: number): boolean {
  const { draw_dA } = level;
  const to_dA = now.draw_dA;
  if (draw_dA === null || to_dA === null) return Math.abs(now.offer_dA - level.offer_dA) >= by_dA;
  return PHASES.some((phase) => Math.abs(to_dA[phase] - draw_dA[phase]) >= by_dA);
}

function drifted(level: Level, { draw_dA, offer_dA }: Level): Level {
  const was_dA = level.draw_dA;
  if (draw_dA === null || was_dA === null) return level;
  return { offer_dA, draw_dA: mapPhases(was_dA, (was, phase) => was + FOLLOW * (draw_dA[phase] - was)) };
}

/** A sample may be dated up to 2 s wrong; a car has 5 s to follow, and its contactor some tenths. */
const SETTLES_METERED_ms: Milliseconds = 2_000;
const SETTLES_UNMETERED_ms: Milliseconds = 6_000;

/** From when on a sample shows the car after its movement. */
export function settlesAt({ movement }: PointState): Milliseconds {
  if (movement === null) return -Infinity;
  return movement.lastAt + (movement.to.draw_dA === null ? SETTLES_UNMETERED_ms : SETTLES_METERED_ms);
}

/** The movement is over, whatever came of it. */
export function settle(point: PointState): PointState {
  const { movement, hasLeft } = point;
  if (movement === null) return point;
  const drawn_dA = movement.to.offer_dA === 0 ? 0 : point.drawn_dA;
  const settled = { ...point, level: movement.to, movement: null, drawn_dA };
  return hasLeft ? begun(settled) : settled;
}

/** The car is gone. */
export function leave(point: PointState): PointState {
  return point.movement === null ? begun(point) : { ...point, hasLeft: true };
}

/** The next car may use other conductors; what the last one showed of the wiring stays. */
function begun(point: PointState): PointState {
  const table = added(point.table, tableOf(point.session));
  return { ...point, table, session: NO_STEPS, carSteps: 0, hasLeft: false };
}
