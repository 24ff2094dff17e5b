// The run as a table in a file, a line with each truth of the plant and on the plant's clock, in the form that the
// simulator writes. House, mains and cars are the truth; a limit is the newest that its slave said, as any viewer sees it.
import { closeSync, openSync, writeSync } from 'node:fs';
import { csvHeader, csvLine, type Row } from '@fairamp/simulation';
import { mapPhases } from '@fairamp/units';
import { type Truth } from './plant/messages.js';
import { OUTLETS } from './site/site-plan.js';
import { NO_NEWS, type SiteWatch } from './site/site-watch.js';

export type RunTable = { readonly note: (truth: Truth, watch: SiteWatch | null) => void; readonly close: () => void };

/** Throws when the file cannot be written. */
export function openRunTable(path: string): RunTable {
  const file = openSync(path, 'w');
  writeSync(file, csvHeader(OUTLETS.map(({ id }) => id)));
  return {
    note: (truth, watch) => void writeSync(file, csvLine(rowOf(truth, watch))),
    close: () => closeSync(file),
  };
}

function rowOf({ at_ms, house_dA, cars_dA, outlets }: Truth, watch: SiteWatch | null): Row {
  return {
    at: at_ms,
    house_dA,
    mains_dA: mapPhases(house_dA, (current_dA, phase) => current_dA + cars_dA[phase]),
    points: outlets.map(({ id, offered_dA, draw_dA, contactorClosed, charge_permille }) => ({
      limit_dA: (watch?.slave(id) ?? NO_NEWS).limit_dA ?? 0,
      offered_dA,
      draw_dA,
      isClosed: contactorClosed,
      isPlugged: charge_permille !== null,
    })),
  };
}
