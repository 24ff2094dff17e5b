// A recording, line by line: a header, then what was heard, each with the time since the start on a clock that never
// goes back. Text stays text, so that a person can read and search it; bytes that are no text are base64 and say so.
import { failure, ok, type Milliseconds, type Result } from '@fairamp/units';
import { z } from 'zod';

export const VERSION = 1;

const headerSchema = z.object({
  fairamp: z.literal('recording'),
  version: z.literal(VERSION),
  site: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  /** By the wall clock, for people. */
  started: z.string().max(40),
  filter: z.string().max(100),
});
export type Header = z.infer<typeof headerSchema>;

/** Nobody records for longer: more is a damaged figure. */
const LONGEST_ms: Milliseconds = 366 * 24 * 3_600_000;
const timeField = z.int().min(0).max(LONGEST_ms);
const messageSchema = z.object({
  t_ms: timeField,
  topic: z.string().min(1).max(200),
  retain: z.boolean(),
  payload: z.string(),
  base64: z.literal(true).optional(),
});
const linkSchema = z.object({ t_ms: timeField, link: z.enum(['connected', 'disconnected']) });
const lineSchema = z.union([messageSchema, linkSchema]);

export type Heard = {
  readonly t_ms: Milliseconds;
  readonly topic: string;
  readonly retain: boolean;
  readonly payload: Uint8Array;
};
/** The recorder's own connection: between the two nothing could be heard. */
export type LinkLine = z.infer<typeof linkSchema>;
export type Line = Heard | LinkLine;

export function headerLine(header: Omit<Header, 'fairamp' | 'version'>): string {
  return `${JSON.stringify({ fairamp: 'recording', version: VERSION, ...header })}\n`;
}

export function heardLine({ t_ms, topic, retain, payload }: Heard): string {
  const text = textOf(payload);
  const written =
    text === null ? { payload: Buffer.from(payload).toString('base64'), base64: true } : { payload: text };
  return `${JSON.stringify({ t_ms, topic, retain, ...written })}\n`;
}

export function linkLine(line: LinkLine): string {
  return `${JSON.stringify(line)}\n`;
}

export function parseHeader(text: string): Result<Header, 'header'> {
  const read = headerSchema.safeParse(jsonOf(text));
  if (read.success) return ok(read.data);
  return failure('header', `${shortly(text)} is not the first line of a recording of version ${VERSION}`);
}

export function parseLine(text: string): Result<Line, 'line'> {
  const read = lineSchema.safeParse(jsonOf(text));
  if (!read.success) return failure('line', shortly(text));
  const line = read.data;
  if ('link' in line) return ok(line);
  const { t_ms, topic, retain, payload, base64 } = line;
  return ok({ t_ms, topic, retain, payload: Buffer.from(payload, base64 === true ? 'base64' : 'utf8') });
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(payload: Uint8Array): string | null {
  try {
    return decoder.decode(payload);
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function shortly(text: string): string {
  return jsonText(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** Nothing from a file may steer a terminal: JSON itself lets pass what is above 0x7e. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/\p{C}/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
