// A recording as a table, one row a second, for a spreadsheet. Amperes with their tenth, because that is what people plot.
import { type Recording } from '@fairamp/simulation';
import { PHASES, amps, type Deciamps, type PerPhase } from '@fairamp/units';

export function csvOf({ points, rows }: Recording): string {
  const header = [
    'at_s',
    ...named('house'),
    ...named('mains'),
    ...points.flatMap(({ id }) => [`${id}_limit_A`, `${id}_offered_A`, ...named(`${id}_draw`), `${id}_state`]),
  ];
  const lines = rows.map(({ at, house_dA, mains_dA, points: states }) => [
    String(at / 1000),
    ...currents(house_dA),
    ...currents(mains_dA),
    ...states.flatMap(({ limit_dA, offered_dA, draw_dA, ...state }) => [
      amps(limit_dA),
      amps(offered_dA),
      ...currents(draw_dA),
      stateOf(state),
    ]),
  ]);
  return [header, ...lines].map((fields) => `${fields.map(quoted).join(',')}\n`).join('');
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
