// A charge point without any of the manual's options, as most of what configures one begins.
import type { EvseConfig } from './types.js';

type Options = 'lock' | 'access' | 'stopRestart_s' | 'residual' | 'ventilated' | 'settingsDamaged';

export const PLAIN: Pick<EvseConfig, Options> = {
  lock: { actuator: 'none', swapped: false },
  access: 'disabled',
  stopRestart_s: 0,
  residual: 'disabled',
  ventilated: false,
  settingsDamaged: false,
};
