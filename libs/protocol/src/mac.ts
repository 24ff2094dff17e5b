// Authenticity (design 3 rule 9): HMAC-SHA256 with the device's key over site, kind and *every* field, the sender's
// and the addressee's names among them. Replay is no business of the MAC: the echoes inside the messages answer it.
import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { canonicalJson, type Json } from './canonical.js';

export type MessageKind = 'report' | 'grant' | 'beacon' | 'sample';
/**
 * @param key the device's key, 32 bytes (the bridge's for samples and beacons, the slave's for reports and grants)
 * @param body the message without its `mac`
 * @returns 64 hexadecimal digits
 */
export function macOf(key: Uint8Array, site: string, kind: MessageKind, body: object): string {
  return macOfText(key, site, kind, canonicalJson(body as Json));
}

/** @param canonical the body's canonical JSON */
export function macOfText(key: Uint8Array, site: string, kind: MessageKind, canonical: string): string {
  return createHmac('sha256', secretOf(key)).update(`fairamp\n${site}\n${kind}\n${canonical}`).digest('hex');
}

/** By identity: nobody changes a key's bytes. From raw ones Node 24 makes the key anew for each MAC, which takes seven times as long as the MAC. */
const secrets = new WeakMap<Uint8Array, KeyObject>();

function secretOf(key: Uint8Array): KeyObject {
  const known = secrets.get(key);
  if (known !== undefined) return known;
  const secret = createSecretKey(key);
  secrets.set(key, secret);
  return secret;
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
