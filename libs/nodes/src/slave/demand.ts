// Which of its own limits holds the charge point back: the setting MAX or the cable? The master shows it as the because.
import type { EvseConfig } from '@fairamp/evse';
import type { Deciamps } from '@fairamp/units';

export function demandBecause(demand_dA: Deciamps, config: EvseConfig): 'setting-max' | 'cable' {
  return demand_dA > 0 && demand_dA < config.max_dA ? 'cable' : 'setting-max';
}
