// The running system, where there is one: systemd's commands, the accounts. Inside --root there is none, and nothing is
// called. A command that is not there or fails is an answer, not an exception.
import { spawnSync } from 'node:child_process';

export type Ran = { readonly ok: boolean; readonly said: string };

export interface System {
  /** false: an image, or a computer without systemd; what stands in files then takes effect at the next boot. */
  readonly isRunning: boolean;
  run(command: string, args: readonly string[]): Ran;
}

/** A unit that starts has a minute to say that it is ready. */
const COMMAND_WITHIN_ms = 90_000;

export function runningSystem(): System {
  // As sd_booted(3) has it.
  const booted = run('test', ['-d', '/run/systemd/system']).ok;
  return { isRunning: booted, run };
}

export const noSystem: System = { isRunning: false, run: () => ({ ok: true, said: '' }) };

function run(command: string, args: readonly string[]): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: COMMAND_WITHIN_ms,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) return { ok: false, said: `${command}: ${error.message}` };
  return { ok: status === 0, said: `${stdout}${stderr}`.trim() };
}
