// What a board of embedded Linux is made of: `board.yaml`, checked as a whole before anything is touched. Everything is
// found by its name (of a gpio chip, a pwm or adc device), never by a number that a kernel may give to another one
// tomorrow (io.md 2.2). An unknown key is a mistake: a guard that was misspelt must not be a guard that is missing.
import { z } from 'zod';
import { sharedPlaces } from './shared-places.js';
import type { SettingsOfBoard } from './terminals.js';
import { terminalComplaints, TERMINALS } from './terminals.js';

const name = z.string().regex(/^[\w.:,@+-]{1,64}$/, 'letters, digits and . : , @ + - _');
/** One of several models; the first that exists counts. */
const names = z.union([name.transform((one) => [one]), z.array(name).min(1).max(8)]);
const ms = (least: number, most: number) => z.int().min(least).max(most);

/** A line of a gpio chip, by the chip's label and the line's number within it. */
const line = z.strictObject({
  chip: names.describe('label of the gpio chip, as in /sys/class/gpio/gpiochip*/label'),
  offset: z.int().min(0).max(511).describe('number of the line within its chip'),
  activeLow: z.boolean().default(false).describe('a low level means on'),
});

/** From a raw reading to millivolts at the terminal: raw * reference / full scale * gain + offset. */
const adc = {
  adc: names.describe('name of the converter, as in /sys/bus/iio/devices/*/name, or of its device'),
  channel: z.string().regex(/^voltage\d{1,2}$/, 'voltage0 to voltage99'),
  fullScale_raw: z.int().min(1).max(1_000_000),
  reference_mV: z.int().min(1).max(50_000),
  gain: z
    .number()
    .min(-1000)
    .max(1000)
    .refine((gain) => gain !== 0, 'reads the same whatever there is')
    .default(1),
  offset_mV: z.number().min(-100_000).max(100_000).default(0),
};
const input = z.strictObject(adc);
const detector = z.strictObject({ ...adc, reset: line.describe('on: the detector forgets its peak') });

const pilot = z.strictObject({
  pwm: z.strictObject({
    device: names.describe('name of the pwm device, as the link /sys/class/pwm/pwmchip*/device ends'),
    channel: z.int().min(0).max(31),
    inverted: z.boolean().default(false).describe('the driver turns the level round'),
  }),
  enable: line.optional().describe('on: the driver of the line is on'),
  measure: z.strictObject({
    kind: z.literal('peak-detectors'),
    period_ms: ms(5, 50).default(10),
    reset_ms: ms(1, 10).default(2),
    settle_ms: ms(2, 10).default(2).describe('two periods of the pwm at least'),
    positive: detector,
    negative: detector,
  }),
});

const divider = z.strictObject({
  kind: z.literal('divider'),
  pullUp_ohm: z.int().min(10).max(100_000),
  supply_mV: z.int().min(500).max(24_000),
});
const table = z.strictObject({
  kind: z.literal('table'),
  rows: z
    .array(z.strictObject({ from_mV: z.int().min(0).max(50_000), ohm: z.int().min(0).max(100_000).nullable() }))
    .min(2)
    .max(12)
    .describe('from above; the first that the reading reaches; below all of them the plug is shorted'),
});
const proximity = z.strictObject({
  input,
  reads: z.discriminatedUnion('kind', [divider, table]),
  poll_ms: ms(50, 500).default(50).describe('a plug without its resistor opens the contactor'),
});

const contactor = z.strictObject({
  coil: line,
  feedback: z
    .strictObject({ line, contact: z.enum(['open', 'closed']).describe('what the contactor is while the line is on') })
    .optional(),
  heartbeat: line.optional().describe('the coil drops without its pulses'),
});

const lockFeedback = z.union([
  z.strictObject({ line }),
  z.strictObject({ input, locked_mV: z.tuple([z.number(), z.number()]) }),
]);
const lock = z.strictObject({
  actuator: z.enum(['solenoid', 'motor']),
  lock: line.describe('on for a pulse: it locks'),
  unlock: line.describe('on for a pulse: it unlocks'),
  longest_ms: ms(100, 4000).default(1000).describe('longer pulses are cut'),
  feedback: lockFeedback,
});

const failSafe = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heartbeat'), opensWithin_ms: ms(500, 6000) }),
  z.strictObject({ kind: z.literal('process'), opensWithin_ms: ms(1000, 6000) }),
  z.strictObject({ kind: z.literal('none') }),
]);

