// What a charge point's board and the plant say to each other, as JSON lines. The plant is the physical world of the
// lab in a process of its own: it holds the outlet, the car in it and the latched outputs, and outlives the board's
// process. Either end treats the other as hostile: a line is decoded to a value or to a reason, never to an exception.
//
// A plant sends all that it senses but the pilot and the draw after each hello and at each change, `contactor` also in
// answer to each `power` line, so that a refusal is heard; `proximity` also each half second (io.md 1.2); `sample` every
// 10 to 50 ms, for the board opens within 100 ms of the car's leaving C by two of them; `draw` at each change and each
// second. An outlet without a lock, a switch or a monitor says nothing of it.
import { z } from 'zod';
import type { Indicator, LockState } from '@fairamp/evse';
import { failure, ok, type Result } from '@fairamp/units';

/**
 * A plant without a heartbeat for so long opens by itself and puts the pilot to X1: within the 6 s of design.md 3
 * rule 6 (`process`), its own tick included, and longer than a loaded computer freezes a process (io.md 4.1: 1.2 s).
 */
export const FAIL_SAFE_ms = 4000;

/** The longest line of either direction takes some 90 bytes; what is longer is noise. */
export const LONGEST_LINE_bytes = 512;

// Peak levels are -12 to +12 V with 0.6 V of tolerance; 16 V leaves room for a faulty front end to be seen as such.
const level_mV = z.int().min(-16_000).max(16_000);
// The largest charge point offers 800 dA; a car that disobeys may draw more, and must be seen to.
const draw_dA = z.int().min(0).max(2000);

/** No actuator of behaviour.md 7 wants more than 600 ms; 4 s is what a driver of one bears (io.md 1.2). */
const pulse_ms = z.int().min(1).max(4000);
const lockState = z.enum(['locked', 'unlocked']) satisfies z.ZodType<LockState>;
const indicator = z.enum(['off', 'dim', 'on', 'breathing', 'flash', 'blink-slow', 'blink', 'blink-fast']);
const TOO_HOT_celsius = 200;
/** What no sensor says is hot, rather than not heard. */
const celsius = z.number().transform((told) => (told >= -60 && told <= TOO_HOT_celsius ? told : TOO_HOT_celsius));
/** Above 100 kOhm nothing is plugged in. */
const ohm = z
  .number()
  .min(0)
  .nullable()
  .transform((told) => (told === null || told > 100_000 ? null : Math.round(told)));

const pilot = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('X1') }),
  z.strictObject({ kind: z.literal('F') }),
  z.strictObject({ kind: z.literal('pwm'), duty_permille: z.int().min(1).max(999) }),
]);

const boardLine = z.discriminatedUnion('kind', [
  /** The first line of a connection: which outlet of the plant this board drives. */
  z.strictObject({ kind: z.literal('hello'), outlet: z.string().regex(/^[\w.-]{1,64}$/) }),
  z.strictObject({ kind: z.literal('pilot'), pilot }),
  z.strictObject({ kind: z.literal('power'), on: z.boolean() }),
  z.strictObject({ kind: z.literal('heartbeat') }),
  /** One pulse of the plug's lock. */
  z.strictObject({ kind: z.literal('lock'), toward: lockState, for_ms: pulse_ms }),
  /** The residual-current monitor is made to trip. */
  z.strictObject({ kind: z.literal('test-residual') }),
  z.strictObject({ kind: z.literal('indicator'), indicator: indicator satisfies z.ZodType<Indicator> }),
]);

const plantLine = z.discriminatedUnion('kind', [
  /** low is null while the pilot is steady. */
  z.strictObject({ kind: z.literal('sample'), high_mV: level_mV, low_mV: level_mV.nullable() }),
  /** null = open circuit: no plug. */
  z.strictObject({ kind: z.literal('proximity'), ohm }),
  /** The feedback contact. */
  z.strictObject({ kind: z.literal('contactor'), closed: z.boolean() }),
  /** By the charge point's own terminals. */
  z.strictObject({
    kind: z.literal('draw'),
    draw_dA: z.strictObject({ L1: draw_dA, L2: draw_dA, L3: draw_dA }),
  }),
  /** The level at terminal B, the lock's feedback; what it means depends on the actuator. */
  z.strictObject({ kind: z.literal('lock'), high: z.boolean() }),
  /** Terminal SW. */
  z.strictObject({ kind: z.literal('switch'), pressed: z.boolean() }),
  /** Terminal IO3; an open wire is tripped. */
  z.strictObject({ kind: z.literal('residual'), tripped: z.boolean() }),
  z.strictObject({ kind: z.literal('temperature'), celsius }),
  /** The mains of the charge point itself: what it has stored lasts for one pulse of the lock. */
  z.strictObject({ kind: z.literal('supply'), failing: z.boolean() }),
]);

/** Board to plant. */
export type BoardLine = Readonly<z.infer<typeof boardLine>>;
/** Plant to board. */
export type PlantLine = Readonly<z.infer<typeof plantLine>>;
export type LineRefusal = 'oversized' | 'not-json' | 'schema';

/** Without its line feed. */
export function encodeBoardLine(line: BoardLine): string {
  return JSON.stringify(line);
}

export function encodePlantLine(line: PlantLine): string {
  return JSON.stringify(line);
}

export function decodeBoardLine(line: string): Result<BoardLine, LineRefusal> {
  return decode(line, boardLine);
}

export function decodePlantLine(line: string): Result<PlantLine, LineRefusal> {
  return decode(line, plantLine);
}

function decode<T>(line: string, schema: z.ZodType<T>): Result<T, LineRefusal> {
  if (line.length > LONGEST_LINE_bytes) return failure('oversized', `${line.length} characters`);
  const json = parse(line);
  if (!json.ok) return json;
  const checked = schema.safeParse(json.value);
  if (!checked.success) return failure('schema', checked.error.issues[0]?.message ?? 'unknown line');
  return ok(checked.data);
}

function parse(line: string): Result<unknown, LineRefusal> {
  try {
    return ok(JSON.parse(line) as unknown);
  } catch {
    return failure('not-json', line.slice(0, 40));
  }
}
