// Authenticity (design 3 rule 9): HMAC-SHA256 with the device's key over site, kind and *every* field, the sender's
// and the addressee's names among them. Replay is no business of the MAC: the echoes inside the messages answer it.
import { createHmac, timingSafeEqual } from 'node:crypto';

export type MessageKind = 'report' | 'grant' | 'beacon' | 'sample';
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One text for one value: keys in code-unit order, no white space. What a message says is signed, not how it was typed. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let fields = '';
  for (const key of Object.keys(value).sort()) {
    fields += `${fields === '' ? '' : ','}${quoted(key)}:${canonicalJson(value[key] as Json)}`;
  }
  return `{${fields}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** Printable ASCII but for `"` and `\`: what stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Each message is written so twice on its way, and hardly a text in it needs escaping. */
function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/**
 * @param key the device's key, 32 bytes (the bridge's for samples and beacons, the slave's for reports and grants)
 * @param body the message without its `mac`
 * @returns 64 hexadecimal digits
 */
export function macOf(key: Uint8Array, site: string, kind: MessageKind, body: object): string {
  return createHmac('sha256', key)
    .update(`fairamp\n${site}\n${kind}\n${canonicalJson(body as Json)}`)
    .digest('hex');
}

export function isMacRight(claimed: string, right: string): boolean {
  const a = Buffer.from(claimed, 'hex');
  const b = Buffer.from(right, 'hex');
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The broker's password of a device follows from its key, so that a roster needs one secret a device and no more. */
export function brokerPassword(key: Uint8Array, site: string, id: string): string {
  return createHmac('sha256', key).update(`fairamp broker\n${site}\n${id}`).digest('hex').slice(0, 32);
}
