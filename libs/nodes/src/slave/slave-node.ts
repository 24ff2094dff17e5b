// The slave as a whole: grants and board readings in, board commands and reports out. Three machines side by side:
// the lease (may I?), the charge point (control pilot and session) and the meter. Board commands come first in every
// answer, so that opening the contactor waits for no message.
import {
  initialEvse,
  stepEvse,
  viewEvse,
  type BoardEvent,
  type EvseCommand,
  type EvseConfig,
  type EvseEvent,
  type EvseState,
  type EvseView,
} from '@fairamp/evse';
import { heldLimit, initialLease, isSilent, observeOutputs, offerGrant, type LeaseState } from '@fairamp/leases';
import { decodeMessage, grantTopic } from '@fairamp/protocol';
import type { Deciamps, FailSafe, Milliseconds, Phase } from '@fairamp/units';
import {
  drop,
  refusing,
  type AcknowledgedInput,
  type BoardInput,
  type BoardOutput,
  type ConnectedInput,
  type Dropped,
  type MessageInput,
  type Note,
  type Publish,
  type Stepped,
  type TickInput,
} from '../node.js';
import { forgetCar, initialDraw, meterDraw, byConductor, type DrawState } from './draw.js';
import { forgotten, initialReporting, reportIfDue, type ReportingState } from './reporting.js';

export type SlaveConfig = {
  readonly site: string;
  readonly id: string;
  readonly key: Uint8Array;
  readonly pairedMaster: string | null;
  readonly failSafe: FailSafe;
  /** The mains' conductor at each of its terminals, in order: one or three. */
  readonly wired: readonly Phase[];
  readonly evse: EvseConfig;
};

export type SlaveState = {
  readonly lease: LeaseState;
  readonly evse: EvseState;
  readonly draw: DrawState;
  /** What the charge point was last told. */
  readonly told: { readonly limit_dA: Deciamps; readonly silent: boolean; readonly isShort: boolean };
  readonly reporting: ReportingState;
  readonly dropped: Dropped;
};

export type SlaveInput = MessageInput | TickInput | BoardInput | ConnectedInput | AcknowledgedInput;
export type SlaveOutput = BoardOutput | Publish | Note;

/** What outlives a process. */
export type KeptSlave = { readonly residualLatched: boolean };
export const NOTHING_KEPT: KeptSlave = { residualLatched: false };

/** @param boot 64 bits of the kernel's random source, new for each start of the process that holds the lease */
export function initialSlave(boot: string, at: Milliseconds, kept = NOTHING_KEPT): SlaveState {
  return {
    lease: initialLease(boot, at),
    evse: initialEvse(at, kept.residualLatched),
    draw: initialDraw(at),
    told: { limit_dA: 0, silent: false, isShort: false },
    reporting: initialReporting,
    dropped: {},
  };
}

export function stepSlave(state: SlaveState, input: SlaveInput, config: SlaveConfig): Stepped<SlaveState, SlaveOutput> {
  const at = input.kind === 'board' ? input.event.at : input.at;
  // A lease that has ended meanwhile is noticed before anything that could renew it.
  const ended = isTold(state, at) ? { state, outputs: [] } : settle(state, at, config);
  const heard = hear(ended.state, input, config);
  const settled = settle(heard.state, at, config);
  const reported = reportIfDue(settled.state, settled.view, at, config);
  const outputs = [...ended.outputs, ...heard.outputs, ...settled.outputs, ...reported.outputs];
  return { state: reported.state, outputs };
}

function hear(state: SlaveState, input: SlaveInput, config: SlaveConfig): Stepped<SlaveState, SlaveOutput> {
  switch (input.kind) {
    case 'message':
      return hearGrant(state, input, config);
    case 'board':
      return hearBoard(state, input.event, config);
    case 'connected':
      return { state: { ...state, reporting: forgotten(state.reporting) }, outputs: [] };
    case 'tick':
    case 'acknowledged':
      return chargePoint(state, { kind: input.kind, at: input.at }, config);
  }
}

/** What is metered is for both: the charge point watches its limit, the node tells what the mains lose. */
function hearBoard(state: SlaveState, event: BoardEvent, config: SlaveConfig): Stepped<SlaveState, SlaveOutput> {
  if (event.kind !== 'draw-metered') return chargePoint(state, event, config);
  const draw = meterDraw(state.draw, byConductor(event.draw_dA, config.wired), event.at);
  return chargePoint({ ...state, draw }, event, config);
}

