// The scenarios of the project, as the tests find them in their folder; each patches `base.json`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, type Scenario } from '../src/scenario/schema.js';

const FOLDER = join(import.meta.dirname, '../scenarios');
const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

export const BASE = read('base.json');
export const FILES: readonly string[] = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

/** @param patches laid over the base, outermost last */
export function scenarioOf(...patches: readonly unknown[]): Scenario {
  const parsed = parseScenario(BASE, ...patches);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.value;
}

export function scenarioNamed(name: string, ...patches: readonly unknown[]): Scenario {
  return scenarioOf(read(`${name}.json`), ...patches);
}

export const SCENARIOS: readonly Scenario[] = FILES.map((file) => scenarioOf(read(file)));
