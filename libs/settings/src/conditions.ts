// When a setting has an effect, and which other one takes it away. The manual's own conditions, without what 2.07
// showed although it did nothing (a slave's MAINS, MIN and CAL; behaviour.md 14 rows 21 and 22).
import type { Condition, Settings } from './setting.js';

export function isSlave({ loadbl }: Settings): boolean {
  return loadbl.startsWith('slave');
}

export const ALWAYS: Condition = { words: null, holds: () => true, hiddenBy: () => 'config' };

export const OF_A_SITE: Condition = {
  words: 'MODE is Smart or LOADBL is Master, and not on a slave',
  holds: (settings) => !isSlave(settings) && (settings.mode === 'smart' || settings.loadbl === 'master'),
  hiddenBy: (settings) => (isSlave(settings) ? 'loadbl' : 'mode'),
};

export const SMART: Condition = {
  words: 'MODE is Smart, and not on a slave',
  holds: (settings) => !isSlave(settings) && settings.mode === 'smart',
  hiddenBy: (settings) => (isSlave(settings) ? 'loadbl' : 'mode'),
};

export const SOCKET: Condition = {
  words: 'CONFIG is Socket',
  holds: ({ config }) => config === 'socket',
  hiddenBy: () => 'config',
};

export const FIXED: Condition = {
  words: 'CONFIG is Fixed',
  holds: ({ config }) => config === 'fixed',
  hiddenBy: () => 'config',
};

export const LOCKED: Condition = {
  words: 'CONFIG is Socket and LOCK is not Disabled',
  holds: ({ config, lock }) => config === 'socket' && lock !== 'disabled',
  hiddenBy: ({ config }) => (config === 'fixed' ? 'config' : 'lock'),
};

export const GRANTING: Condition = {
  words: 'ACCESS is Switch',
  holds: ({ access }) => access === 'switch',
  hiddenBy: () => 'access',
};

export const STOPPING: Condition = {
  words: 'ACCESS is Disabled',
  holds: ({ access }) => access === 'disabled',
  hiddenBy: () => 'access',
};

export const MONITORED: Condition = {
  words: 'RCMON is Enabled',
  holds: ({ rcmon }) => rcmon === 'enabled',
  hiddenBy: () => 'rcmon',
};
