// The lines of a session log: how one is made of a record, and what the bytes of a file are, line by line. Pure. Every
// line counts, a damaged one too: its number is known from its neighbours.
import { failure, ok, type Result } from '@fairamp/units';
import { jsonText, isObject, sealed, unsealed, type JsonObject } from './seal.js';

/** `n` and `crc` are the log's own, and so is the kind `lost`. */
export type SessionRecord = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly n?: never;
  readonly crc?: never;
};

/** With its line feed; one write of it is one page. */
export const LINE_MAX_bytes = 4_096;
/** What number and CRC add, at most. */
const FRAME_bytes = '{"n":9007199254740991,'.length + ',"crc":"00000000"}\n'.length;
const RESERVED = ['n', 'crc'];
const LINE_FEED = 0x0a;

/** @returns JSON without the number, or why it cannot stand in a log */
export function recordText(record: SessionRecord): Result<string, 'refused'> {
  const text = jsonText(record);
  // Again as an object, for a record may say itself how it is written.
  const written: unknown = text === null ? null : JSON.parse(text);
  if (text === null || !isObject(written)) return failure('refused', 'the record cannot be written as JSON');
  if (typeof written.kind !== 'string' || written.kind === 'lost')
    return failure('refused', `kind ${JSON.stringify(written.kind)?.slice(0, 40)} is none of a record`);
  const reserved = RESERVED.find((key) => key in written);
  if (reserved !== undefined) return failure('refused', `${written.kind}: ${reserved} is the log's own`);
  const length = Buffer.byteLength(text) + FRAME_bytes;
  if (length > LINE_MAX_bytes)
    return failure('refused', `${written.kind.slice(0, 40)}: ${length} bytes, above ${LINE_MAX_bytes}`);
  return ok(text);
}

export function lineOf(n: number, text: string): Buffer {
  return sealed(`{"n":${n},${text.slice(1)}`);
}

export type Line =
  | { readonly ok: true; readonly n: number; readonly record: JsonObject & { readonly kind: string } }
  | { readonly ok: false; readonly why: string };

export type Lines = {
  readonly lines: readonly Line[];
  /** Up to the end of the last whole line. */
  readonly length: number;
  /** Behind it: what a torn write left. */
  readonly torn: number;
};

export function linesOf(bytes: Uint8Array): Lines {
  const lines: Line[] = [];
  let begin = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, begin)) {
    lines.push(lineIn(bytes.subarray(begin, end)));
    begin = end + 1;
  }
  return { lines, length: begin, torn: bytes.length - begin };
}

/** The number of the next line. @param first that of the file's first */
export function nextOf(lines: readonly Line[], first: number): number {
  const last = lines.findLastIndex((line) => line.ok);
  const line = lines[last];
  return line?.ok === true ? line.n + lines.length - last : first + lines.length;
}

function lineIn(bytes: Uint8Array): Line {
  const read = unsealed(bytes);
  if (!read.ok) return { ok: false, why: read.detail };
  const { n } = read.value;
  const record: JsonObject = Object.fromEntries(Object.entries(read.value).filter(([key]) => !RESERVED.includes(key)));
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 1) return { ok: false, why: `n ${String(n)} is none` };
  const { kind } = record;
  return typeof kind === 'string' ? { ok: true, n, record: { ...record, kind } } : { ok: false, why: 'no kind' };
}
