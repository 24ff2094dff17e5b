// The live view as lines of text: a pure function of a snapshot and the terminal's size, the same for a terminal, a
// test and a screenshot. It fills the screen exactly; what does not fit is the oldest of the events.
import { clockOf, fit, justify, mainsBars, span, type Ink, type Line, type Size } from '@fairamp/terminal';
import { PROCESSES, type CarNumber } from '../actions.js';
import { chargePointHeading, chargePointLines } from './charge-point-rows.js';
import { faultPage } from './fault-page.js';
import { LEGEND } from './keys.js';
import { type EventRow, type ProcessRow, type Snapshot } from './snapshot.js';

const NOTHING: Line = [];

/** What a person looks at. */
export type Focus = { readonly selected: CarNumber; readonly page: 'site' | 'faults' };

export function renderView(snapshot: Snapshot, size: Size, focus: Focus): readonly Line[] {
  const { columns, rows } = size;
  const top = [
    title(snapshot, columns),
    ...(focus.page === 'site' ? sitePage(snapshot, columns, focus) : pageOfFaults(snapshot, size, focus)),
  ];
  const bottom = LEGEND.map((text): Line => [span(text, 'quiet')]);
  const room = Math.max(0, rows - top.length - bottom.length);
  const events = (room === 0 ? [] : snapshot.events.slice(-room)).map(eventLine);
  const padding = Array.from({ length: room - events.length }, () => NOTHING);
  return [...top, ...events, ...padding, ...bottom].map((line) => fit(line, columns)).slice(0, rows);
}

/** So many rows show what the others make of it as well. */
const ROWS_FOR_ALL = 38;

function pageOfFaults(snapshot: Snapshot, { columns, rows }: Size, { selected }: Focus): readonly Line[] {
  const isLarge = rows >= ROWS_FOR_ALL;
  const [chosen] = snapshot.chargePoints.filter(({ number }) => number === selected);
  const shown = isLarge ? snapshot.chargePoints : snapshot.chargePoints.filter((row) => row === chosen);
  return [
    ...(isLarge ? [...mainsBars(snapshot, columns), masterLine(snapshot)] : []),
    chargePointHeading(),
    ...shown.flatMap((row) => chargePointLines(row, columns, row === chosen)),
    NOTHING,
    ...(chosen === undefined ? [] : faultPage(chosen)),
  ];
}

function sitePage(snapshot: Snapshot, columns: number, { selected }: Focus): readonly Line[] {
  return [
    [span(` ${snapshot.broker}`, 'quiet')],
    [span(` ${snapshot.house}`, 'quiet')],
    ...mainsBars(snapshot, columns),
    masterLine(snapshot),
    chargePointHeading(),
    ...snapshot.chargePoints.flatMap((row) => chargePointLines(row, columns, row.number === selected)),
    NOTHING,
    processLine(snapshot.processes),
    [span('─'.repeat(columns), 'quiet')],
  ];
}

function title(snapshot: Snapshot, columns: number): Line {
  const left: Line = [
    span(' Fairamp', 'title'),
    span(`  site ${snapshot.site}`),
    span(`  ${snapshot.mode === 'smart' ? 'Smart' : 'Normal'} mode`),
    span(`  MAINS ${snapshot.mains_dA / 10} A`),
  ];
  return justify(left, [span(`${clockOf(snapshot.elapsed_s)} `, 'title')], columns);
}

function masterLine({ master }: Snapshot): Line {
  return master === null ? NOTHING : [span(' The master: ', 'quiet'), span(master)];
}

function processLine(processes: readonly ProcessRow[]): Line {
  const order: readonly string[] = [...PROCESSES, 'plant'];
  const sorted = [...processes].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const marks: Readonly<Record<ProcessRow['state'], { mark: string; ink: Ink }>> = {
    up: { mark: '●', ink: 'good' },
    frozen: { mark: '◐ frozen', ink: 'warn' },
    down: { mark: '○ down', ink: 'bad' },
  };
  return sorted.flatMap(({ name, state }) => [span(`  ${name} `), span(marks[state].mark, marks[state].ink)]);
}

function eventLine(event: EventRow): Line {
  return [span(` ${clockOf(event.at_s)}  `, 'quiet'), span(event.text, event.tone)];
}

/** For a pipe or a log, one line now and then instead of the view. */
export function renderStatusLine(snapshot: Snapshot): string {
  const load = snapshot.load;
  const mains =
    load === null
      ? 'mains unknown'
      : `mains ${(['L1', 'L2', 'L3'] as const).map((phase) => ((load.house_dA[phase] + load.cars_dA[phase]) / 10).toFixed(1)).join(' ')} A`;
  const points = snapshot.chargePoints.map(({ id, session, unheard, limit_dA }) => {
    const state = unheard === null ? (session ?? 'starting') : 'not heard';
    return `${id} ${state}${limit_dA === null || unheard !== null ? '' : ` ${(limit_dA / 10).toFixed(1)} A`}`;
  });
  return [clockOf(snapshot.elapsed_s), mains, ...points].join(' | ');
}
