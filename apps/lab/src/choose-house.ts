// Which house plays: the recording that was asked for, else the recordings beside the project where they are, else none
// but the built-in model. Read once here, so that a file that cannot be played is refused before anything starts.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recordedHouse } from '@fairamp/simulation';
import { messageOf } from '@fairamp/runtime';
import { asTyped } from '@fairamp/terminal';
import { failure, ok, type Result } from '@fairamp/units';
import { type Options } from './options.js';
import { type PlantFile } from './plant/plant-file.js';

/** From dist/lab/main.mjs: beside the project's own folder. */
const BESIDE = fileURLToPath(new URL('../../../shared/data/household-sceaux-1min.csv', import.meta.url));

export function chooseHouse({ mode, house, seed }: Options): Result<PlantFile['house'], 'refused'> {
  if (mode === 'normal') return ok({ kind: 'none' });
  if (house !== null) return checked(asTyped(house), house, seed);
  const found = existsSync(BESIDE) ? checked(BESIDE, BESIDE, seed) : null;
  return found?.ok === true ? found : ok({ kind: 'model' });
}

function checked(file: string, name: string, seed: number): Result<PlantFile['house'], 'refused'> {
  try {
    const house = recordedHouse(readFileSync(file, 'utf8'), seed);
    return house.ok ? ok({ kind: 'recording', file }) : failure('refused', `--house ${name}: ${house.detail}`);
  } catch (error) {
    return failure('refused', `--house ${name}: ${messageOf(error)}`);
  }
}
