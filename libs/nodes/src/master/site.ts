// From records to numbers: the site as the balancing sees it in this very cycle.
import { OLDEST_SAMPLE_FOR_RAISE_ms, reservation, silenceOf } from '@fairamp/leases';
import type { ChargePoint, Site } from '@fairamp/balancing';
import {
  MAINS,
  perPhase,
  PHASES,
  type Because,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
} from '@fairamp/units';
import { isHeard } from './answers.js';
import { verdictOn } from './belief.js';
import { circuitsNow, isUnknown, metersOn, sampleOn } from './circuits.js';
import { goalOf } from './goals.js';
import { SAMPLED_BEFORE_ms, inferredFor, probeOf } from './inferred.js';
import type { MasterConfig, MasterState, RosterEntry, SlaveRecord } from './types.js';

/** A push source samples some time before it sends (SAMPLED_BEFORE_ms), and a report is up to 1 s apart from the next. */
const DRAW_AROUND_ms: Milliseconds = 2_000;

export function siteOf(state: MasterState, at: Milliseconds, config: MasterConfig): Site {
  const chargePoints = config.roster.flatMap((entry) => {
    const record = state.slaves[entry.id];
    return record === undefined ? [] : [chargePointOf(record, entry, { state, at, config })];
  });
  const { turn_ms } = config;
  const barred = barredForAll(state, at, config);
  return { now: at, circuits: circuitsNow(state, at, config), barred, turn_ms, chargePoints };
}

/** Rule 8: silence; rule 6: a raise needs a sample of at most 5 s. */
function barredForAll(state: MasterState, at: Milliseconds, config: MasterConfig): readonly Because[] {
  if (config.mode === 'normal') return at - state.startedAt < silenceOf(config.oldestSample_ms) ? ['silence'] : [];
  const { newest } = state.freshness;
  if (newest === null) return ['stale-mains'];
  const isProbed = config.roster.some(({ id }) => probeOf(state, id, at) !== null);
  const isDoubtful = verdictOn(state, MAINS, at).level === 'doubtful';
  const isSilent = newest.namedFor_ms < silenceOf(config.oldestSample_ms);
  const isStale = at - newest.measuredAt > OLDEST_SAMPLE_FOR_RAISE_ms;
  return [
    ...(isSilent ? (['silence'] as const) : []),
    ...(isStale ? (['stale-mains'] as const) : []),
    ...(isDoubtful ? (['doubtful-meter'] as const) : []),
    ...(isProbed ? (['probe'] as const) : []),
  ];
}

/** The least that a pilot can offer: IEC 61851-1 Table A.7. */
const LOWEST_dA: Deciamps = 60;

type Cycle = { readonly state: MasterState; readonly at: Milliseconds; readonly config: MasterConfig };

function chargePointOf(record: SlaveRecord, entry: RosterEntry, cycle: Cycle): ChargePoint {
  const { at, config } = cycle;
  const { id, need, since, seatedAt, waitsSince, limit_dA, raisedAt, loweredAt } = record;
  const heard = isHeard(record, at);
  const { phases, maximum_dA, maximumBecause, obeyed_dA } = toldBy(record, entry, heard ? null : config.mainsPhases);
  const minimum_dA = entry.minimum_dA ?? config.min_dA;
  const { circuit, priority } = entry;
  return {
    id,
    circuit,
    need,
    since,
    seatedAt,
    waitsSince,
    priority,
    goal: goalOf(record, { phases, maximum_dA }, at),
    phases,
    maximum_dA,
    maximumBecause,
    minimum_dA: Math.max(Math.min(minimum_dA, maximum_dA), LOWEST_dA),
    limit_dA,
    obeyed_dA,
    reserved_dA: reservation(record.page, at),
    ...drawsOf(record, entry, cycle),
    heard,
    raisedAt,
    loweredAt,
    barred: barredFor(record, entry, cycle),
  };
}

type Draws = Pick<ChargePoint, 'isMetered' | 'drawHigh_dA' | 'drawBefore_dA' | 'drawLow_dA' | 'drawLowOn'>;

/** What its meter tells; else what the meters above infer, and where they know nothing either, all that it may. */
function drawsOf(record: SlaveRecord, { circuit }: RosterEntry, { state, at, config }: Cycle): Draws {
  const { answers, report } = record;
  if (report?.message.draw_dA === null) {
    const { high_dA, lowOn } = inferredFor(state, record.id, metersOn(config, circuit));
    const drawHigh_dA = high_dA ?? perPhase(() => 0);
    const drawLow_dA = lowOn[MAINS] ?? null;
    return { isMetered: false, drawHigh_dA, drawBefore_dA: drawHigh_dA, drawLow_dA, drawLowOn: lowOn };
  }
  return {
    isMetered: true,
    drawHigh_dA: drawHigh(record, state, at),
    drawBefore_dA: drawBefore(record, state, at),
    drawLow_dA: answers[MAINS]?.low_dA ?? null,
    drawLowOn: mapped(answers, ({ low_dA }) => low_dA),
  };
}

function mapped<T, U>(of: Readonly<Record<string, T>>, map: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(of).map(([name, value]): [string, U] => [name, map(value)]));
}

/** Beside what bars everybody: two slaves with its id, and a meter below the mains whose sample is too old. */
function barredFor(record: SlaveRecord, { circuit }: RosterEntry, { state, at, config }: Cycle): readonly Because[] {
  const isTwice = at < record.duplicateUntil;
  const isStale = metersOn(config, circuit).some((one) => {
    const sample = sampleOn(state, one, at);
    if (one.id === MAINS) return false;
    return sample === null ? isUnknown(state, one, at) : at - sample.measuredAt > OLDEST_SAMPLE_FOR_RAISE_ms;
  });
  const isDoubtful = metersOn(config, circuit).some(
    ({ id }) => id !== MAINS && verdictOn(state, id, at).level === 'doubtful',
  );
  return [
    ...(isDoubtful ? (['doubtful-meter'] as const) : []),
    ...(isTwice ? (['duplicate-id'] as const) : []),
    ...(isStale ? (['stale-mains'] as const) : []),
  ];
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

/** The highest draw that its reports show around the time of the sample and since; were some lost, the last before. */
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
  const told = draws.filter((note) => note.at >= from && note.at <= to);
  // Not for ever: of who is not heard any more nothing stays.
  const before = draws.filter((note) => note.at < from && note.at >= from - DRAW_AROUND_ms);
  const around = told.length > 0 ? told : before.slice(-1);
  return perPhase((phase) => Math.max(0, ...around.map((note) => note.draw_dA[phase])));
}
