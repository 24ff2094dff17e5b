// `npm run hunt -- [RULE …] [--seeds A..B] [--minutes M]`: takes each rule out of the shipped source (rules.mjs), builds
// the simulator without it, and looks for the first seed at which a checker accuses. One JSON line a rule; exit code 1
// when one was not caught, or when what ships was accused (rule `nothing`). What is found is played once more as it
// ships, where the same run must be accused of nothing.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { RULES } from './rules.mjs';

/** What ships, in every scenario of the table: here a violation is what must not be found. */
const NOTHING = {
  id: 'nothing',
  without: 'nothing',
  edits: [],
  scenarios: [...new Set(RULES.flatMap(({ scenarios }) => scenarios))],
};

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const scenarioFolder = join(root, 'libs/simulation/scenarios');
const ENTRY = `export { parseScenario, simulate } from '@fairamp/simulation';`;
const MINUTE_ms = 60_000;

/** @param edits none = as it ships */
export async function simulatorWithout(edits, outfile) {
  const done = new Set();
  const editing = {
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
  await build({
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: join(root, 'tsconfig.json'),
    plugins: [editing],
    logLevel: 'silent',
  });
  const missed = edits.find((edit) => !done.has(edit));
  if (missed !== undefined) throw new Error(`${missed.file} is no part of the simulator`);
  return import(pathToFileURL(outfile).href);
}

export function loadScenario({ parseScenario }, name) {
  const read = (file) => JSON.parse(readFileSync(join(scenarioFolder, `${file}.json`), 'utf8'));
  const parsed = parseScenario(read('base'), read(name));
  if (!parsed.ok) throw new Error(`${name}: ${parsed.detail}`);
  return parsed.value;
}

/** @returns the first violation, or null */
export function firstViolation(simulator, name, seed, minutes) {
  const scenario = loadScenario(simulator, name);
  try {
    const { outcome } = simulator.simulate({
      scenario,
      seed,
      simulated_ms: minutes * MINUTE_ms,
      strategy: 'fairamp',
      recording: false,
    });
    return outcome.violations[0] ?? null;
  } catch (error) {
    return { invariant: 'crash', at: 0, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** @param shipped the same run as it ships: what is accused there too is no rule that was found */
function hunt({ simulator, shipped }, { id, without, scenarios }, { from, to, minutes }) {
  for (let seed = from; seed <= to; seed += 1)
    for (const scenario of scenarios) {
      const violation = firstViolation(simulator, scenario, seed, minutes);
      if (violation === null) continue;
      if (shipped !== null && firstViolation(shipped, scenario, seed, minutes) !== null) continue;
      return { rule: id, without, scenario, seed, minutes, at_s: violation.at / 1000, ...violation };
    }
  return { rule: id, without, scenario: null, seed: null, minutes };
}

function optionsOf(words) {
  const options = { from: 1, to: 1000, minutes: 6, rules: [] };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--seeds') [options.from, options.to] = (words.shift() ?? '').split('..').map(Number);
    else if (word === '--minutes') options.minutes = Number(words.shift());
    else options.rules.push(word);
  }
  const unknown = options.rules.find((rule) => ![...RULES, NOTHING].some(({ id }) => id === rule));
  if (unknown !== undefined) throw new Error(`no rule "${unknown}": ${RULES.map(({ id }) => id).join(', ')}`);
  if (!(options.from <= options.to) || !(options.minutes > 0))
    throw new Error('--seeds A..B and --minutes M, with A <= B and M > 0');
  return options;
}

const USAGE = `npm run hunt -- [RULE …] [--seeds A..B] [--minutes M]   (default: every rule, 1..1000, 6)

Takes each rule out of a build of its own and looks for the first seed at which a checker accuses. Rules:
${RULES.map(({ id, without }) => `  ${id.padEnd(17)} without ${without}`).join('\n')}
  nothing           as it ships: nothing may be accused (give it few seeds)
`;

async function main() {
  if (process.argv.includes('--help')) {
    process.stdout.write(USAGE);
    return;
  }
  const options = optionsOf(process.argv.slice(2));
  const chosen =
    options.rules.length === 0 ? RULES : [...RULES, NOTHING].filter(({ id }) => options.rules.includes(id));
  const folder = await mkdtemp(join(tmpdir(), 'fairamp-hunt-'));
  let escaped = 0;
  try {
    const shipped = await simulatorWithout([], join(folder, 'shipped.mjs'));
    for (const rule of chosen) {
      const simulator = await simulatorWithout(rule.edits, join(folder, `${rule.id}.mjs`));
      const found = hunt({ simulator, shipped: rule === NOTHING ? null : shipped }, rule, options);
      if ((found.seed === null) === (rule !== NOTHING)) escaped += 1;
      process.stdout.write(`${JSON.stringify(found)}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.exitCode = escaped > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
