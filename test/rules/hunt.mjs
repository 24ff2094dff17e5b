// `npm run hunt -- [RULE …] [--seeds A..B] [--minutes M]`: takes each rule out of the shipped source (rules.mjs), builds
// the simulator without it, and looks for the first seed at which a checker accuses. One JSON line a rule; exit code 1
// when one was not caught, or when what ships was accused (rule `nothing`). What is found is played once more as it
// ships, where the same run must be accused of nothing. `--write` keeps what was found; `--found` plays only what is kept.
import { fileURLToPath } from 'node:url';
import { judge, readFound, writeFound } from './found.mjs';
import { RULES } from './rules.mjs';
import { violationIn, withSimulators } from './simulators.mjs';

/** What ships, in every scenario of the table: here a violation is what must not be found. */
const NOTHING = {
  id: 'nothing',
  without: 'nothing',
  edits: [],
  scenarios: [...new Set(RULES.flatMap(({ scenarios }) => scenarios))],
};
const SEEDS = { from: 1, to: 1000 };
const MINUTES = 6;

/** The first run that accuses without the rule and of nothing as it ships: what is accused there too is no rule found. */
async function search({ id, without, scenarios, ...rule }, { from, to, minutes }, simulators) {
  const simulator = await simulators({ id, ...rule });
  const shipped = id === NOTHING.id ? null : await simulators(NOTHING);
  for (let seed = from; seed <= to; seed += 1)
    for (const scenario of scenarios) {
      const run = { scenario, seed, minutes };
      const violation = violationIn(simulator, run);
      if (violation === null) continue;
      if (shipped !== null && violationIn(shipped, run) !== null) continue;
      return { rule: id, without, ...run, at_s: violation.at / 1000, ...violation };
    }
  return { rule: id, without, scenario: null, seed: null, minutes };
}

async function searchAll(chosen, options, simulators) {
  const caught = [];
  let escaped = 0;
  for (const rule of chosen) {
    const found = await search(rule, options, simulators);
    if ((found.seed === null) === (rule !== NOTHING)) escaped += 1;
    if (found.seed !== null && rule !== NOTHING) caught.push(found);
    process.stdout.write(`${JSON.stringify(found)}\n`);
  }
  if (options.write) writeFound(caught);
  return escaped === 0;
}

/** Each kept run twice: without its rule, and as it ships, where several rules may have been found in one run. */
async function playFound(chosen, simulators) {
  const kept = readFound().filter(({ rule }) => chosen.some(({ id }) => id === rule));
  const shipped = onceEach(await simulators(NOTHING));
  let wrongs = 0;
  for (const found of kept) {
    const simulator = await simulators(chosen.find(({ id }) => id === found.rule));
    const wrong = judge(found, violationIn(simulator, found), shipped(found));
    if (wrong !== null) wrongs += 1;
    process.stdout.write(`${JSON.stringify({ rule: found.rule, wrong })}\n`);
  }
  return wrongs === 0 && kept.length === chosen.length;
}

function onceEach(simulator) {
  const played = new Map();
  return ({ scenario, seed, minutes }) => {
    const key = `${scenario} ${seed} ${minutes}`;
    if (!played.has(key)) played.set(key, violationIn(simulator, { scenario, seed, minutes }));
    return played.get(key);
  };
}

function optionsOf(words) {
  const options = { ...SEEDS, minutes: MINUTES, rules: [], write: false, found: false };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--seeds') [options.from, options.to] = (words.shift() ?? '').split('..').map(Number);
    else if (word === '--minutes') options.minutes = Number(words.shift());
    else if (word === '--write') options.write = true;
    else if (word === '--found') options.found = true;
    else options.rules.push(word);
  }
  refuse(options);
  return options;
}

function refuse({ from, to, minutes, rules, write, found }) {
  const unknown = rules.find((rule) => ![...RULES, NOTHING].some(({ id }) => id === rule));
  if (unknown !== undefined) throw new Error(`no rule "${unknown}": ${RULES.map(({ id }) => id).join(', ')}`);
  if (!(from <= to) || !(minutes > 0)) throw new Error('--seeds A..B and --minutes M, with A <= B and M > 0');
  const isUsual = from === SEEDS.from && to === SEEDS.to && minutes === MINUTES;
  if ((write || found) && !isUsual) throw new Error('--write and --found are for the usual seeds and minutes');
  if (found && rules.includes(NOTHING.id)) throw new Error('--found: nothing is kept of what ships');
  if (write && found) throw new Error('--write keeps what a search finds, --found does not search');
}

const USAGE = `npm run hunt -- [RULE …] [--seeds A..B] [--minutes M] [--write]   (default: every rule, 1..1000, 6)
npm run hunt -- --found [RULE …]

Takes each rule out of a build of its own and looks for the first seed at which a checker accuses. --write keeps what was
found in test/rules/found.json and in the table of docs/simulator.md; --found does not search, it plays what is kept.
Rules:
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
  const isRight = await withSimulators((simulators) =>
    options.found ? playFound(chosen, simulators) : searchAll(chosen, options, simulators),
  );
  process.exitCode = isRight ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
