// Golden messages, for this and any other implementation: key (hex), site, kind, body, its canonical JSON and its MAC.
// They were not made by this code.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonicalJson } from '../src/canonical.js';
import { macOf, type MessageKind } from '../src/mac.js';
import { decodeMessage, encodeMessage, type Unsigned } from '../src/message.js';
import { bytesOf, KINDS, textOf } from './messages.js';

type Golden = {
  readonly name: string;
  readonly kind: MessageKind;
  readonly site: string;
  readonly key: string;
  readonly body: Unsigned<MessageKind>;
  readonly canonical: string;
  readonly mac: string;
};
const file = resolve(import.meta.dirname, 'vectors/messages.json');
const golden = JSON.parse(readFileSync(file, 'utf8')) as readonly Golden[];

describe('golden messages', () => {
  test('three or more of each kind', () => {
    const counts = KINDS.map((kind) => golden.filter((one) => one.kind === kind).length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
  });

  test.each(golden)('$kind: $name', ({ kind, site, key, body, canonical, mac }) => {
    const seal = { site, key: Uint8Array.from(Buffer.from(key, 'hex')) };
    const message = { ...body, mac };
    expect(canonicalJson(JSON.parse(JSON.stringify(body)) as Parameters<typeof canonicalJson>[0])).toBe(canonical);
    expect(macOf(seal.key, site, kind, body)).toBe(mac);
    expect(textOf(encodeMessage(kind, body, seal))).toBe(`${canonical.slice(0, -1)},"mac":"${mac}"}`);
    expect(decodeMessage(kind, bytesOf(JSON.stringify(message)), seal)).toEqual({ ok: true, value: message });
  });

  test.each(golden)('$kind: $name, with one digit of its MAC wrong', ({ kind, site, key, body, mac }) => {
    const wrong = mac.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    const seal = { site, key: Uint8Array.from(Buffer.from(key, 'hex')) };
    const bytes = bytesOf(JSON.stringify({ ...body, mac: wrong }));
    expect(decodeMessage(kind, bytes, seal)).toMatchObject({ ok: false, reason: 'mac' });
  });
});
