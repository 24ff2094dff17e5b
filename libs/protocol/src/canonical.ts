// The one text of a value that a MAC is computed over: keys in code-unit order, no white space, at every depth. What a
// message says is signed, not how it was typed. `canonicalJson` writes any value so and is the definition; a kind of
// message, whose keys its schema knows, has a writer that sorted them once, as each message is written so by its sender
// and by its receiver.
import { z } from 'zod';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}

/** Writes what its schema has passed, or would pass. */
export type Writer = (value: unknown) => string;

/** @param schema strict objects of leaves and lists of leaves: it must know every key, or one would go unsigned */
export function canonicalWriter(schema: z.core.$ZodType): Writer {
  if (schema instanceof z.ZodNullable) {
    const write = canonicalWriter(schema.unwrap());
    return (value) => (value === null ? 'null' : write(value));
  }
  return schema instanceof z.ZodObject ? objectWriter(schema) : writeLeaf;
}

function objectWriter({ shape }: z.ZodObject): Writer {
  const keys = Object.keys(shape).sort();
  const fields = keys.map((key, index) => {
    return { key, start: `${index === 0 ? '' : ','}"${key}":`, write: canonicalWriter(shape[key] as z.core.$ZodType) };
  });
  return (value) => {
    let text = '{';
    for (const { key, start, write } of fields) text += start + write((value as Record<string, unknown>)[key]);
    return `${text}}`;
  };
}

function writeLeaf(value: unknown): string {
  if (typeof value === 'string' && PLAIN.test(value)) return `"${value}"`;
  return Number.isSafeInteger(value) ? String(value) : JSON.stringify(value);
}
/** Nothing in it that JSON escapes. */
const PLAIN = /^[\w-]*$/;
