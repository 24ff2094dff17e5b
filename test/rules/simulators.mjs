// Builds of the simulator with a rule taken out of its text, and the question that is put to them: is anybody accused in
// this run, and of what first? What ships is the build without an edit; both are played by the same code.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const scenarioFolder = join(root, 'libs/simulation/scenarios');
const ENTRY = `export { parseScenario, simulate } from '@fairamp/simulation';`;
const MINUTE_ms = 60_000;

/** @param work gets `without(rule)`, which builds the simulator without that rule's text, and once only. */
export async function withSimulators(work) {
  const folder = await mkdtemp(join(tmpdir(), 'fairamp-hunt-'));
  const built = new Map();
  const without = ({ id, edits }) => {
    if (!built.has(id)) built.set(id, simulatorWithout(edits, join(folder, `${id}.mjs`)));
    return built.get(id);
  };
  try {
    return await work(without);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function simulatorWithout(edits, outfile) {
  const done = new Set();
  await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: join(root, 'tsconfig.json'),
    plugins: [editing(edits, done)],
    logLevel: 'silent',
  });
  const missed = edits.find((edit) => !done.has(edit));
  if (missed !== undefined) throw new Error(`${missed.file} is no part of the simulator`);
  return import(pathToFileURL(outfile).href);
}

/** @param done every edit that was made is added to it */
function editing(edits, done) {
  return {
    name: 'without-a-rule',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = relative(root, path);
        let contents = readFileSync(path, 'utf8');
        for (const edit of edits.filter((one) => one.file === file)) {
          const parts = contents.split(edit.from);
          if (parts.length !== 2)
            throw new Error(`${file}: "${edit.from}" stands there ${parts.length - 1} times, not once`);
          contents = parts.join(edit.to);
          done.add(edit);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** @returns the first violation, or null */
export function violationIn(simulator, { scenario, seed, minutes }) {
  const loaded = loadScenario(simulator, scenario);
  try {
    const { outcome } = simulator.simulate({
      scenario: loaded,
      seed,
      simulated_ms: minutes * MINUTE_ms,
      strategy: 'fairamp',
      recording: false,
      endsAccused: true,
    });
    return outcome.violations[0] ?? null;
  } catch (error) {
    return { invariant: 'crash', at: 0, detail: error instanceof Error ? error.message : String(error) };
  }
}

function loadScenario({ parseScenario }, name) {
  const read = (file) => JSON.parse(readFileSync(join(scenarioFolder, `${file}.json`), 'utf8'));
  const parsed = parseScenario(read('base'), read(name));
  if (!parsed.ok) throw new Error(`${name}: ${parsed.detail}`);
  return parsed.value;
}
