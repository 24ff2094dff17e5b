// A scenario as a small data file: what kind of site, which faults, within which ranges. It patches `base.json`; the
// seed draws everything else. A number may be a range [lowest, highest], from which each use draws. The file comes from
// outside: what does not fit is an answer that names the path and the value.
import { failure, ok, type Result } from '@fairamp/units';
import { z } from 'zod';
import { LIES } from '../meter-lies.js';
import { PHYSICAL_FAULTS } from '../physical-faults.js';
import { permille, range, RISING } from './fields.js';
import { rising } from './ranges.js';
import { incidentSchema } from './incidents.js';
import { particularSchema } from './particulars.js';
import { circuit, CIRCUITS_MAX, wrongsOf } from './schema-circuits.js';

/** circuit-bridge: of a circuit that has a meter. */
const PROCESSES = ['master', 'standby', 'bridge', 'circuit-bridge', 'slave', 'broker'] as const;
const POINTS_MAX = 8;

const link = z.strictObject({
  loss_permille: permille,
  duplicate_permille: permille,
  late_permille: permille,
  late_ms: z.tuple([z.int().min(1), z.int().max(60_000)]).refine(rising, RISING),
  delay_ms: z.tuple([z.int().min(0), z.int().max(5000)]).refine(rising, RISING),
  /** Only these suffer; none = all. */
  only: z.array(z.enum(['grant', 'report', 'sample', 'beacon', 'text'])),
});

const often = {
  each_s: range(1, 36_000),
  for_s: range(0.05, 3600),
  /** Instead of `each_s`: so long after each step up of the house, unless the one before still lasts. */
  afterStep_s: range(0, 600).optional(),
};
const fault = z.discriminatedUnion('kind', [
  /** -9; it comes back after `for_s`. */
  z.strictObject({
    kind: z.literal('kill'),
    who: z.array(z.enum(PROCESSES)).min(1),
    storeLost_permille: permille.optional(),
    ...often,
  }),
  /** SIGSTOP, and SIGCONT after `for_s`. */
  z.strictObject({
    kind: z.literal('freeze'),
    // A broker lives, or is killed.
    who: z.array(z.enum(PROCESSES).exclude(['broker'])).min(1),
    ...often,
  }),
  z.strictObject({
    kind: z.literal('cut'),
    who: z.array(z.enum(PROCESSES)).min(1),
    direction: z.array(z.enum(['in', 'out', 'both'])).min(1),
    /** What was sent meanwhile arrives at the end, as TCP does it. */
    holds_permille: permille,
    ...often,
  }),
  z.strictObject({ kind: z.literal('broker'), retained: z.array(z.enum(['kept', 'lost', 'old'])).min(1), ...often }),
  z.strictObject({ kind: z.literal('link'), profile: link.partial(), ...often }),
  z.strictObject({
    kind: z.literal('meter'),
    health: z.array(z.enum(['silent', ...LIES])).min(1),
    /** Whose; nothing said: of the mains. */
    of: z
      .array(z.enum(['mains', 'circuit']))
      .min(1)
      .optional(),
    ...often,
  }),
  z.strictObject({ kind: z.literal('weld'), ...often }),
  /** Something of a charge point breaks, and a person mends it after `for_s`; none named = any of them. */
  z.strictObject({ kind: z.literal('board'), fault: z.array(z.enum(PHYSICAL_FAULTS)), ...often }),
  /** A finger on the switch of a charge point, for `for_s`. */
  z.strictObject({ kind: z.literal('press'), ...often }),
]);

const options = z.strictObject({
  lock: z.array(z.enum(['none', 'solenoid', 'motor'])).min(1),
  /** Its wires R and W, as installed and as configured. */
  swapped_permille: permille,
  residual: z.array(z.enum(['disabled', 'monitored', 'tested'])).min(1),
  access: z.array(z.enum(['disabled', 'momentary', 'maintained'])).min(1),
  stopRestart_s: range(0, 3600),
  ventilated_permille: permille,
  unmetered_permille: permille,
});

