// Who may sign in at the broker inside the master: everybody whose key is in its configuration, each with its own role.
import type { KeyHolder } from '@fairamp/runtime';
import type { MasterAppConfig } from './config.js';

export function keyHolders({ id, key, roster, bridge, circuits }: MasterAppConfig): readonly KeyHolder[] {
  const slaves = roster.map((entry) => ({ role: 'slave' as const, id: entry.id, key: entry.key }));
  const meters = [bridge, ...circuits.map(({ meter }) => meter)].flatMap((meter) => {
    return meter === undefined ? [] : [{ role: 'bridge' as const, id: meter.id, key: meter.key }];
  });
  return [{ role: 'master', id, key }, ...slaves, ...meters];
}
