// The last duty of the plant: when the lab is gone without a word (kill -9, a crash), whatever it had started must not
// stay. Most children notice by their standard input; a broker does not look there, and a frozen one cannot. The lab
// names its children as they come and go, so a number here is never somebody else's process for longer than a moment.
import { setTimeout as pause } from 'node:timers/promises';

const END_WITHIN_ms = 3000;

export async function endAll(pids: readonly number[]): Promise<void> {
  // A frozen process hears SIGTERM only once it runs again.
  for (const pid of pids) for (const signal of ['SIGTERM', 'SIGCONT'] as const) send(pid, signal);
  const deadline = performance.now() + END_WITHIN_ms;
  while (pids.some(isAlive) && performance.now() < deadline) await pause(50);
  for (const pid of pids) send(pid, 'SIGKILL');
}

function isAlive(pid: number): boolean {
  return send(pid, 0);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