const fields = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  /** One sentence for people. */
  about: z.string(),
  /** How often `--scenario all` draws it, against the others; 0 = only by name. */
  weight: z.number().min(0),
  site: z.strictObject({
    mode: z.enum(['smart', 'normal']),
    mains_A: range(10, 100),
    min_A: range(6, 16),
    points: z.int().min(1).max(POINTS_MAX),
    maximum_A: range(10, 80),
    failSafe: z.array(z.enum(['heartbeat', 'process', 'none'])).min(1),
    masters: z.union([z.literal(1), z.literal(2)]),
    oldestSample_s: z.number().min(1).max(25),
    phases: z.union([z.literal(1), z.literal(3)]),
    circuits: z.array(circuit).max(CIRCUITS_MAX),
    /** On which circuit each charge point hangs: drawn from all, or of these the first, the second; the rest on the mains. */
    hangs: z.union([z.literal('drawn'), z.array(z.string()).max(POINTS_MAX)]),
    /** cyclic: each charge point's conductors are turned as the seed draws it. */
    rotations: z.enum(['none', 'cyclic']),
    /** Whose names for the conductors the reports use: the mains', or the charge point's own. */
    names: z.enum(['mains', 'own']),
    /** Of each charge point, drawn from these. */
    priorities: z.array(z.int().min(-100).max(100)).min(1),
    turn_s: z.number().min(30).max(86_400),
    /** Of the mains, rated MAINS; null = nobody knows it. */
    mainsCurve: z.enum(['B', 'C', 'gG']).nullable(),
    /** Of each charge point, drawn from these. */
    options,
  }),
  /** Each process's clock is wrong by up to so much, either way; at its ends as likely as between them. */
  clock_ppm: z.number().min(0).max(5000),
  link,
  meter: z.strictObject({
    noise: z.number().min(0).max(1),
    broken: z.number().min(0).max(1),
    make: z.enum(['real', 'ideal']),
  }),
  house: z.strictObject({
    /** model: the built-in household. flat: only what `steps` and `flat_A` say. */
    kind: z.enum(['model', 'flat']),
    flat_A: range(-100, 100),
    /** Whatever it would draw, no more than so much of MAINS. */
    ceiling_permille: z.number().min(0).max(3000),
    /** And with the sun on its roof it may send out so much of MAINS. */
    export_permille: z.number().min(0).max(3000),
    steps: z.strictObject({ each_s: range(1, 36_000), for_s: range(1, 36_000), by_A: range(-100, 100) }).nullable(),
    /** Exactly these as well. */
    script: z.array(
      z.strictObject({
        at_s: z.number().min(0),
        for_s: z.number().min(0),
        by_A: z.number(),
        on: z.array(z.enum(['L1', 'L2', 'L3'])),
        /** Nothing said: on the mains. */
        circuit: z.string().optional(),
      }),
    ),
  }),
  cars: z.strictObject({
    kinds: z
      .array(z.enum(['single-phase', 'two-phase', 'three-phase', 'slow-ramp', 'nearly-full', 'stubborn', 'ideal']))
      .min(1),
    maximum_A: range(6, 80),
    /** They ask for ventilation (state D). */
    air_permille: permille,
    follow_s: range(0, 6),
    arrives_s: range(0, 36_000),
    stays_s: range(10, 86_400),
    away_s: range(5, 36_000),
    /** Exactly these, to the charge points by their number, in the place of what the four lines above draw. */
    visits: z
      .array(
        z.strictObject({
          point: z.int().min(1).max(POINTS_MAX),
          at_s: z.number().min(0),
          for_s: z.number().min(1),
          /** The cable that it comes with; as the site's without. */
          cable_A: z.literal([13, 16, 32, 63]).optional(),
        }),
      )
      .nullable(),
  }),
  /** Of single charge points, whatever is drawn. */
  particulars: z.array(particularSchema),
  faults: z.array(fault),
  /** Exactly these as well. */
  incidents: z.array(incidentSchema),
});

export const scenarioSchema = fields.superRefine(({ site, cars, house, particulars, incidents }, { addIssue }) => {
  const named = (path: readonly (string | number)[], point: unknown): void => {
    if (typeof point !== 'number' || point <= site.points) return;
    addIssue({ code: 'custom', path: [...path], input: point, message: 'the site does not have this charge point' });
  };
  cars.visits?.forEach(({ point }, index) => named(['cars', 'visits', index, 'point'], point));
  particulars.forEach(({ point }, index) => named(['particulars', index, 'point'], point));
  incidents.forEach((incident, index) => {
    if ('who' in incident) named(['incidents', index, 'who'], incident.who);
  });
  for (const { path, value, message } of wrongsOf(site, house)) {
    addIssue({ code: 'custom', path: [...path], input: value, message });
  }
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type Fault = Scenario['faults'][number];
export type { Range } from './fields.js';
export type LinkPatch = z.infer<typeof link>;

export type ScenarioRefusal = 'schema';

/** @param patches outermost last; objects are merged, lists and ranges replaced */
export function parseScenario(...patches: readonly unknown[]): Result<Scenario, ScenarioRefusal> {
  const parsed = scenarioSchema.safeParse(patches.reduce(merged), { reportInput: true });
  if (parsed.success) return ok(parsed.data);
  const told = parsed.error.issues.map(({ path, input, message }) => {
    return `${path.join('.') || 'scenario'}${valueOf(input)}: ${message}`;
  });
  return failure('schema', told.slice(0, 3).join('; '));
}

/** Of a whole section its keys would say no more than the path does. */
function valueOf(input: unknown): string {
  return isPlain(input) || input === undefined ? '' : ` ${JSON.stringify(input).slice(0, LONGEST_VALUE)}`;
}
const LONGEST_VALUE = 60;

type Plain = { readonly [key: string]: unknown };

function merged(base: unknown, patch: unknown): unknown {
  if (!isPlain(base) || !isPlain(patch)) return patch;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(patch)])];
  return Object.fromEntries(keys.map((key) => [key, key in patch ? merged(base[key], patch[key]) : base[key]]));
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