const fields = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'small letters, digits and -'),
  about: z.string().max(500).optional(),
  terminals: z
    .partialRecord(z.enum(TERMINALS), z.string().min(1).max(60))
    .describe("the manual's terminal: what it is called on this board"),
  connector: z.enum(['socket', 'fixed']),
  phases: z.union([z.literal(1), z.literal(3)]),
  current: z.strictObject({ min_A: z.int().min(6).max(80), max_A: z.int().min(6).max(80) }),
  pilot,
  proximity: proximity.optional(),
  contactor,
  lock: lock.optional(),
  switch: z.strictObject({ line, debounce_ms: ms(10, 200).default(50) }).optional(),
  residual: z
    .strictObject({ line: line.describe('on: tripped, or its wire is broken'), test: line.optional() })
    .optional(),
  led: z.union([z.strictObject({ led: name }), z.strictObject({ line })]).optional(),
  temperature: z.strictObject({ hwmon: name, input: z.string().regex(/^temp\d{1,2}$/) }).optional(),
  supply: z.strictObject({ line: line.describe('on: the supply is going') }).optional(),
  serial: z
    .strictObject({ path: z.string().regex(/^\/dev\/[\w./-]{1,60}$/) })
    .optional()
    .describe('terminals A and B'),
  failSafe,
  safe: z.strictObject({ pilot: z.enum(['F', 'X1']) }),
});

export type BoardDescription = z.output<typeof fields>;
export type LineDescription = BoardDescription['contactor']['coil'];
export type InputDescription = z.output<typeof input>;

/** What contradicts itself although each part is right. */
function complaints(board: BoardDescription): readonly (readonly [path: readonly string[], message: string])[] {
  const { current, connector, proximity: plug, lock: bolt, contactor: main, failSafe: kind } = board;
  const { period_ms, reset_ms, settle_ms } = board.pilot.measure;
  const has: SettingsOfBoard = {
    proximity: plug !== undefined,
    lock: bolt !== undefined,
    switch: board.switch !== undefined,
    residual: board.residual !== undefined,
    led: board.led !== undefined,
    serial: board.serial !== undefined,
  };
  return [
    ...when(current.min_A > current.max_A, ['current', 'min_A'], `must not be above max_A, ${current.max_A}`),
    ...when(connector === 'socket' && plug === undefined, ['proximity'], 'must be given for a socket'),
    ...when(connector === 'fixed' && bolt !== undefined, ['lock'], 'must not be given for a fixed cable'),
    ...when(
      period_ms <= reset_ms + settle_ms,
      ['pilot', 'measure', 'period_ms'],
      `must be longer than reset_ms and settle_ms, ${reset_ms + settle_ms}`,
    ),
    ...when(
      (kind.kind === 'heartbeat') !== (main.heartbeat !== undefined),
      ['contactor', 'heartbeat'],
      'must be given with failSafe.kind "heartbeat", and only then',
    ),
    ...unordered(board),
    ...sharedPlaces(board),
    ...terminalComplaints(board.terminals, has),
  ];
}

/** Rows are tried from above: one that is not below its neighbour would hide it, and a thin cable pass for a thick one. */
function unordered({ proximity: plug, lock: bolt }: BoardDescription): ReturnType<typeof complaints> {
  const rows = plug?.reads.kind === 'table' ? plug.reads.rows : [];
  const [from_mV, to_mV] = bolt !== undefined && 'input' in bolt.feedback ? bolt.feedback.locked_mV : [0, 0];
  return [
    ...rows.flatMap(({ from_mV: here_mV }, row) =>
      when(
        here_mV >= (rows[row - 1]?.from_mV ?? Infinity),
        ['proximity', 'reads', 'rows', `${row}`, 'from_mV'],
        `must be below that of the row before, ${rows[row - 1]?.from_mV}`,
      ),
    ),
    ...when(from_mV > to_mV, ['lock', 'feedback', 'locked_mV'], `must be [from, to], and ${from_mV} is above ${to_mV}`),
  ];
}

function when(isWrong: boolean, path: readonly string[], message: string) {
  return isWrong ? [[path, message] as const] : [];
}

/** The schema of `board.yaml`; who reads the file shows its issues as those of a configuration. */
export const boardSchema = fields.superRefine((board, context) => {
  for (const [path, message] of complaints(board)) context.addIssue({ code: 'custom', path: [...path], message });
});
