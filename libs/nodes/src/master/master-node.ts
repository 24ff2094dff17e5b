// The master as a whole: reports and samples in, grants and beacons out. One control cycle each second and after each
// sample; nothing is sent but by a completed cycle, so a dead or confused master is simply silent and every lease runs
// out by itself.
import { decide, type Decided } from '@fairamp/balancing';
import { blankPage, CYCLE_ms, initialFreshness, reservation, tidy, type Epoch } from '@fairamp/leases';
import { parseTopic, plainTopic } from '@fairamp/protocol';
import { MAINS, type Milliseconds } from '@fairamp/units';
import { publishChanged, refusing, REPEATED_EACH, type MessageInput, type Stepped } from '../node.js';
import { isAnswered, isHeard } from './answers.js';
import { weighIfDue } from './belief.js';
import { blankCircuits, noteBeside } from './circuits.js';
import { publishChanges } from './changes.js';
import { sendGrants, validForOf } from './grants.js';
import { hearGoal } from './goals.js';
import { hearReport } from './hear-report.js';
import { hearSample } from './hear-sample.js';
import { askLearning, blankLearning } from './learning.js';
import { heldByProbe, probeWhereWorth } from './probes.js';
import { pulse } from './pulse.js';
import { roundIfDue, tellsOf } from './rounds.js';
import { siteOf } from './site.js';
import { statusOf } from './status.js';
import type { MasterConfig, MasterInput, MasterOutput, MasterState, RosterEntry, SlaveRecord } from './types.js';

/** @param epoch count: 1 + the highest ever kept or seen; boot: 64 random bits of this life */
export function initialMaster(epoch: Epoch, at: Milliseconds, config: MasterConfig): MasterState {
  return {
    epoch,
    startedAt: at,
    freshness: initialFreshness(epoch.boot, at),
    circuits: blankCircuits(config, epoch.boot, at),
    slaves: Object.fromEntries(config.roster.map((entry) => [entry.id, blankRecord(entry, at)])),
    learning: blankLearning(config, at),
    asking: null,
    isWaiting: false,
    decidedAt: at,
    weighedAt: at,
    beaconAt: null,
    probedAt: null,
    published: {},
    dropped: {},
  };
}

function blankRecord(entry: RosterEntry, at: Milliseconds): SlaveRecord {
  const { id, maximum_dA, failSafe, fallback_dA } = entry;
  return {
    id,
    page: blankPage({ id, maximum_dA, failSafe, fallback_dA }),
    report: null,
    lives: [],
    duplicateUntil: at,
    n: 0,
    sent: [],
    dated: null,
    answers: { [MAINS]: { from: 1, low_dA: null } },
    renewedOn: null,
    toldAt: null,
    limit_dA: 0,
    because: [],
    raisedAt: null,
    loweredAt: null,
    need: 'none',
    chargedAt: null,
    offeredAt: null,
    since: at,
    seatedAt: null,
    waitsSince: at,
    goal: null,
    draws: [],
  };
}

export function stepMaster(
  state: MasterState,
  input: MasterInput,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const heard = hear(state, input, config);
  const weighed = weighIfDue(heard.state, input.at, config);
  const cycled = cycleIfDue(weighed.state, input.at, config);
  const asked = askLearning(cycled.state, input.at, config);
  const outputs = [...heard.outputs, ...weighed.outputs, ...cycled.outputs, ...asked.outputs];
  return { state: asked.state, outputs };
}

function hear(state: MasterState, input: MasterInput, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  if (input.kind === 'connected') return { state: { ...state, published: {} }, outputs: [] };
  return input.kind === 'message' ? hearMessage(state, input, config) : { state, outputs: [] };
}

function hearMessage(
  state: MasterState,
  input: MessageInput,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const topic = parseTopic(input.topic);
  if (topic === null || topic.site !== config.site) return refusing(state, input.topic)('topic', NOT_OURS);
  switch (`${topic.tree} ${topic.role} ${topic.leaf}`) {
    case 'telemetry slave report':
      return hearReport(state, topic.id, input, config);
    case 'telemetry bridge sample':
      return hearSample(state, topic.id, input, config);
    case 'settings slave goal':
      return hearGoal(state, topic.id, input, config);
    default:
      return refusing(state, input.topic)('topic', NOT_OURS);
  }
}

const NOT_OURS = 'nothing that a master reads';

/** A decision is due when all that were asked after a sample have answered, and a second after the last one. */
function cycleIfDue(state: MasterState, at: Milliseconds, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  const asked = roundIfDue(state, at, config);
  const { asking, decidedAt } = asked.state;
  const isDue = asking !== null ? isAnswered(asked.state, at) : at - decidedAt >= CYCLE_ms;
  const decided = isDue ? decideOnce(asked.state, at, config) : { state: asked.state, outputs: [] };
  const pulsed = pulse(decided.state, at, config);
  return { state: pulsed.state, outputs: [...asked.outputs, ...decided.outputs, ...pulsed.outputs] };
}

function decideOnce(state: MasterState, at: Milliseconds, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  const slaves = Object.fromEntries(Object.entries(state.slaves).map(([id, record]) => [id, tidied(record, at)]));
  const ready: MasterState = { ...state, slaves, asking: null, decidedAt: at };
  const validFor_ms = validForOf(ready, at, config);
  // Rule 7: without every fresh input that the mode needs there is no decision, and without a decision no grant.
  const site = siteOf(ready, at, config);
  const { decisions, circuits } = validFor_ms > 0 ? heldByProbe(ready, site, decide(site)) : NOTHING;
  const probing = probeWhereWorth(noteBeside(ready, circuits, at), { site, decisions }, config);
  const granted = sendGrants(probing, { at, decisions, tells: tellsOf(state) }, config);
  const changes = publishChanges(ready, decisions, config);
  const said = granted.state.freshness.nextSeq % REPEATED_EACH === 0 ? {} : granted.state.published;
  const topicOf = (leaf: string): string => plainTopic(config.site, 'master', config.id, leaf);
  const status = publishChanged(said, statusOf(granted.state, at, config), topicOf);
  const outputs = [...granted.outputs, ...changes, ...status.outputs];
  return { state: { ...granted.state, published: status.published }, outputs };
}

const NOTHING: Decided = { decisions: [], circuits: [] };

/** A slave that is unheard and can hold nothing any more needs nothing: its share is free. */
function tidied(record: SlaveRecord, at: Milliseconds): SlaveRecord {
  const page = tidy(record.page, at);
  if (isHeard(record, at) || reservation(page, at) > 0) return page === record.page ? record : { ...record, page };
  return { ...record, page, need: 'none', limit_dA: 0, seatedAt: null, waitsSince: at };
}
