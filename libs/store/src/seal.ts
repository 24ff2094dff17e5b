// One JSON object on one line that knows whether it is whole: its last member is the CRC-32 of the line as it would be
// without it, so {"a":1} becomes {"a":1,"crc":"561bacaf"}. Every file of this room is made of such lines. The sum is
// taken over the bytes as they stand, so nothing depends on how a number or a key might be written another time.
import { failure, ok, type Result } from '@fairamp/units';
import { crc32 } from './crc32.js';
import { messageOf } from './system-error.js';

export type JsonObject = Readonly<Record<string, unknown>>;

const LINE_FEED = 0x0a;
const END = /^,"crc":"([0-9a-f]{8})"\}$/;
const END_bytes = ',"crc":"00000000"}'.length;
const CLOSING = Buffer.from('}');

/** @param text of an object with at least one member, and none named `crc` */
export function sealed(text: string): Buffer {
  return Buffer.from(`${text.slice(0, -1)},"crc":"${crc32(Buffer.from(text))}"}\n`);
}

/** @param line without its line feed */
export function unsealed(line: Uint8Array): Result<JsonObject, 'damaged'> {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  const written = END.exec(bytes.subarray(-END_bytes).toString('latin1'))?.[1];
  if (written === undefined) return failure('damaged', `${bytes.length} bytes without a CRC at their end`);
  const body = Buffer.concat([bytes.subarray(0, -END_bytes), CLOSING]);
  const counted = crc32(body);
  if (counted !== written) return failure('damaged', `CRC ${written} stands there, ${counted} is right`);
  return objectIn(body.toString('utf8'));
}

/** @returns without the line feed; null = the file is not exactly one line */
export function onlyLine(bytes: Uint8Array): Uint8Array | null {
  return bytes.indexOf(LINE_FEED) === bytes.length - 1 ? bytes.subarray(0, -1) : null;
}

function objectIn(text: string): Result<JsonObject, 'damaged'> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? ok(value) : failure('damaged', 'no JSON object');
  } catch (error) {
    return failure('damaged', messageOf(error));
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The same text for equal values: keys stand in code-unit order.
 * @returns null = it cannot be written as JSON
 */
export function jsonText(value: unknown): string | null {
  try {
    // Typed as always a string; of a function or undefined it is none.
    const text: unknown = JSON.stringify(value, (_key, part: unknown) => (isObject(part) ? inOrder(part) : part));
    return typeof text === 'string' ? text : null;
  } catch {
    // It contains itself, is too deep, or has a value that JSON does not know.
    return null;
  }
}

function inOrder(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));
}
