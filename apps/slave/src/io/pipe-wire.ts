// What the slave and its io process say to each other, as JSON lines on one pipe. The node that holds the lease runs in
// the io process, so messages go down as they came and what the node says comes up as it is to be published. A beat says
// no more than that its sender's loop turns; each end opens the contactor when it hears nothing (io.md 4.1).
import { z } from 'zod';
import type { JournalEntry } from '@fairamp/nodes';
import { failure, FAULTS, ok, type Result } from '@fairamp/units';

/** A report of a slave is under 2 kB, a message to one under 4 kB (design 5); base64 and its frame come on top. */
export const LONGEST_PIPE_LINE_bytes = 16_384;
/** Of a note; what is longer is cut. */
export const LONGEST_KEY = 200;
export const LONGEST_TEXT = 1000;
/** Of a message; more is none of ours (design 5: 4 kB a packet, topics of 128 bytes). */
export const LONGEST_TOPIC = 256;
export const LONGEST_PAYLOAD_bytes = 4096;
/** The pipe, as the io process is given it. */
export const PIPE_DESCRIPTOR = 3;
export const BEAT_EACH_ms = 100;
/** An end that has said nothing for so long is gone, or stands still. */
export const SILENT_ms = 500;

const topic = z.string().min(1).max(LONGEST_TOPIC);
const payload = z.base64().max(base64Length(LONGEST_PAYLOAD_bytes));

const fault = z.enum(FAULTS);
const charged = { charged_mAh: z.int().min(0).nullable(), charged_s: z.int().min(0) };
const entry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('car-came') }),
  z.strictObject({ kind: z.literal('car-left'), ...charged }),
  z.strictObject({ kind: z.literal('charging-began'), limit_dA: z.int().min(0).max(800) }),
  z.strictObject({ kind: z.literal('charging-ended'), ...charged }),
  z.strictObject({ kind: z.literal('charging'), ...charged }),
  z.strictObject({ kind: z.literal('fault-raised'), fault }),
  z.strictObject({ kind: z.literal('fault-cleared'), fault }),
]) satisfies z.ZodType<JournalEntry>;

const toIo = z.discriminatedUnion('kind', [
  /** First of all: what the store says, and of which files the slave was made. */
  z.strictObject({
    kind: z.literal('begin'),
    madeOf: z.string().max(128),
    settings: z.record(z.string().max(64), z.union([z.string().max(64), z.number()])),
    settingsDamaged: z.boolean(),
    residualLatched: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('beat') }),
  z.strictObject({ kind: z.literal('message'), topic, payload, retained: z.boolean() }),
  /** The broker has taken us in (again). */
  z.strictObject({ kind: z.literal('connected') }),
  /** The slave has written the safe outputs by itself: whatever the board was commanded is no longer there. */
  z.strictObject({ kind: z.literal('made-safe') }),
  /** To the question of this number: all that the slave had to do with the outputs is done. */
  z.strictObject({ kind: z.literal('answer'), n: z.int().min(1) }),
  /** A person has read of a latched fault. */
  z.strictObject({ kind: z.literal('acknowledge') }),
  z.strictObject({ kind: z.literal('stop') }),
]);

const fromIo = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('beat') }),
  /** A held board asks: may it be let go of? */
  z.strictObject({ kind: z.literal('ask'), n: z.int().min(1) }),
  z.strictObject({ kind: z.literal('journal'), entry }),
  z.strictObject({ kind: z.literal('latched'), residual: z.boolean() }),
  z.strictObject({ kind: z.literal('publish'), topic, payload, retain: z.boolean() }),
  z.strictObject({
    kind: z.literal('note'),
    level: z.enum(['info', 'warn', 'alarm']),
    key: z.string().max(LONGEST_KEY),
    text: z.string().max(LONGEST_TEXT),
  }),
]);

/** Slave to io process. */
export type ToIo = Readonly<z.infer<typeof toIo>>;
/** Io process to slave. */
export type FromIo = Readonly<z.infer<typeof fromIo>>;

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

export function encodePipeLine(line: ToIo | FromIo): string {
  return JSON.stringify(line);
}

export function decodeToIo(line: string): Result<ToIo, 'pipe'> {
  return decode(line, toIo);
}

export function decodeFromIo(line: string): Result<FromIo, 'pipe'> {
  return decode(line, fromIo);
}

function decode<T>(line: string, schema: z.ZodType<T>): Result<T, 'pipe'> {
  try {
    const checked = schema.safeParse(JSON.parse(line));
    return checked.success ? ok(checked.data) : failure('pipe', checked.error.issues[0]?.message ?? 'unknown line');
  } catch {
    return failure('pipe', line.slice(0, 40));
  }
}
