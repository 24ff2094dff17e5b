// Goal: what a car needs by when. Anybody who may see the site may say it, unsigned: it moves nothing but the order
// within what is fair, never a limit that protects something. Never retained, since it counts from its arrival.
import { failure, ok, type Result } from '@fairamp/units';
import { z } from 'zod';

export const goalSchema = z.strictObject({
  /** 0 takes an earlier goal back. */
  needs_Wh: z.number().int().min(0).max(200_000),
  leavesIn_min: z.number().int().min(0).max(10_080),
});
type Goal = z.infer<typeof goalSchema>;

const BYTES_MAX = 256;

/** @returns schema, with the path and what was expected; too-long above 256 bytes */
export function decodeGoal(bytes: Uint8Array): Result<Goal, 'schema' | 'not-json' | 'too-long'> {
  if (bytes.length > BYTES_MAX) return failure('too-long', `${bytes.length} bytes: above ${BYTES_MAX}`);
  const text = new TextDecoder().decode(bytes);
  const json = asJson(text);
  if (json === undefined) return failure('not-json', JSON.stringify(text.slice(0, 40)));
  const parsed = goalSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const told = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'goal'}: ${message}`);
  return failure('schema', told.slice(0, 3).join('; '));
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
