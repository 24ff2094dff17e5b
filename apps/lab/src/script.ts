// The script of a run: each action at its second from the start. @returns how to stop it
import { type TimedAction } from './actions.js';
import { type Lab } from './lab.js';

export function playScript(lab: Lab, schedule: readonly TimedAction[]): () => void {
  const timers = schedule.map(({ at_s, action }) =>
    setTimeout(() => lab.perform(action), Math.max(0, (at_s - lab.elapsed_s) * 1000)),
  );
  return () => timers.forEach(clearTimeout);
}
