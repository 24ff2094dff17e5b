// A round: questions after a sample, then one decision for the whole site. A sample of the mains, and one that shows an
// overload, begin a round at once; any other waits a little for those of further meters, so that the number of rounds does
// not grow with the number of meters (a site may have hundreds). A question is a repetition of the last limit, valid no
// longer than the *older* sample allows: a sample that may show an overload renews nothing by itself (design 3 rules 6
// and 7; leases.md B7).
import type { Decision } from '@fairamp/balancing';
import type { Sample } from '@fairamp/leases';
import { MAINS, PHASES, type Milliseconds } from '@fairamp/units';
import type { Stepped } from '../node.js';
import { askedOf, isAskable, isBusy, isUnasked, isLatelyTold } from './answers.js';
import { pathOf, type Protected } from './circuits.js';
import { sendGrants, type Tells } from './grants.js';
import type { Asking, MasterConfig, MasterOutput, MasterState, SlaveRecord } from './types.js';

/** A slave answers within some ms; past this the decision no longer waits, and counts nothing as cut. */
const ANSWER_ms: Milliseconds = 300;
/** Samples below the mains that show nobody over are decided on together: four times a second at most. */
const ROUNDS_APART_ms: Milliseconds = 250;

type Heard = { readonly circuit: Protected; readonly sample: Sample };

/** A sample that is believed: it has been noted already. */
export function roundOn(
  state: MasterState,
  { circuit, sample }: Heard,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const marked = markedBelow(state, circuit.id, config);
  if (circuit.id !== MAINS && !isOver(sample, circuit)) return { state: { ...marked, isWaiting: true }, outputs: [] };
  const asked = askAbout(marked, circuit.id, sample.arrivedAt, config);
  return { state: isTwice(sample, circuit) ? dueAtOnce(asked.state, sample) : asked.state, outputs: asked.outputs };
}

function isOver({ current_dA }: Sample, { limit_dA }: Protected): boolean {
  return PHASES.some((phase) => current_dA[phase] > limit_dA[phase]);
}

function isTwice({ current_dA }: Sample, { limit_dA }: Protected): boolean {
  return PHASES.some((phase) => current_dA[phase] > 0 && current_dA[phase] >= 2 * limit_dA[phase]);
}

/** Twice the limit waits for no answers. */
function dueAtOnce(state: MasterState, { arrivedAt }: Sample): MasterState {
  return state.asking === null ? state : { ...state, asking: { ...state.asking, until: arrivedAt } };
}

/** What was answered before was about another sample. */
function markedBelow(state: MasterState, circuit: string, config: MasterConfig): MasterState {
  const below = config.roster.filter((entry) => pathOf(config, entry.circuit).some(({ id }) => id === circuit));
  const marked = below.flatMap(({ id }): (readonly [string, SlaveRecord])[] => {
    const record = state.slaves[id];
    return record === undefined ? [] : [[id, askedOf(record, circuit)]];
  });
  return { ...state, slaves: { ...state.slaves, ...Object.fromEntries(marked) } };
}

/**
 * While a question about this circuit is open no second is asked, and no question prolongs a round: samples that come
 * quicker than answers must not put the decision off.
 */
function askAbout(
  state: MasterState,
  circuit: string,
  at: Milliseconds,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const { asking } = state;
  if (asking?.circuits.includes(circuit) === true) return { state, outputs: [] };
  const open: Asking = { until: asking?.until ?? at + ANSWER_ms, circuits: [...(asking?.circuits ?? []), circuit] };
  return ask({ ...state, asking: open }, (record) => record.answers[circuit] !== undefined, { at, config });
}

/** Begins the round of the samples that have waited for each other. */
export function roundIfDue(
  state: MasterState,
  at: Milliseconds,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const isDue = state.isWaiting && state.asking === null && at - state.decidedAt >= ROUNDS_APART_ms;
  if (!isDue) return { state, outputs: [] };
  const open: Asking = { until: at + ANSWER_ms, circuits: [] };
  return ask({ ...state, isWaiting: false, asking: open }, (record) => !isLatelyTold(record, at), { at, config });
}

type Cycle = { readonly at: Milliseconds; readonly config: MasterConfig };

function ask(
  state: MasterState,
  isMeant: (record: SlaveRecord) => boolean,
  { at, config }: Cycle,
): Stepped<MasterState, MasterOutput> {
  const asked = config.roster.flatMap(({ id }) => {
    const record = state.slaves[id];
    const isOpen = record !== undefined && isUnasked(record) && isAskable(record, at);
    return isOpen && isMeant(record) && !isBusy(record, at) ? [record] : [];
  });
  return sendGrants(state, { at, decisions: asked.map(questionOf), tells: 'questions' }, config);
}

function questionOf({ id, limit_dA, because, seatedAt }: SlaveRecord): Decision {
  const seated = seatedAt !== null;
  return { id, limit_dA, raise: false, renew: true, spared: true, seated, because, without_dA: limit_dA };
}

/** After a sample of the mains, and when a second has passed, everybody is told; after any other only who has news. */
export function tellsOf({ asking }: MasterState): Tells {
  return asking === null || asking.circuits.includes(MAINS) ? 'everybody' : 'news';
}
