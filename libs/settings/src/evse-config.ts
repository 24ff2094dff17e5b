// What the settings make of a charge point. Whatever has no effect is left out here, so that the charge point cannot
// act by a setting that nobody sees (2.07 drove the lock of a fixed cable).
import type { EvseConfig } from '@fairamp/evse';
import type { Deciamps } from '@fairamp/units';
import { inEffect } from './catalogue.js';
import type { Settings } from './setting.js';

/** What has to be known of the hardware; a board's capabilities have it. */
export type SettingsBoard = {
  /** What it may switch for ever. */
  readonly max_dA: Deciamps;
  readonly contactorFeedback: boolean;
  /** The terminals R W B, SW and 3. */
  readonly lock: boolean;
  readonly switch: boolean;
  readonly residual: EvseConfig['residual'];
};

/** @param settingsDamaged the settings could not be read, and these stand in for them: nothing charges */
export function evseConfigOf(given: Settings, board: SettingsBoard, settingsDamaged = false): EvseConfig {
  const settings = inEffect(given);
  return {
    connector: settings.config,
    max_dA: Math.min(settings.max_dA, board.max_dA),
    cable_dA: settings.cable_dA,
    proximity: settings.proximity,
    contactorFeedback: board.contactorFeedback,
    lock: {
      actuator: settings.lock === 'disabled' ? 'none' : settings.lock,
      swapped: settings.lockWires === 'swapped',
    },
    access: settings.access === 'switch' ? settings.accessKind : 'disabled',
    stopRestart_s: settings.stopRestart_s,
    residual: residualOf(settings, board),
    ventilated: settings.ventilated === 'enabled',
    settingsDamaged,
  };
}

/** Enabled on a board without such an input it is never heard, and so lets nothing charge. */
function residualOf({ rcmon, residualTest }: Settings, board: SettingsBoard): EvseConfig['residual'] {
  if (rcmon === 'disabled') return 'disabled';
  return residualTest === 'enabled' && board.residual === 'tested' ? 'tested' : 'monitored';
}
