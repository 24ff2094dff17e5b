// A recording as a table, a line for each row, for a spreadsheet. Amperes with their tenth, because that is what people
// plot. The lab writes the same table as it runs, so that both can be laid beside each other.
import { PHASES, amps, type Deciamps, type PerPhase } from '@fairamp/units';
import type { Recording, Row } from './recording.js';

export function csvOf({ points, rows }: Recording): string {
  return csvHeader(points.map(({ id }) => id)) + rows.map(csvLine).join('');
}

/** @param points the names of the charge points, in the order of the rows */
export function csvHeader(points: readonly string[]): string {
  return lineOf([
    'at_s',
    ...named('house'),
    ...named('mains'),
    ...points.flatMap((id) => [`${id}_limit_A`, `${id}_offered_A`, ...named(`${id}_draw`), `${id}_state`]),
  ]);
}

export function csvLine({ at, house_dA, mains_dA, points }: Row): string {
  return lineOf([
    String(at / 1000),
    ...currents(house_dA),
    ...currents(mains_dA),
    ...points.flatMap(({ limit_dA, offered_dA, draw_dA, ...state }) => [
      amps(limit_dA),
      amps(offered_dA),
      ...currents(draw_dA),
      stateOf(state),
    ]),
  ]);
}

function lineOf(fields: readonly string[]): string {
  return `${fields.map(quoted).join(',')}\n`;
}

function named(what: string): readonly string[] {
  return PHASES.map((phase) => `${what}_${phase}_A`);
}

function currents(of: PerPhase<Deciamps>): readonly string[] {
  return PHASES.map((phase) => amps(of[phase]));
}

/** Of the contactor; without a car it is open as well, or something is very wrong. */
function stateOf({ isClosed, isPlugged }: { isClosed: boolean; isPlugged: boolean }): string {
  if (isClosed) return 'closed';
  return isPlugged ? 'open' : 'no-car';
}

/** RFC 4180; the name of a charge point may hold anything. */
function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
