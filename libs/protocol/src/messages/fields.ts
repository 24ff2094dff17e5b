// Fields that several messages share. Units stand in the keys; everything is bounded, because every byte is hostile
// until it has passed.
import { z } from 'zod';
import { FAULTS, PHASES, isBecause } from '@fairamp/units';

/** A participant's or site's name in a topic: no `/`, `+`, `#`, nothing that needs quoting. */
export const ID = '[a-z0-9][a-z0-9-]{0,31}';
/** Every object has something under these names: a record keyed by ids would find it. */
const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
export function isOfEveryObject(id: string): boolean {
  return OF_EVERY_OBJECT.has(id);
}
export const idField = z
  .string()
  .regex(new RegExp(`^${ID}$`), 'expected 1 to 32 of a-z, 0-9 and -')
  .refine(
    (id) => !isOfEveryObject(id),
    'expected another name: each object of the program has one of this name already',
  );
/** 64 random bits of one start of a process, lower-case hex. */
export const bootField = z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits');
export const countField = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Monotonic ms since the sender's own zero: 285,000 years fit. */
export const clockField = countField;
export const durationField = z.number().int().min(0).max(3_600_000);
/** 0, or what a pilot can offer: IEC 61851-1 Table A.7. */
export const limitField = z
  .number()
  .int()
  .refine((limit) => limit === 0 || (limit >= 60 && limit <= 800), 'expected 0 or 60 to 800 dA');
/** A measured current; the sum of a house, its cars and its export stays far inside. */
export const currentField = z.number().int().min(-20_000).max(20_000);
export const perPhaseField = z.strictObject({ L1: currentField, L2: currentField, L3: currentField });
export const phasesField = z
  .array(z.enum(PHASES as ['L1', 'L2', 'L3']))
  .min(1)
  .max(3)
  .refine((phases) => new Set(phases).size === phases.length, 'expected each conductor once');
/** Enough for every conductor of a tree of eight circuits, and what else may stand beside them. */
export const BECAUSES_MAX = 32;
export const becauseField = z.array(z.string().refine(isBecause, 'expected a because')).max(BECAUSES_MAX);
export const faultsField = z.array(z.enum(FAULTS)).max(FAULTS.length);
/** One life of one master: 1 + the highest count seen, and its boot. */
export const epochField = z.strictObject({ count: countField, boot: bootField });
export const macField = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');
