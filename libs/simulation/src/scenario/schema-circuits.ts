// The tree of circuits in a scenario's file: what each is protected by, who measures it, and how much of the house hangs
// on it. Parents stand before their children, so that no chain of them can lead back to itself.
import { MAINS } from '@fairamp/units';
import { z } from 'zod';
import { permille, range } from './fields.js';

export const CIRCUITS_MAX = 16;

const limit_A = range(6, 100);
const steps = z.strictObject({ each_s: range(1, 36_000), for_s: range(1, 36_000), by_A: range(-100, 100) });

export const circuit = z.strictObject({
  /** As in the protocol, with room for the name of its bridge. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,23}$/),
  parent: z.string(),
  /** One figure for all conductors, or one each. */
  limit_A: z.union([limit_A, z.strictObject({ L1: limit_A, L2: limit_A, L3: limit_A })]),
  /** Rated as the highest limit. */
  curve: z.enum(['B', 'C', 'gG']),
  /** either: the seed draws it. */
  metered: z.union([z.boolean(), z.literal('either')]),
  /** Where nobody measures, or its meter is silent: the most that hangs there beside cars. 0 with a meter: it may be all. */
  allowance_A: range(0, 100),
  house: z.strictObject({
    /** So much of the site's house hangs on it. */
    share_permille: permille,
    /** Switched on it beside that. */
    steps: steps.nullable(),
  }),
});

type Site = {
  readonly mode: 'smart' | 'normal';
  readonly circuits: readonly z.infer<typeof circuit>[];
  readonly hangs: 'drawn' | readonly string[];
};
type Wrong = { readonly path: readonly (string | number)[]; readonly value: unknown; readonly message: string };

type House = { readonly script: readonly { readonly circuit?: string | undefined }[] };

export function wrongsOf({ mode, circuits, hangs }: Site, { script }: House): readonly Wrong[] {
  const ids = [MAINS, ...circuits.map(({ id }) => id)];
  const wrongs = circuits.flatMap(({ id, parent }, index): readonly Wrong[] => {
    const before = ids.slice(0, index + 1);
    const path = ['site', 'circuits', index];
    if (before.includes(id)) return [{ path: [...path, 'id'], value: id, message: 'two circuits of one name' }];
    const message = 'neither the mains nor a circuit before this one';
    return before.includes(parent) ? [] : [{ path: [...path, 'parent'], value: parent, message }];
  });
  const strangers = (hangs === 'drawn' ? [] : hangs).flatMap((id, index): readonly Wrong[] => {
    const path = ['site', 'hangs', index];
    return ids.includes(id) ? [] : [{ path, value: id, message: 'a charge point on a circuit that is not there' }];
  });
  const nowhere = script.flatMap(({ circuit: where = MAINS }, index): readonly Wrong[] => {
    const path = ['house', 'script', index, 'circuit'];
    return ids.includes(where) ? [] : [{ path, value: where, message: 'a step on a circuit that is not there' }];
  });
  const inNormal: readonly Wrong[] =
    mode === 'normal' && circuits.length > 0
      ? [{ path: ['site', 'circuits'], value: circuits.length, message: 'circuits need Smart mode' }]
      : [];
  return [...wrongs, ...strangers, ...nowhere, ...sharesTooMuch(circuits), ...inNormal];
}

/** Below one parent no more than all of what hangs on it. */
function sharesTooMuch(circuits: Site['circuits']): readonly Wrong[] {
  let left = 1000;
  return circuits.flatMap(({ house: { share_permille } }, index): readonly Wrong[] => {
    left -= share_permille;
    const path = ['site', 'circuits', index, 'house', 'share_permille'];
    return left >= 0 ? [] : [{ path, value: share_permille, message: 'more than the whole house' }];
  });
}
