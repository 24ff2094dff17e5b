// The scenarios that a run may be asked for: those of the project, read from its folder so that a new one needs no build,
// and a file of one's own. Each is a patch of `base.json`. What is wrong with one is told with its name.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, ok, type Result } from '@fairamp/units';
import { parseScenario, type Scenario } from '@fairamp/simulation';
import { ALL } from './options.js';

export type Library = {
  readonly base: unknown;
  /** Sorted by name, so that a seed draws the same one everywhere. */
  readonly scenarios: readonly Scenario[];
};

const BASE = 'base.json';

export function readLibrary(folder: string): Result<Library, 'refused'> {
  try {
    const base: unknown = JSON.parse(readFileSync(join(folder, BASE), 'utf8'));
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    const read = files.toSorted().map((file) => readScenario(join(folder, file), base));
    const refused = read.find((scenario) => !scenario.ok);
    if (refused !== undefined && !refused.ok) return refused;
    return ok({ base, scenarios: read.flatMap((scenario) => (scenario.ok ? [scenario.value] : [])) });
  } catch (error) {
    return failure('refused', `${join(folder, BASE)}: ${messageOf(error)}`);
  }
}

function readScenario(file: string, base: unknown): Result<Scenario, 'refused'> {
  try {
    const scenario = parseScenario(base, JSON.parse(readFileSync(file, 'utf8')));
    return scenario.ok ? scenario : failure('refused', `${file}: ${scenario.detail}`);
  } catch (error) {
    return failure('refused', `${file}: ${messageOf(error)}`);
  }
}

/** @returns those among which each seed draws */
export function choose(asked: string, { base, scenarios }: Library): Result<readonly Scenario[], 'refused'> {
  if (asked === ALL) return ok(scenarios);
  if (asked.endsWith('.json')) {
    const own = readScenario(asked, base);
    return own.ok ? ok([own.value]) : failure('refused', `--scenario ${own.detail}`);
  }
  const named = scenarios.find(({ name }) => name === asked);
  if (named !== undefined) return ok([named]);
  const names = scenarios.map(({ name }) => name).join(', ');
  return failure('refused', `--scenario ${asked}: no such scenario; allowed are ${ALL}, FILE.json, ${names}`);
}

export function listOf(scenarios: readonly Scenario[], json: boolean): readonly string[] {
  if (json) return scenarios.map(({ name, about }) => JSON.stringify({ name, about }));
  const widest = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, about }) => `${name.padEnd(widest)}  ${about}`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
