// When the slave reports, and what. Each second and on every change: a change is anything that the master decides on,
// an acknowledgement above all. What only drifts (the draw, the clock) waits for the second. Beside the report it
// keeps the plain values for people.
import { viewEvse } from '@fairamp/evse';
import { CYCLE_ms, heldLimit, isSilent } from '@fairamp/leases';
import { encodeMessage, plainTopic, reportTopic, type Unsigned } from '@fairamp/protocol';
import { amps, type Milliseconds } from '@fairamp/units';
import { publishChanged, REPEATED_EACH, type Publish, type Stepped } from '../node.js';
import { drawLow, drawNow, phasesInUse } from './draw.js';
import { demandBecause } from './demand.js';
import type { SlaveConfig, SlaveState } from './slave-node.js';

export type ReportingState = {
  readonly seq: number;
  readonly reportedAt: Milliseconds | null;
  /** What the master decides on, as last reported. */
  readonly decisive: string;
  /** The grant last acknowledged. */
  readonly answered: string;
  readonly published: Readonly<Record<string, string>>;
};

export const initialReporting: ReportingState = { seq: 0, reportedAt: null, decisive: '', answered: '', published: {} };

/** After a connect everything is said once more: the broker may have forgotten it. */
export function forgotten(state: ReportingState): ReportingState {
  return { ...state, reportedAt: null, published: {} };
}

/** A slave may send 20 messages a second (design 5); five reports and their plain values stay below. */
const CLOSEST_ms = 200;

type Body = Unsigned<'report'>;

export function reportIfDue(state: SlaveState, at: Milliseconds, config: SlaveConfig): Stepped<SlaveState, Publish> {
  const { reporting } = state;
  const body = bodyOf(state, at, config);
  const { lease } = body;
  const decisive = JSON.stringify([body.session, body.pilot, body.contactor, body.demand_dA, body.phases, body.faults]);
  const answered = JSON.stringify(lease);
  const since = reporting.reportedAt === null ? Infinity : at - reporting.reportedAt;
  // An acknowledgement is never held back: the master's next decision waits for it.
  const changed = answered !== reporting.answered || (decisive !== reporting.decisive && since >= CLOSEST_ms);
  if (!changed && since < CYCLE_ms) return { state, outputs: [] };
  const report: Publish = {
    kind: 'publish',
    topic: reportTopic(config.site, config.id),
    payload: encodeMessage('report', body, config),
    retain: true,
  };
  const plain = publishChanged(
    body.seq % REPEATED_EACH === 0 ? {} : reporting.published,
    plainValues(state, body, at, config),
  );
  const next = { seq: body.seq, reportedAt: at, decisive, answered, published: plain.published };
  return { state: { ...state, reporting: next }, outputs: [report, ...plain.outputs] };
}

function bodyOf(state: SlaveState, at: Milliseconds, config: SlaveConfig): Body {
  const view = viewEvse(state.evse, config.evse);
  const { obeyed } = state.lease;
  return {
    from: config.id,
    boot: state.lease.boot,
    seq: state.reporting.seq + 1,
    t: at,
    session: view.session,
    pilot: view.pilot,
    contactor: view.contactorOpen ? 'open' : 'closed',
    lease:
      obeyed === null ? null : { epoch: obeyed.epoch, n: obeyed.n, limit_dA: obeyed.limit_dA, endsAt_t: obeyed.endsAt },
    fallback: null,
    draw_dA: drawNow(state.draw, at),
    drawLow_dA: drawLow(state.draw, at),
    demand_dA: view.demand_dA,
    demandBecause: demandBecause(view.demand_dA, config.evse),
    phases: [...phasesInUse(state.draw, config.wired)],
    faults: [...view.faults],
    failSafe: config.failSafe,
  };
}

function plainValues(state: SlaveState, body: Body, at: Milliseconds, config: SlaveConfig): Record<string, string> {
  const topic = (leaf: string): string => plainTopic(config.site, 'slave', config.id, leaf);
  const draw = body.draw_dA;
  return {
    [topic('state')]: body.session,
    [topic('limit_A')]: amps(heldLimit(state.lease, at)),
    [topic('draw_A')]: draw === null ? 'not metered' : `L1 ${amps(draw.L1)}  L2 ${amps(draw.L2)}  L3 ${amps(draw.L3)}`,
    [topic('because')]:
      isSilent(state.lease, at) || state.lease.because.length === 0 ? 'no-grant' : state.lease.because.join(', '),
    [topic('faults')]: body.faults.length === 0 ? 'none' : body.faults.join(', '),
  };
}
