// Bytes to a trusted message and back. A message is JSON whose schema has passed and whose MAC is right; everything
// else is a Failure with one of four reasons, to be counted. Nothing here throws on input.
import { failure, ok, type Result } from '@fairamp/units';
import { type z } from 'zod';
import { canonicalWriter, type Writer } from './canonical.js';
import { isMacRight, macOfText, type MessageKind } from './mac.js';
import { beaconSchema, type Beacon } from './messages/beacon.js';
import { grantSchema, type Grant } from './messages/grant.js';
import { reportSchema, type Report } from './messages/report.js';
import { sampleSchema, type Sample } from './messages/sample.js';

export type MessageOf = { report: Report; grant: Grant; beacon: Beacon; sample: Sample };
export type Unsigned<Kind extends MessageKind> = Omit<MessageOf[Kind], 'mac'>;
export type DecodeFailure = 'too-long' | 'not-json' | 'schema' | 'mac';

/** A slave's packet limit (design 5); none of the four messages comes near it. */
const BYTES_MAX = 4096;

const schemas: { readonly [Kind in MessageKind]: z.ZodType<MessageOf[Kind]> } = {
  report: reportSchema,
  grant: grantSchema,
  beacon: beaconSchema,
  sample: sampleSchema,
};

/** The MAC is over every field but itself, whatever the order in which they were typed. */
const signedTexts: { readonly [Kind in MessageKind]: Writer } = {
  report: canonicalWriter(reportSchema.omit({ mac: true })),
  grant: canonicalWriter(grantSchema.omit({ mac: true })),
  beacon: canonicalWriter(beaconSchema.omit({ mac: true })),
  sample: canonicalWriter(sampleSchema.omit({ mac: true })),
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export type Seal = { readonly site: string; readonly key: Uint8Array };

/** What is sent is the text that was signed, with `mac` behind it: a receiver need not write it once more. */
export function encodeMessage<Kind extends MessageKind>(kind: Kind, body: Unsigned<Kind>, seal: Seal): Uint8Array {
  const text = signedTexts[kind](body);
  const mac = macOfText(seal.key, seal.site, kind, text);
  return encoder.encode(`${text.slice(0, -1)}${MAC_START}${mac}${MAC_END}`);
}

export function decodeMessage<Kind extends MessageKind>(
  kind: Kind,
  bytes: Uint8Array,
  seal: Seal,
): Result<MessageOf[Kind], DecodeFailure> {
  const read = readMessage(kind, bytes);
  if (!read.ok) return read;
  const { message, text } = read.value;
  if (!isGenuine(kind, message, text, seal))
    return failure('mac', `${kind} of "${message.from}": the MAC does not fit`);
  return ok(message);
}

/** What it says, whoever said it: for people who look on, who have no key. Whatever decides takes `decodeMessage`. */
export function readUnproven<Kind extends MessageKind>(
  kind: Kind,
  bytes: Uint8Array,
): Result<MessageOf[Kind], Exclude<DecodeFailure, 'mac'>> {
  const read = readMessage(kind, bytes);
  return read.ok ? ok(read.value.message) : read;
}

type Read<Kind extends MessageKind> = { readonly message: MessageOf[Kind]; readonly text: string };

function readMessage<Kind extends MessageKind>(
  kind: Kind,
  bytes: Uint8Array,
): Result<Read<Kind>, Exclude<DecodeFailure, 'mac'>> {
  if (bytes.length > BYTES_MAX) return failure('too-long', `${bytes.length} bytes: above ${BYTES_MAX}`);
  const read = readJson(bytes);
  if (read === undefined) return failure('not-json', `${bytes.length} bytes that are no JSON text in UTF-8`);
  const parsed = schemas[kind].safeParse(read.json);
  if (!parsed.success) return failure('schema', describe(parsed.error));
  return ok({ message: parsed.data, text: read.text });
}

/**
 * Over the text as it was typed, or over the canonical one: only who has the key can make a right MAC over either, and
 * what is acted on was read from that very text. Ours are typed canonically, so that none is written a second time.
 */
function isGenuine<Kind extends MessageKind>(kind: Kind, message: MessageOf[Kind], text: string, seal: Seal): boolean {
  const isRight = (signed: string): boolean => isMacRight(message.mac, macOfText(seal.key, seal.site, kind, signed));
  const ending = `${MAC_START}${message.mac}${MAC_END}`;
  const typed = text.endsWith(ending) ? `${text.slice(0, -ending.length)}}` : null;
  if (typed !== null && isRight(typed)) return true;
  const canonical = signedTexts[kind](message);
  return canonical !== typed && isRight(canonical);
}

/** `mac` comes last, so that a person who reads the line meets the meaning first. */
const MAC_START = ',"mac":"';
const MAC_END = '"}';

function readJson(bytes: Uint8Array): { readonly text: string; readonly json: unknown } | undefined {
  try {
    const text = decoder.decode(bytes);
    return { text, json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The first issue, with its path: `echo.t: Invalid input: expected number, received string`. */
function describe(error: z.ZodError): string {
  const first = error.issues.slice(0, 1);
  return first.map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`).join('');
}
