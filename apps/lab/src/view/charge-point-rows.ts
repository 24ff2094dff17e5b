// Two lines for each charge point: what it does, may draw and draws, and which car is in it; and below it why, and where
// there is room how it looks: what is broken, when it tries again, its lock, its LED.
import {
  faultsOf,
  fit,
  justify,
  lengthOf,
  SESSION_INKS,
  SESSION_WORDS,
  span,
  whyItWaits,
  type Ink,
  type Line,
} from '@fairamp/terminal';
import { amps, PHASES } from '@fairamp/units';
import { type ChargePointRow } from './snapshot.js';

export function chargePointHeading(): Line {
  return [span('    NAME     STATE        LIMIT   DRAWS L1    L2    L3  CAR', 'quiet')];
}

export function chargePointLines(row: ChargePointRow, columns: number, isSelected: boolean): readonly Line[] {
  return [fit(figures(row, isSelected), columns), beside(reasons(row), looksOf(row), columns)];
}

function figures(row: ChargePointRow, isSelected: boolean): Line {
  const { word, ink } = stateOf(row);
  const limit = row.limit_dA === null || row.unheard !== null ? '-' : `${amps(row.limit_dA)} A`;
  const isDrawing = PHASES.some((phase) => row.draw_dA[phase] > 0);
  const draws = PHASES.map((phase) => amps(row.draw_dA[phase]).padStart(6)).join('');
  return [
    span(` ${isSelected ? '›' : ' '}${row.number} `, 'title'),
    span(row.id.padEnd(9), 'title'),
    span(word.padEnd(11), ink),
    span(limit.padStart(7), row.unheard === null ? 'plain' : 'quiet'),
    span('   '),
    span(draws, isDrawing ? 'cars' : 'quiet'),
    span(`  ${row.car}`, row.plugged ? 'plain' : 'quiet'),
  ];
}

function stateOf(row: ChargePointRow): { readonly word: string; readonly ink: Ink } {
  if (row.session === null) return { word: 'starting', ink: 'quiet' };
  if (row.unheard !== null) return { word: 'not heard', ink: 'bad' };
  return { word: SESSION_WORDS[row.session], ink: SESSION_INKS[row.session] };
}

function reasons(row: ChargePointRow): Line {
  const { session, faults: standing, because } = row;
  if (session === null) return [];
  if (row.unheard !== null) return [span(`    ${row.unheard}`, 'warn')];
  const faults = faultsOf(standing);
  return [
    span('    '),
    ...(faults === '' ? [] : [span(`${faults}  `, 'bad')]),
    span(whyItWaits({ session, faults: standing, because })),
  ];
}

/** The most telling first. */
function looksOf({ broken, retry_s, lock, indicator }: ChargePointRow): readonly Line[number][] {
  return [
    ...(broken.length === 0 ? [] : [span(`broken: ${broken.join(', ')}`, 'bad')]),
    ...(retry_s === null ? [] : [span(`tries again in ${retry_s} s`, 'warn')]),
    ...(lock === 'none' ? [] : [span(lock, 'quiet')]),
    span(`LED ${indicator}`, 'quiet'),
  ];
}

/** At the right edge, of the most telling as many as have room. */
function beside(left: Line, looks: readonly Line[number][], columns: number): Line {
  const right = looks.reduce<Line>((line, look) => {
    const longer = [...line, span('  '), look];
    return lengthOf(left) + lengthOf(longer) < columns ? longer : line;
  }, []);
  return justify(left, right, columns);
}