function hearGrant(state: SlaveState, input: MessageInput, config: SlaveConfig): Stepped<SlaveState, SlaveOutput> {
  const dropped = refusing(state, input.topic);
  if (input.topic !== grantTopic(config.site, config.id)) return dropped('topic', 'not the topic of my grants');
  const grant = decodeMessage('grant', input.payload, config);
  if (!grant.ok) return dropped(grant.reason, grant.detail);
  if (grant.value.to !== config.id) return dropped('addressee', `to "${grant.value.to}", not "${config.id}"`);
  // By name: to spread and add a field costs as much as the rest of hearing a grant.
  const { from, epoch, n, echo, limit_dA, validFor_ms, raise, because } = grant.value;
  const offer = { from, epoch, n, echo, limit_dA, validFor_ms, raise, because, retained: input.retained };
  const { state: lease, verdict } = offerGrant(state.lease, offer, input.at, { pairedMaster: config.pairedMaster });
  if (verdict.accepted) return { state: { ...state, lease }, outputs: [] };
  const refusedState = { ...state, lease };
  // Counted with the others, but no bad input: a repetition that came when a newer lease was already held.
  if (verdict.refusal === 'changes-nothing') {
    return { state: { ...refusedState, dropped: drop(state.dropped, verdict.refusal) }, outputs: [] };
  }
  return refusing(refusedState, input.topic)(verdict.refusal, `grant ${epoch.count}.${n} of "${from}"`);
}

/** What was settled stays so until an input, or time for the lease, changes it. */
function isTold({ lease, told }: SlaveState, at: Milliseconds): boolean {
  const isSameLimit = told.limit_dA === heldLimit(lease, at) && told.silent === isSilent(lease, at);
  return isSameLimit && told.isShort === isShort(lease, at);
}

/** NO CURRENT is the master's word: not enough even for this car alone. */
function isShort(lease: LeaseState, at: Milliseconds): boolean {
  return heldLimit(lease, at) === 0 && !isSilent(lease, at) && lease.because.includes('no-current');
}

type Settled = Stepped<SlaveState, SlaveOutput> & { readonly view: EvseView };

/** Tells the charge point what the lease allows now, and the lease what the outputs do now. */
function settle(state: SlaveState, at: Milliseconds, config: SlaveConfig): Settled {
  const told = isTold(state, at) ? { state, outputs: [] } : tell(state, at, config);
  const { evse, lease, draw } = told.state;
  const view = viewEvse(evse, config.evse);
  const observed = observeOutputs(lease, view);
  const known = view.pilot === 'A' ? forgetCar(draw) : draw;
  const isSame = observed === lease && known === draw;
  return {
    state: isSame ? told.state : { ...told.state, lease: observed, draw: known },
    outputs: told.outputs,
    view,
  };
}

function tell(state: SlaveState, at: Milliseconds, config: SlaveConfig): Stepped<SlaveState, SlaveOutput> {
  const limit_dA = heldLimit(state.lease, at);
  const silent = isSilent(state.lease, at);
  const short = isShort(state.lease, at);
  const since = silent ? state.lease.endsAt : at;
  const limited =
    limit_dA === state.told.limit_dA && short === state.told.isShort
      ? { state, outputs: [] }
      : chargePoint(state, { kind: 'limit-changed', at, limit_dA, since, isShort: short }, config);
  const linked =
    silent === state.told.silent
      ? { state: limited.state, outputs: [] }
      : chargePoint(limited.state, { kind: 'link-changed', at, silent }, config);
  return {
    state: { ...linked.state, told: { limit_dA, silent, isShort: short } },
    outputs: [...limited.outputs, ...linked.outputs],
  };
}

function chargePoint(state: SlaveState, event: EvseEvent, config: SlaveConfig): Stepped<SlaveState, SlaveOutput> {
  const stepped = stepEvse(state.evse, event, config.evse);
  return { state: { ...state, evse: stepped.state }, outputs: stepped.commands.map((command) => outputOf(command)) };
}

function outputOf(command: EvseCommand): BoardOutput | Note {
  if (command.kind === 'note') return { kind: 'note', level: 'info', key: command.text, text: command.text };
  return { kind: 'board', command };
}
