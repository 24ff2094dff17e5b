// One stage after the other, each a command with a bound in time: all of them even when one fails. Whoever ends this ends
// the stage that runs, too.
import { spawn } from 'node:child_process';

export const PASSED = 0;
export const FAILED = 1;
export const REFUSED = 2;
export const INTERRUPTED = 130;

const USAGE = (script) => `npm run ${script} -- [STAGE …] [--list] [--json]

Runs the named stages, or all of them. --list says what each is and shows; --json makes standard output one JSON object a
stage, and what the stages themselves say goes to standard error. Exit code 0 when all passed, 1 when one failed.
`;

/**
 * @param stages `{ name, command, env?, within_min, shows }`; the command's words are parted by single spaces
 * @param words what stood behind the script's name
 * @returns the exit code
 */
export async function runStages(script, stages, words) {
  const flags = words.filter((word) => word.startsWith('--'));
  const names = words.filter((word) => !word.startsWith('--'));
  const unknownFlag = flags.find((flag) => !['--list', '--json', '--help'].includes(flag));
  if (unknownFlag !== undefined) return refuse(`no option "${unknownFlag}": --list, --json, --help`);
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) return refuse(`no stage "${unknown}": ${stages.map(({ name }) => name).join(', ')}`);
  const chosen = names.length === 0 ? stages : stages.filter(({ name }) => names.includes(name));
  const json = flags.includes('--json');
  if (flags.includes('--help')) process.stdout.write(USAGE(script));
  else if (flags.includes('--list')) for (const stage of chosen) process.stdout.write(listed(stage, json));
  else return runEach(chosen, json);
  return PASSED;
}

function refuse(why) {
  process.stderr.write(`${why}\n`);
  return REFUSED;
}

function listed({ name, command, env = {}, within_min, shows }, json) {
  if (json) return `${JSON.stringify({ stage: name, command, env, within_min, shows })}\n`;
  const variables = Object.entries(env).map(([key, value]) => `${key}=${value} `);
  return `${name}\n    ${variables.join('')}${command}\n    ${shows}\n`;
}

async function runEach(stages, json) {
  const say = (text) => (json ? process.stderr : process.stdout).write(text);
  const ending = endings();
  let failed = 0;
  for (const [index, stage] of stages.entries()) {
    say(`\n=== ${stage.name} (${index + 1} of ${stages.length}): ${stage.command}\n`);
    const ended = await runOne(stage, json, ending);
    if (ending.asked) return INTERRUPTED;
    if (!ended.passed) failed += 1;
    say(`=== ${stage.name}: ${ended.passed ? 'passed' : `FAILED: ${ended.why}`} in ${ended.seconds} s\n`);
    if (json) process.stdout.write(`${JSON.stringify({ stage: stage.name, ...ended })}\n`);
  }
  say(`\n${stages.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? PASSED : FAILED;
}

function runOne({ command, env, within_min }, json, ending) {
  const [program, ...args] = command.split(' ');
  const startedAt = performance.now();
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    stdio: ['ignore', json ? 2 : 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  ending.child = child;
  let isLate = false;
  const after = (minutes, signal) =>
    setTimeout(() => {
      isLate = true;
      child.kill(signal);
    }, minutes * 60_000);
  const bounds = [after(within_min, 'SIGTERM'), after(within_min + 1, 'SIGKILL')];
  return new Promise((resolve) => {
    const end = (passed, why) => {
      for (const bound of bounds) clearTimeout(bound);
      resolve({ passed, why, seconds: Math.round((performance.now() - startedAt) / 1000) });
    };
    child.once('error', (error) => end(false, error.message));
    child.once('exit', (code, signal) => {
      if (isLate) return end(false, `not done after ${within_min} min`);
      end(code === 0, code === 0 ? null : signal === null ? `exit code ${code}` : `ended by ${signal}`);
    });
  });
}

/** @returns `asked` once somebody wants an end; `child` is told of it */
function endings() {
  const ending = { asked: false, child: null };
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      ending.asked = true;
      ending.child?.kill(signal);
    });
  return ending;
}
