// A house from a recording, as CSV: either one current each minute (`date,time,...,current_A`, of one phase: different
// days then play the three phases), or three currents at any times (`time_s,L1_A,L2_A,L3_A`). The file comes from
// outside: what cannot be read is an answer that names the line and the column, never a guess.
import {
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  PHASES,
  type Result,
  failure,
  ok,
  perPhase,
} from '@fairamp/units';
import { type House, type Track, houseOfMinutes, houseOfTracks } from './house.js';
import { type Seed } from './random.js';

export type RecordingRefusal = 'columns' | 'value' | 'order' | 'too-short';

type Row = { readonly line: number; readonly cells: readonly string[] };
type Table = { readonly columns: readonly string[]; readonly rows: readonly Row[] };
type Read<T> = Result<T, RecordingRefusal>;

/** No house has more; a larger number is a wrong unit. Less than nothing is export. */
const MOST_A = 200;
/** A unix time fits, in seconds. */
const LATEST_s = 1e10;
const MINUTE_COLUMNS = ['date', 'time', 'current_A'];
const PHASE_COLUMNS = ['time_s', 'L1_A', 'L2_A', 'L3_A'];

export function recordedHouse(csv: string, seed: Seed): Result<House, RecordingRefusal> {
  const table = tableOf(csv);
  const has = (columns: readonly string[]) => columns.every((column) => table.columns.includes(column));
  if (has(PHASE_COLUMNS)) return houseOfPhases(table);
  if (has(MINUTE_COLUMNS)) return houseOfDays(table, seed);
  return failure(
    'columns',
    `line 1 has ${table.columns.join(',')}: neither ${MINUTE_COLUMNS.join(',')} nor ${PHASE_COLUMNS.join(',')}`,
  );
}

function tableOf(csv: string): Table {
  const [header = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const split = (line: string) => line.split(',').map((cell) => cell.trim());
  const rows = lines.map((text, index) => ({ line: index + 2, cells: split(text) }));
  return { columns: split(header), rows: rows.filter(({ cells }) => cells.join('') !== '') };
}

function houseOfPhases(table: Table): Read<House> {
  const rows: PhaseRow[] = [];
  for (const row of table.rows) {
    const read = phaseRowOf(table, row);
    if (!read.ok) return read;
    if (read.value.time <= (rows.at(-1)?.time ?? -1)) return notAfter(row, 'time_s');
    rows.push(read.value);
  }
  const times = rows.map(({ time }) => time);
  const [first, last, secondLast] = [times[0], times.at(-1), times.at(-2)];
  if (first === undefined || last === undefined || secondLast === undefined) {
    return failure('too-short', 'fewer than two lines of currents');
  }
  // The last line holds as long as the one before it; the recording begins with its first line, whatever its clock said.
  const duration_ms = last - first + (last - secondLast);
  const rebased = times.map((time) => time - first);
  const tracks = perPhase((phase) => ({
    times: rebased,
    currents_dA: rows.map(({ current_dA }) => current_dA[phase]),
  }));
  return ok(houseOfTracks('recorded, three phases', tracks, duration_ms));
}

type PhaseRow = { readonly time: Milliseconds; readonly current_dA: PerPhase<Deciamps> };

function phaseRowOf(table: Table, row: Row): Read<PhaseRow> {
  const time_s = numberIn(table, row, 'time_s', { lowest: 0, highest: LATEST_s });
  if (!time_s.ok) return time_s;
  const current_dA = { L1: 0, L2: 0, L3: 0 };
  for (const phase of PHASES) {
    const read = currentIn(table, row, `${phase}_A`);
    if (!read.ok) return read;
    current_dA[phase] = read.value;
  }
  return ok({ time: Math.round(time_s.value * 1000), current_dA });
}

function notAfter({ line }: Row, column: string): Read<never> {
  return failure('order', `line ${line}, column ${column}: not after the line before`);
}

function houseOfDays(table: Table, seed: Seed): Read<House> {
  const days = new Map<string, { times: number[]; currents_dA: Deciamps[] }>();
  for (const row of table.rows) {
    const date = cellIn(table, row, 'date');
    const time = timeIn(table, row);
    if (!time.ok) return time;
    const current_dA = currentIn(table, row, 'current_A');
    if (!current_dA.ok) return current_dA;
    const day = days.get(date) ?? { times: [], currents_dA: [] };
    if (time.value <= (day.times.at(-1) ?? -1)) return notAfter(row, 'time');
    day.times.push(time.value);
    day.currents_dA.push(current_dA.value);
    days.set(date, day);
  }
  const tracks = threeOf([...days.values()]);
  if (tracks === null) return failure('too-short', 'no line of currents');
  return ok(
    houseOfMinutes(
      `recorded, ${Math.min(days.size, PHASES.length)} of ${days.size} days as the three phases`,
      tracks,
      seed,
    ),
  );
}

/** One phase was recorded, so another day stands for another phase; a single day stands for all. */
function threeOf(days: readonly Track[]): PerPhase<Track> | null {
  const [first] = days;
  if (first === undefined) return null;
  return perPhase((phase) => days[PHASES.indexOf(phase) % days.length] ?? first);
}

function cellIn({ columns }: Table, { cells }: Row, column: string): string {
  return cells[columns.indexOf(column)] ?? '';
}

function numberIn(table: Table, row: Row, column: string, range: { lowest: number; highest: number }): Read<number> {
  const cell = cellIn(table, row, column);
  const value = cell === '' ? NaN : Number(cell);
  if (value >= range.lowest && value <= range.highest) return ok(value);
  return failure(
    'value',
    `line ${row.line}, column ${column}: "${cell.slice(0, 20)}" is not a number from ${range.lowest} to ${range.highest}`,
  );
}

function currentIn(table: Table, row: Row, column: string): Read<Deciamps> {
  const current_A = numberIn(table, row, column, { lowest: -MOST_A, highest: MOST_A });
  return current_A.ok ? ok(Math.round(current_A.value * 10)) : current_A;
}

/** Of the day, from `18:30` or `18:30:00`. */
function timeIn(table: Table, row: Row): Read<number> {
  const cell = cellIn(table, row, 'time');
  const [, hours, minutes, seconds = '0'] = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(cell) ?? [];
  if (hours === undefined)
    return failure('value', `line ${row.line}, column time: "${cell.slice(0, 20)}" is not hh:mm or hh:mm:ss`);
  return ok(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}
