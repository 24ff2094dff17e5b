// The site in a few plain lines for people, retained: what the master decides on, and who is raised, waits or is not
// heard.
import { amps, type Milliseconds } from '@fairamp/units';
import { isHeard } from './answers.js';
import { accusationsOf } from './belief.js';
import { goalsText } from './goals.js';
import { validForOf } from './grants.js';
import type { MasterConfig, MasterState, SlaveRecord } from './types.js';

/** By the last word of their topics. */
export function statusOf(state: MasterState, at: Milliseconds, config: MasterConfig): Record<string, string> {
  return {
    mode: config.mode,
    limit_A: amps(config.mains_dA),
    status: sentence(state, at, config),
    goals: goalsText(state, at, config),
    learning: state.learning?.words ?? 'none',
    alarms: alarmsOf(state, at),
  };
}

function sentence(state: MasterState, at: Milliseconds, config: MasterConfig): string {
  if (validForOf(state, at, config) <= 0) return 'no sample of the mains: no current is granted';
  const records = Object.values(state.slaves);
  const count = (test: (record: SlaveRecord) => boolean): number => records.filter(test).length;
  const charging = count((record) => record.need === 'charging' && record.limit_dA > 0);
  const waiting = count(
    (record) => (record.need === 'starting' || record.need === 'charging') && record.limit_dA === 0,
  );
  const unheard = count((record) => !isHeard(record, at));
  return `${charging} charging, ${waiting} waiting, ${unheard} not heard, of ${records.length}`;
}

function alarmsOf(state: MasterState, at: Milliseconds): string {
  const duplicates = Object.values(state.slaves).filter((record) => at < record.duplicateUntil);
  const told = [...duplicates.map((record) => `two slaves answer to the id ${record.id}`), ...accusationsOf(state, at)];
  return told.length === 0 ? 'none' : told.join('; ');
}
