// What a recording says of its site, read once from end to end before anything is played: who was there, what each
// charge point could use, with which settings, and which lives of a master decided. Pure.
import { parseTopic, readUnproven, type Report, type SampleMessage, type Topic } from '@fairamp/protocol';
import { ownOf, type Deciamps, type FailSafe, type Milliseconds } from '@fairamp/units';
import { ROSTER_MAX } from '../../../master/src/config.js';
import { type Line } from '../recording/line.js';

/** One life of one master, as its boot names it. */
export type Life = { readonly count: number; readonly boot: string };

export type SurveyedSlave = {
  readonly id: string;
  /** The most that it said it could use; 0: no car came. */
  readonly demand_dA: Deciamps;
  readonly failSafe: FailSafe;
  readonly reports: number;
};

export type Survey = {
  readonly end_ms: Milliseconds;
  readonly messages: number;
  /** Those that were heard live, and only remembered. */
  readonly slaves: Readonly<Record<string, SurveyedSlave>>;
  readonly onlyRetained: readonly string[];
  /** Number of live samples of each. */
  readonly bridges: Readonly<Record<string, number>>;
  readonly master: { readonly id: string; readonly mode: string | null; readonly mains_dA: Deciamps | null } | null;
  /** Somebody had said what a car needs by when. */
  readonly hasGoals: boolean;
  /** The first boot that samples name; null: none do. */
  readonly firstNamed: string | null;
  /** The count of each boot, as leases tell it. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of the first live report that has one. */
  readonly firstLease: Life | null;
};

export const NOTHING_SURVEYED: Survey = {
  end_ms: 0,
  messages: 0,
  slaves: {},
  onlyRetained: [],
  bridges: {},
  master: null,
  hasGoals: false,
  firstNamed: null,
  counts: {},
  firstLease: null,
};

export function surveyed(before: Survey, line: Line, site: string): Survey {
  if ('link' in line) return { ...before, end_ms: line.t_ms };
  const survey = { ...before, end_ms: line.t_ms, messages: before.messages + 1 };
  const topic = parseTopic(line.topic);
  if (topic === null || topic.site !== site) return survey;
  if (topic.leaf === 'goal') return { ...survey, hasGoals: true };
  if (topic.tree !== 'telemetry') return survey;
  if (topic.role === 'master') return withMaster(survey, topic, line.payload);
  if (topic.leaf === 'report') return withReport(survey, topic.id, line);
  return topic.leaf === 'sample' && !line.retain ? withSample(survey, topic.id, line.payload) : survey;
}

function withReport(survey: Survey, id: string, { payload, retain }: Exclude<Line, { link: unknown }>): Survey {
  const read = readUnproven('report', payload);
  if (!read.ok) return survey;
  const report = read.value;
  const known = ownOf(survey.slaves, id);
  if (retain) {
    const isFull = survey.onlyRetained.length > ROSTER_MAX;
    const isNew = known === undefined && !isFull && !survey.onlyRetained.includes(id);
    return isNew ? { ...survey, onlyRetained: [...survey.onlyRetained, id] } : survey;
  }
  const slave = {
    id,
    demand_dA: Math.max(known?.demand_dA ?? 0, report.demand_dA),
    failSafe: report.failSafe,
    reports: (known?.reports ?? 0) + 1,
  };
  const onlyRetained = survey.onlyRetained.filter((other) => other !== id);
  return withLease({ ...survey, onlyRetained, slaves: put(survey.slaves, id, slave) }, report);
}

function withLease(survey: Survey, { lease }: Report): Survey {
  if (lease === null) return survey;
  const { count, boot } = lease.epoch;
  const firstLease = survey.firstLease ?? { count, boot };
  return ownOf(survey.counts, boot) === count && firstLease === survey.firstLease
    ? survey
    : { ...survey, firstLease, counts: { ...survey.counts, [boot]: count } };
}

function withSample(survey: Survey, id: string, payload: Uint8Array): Survey {
  const read = readUnproven('sample', payload);
  if (!read.ok) return survey;
  const sample: SampleMessage = read.value;
  const firstNamed = survey.firstNamed ?? sample.master?.boot ?? null;
  return { ...survey, firstNamed, bridges: put(survey.bridges, id, (ownOf(survey.bridges, id) ?? 0) + 1) };
}

/** One more than there may be says that there are too many; all the others are somebody's mischief. */
function put<One>(all: Readonly<Record<string, One>>, id: string, one: One): Readonly<Record<string, One>> {
  const isFull = !Object.hasOwn(all, id) && Object.keys(all).length > ROSTER_MAX;
  return isFull ? all : { ...all, [id]: one };
}

function withMaster(survey: Survey, { id, leaf }: Topic, payload: Uint8Array): Survey {
  const master = survey.master ?? { id, mode: null, mains_dA: null };
  const text = new TextDecoder().decode(payload);
  if (leaf === 'mode') return { ...survey, master: { ...master, mode: master.mode ?? text } };
  if (leaf === 'limit_A') return { ...survey, master: { ...master, mains_dA: master.mains_dA ?? mainsOf(text) } };
  const hasGoals = survey.hasGoals || (leaf === 'goals' && text !== 'none' && text !== '');
  return { ...survey, master, hasGoals };
}

/** @returns null where it is no MAINS */
export function mainsOf(text: string): Deciamps | null {
  const mains_dA = /^\d{2,3}\.\d$/.test(text) ? Math.round(Number(text) * 10) : 0;
  return mains_dA >= 100 && mains_dA <= 1000 ? mains_dA : null;
}

/** One more than any seen, where no lease ever told: every slave takes it for newer. */
export function lifeOf(boot: string, { counts }: Survey): Life {
  return { boot, count: ownOf(counts, boot) ?? 1 + Math.max(0, ...Object.values(counts)) };
}
