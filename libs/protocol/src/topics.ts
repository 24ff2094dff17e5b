// The topic tree below fairamp/<site>/. Telemetry, control and settings are separate sub-trees, so that an access list
// is a few lines and a person who subscribes to everything reads telemetry (design 5). Reports and the plain values
// are retained for late readers; control never is.
import { ID, isOfEveryObject } from './messages/fields.js';

export type Role = 'slave' | 'master' | 'bridge';
export type Topic = {
  readonly site: string;
  readonly tree: 'telemetry' | 'control' | 'settings';
  readonly role: Role;
  /** Whose: the sender in telemetry, the addressee in control. */
  readonly id: string;
  readonly leaf: string;
};

const roles = ['slave', 'master', 'bridge'] as const;
const trees = ['telemetry', 'control', 'settings'] as const;
/** One pattern: every message passes here, and only once. */
const TOPIC = new RegExp(
  `^fairamp/(${ID})/(${trees.join('|')})/(${roles.join('|')})/(${ID})/([A-Za-z][A-Za-z0-9_]{0,31})$`,
);

export function topicName(topic: Topic): string {
  return `fairamp/${topic.site}/${topic.tree}/${topic.role}/${topic.id}/${topic.leaf}`;
}

/** null for every text that is not exactly one of our topics. */
export function parseTopic(text: string): Topic | null {
  const [, site, tree, role, id, leaf] = TOPIC.exec(text) ?? [];
  if (site === undefined || id === undefined || leaf === undefined) return null;
  if (isOfEveryObject(site) || isOfEveryObject(id)) return null;
  return { site, tree: tree as Topic['tree'], role: role as Role, id, leaf };
}

export const reportTopic = (site: string, id: string): string =>
  topicName({ site, tree: 'telemetry', role: 'slave', id, leaf: 'report' });
export const grantTopic = (site: string, id: string): string =>
  topicName({ site, tree: 'control', role: 'slave', id, leaf: 'grant' });
/** What a car needs by when: for the master, about one slave. */
export const goalTopic = (site: string, id: string): string =>
  topicName({ site, tree: 'settings', role: 'slave', id, leaf: 'goal' });
export const sampleTopic = (site: string, id: string): string =>
  topicName({ site, tree: 'telemetry', role: 'bridge', id, leaf: 'sample' });
export const beaconTopic = (site: string, id: string): string =>
  topicName({ site, tree: 'control', role: 'bridge', id, leaf: 'beacon' });
/** A value for people, plain text, retained: `fairamp/home/telemetry/slave/garage/limit_A 16.0`. */
export const plainTopic = (site: string, role: Role, id: string, leaf: string): string =>
  topicName({ site, tree: 'telemetry', role, id, leaf });
