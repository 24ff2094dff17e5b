// One bar per mains phase: the house's share, then the cars' share, against the mark of MAINS. What stands beyond the
// mark is drawn in another colour and another character, because it is what a fuse would see.
import { amps, PHASES, type Deciamps, type PerPhase, type Phase } from '@fairamp/units';
import { span, type Ink, type Line } from './span.js';

const LABEL_COLUMNS = 4;
const FIGURES_COLUMNS = 37;
/** The scale ends a quarter above MAINS, so that an overload has room to be seen. */
const HEADROOM = 1.25;

type MainsLoad = {
  readonly mains_dA: Deciamps;
  /** null: not known. */
  readonly load: { readonly house_dA: PerPhase<Deciamps>; readonly cars_dA: PerPhase<Deciamps> } | null;
};

type Cell = { readonly character: string; readonly ink: Ink };
type Scale = { readonly cells: number; readonly full_dA: Deciamps; readonly mains_dA: Deciamps };

export function mainsBars(mains: MainsLoad, columns: number): readonly Line[] {
  const cells = Math.max(10, columns - LABEL_COLUMNS - FIGURES_COLUMNS);
  const scale = { cells, full_dA: Math.round(mains.mains_dA * HEADROOM), mains_dA: mains.mains_dA };
  return [...PHASES.map((phase) => phaseLine(mains, phase, scale)), legend(scale)];
}

function phaseLine(mains: MainsLoad, phase: Phase, scale: Scale): Line {
  if (mains.load === null) return [span(` ${phase} `, 'title'), span('·'.repeat(scale.cells), 'quiet')];
  const house_dA = mains.load.house_dA[phase];
  const cars_dA = mains.load.cars_dA[phase];
  const total_dA = house_dA + cars_dA;
  const ink: Ink = total_dA > scale.mains_dA ? 'over' : 'title';
  return [
    span(` ${phase} `, 'title'),
    ...bar(house_dA, total_dA, scale),
    span(` ${amps(total_dA).padStart(5)} A`, ink),
    span(`   house ${amps(house_dA).padStart(5)}   cars ${amps(cars_dA).padStart(5)}`, 'quiet'),
  ];
}

function bar(house_dA: Deciamps, total_dA: Deciamps, scale: Scale): Line {
  const cells = Array.from({ length: scale.cells }, (_, index) => cellAt(index, house_dA, total_dA, scale));
  return joined(cells);
}

function cellAt(index: number, house_dA: Deciamps, total_dA: Deciamps, scale: Scale): Cell {
  const mark = columnOf(scale.mains_dA, scale);
  const isUsed = index < columnOf(total_dA, scale);
  if (index === mark) return { character: isUsed ? '┃' : '│', ink: isUsed ? 'over' : 'title' };
  if (!isUsed) return { character: '·', ink: 'quiet' };
  if (index > mark) return { character: '▒', ink: 'over' };
  return index < columnOf(house_dA, scale) ? { character: '█', ink: 'house' } : { character: '▓', ink: 'cars' };
}

function columnOf(current_dA: Deciamps, scale: Scale): number {
  return Math.min(scale.cells, Math.round((current_dA / scale.full_dA) * scale.cells));
}

/** Neighbours of one ink in one span: a line with colours stays short. */
function joined(cells: readonly Cell[]): Line {
  const spans: { text: string; ink: Ink }[] = [];
  for (const { character, ink } of cells) {
    const last = spans.at(-1);
    if (last?.ink === ink) last.text += character;
    else spans.push({ text: character, ink });
  }
  return spans;
}

function legend(scale: Scale): Line {
  const mark = columnOf(scale.mains_dA, scale);
  const label = `MAINS ${scale.mains_dA / 10} A`;
  const before = Math.max(0, LABEL_COLUMNS + mark - Math.floor(label.length / 2));
  const left = '    █ house  ▓ cars';
  const gap = Math.max(2, before - left.length);
  return [
    span('    '),
    span('█', 'house'),
    span(' house  ', 'quiet'),
    span('▓', 'cars'),
    span(' cars', 'quiet'),
    span(' '.repeat(gap)),
    span(label, 'quiet'),
  ];
}
