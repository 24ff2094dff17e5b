// A charge point whose LOADBL is Disabled balances for itself: the very slave and the very master of the other apps,
// joined in one process, so that no broker stands between a lone charge point and its own decision. The bridge names
// one decider, so it can never share a mains with a master unnoticed.
import { grantTopic, reportTopic } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import type { BoardOutput, MessageInput, Note, Publish, Stepped } from '../node.js';
import { initialMaster, stepMaster } from '../master/master-node.js';
import type { MasterConfig, MasterOutput, MasterState } from '../master/types.js';
import {
  initialSlave,
  stepSlave,
  type KeptSlave,
  type SlaveConfig,
  type SlaveInput,
  type SlaveOutput,
  type SlaveState,
} from '../slave/slave-node.js';

export type LoneConfig = { readonly slave: SlaveConfig; readonly master: MasterConfig };
export type LoneState = { readonly slave: SlaveState; readonly master: MasterState };
export type LoneInput = SlaveInput;
export type LoneOutput = BoardOutput | Publish | Note | MasterOutput;

/** A report asks for a decision and a grant for a report; two rounds settle it, a third would be a bug. */
const ROUNDS_MAX = 4;

/** One that begins: its boot is that of the process, for the slave and for the master in it. */
export type LoneStart = { readonly boot: string; readonly at: Milliseconds; readonly kept?: KeptSlave };

export function initialLone({ boot, at, kept }: LoneStart, config: LoneConfig): LoneState {
  return { slave: initialSlave(boot, at, kept), master: initialMaster({ count: 1, boot }, at, config.master) };
}

export function stepLone(state: LoneState, input: LoneInput, config: LoneConfig): Stepped<LoneState, LoneOutput> {
  const at = input.kind === 'board' ? input.event.at : input.at;
  // The charge point first: opening the contactor waits for nobody.
  const forSlave = input.kind === 'message' ? null : input;
  const slave =
    forSlave === null ? { state: state.slave, outputs: [] } : stepSlave(state.slave, forSlave, config.slave);
  const forMaster = input.kind === 'board' || input.kind === 'acknowledged' ? null : input;
  const master =
    forMaster === null ? { state: state.master, outputs: [] } : stepMaster(state.master, forMaster, config.master);
  const first = { state: { slave: slave.state, master: master.state }, outputs: [...slave.outputs, ...master.outputs] };
  return settle(first, at, config, ROUNDS_MAX);
}

/** Hands the reports to the master and the grants to the slave until none is left. */
function settle(
  stepped: Stepped<LoneState, LoneOutput>,
  at: Milliseconds,
  config: LoneConfig,
  rounds: number,
): Stepped<LoneState, LoneOutput> {
  const grants = topicOf(stepped.outputs, grantTopic(config.slave.site, config.slave.id));
  const reports = topicOf(stepped.outputs, reportTopic(config.slave.site, config.slave.id));
  if (rounds === 0 || grants.length + reports.length === 0)
    return { state: stepped.state, outputs: withoutGrants(stepped.outputs, config) };
  let { slave, master } = stepped.state;
  const fresh: (SlaveOutput | MasterOutput)[] = [];
  for (const report of reports) {
    const heard = stepMaster(master, asMessage(report, at), config.master);
    master = heard.state;
    fresh.push(...heard.outputs);
  }
  for (const grant of grants) {
    const heard = stepSlave(slave, asMessage(grant, at), config.slave);
    slave = heard.state;
    fresh.push(...heard.outputs);
  }
  const next = settle({ state: { slave, master }, outputs: fresh }, at, config, rounds - 1);
  return { state: next.state, outputs: [...withoutGrants(stepped.outputs, config), ...next.outputs] };
}

function topicOf(outputs: readonly LoneOutput[], topic: string): readonly Publish[] {
  return outputs.filter((output): output is Publish => output.kind === 'publish' && output.topic === topic);
}

/** A grant to oneself has no business on a broker. */
function withoutGrants(outputs: readonly LoneOutput[], config: LoneConfig): readonly LoneOutput[] {
  const own = grantTopic(config.slave.site, config.slave.id);
  return outputs.filter((output) => output.kind !== 'publish' || output.topic !== own);
}

function asMessage(publish: Publish, at: Milliseconds): MessageInput {
  return { kind: 'message', at, topic: publish.topic, payload: publish.payload, retained: false };
}
