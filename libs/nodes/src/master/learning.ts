// What the master learns of its wiring while it works: every sample and every report as they were told, before any
// rotation is put right, go into libs/learning; now and then it is asked what it has to say. Where the configuration says
// `use`, that is how samples and reports are read from then on; else it is a line of the status and nothing more.
import type { Sample } from '@fairamp/leases';
import {
  initialLearning,
  learntFrom,
  proposalsOf,
  stepLearning,
  type LearningConfig,
  type LearningState,
  type Learnt,
  type Proposal,
} from '@fairamp/learning';
import type { Report } from '@fairamp/protocol';
import {
  MAINS,
  PHASES,
  conductorOf,
  ownOf,
  sumOf,
  type Milliseconds,
  type Rotation,
  type Transformers,
} from '@fairamp/units';
import type { Stepped } from '../node.js';
import { usable, usedWords, wiringWords } from './learning-words.js';
import { rewired } from './rewire.js';
import type { LearningRecord, MasterConfig, MasterOutput, MasterState, RosterEntry, SlaveRecord } from './types.js';

/** With 250 charge points the answer takes 40 ms. */
const ASKED_EACH_ms: Milliseconds = 10_000;
/** Unheard for so long, it may have changed its car. */
const SILENT_ms: Milliseconds = 5_000;

const configs = new WeakMap<MasterConfig, LearningConfig>();

/** A configuration never changes: what follows from it is reckoned once. */
function learningConfigOf(config: MasterConfig): LearningConfig {
  const known = configs.get(config);
  if (known !== undefined) return known;
  const { mainsPhases, transformers, roster, generation } = config;
  const own: LearningConfig = {
    mainsPhases: PHASES.filter((label) => mainsPhases.includes(conductorOf(label, transformers.order))),
    mayExport: generation !== 'none',
    mayBeBattery: generation === null || generation === 'battery',
    transformers,
    chargePoints: roster.map(({ id, rotation, isRotationConfirmed }) => {
      return { id, rotation, isConfirmed: isRotationConfirmed };
    }),
  };
  configs.set(config, own);
  return own;
}

/** null: nobody measures, or it is not wanted. */
export function blankLearning(config: MasterConfig, at: Milliseconds): LearningRecord | null {
  const { learning, mode, bridge } = config;
  if (learning === 'off' || mode === 'normal' || bridge === null) return null;
  const own = learningConfigOf(config);
  return { seen: initialLearning(own), used: learntFrom([], own), words: 'none', askedAt: at, basis: '' };
}

export function transformersNow({ learning }: MasterState, { transformers }: MasterConfig): Transformers {
  return learning?.used.transformers ?? transformers;
}

export function rotationNow({ learning }: MasterState, { id, rotation }: RosterEntry): Rotation {
  return learning?.used.rotations[id] ?? rotation;
}

/** @param sample by the meter's own labels */
export function learnSample(state: MasterState, circuit: string, sample: Sample, config: MasterConfig): MasterState {
  const { learning } = state;
  if (learning === null || circuit !== MAINS) return state;
  const { arrivedAt: at, measuredAt, current_dA, signed } = sample;
  const event = { kind: 'sample', at, measuredAt, current_dA, signed } as const;
  return { ...state, learning: { ...learning, seen: stepLearning(learning.seen, event, learningConfigOf(config)) } };
}

/** @param report newer than the record that the state has, by the charge point's own labels */
export function learnReport(state: MasterState, report: Report, at: Milliseconds, config: MasterConfig): MasterState {
  const { learning, slaves } = state;
  const { from: id, contactor, lease, draw_dA, t } = report;
  const record = ownOf(slaves, id);
  if (learning === null || record === undefined || !isTelling(report, record, at)) return state;
  const obeyed_dA = lease !== null && lease.endsAt_t > t ? lease.limit_dA : 0;
  const own = learningConfigOf(config);
  const told = stepLearning(learning.seen, { kind: 'charge-point', id, at, contactor, obeyed_dA, draw_dA }, own);
  const seen = isAnother(record, report, at) ? stepLearning(told, { kind: 'left', id }, own) : told;
  return { ...state, learning: { ...learning, seen } };
}

/** Two with one id: what they say together nobody draws. */
function isTelling({ draw_dA, phases }: Report, { duplicateUntil }: SlaveRecord, at: Milliseconds): boolean {
  if (at < duplicateUntil) return false;
  // An unmetered car draws from the first terminals, and a slave with `wired` of its own calls them otherwise.
  return draw_dA !== null || phases.every((phase, index) => phase === PHASES[index]);
}

/** Is its car gone, or may it be another one? */
function isAnother({ report: before }: SlaveRecord, { boot, pilot }: Report, at: Milliseconds): boolean {
  if (before === null) return false;
  const { message } = before;
  const isGone = isPluggedIn(message.pilot) && !isPluggedIn(pilot);
  return isGone || message.boot !== boot || at - before.at > SILENT_ms;
}

function isPluggedIn(pilot: Report['pilot']): boolean {
  return pilot === 'B' || pilot === 'C' || pilot === 'D';
}

/** Asks what has been learnt, when there may be something new; never while a decision waits for answers. */
export function askLearning(
  state: MasterState,
  at: Milliseconds,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const { learning } = state;
  if (learning === null || state.asking !== null || at - learning.askedAt < ASKED_EACH_ms)
    return { state, outputs: [] };
  const basis = basisOf(learning.seen);
  if (basis === learning.basis) return { state: { ...state, learning: { ...learning, askedAt: at } }, outputs: [] };
  const proposals = proposalsOf(learning.seen, learningConfigOf(config));
  const used = usedBy(proposals, learning.used, config);
  const words = wiringWords(proposals, config);
  const next = { ...state, learning: { ...learning, askedAt: at, basis, words, used } };
  if (JSON.stringify(used) === JSON.stringify(learning.used)) return { state: next, outputs: [] };
  const text = `the wiring is read as learnt from now on: ${usedWords(used)}`;
  return { state: rewired(next, learning.used, used), outputs: [{ kind: 'note', level: 'warn', key: 'wiring', text }] };
}

/** Between two that are alike no step has counted and no car has gone. */
function basisOf({ points, signed }: LearningState): string {
  const all = Object.values(points);
  return `${sumOf(all, ({ steps }) => steps)} ${sumOf(all, ({ carSteps }) => carSteps)} ${signed}`;
}

/** What is not named any more goes on as it was; after a contradiction only what is written counts. */
function usedBy(proposals: readonly Proposal[], before: Learnt, config: MasterConfig): Learnt {
  const own = learningConfigOf(config);
  const isContradicted = proposals.some(({ kind }) => kind === 'contradiction');
  if (config.learning !== 'use' || isContradicted) return learntFrom([], own);
  const { transformers, rotations } = before;
  const inUse: LearningConfig = {
    ...own,
    transformers: { ...own.transformers, ...transformers },
    chargePoints: own.chargePoints.map((point) => ({ ...point, rotation: rotations[point.id] ?? point.rotation })),
  };
  return learntFrom(usable(proposals, config), inUse);
}
