// From records to numbers: the site as the balancing sees it in this very cycle.
import { OLDEST_SAMPLE_FOR_RAISE_ms, reservation, silenceOf } from '@fairamp/leases';
import type { ChargePoint, Mains, Site } from '@fairamp/balancing';
import {
  assert,
  perPhase,
  PHASES,
  type Because,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
} from '@fairamp/units';
import { isHeard } from './answers.js';
import type { MasterConfig, MasterState, RosterEntry, SlaveRecord } from './types.js';

/** A push source samples up to 0.9 s before it sends (wire.md 2), and a report is up to 1 s apart from the next. */
const DRAW_AROUND_ms: Milliseconds = 2_000;
const SAMPLED_BEFORE_ms: Milliseconds = 900;

export function siteOf(state: MasterState, at: Milliseconds, config: MasterConfig): Site {
  const chargePoints = config.roster.flatMap((entry) => {
    const record = state.slaves[entry.id];
    return record === undefined ? [] : [chargePointOf(record, entry, { state, at, config })];
  });
  const { mains_dA, mainsPhases } = config;
  return {
    now: at,
    limit_dA: mains_dA,
    mainsPhases,
    mains: mainsOf(state, config),
    barred: barredForAll(state, at, config),
    chargePoints,
  };
}

function mainsOf(state: MasterState, config: MasterConfig): Mains {
  const { newest } = state.freshness;
  if (config.mode === 'normal') return { kind: 'dedicated' };
  assert(newest !== null, 'in Smart mode there is no decision without a sample');
  return { kind: 'measured', current_dA: newest.current_dA, signed: newest.signed };
}

/** Rule 8: silence; rule 6: a raise needs a sample of at most 5 s. */
function barredForAll(state: MasterState, at: Milliseconds, config: MasterConfig): readonly Because[] {
  if (config.mode === 'normal') return at - state.startedAt < silenceOf(config.oldestSample_ms) ? ['silence'] : [];
  const { newest } = state.freshness;
  if (newest === null) return ['stale-mains'];
  const isSilent = newest.namedFor_ms < silenceOf(config.oldestSample_ms);
  const isStale = at - newest.measuredAt > OLDEST_SAMPLE_FOR_RAISE_ms;
  return [...(isSilent ? (['silence'] as const) : []), ...(isStale ? (['stale-mains'] as const) : [])];
}

/** The least that a pilot can offer: IEC 61851-1 Table A.7. */
const LOWEST_dA: Deciamps = 60;

type Cycle = { readonly state: MasterState; readonly at: Milliseconds; readonly config: MasterConfig };

function chargePointOf(record: SlaveRecord, entry: RosterEntry, cycle: Cycle): ChargePoint {
  const { at, config, state } = cycle;
  const { id, need, since, limit_dA, answered_dA, raisedAt } = record;
  const heard = isHeard(record, at);
  const { phases, maximum_dA, maximumBecause, obeyed_dA } = toldBy(record, entry, heard ? null : config.mainsPhases);
  return {
    id,
    need,
    since,
    phases,
    maximum_dA,
    maximumBecause,
    minimum_dA: Math.max(Math.min(config.min_dA, maximum_dA), LOWEST_dA),
    limit_dA,
    obeyed_dA,
    reserved_dA: reservation(record.page, at),
    isMetered: record.report?.message.draw_dA !== null,
    drawHigh_dA: drawHigh(record, state, at),
    drawBefore_dA: drawBefore(record, state, at),
    drawLow_dA: answered_dA,
    heard,
    raisedAt,
    barred: at < record.duplicateUntil ? ['duplicate-id'] : [],
  };
}

type Told = Pick<ChargePoint, 'phases' | 'maximum_dA' | 'maximumBecause' | 'obeyed_dA'>;

/** @param instead of its own word on the conductors it uses: unheard, it may use every one that is there */
function toldBy(record: SlaveRecord, entry: RosterEntry, instead: readonly Phase[] | null): Told {
  if (record.report === null) {
    return { phases: instead ?? PHASES, maximum_dA: entry.maximum_dA, maximumBecause: 'setting-max', obeyed_dA: 0 };
  }
  const { phases, demand_dA, demandBecause, lease } = record.report.message;
  const asked = demand_dA === 0 ? entry.maximum_dA : demand_dA;
  return {
    phases: instead ?? phases,
    maximum_dA: Math.max(Math.min(asked, entry.maximum_dA), LOWEST_dA),
    maximumBecause: demandBecause,
    obeyed_dA: lease?.limit_dA ?? 0,
  };
}

/** The highest draw that its reports show around the time of the sample and since. */
function drawHigh(record: SlaveRecord, state: MasterState, at: Milliseconds): PerPhase<Deciamps> {
  return highestOf(record, sampledAt(state, at) - DRAW_AROUND_ms, at);
}

/** The same without what they show since: where none is so old, since it has only just been heard, the whole. */
function drawBefore(record: SlaveRecord, state: MasterState, at: Milliseconds): PerPhase<Deciamps> {
  const until = sampledAt(state, at) - SAMPLED_BEFORE_ms;
  const isTold = record.draws.some((note) => note.at <= until);
  return highestOf(record, sampledAt(state, at) - DRAW_AROUND_ms, isTold ? until : at);
}

function sampledAt({ freshness: { newest } }: MasterState, at: Milliseconds): Milliseconds {
  return newest?.measuredAt ?? at;
}

function highestOf({ draws }: SlaveRecord, from: Milliseconds, to: Milliseconds): PerPhase<Deciamps> {
  const around = draws.filter((note) => note.at >= from && note.at <= to);
  return perPhase((phase) => Math.max(0, ...around.map((note) => note.draw_dA[phase])));
}
