// Where recorded regulator steps come from: the project's own files, and every classic-207.jsonl below the folder that
// the environment variable FAIRAMP_VECTORS names. A folder that holds no vectors at all is a mistake, not an empty pass.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type ClassicBalance, type ClassicOccasion, type ClassicSettings } from '../src/index.js';

const STEPS = 'classic-207.jsonl';
/** Rows worked out by hand, each for what its name says. */
const EDGES = 'classic-edges.jsonl';
/** A vector folder holds files of these names; the second is the protocol's. */
const KNOWN_FILES = [STEPS, 'frames.json'];
const STATES = ['idle', 'requesting', 'charging'] as const;
const FIELDS = {
  in: 'mains_A max_A min_A capacity_A mode loadbl measured_dA iset_dA noCurrent state balanced_A balancedMax_A',
  out: 'refused iset_dA noCurrent chargeCurrent_A state balanced_A balancedMax_A',
};

type Records = {
  readonly state: readonly number[];
  readonly balanced_A: readonly number[];
  readonly balancedMax_A: readonly number[];
};
/** One line, as behaviour.md 5 names its quantities. */
export type Row = {
  readonly name?: string;
  readonly kind: string;
  readonly mod: 0 | 1;
  readonly in: Records & {
    readonly mains_A: number;
    readonly max_A: number;
    readonly min_A: number;
    readonly capacity_A: number;
    readonly mode: 0 | 1;
    readonly loadbl: 0 | 1;
    readonly measured_dA: number;
    readonly iset_dA: number;
    readonly noCurrent: number;
  };
  readonly out: Records & {
    readonly refused: 0 | 1;
    readonly iset_dA: number;
    readonly noCurrent: number;
    readonly chargeCurrent_A: number;
  };
};

/** @throws when the folder is missing or holds no vector file: the whole test file then fails with this message */
export function stepFiles(folder: string | undefined): readonly string[] {
  const own = [STEPS, EDGES].map((name) => resolve(import.meta.dirname, 'vectors', name));
  if (folder === undefined || folder === '') return own;
  if (!existsSync(folder)) throw new Error(`FAIRAMP_VECTORS=${folder}: no such folder`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    KNOWN_FILES.includes(basename(file)),
  );
  if (files.length === 0) throw new Error(`FAIRAMP_VECTORS=${folder}: holds no ${KNOWN_FILES.join(' and no ')}`);
  return [...own, ...files.filter((file) => basename(file) === STEPS).map((file) => join(folder, file))];
}

export function readRows(file: string): readonly { readonly title: string; readonly row: Row }[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const rows = lines.flatMap((line, index) => (line === '' ? [] : [rowOf(JSON.parse(line), `line ${index + 1}`)]));
  if (rows.length === 0) throw new Error(`${file}: holds no rows`);
  return rows;
}

/** @throws for a row of a form that this room does not read: it must not pass unread */
function rowOf(content: unknown, line: string): { readonly title: string; readonly row: Row } {
  const row = content as Row;
  const lacks = (side: 'in' | 'out'): string =>
    FIELDS[side]
      .split(' ')
      .filter((field) => !(field in row[side]))
      .join(' ');
  const complaint = `${lacks('in')}${lacks('out')}${[0, 1].includes(row.mod) ? '' : `mod ${String(row.mod)}`}`;
  if (complaint !== '') throw new Error(`${line}: not a regulator step: ${complaint}`);
  return { title: `${line}: ${row.name ?? row.kind}`, row };
}

export function settingsOf({ in: given }: Row): ClassicSettings {
  const { mains_A, max_A, min_A, capacity_A: cable_A } = given;
  const mode = given.mode === 1 ? 'smart' : 'normal';
  return { mode, loadbl: given.loadbl === 1 ? 'master' : 'disabled', mains_A, max_A, min_A, cable_A };
}

export function balanceOf({ in: given }: Row): ClassicBalance {
  const { measured_dA, iset_dA, noCurrent } = given;
  const records = given.state.map((state, index) => ({
    state: STATES[state] ?? 'idle',
    share_A: given.balanced_A[index] ?? 0,
    maximum_A: given.balancedMax_A[index] ?? 0,
  }));
  return { measured_dA, iset_dA, noCurrent, chargeCurrent_A: 0, records };
}

export function occasionOf({ mod }: Row): ClassicOccasion {
  return mod === 1 ? 'newcomer' : 'periodic';
}

/** What a row says comes out, `refused` apart. */
export function writtenOut({
  iset_dA,
  noCurrent,
  chargeCurrent_A,
  records,
}: ClassicBalance): Omit<Row['out'], 'refused'> {
  return {
    iset_dA,
    noCurrent,
    chargeCurrent_A,
    state: records.map(({ state }) => STATES.indexOf(state)),
    balanced_A: records.map(({ share_A }) => share_A),
    balancedMax_A: records.map(({ maximum_A }) => maximum_A),
  };
}
