// When the slave reports, and what. Each second and on every change: a change is anything that the master decides on,
// an acknowledgement above all. What only drifts (the draw, the clock) waits for the second. Beside the report it
// keeps the plain values for people.
import type { EvseView } from '@fairamp/evse';
import { CYCLE_ms, heldLimit, isSilent, type Held } from '@fairamp/leases';
import { plainTopic, reportTopic, type Unsigned } from '@fairamp/protocol';
import { amps, type Milliseconds, type Phase } from '@fairamp/units';
import { publishChanged, publishSigned, REPEATED_EACH, type Publish, type Stepped } from '../node.js';
import { drawLow, drawNow, phasesInUse } from './draw.js';
import { demandBecause } from './demand.js';
import type { SlaveConfig, SlaveState } from './slave-node.js';

export type ReportingState = {
  readonly seq: number;
  readonly reportedAt: Milliseconds | null;
  /** What the master decides on, as last reported. */
  readonly decisive: Decisive | null;
  /** The grant last acknowledged. */
  readonly answered: Held | null;
  readonly published: Readonly<Record<string, string>>;
};

export const initialReporting: ReportingState = {
  seq: 0,
  reportedAt: null,
  decisive: null,
  answered: null,
  published: {},
};

/** After a connect everything is said once more: the broker may have forgotten it. */
export function forgotten(state: ReportingState): ReportingState {
  return { ...state, reportedAt: null, published: {} };
}

/** A slave may send 20 messages a second (design 5); five reports and their plain values stay below. */
const CLOSEST_ms = 200;

type Decisive = Pick<EvseView, 'session' | 'pilot' | 'contactorOpen' | 'demand_dA' | 'faults'> & {
  readonly phases: readonly Phase[];
};
type Body = Unsigned<'report'>;

/** Asked in every step, so nothing is put together before it is known to be due. */
export function reportIfDue(
  state: SlaveState,
  view: EvseView,
  at: Milliseconds,
  config: SlaveConfig,
): Stepped<SlaveState, Publish> {
  const { reportedAt, decisive, answered } = state.reporting;
  const { session, pilot, contactorOpen, demand_dA, faults } = view;
  const phases = phasesInUse(state.draw, config.wired);
  const now: Decisive = { session, pilot, contactorOpen, demand_dA, faults, phases };
  const since = reportedAt === null ? Infinity : at - reportedAt;
  // An acknowledgement is never held back: the master's next decision waits for it.
  const isAnswer = state.lease.obeyed !== answered;
  const isDue = since >= CYCLE_ms || isAnswer || (since >= CLOSEST_ms && !isSame(decisive, now));
  return isDue ? report(state, now, at, config) : { state, outputs: [] };
}

function isSame(one: Decisive | null, other: Decisive): boolean {
  if (one === null) return false;
  const isSameSession = one.session === other.session && one.contactorOpen === other.contactorOpen;
  const isSameAsking = one.pilot === other.pilot && one.demand_dA === other.demand_dA;
  return isSameSession && isSameAsking && isSameList(one.phases, other.phases) && isSameList(one.faults, other.faults);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((item, index) => item === other[index]));
}

function report(
  state: SlaveState,
  decisive: Decisive,
  at: Milliseconds,
  config: SlaveConfig,
): Stepped<SlaveState, Publish> {
  const body = bodyOf(state, decisive, at, config);
  const said = publishSigned('report', body, { topic: reportTopic(config.site, config.id), seal: config });
  const published = body.seq % REPEATED_EACH === 0 ? {} : state.reporting.published;
  const plain = publishChanged(published, plainValues(state, body, at), (leaf) =>
    plainTopic(config.site, 'slave', config.id, leaf),
  );
  const answered = state.lease.obeyed;
  const reporting = { seq: body.seq, reportedAt: at, decisive, answered, published: plain.published };
  return { state: { ...state, reporting }, outputs: [said, ...plain.outputs] };
}

function bodyOf(state: SlaveState, decisive: Decisive, at: Milliseconds, config: SlaveConfig): Body {
  const { session, pilot, contactorOpen, demand_dA, phases, faults } = decisive;
  const { obeyed } = state.lease;
  return {
    from: config.id,
    boot: state.lease.boot,
    seq: state.reporting.seq + 1,
    t: at,
    session,
    pilot,
    contactor: contactorOpen ? 'open' : 'closed',
    lease:
      obeyed === null ? null : { epoch: obeyed.epoch, n: obeyed.n, limit_dA: obeyed.limit_dA, endsAt_t: obeyed.endsAt },
    fallback: null,
    draw_dA: drawNow(state.draw, at),
    drawLow_dA: drawLow(state.draw, at),
    demand_dA,
    demandBecause: demandBecause(demand_dA, config.evse),
    phases: [...phases],
    faults: [...faults],
    failSafe: config.failSafe,
  };
}

/** By the last word of their topics. */
function plainValues(state: SlaveState, body: Body, at: Milliseconds): Record<string, string> {
  const draw = body.draw_dA;
  const isUngranted = isSilent(state.lease, at) || state.lease.because.length === 0;
  return {
    state: body.session,
    limit_A: amps(heldLimit(state.lease, at)),
    draw_A: draw === null ? 'not metered' : `L1 ${amps(draw.L1)}  L2 ${amps(draw.L2)}  L3 ${amps(draw.L3)}`,
    because: isUngranted ? 'no-grant' : state.lease.because.join(', '),
    faults: body.faults.length === 0 ? 'none' : body.faults.join(', '),
  };
}
