// What the plant and the lab say to each other over their channel: the truth ten times a second, and what somebody does
// to the physical world. Either side checks what it hears.
import { INDICATORS, type Indicator } from '@fairamp/evse';
import { PHYSICAL_FAULTS } from '@fairamp/simulation';
import { z } from 'zod';
import { type OutletTruth } from '../checks/moment.js';

const current_dA = z.int();
/** The plant's clock: 0 when its world began. */
const at_ms = z.int().min(0);
const perPhase = z.strictObject({ L1: current_dA, L2: current_dA, L3: current_dA });

const fault = z.enum(PHYSICAL_FAULTS);

const outletTruth = z.strictObject({
  id: z.string(),
  pilot: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'invalid']),
  contactorClosed: z.boolean(),
  offered_dA: current_dA,
  draw_dA: perPhase,
  isHungry: z.boolean(),
  phases: z.array(z.enum(['L1', 'L2', 'L3'])),
  /** Of the car's battery; null without a car. */
  charge_permille: z.number().nullable(),
  lock: z.enum(['none', 'locked', 'unlocked']),
  indicator: z.enum(Object.keys(INDICATORS) as [Indicator, ...Indicator[]]),
  broken: z.array(fault),
}) satisfies z.ZodType<OutletTruth>;

export const fromPlant = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    at_ms,
    /** What the bridge is to open. */
    port: z.string(),
    house: z.string(),
    /** Why the port is no pseudo-terminal; null when it is one. */
    noPty: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('truth'),
    at_ms,
    house_dA: perPhase,
    cars_dA: perPhase,
    worst_over_dA: current_dA,
    worst_over_ms: z.int(),
    outlets: z.array(outletTruth),
  }),
]);
export type FromPlant = z.infer<typeof fromPlant>;
export type Truth = Extract<FromPlant, { kind: 'truth' }>;

export const toPlant = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('plug'), outlet: z.string() }),
  z.strictObject({ kind: z.literal('unplug'), outlet: z.string() }),
  z.strictObject({ kind: z.literal('fault'), outlet: z.string(), fault, on: z.boolean() }),
  /** A finger on the switch, and off it again. */
  z.strictObject({ kind: z.literal('press'), outlet: z.string() }),
  /** The house draws so much more, or less, on each phase, from now on and on top of earlier steps. */
  z.strictObject({ kind: z.literal('house-step'), step_dA: current_dA }),
  /** The processes that must not outlive the lab. */
  z.strictObject({ kind: z.literal('guard'), pids: z.array(z.int().positive()) }),
]);
export type ToPlant = z.infer<typeof toPlant>;
