import { bent, bodies, bytesOf, KINDS, leaves, seal, textOf } from '../test/messages.js';
import { macOfText, type MessageKind } from './mac.js';
import { decodeMessage, encodeMessage, readUnproven } from './message.js';

const HUGE = Number.MAX_SAFE_INTEGER + 1;
const withMac = (kind: MessageKind) => JSON.parse(textOf(encodeMessage(kind, bodies[kind], seal))) as unknown;
const decodeText = (kind: MessageKind, text: string) => decodeMessage(kind, bytesOf(text), seal);
const bend = (kind: MessageKind, path: string, to: unknown) =>
  decodeText(kind, JSON.stringify(bent(withMac(kind), path, to)));

describe('a good message', () => {
  test.each(KINDS)('%s: comes back as it was sent, its MAC last', (kind) => {
    const bytes = encodeMessage(kind, bodies[kind], seal);
    const decoded = decodeMessage(kind, bytes, seal);
    expect(decoded).toEqual({ ok: true, value: { ...bodies[kind], mac: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(Object.keys(JSON.parse(textOf(bytes)) as object).at(-1)).toBe('mac');
  });

  test.each(KINDS)('%s: may be typed in any order and with white space', (kind) => {
    const turned = Object.fromEntries(Object.entries(withMac(kind) as object).reverse());
    expect(decodeText(kind, JSON.stringify(turned, null, 2)).ok).toBe(true);
  });

  test.each(KINDS)('%s: leaves room below the packet limit of a slave', (kind) => {
    expect(encodeMessage(kind, bodies[kind], seal).length).toBeLessThan(1_024);
  });
});

describe('bytes that are no message', () => {
  const good = JSON.stringify(withMac('beacon'));
  test.each([
    ['nothing', '', 'not-json'],
    ['half a message', good.slice(0, -1), 'not-json'],
    ['two messages', good + good, 'not-json'],
    ['NaN as a number', good.replace('311', 'NaN'), 'not-json'],
    ['Infinity as a number', good.replace('311', 'Infinity'), 'not-json'],
    ['a thousand brackets', '['.repeat(1_000), 'not-json'],
    ['lists in lists', '['.repeat(2_000) + ']'.repeat(2_000), 'schema'],
    ['objects in objects', '{"a":'.repeat(600) + '1' + '}'.repeat(600), 'schema'],
    ['a number beyond all numbers', good.replace('311', '1e999'), 'schema'],
    ['a text', '"beacon"', 'schema'],
    ['a number', '1', 'schema'],
    ['null', 'null', 'schema'],
    ['a list', `[${good}]`, 'schema'],
    ['an empty object', '{}', 'schema'],
    ['__proto__ beside the fields', good.replace('{', '{"__proto__":{"seq":1},'), 'schema'],
    ['__proto__ instead of the fields', `{"__proto__":${good}}`, 'schema'],
    ['constructor', good.replace('{', '{"constructor":null,'), 'schema'],
    ['a key twice, the last with another value', good.replace('}', ',"seq":312}'), 'mac'],
    ['a key twice, the first with another value, which nobody sees', good.replace('{', '{"seq":312,'), null],
    ['a key twice before a right MAC', good.replace('"seq":311', '"seq":311,"seq":312'), 'mac'],
    ['a right MAC behind a wrong one', good.replace('"mac"', `"mac":"${'0'.repeat(64)}","mac"`), null],
    ['its MAC first', `{"mac":${good.split('"mac":')[1]?.slice(0, -1)},${good.split(',"mac"')[0]?.slice(1)}}`, null],
    ['a letter escaped', good.replace('master', '\\u006daster'), null],
    ['a byte order mark before it', `\ufeff${good}`, null],
  ])('%s', (_, text, reason) => {
    const decoded = decodeText('beacon', text);
    expect(decoded.ok ? null : decoded.reason).toBe(reason);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('seq');
  });

  test.each([
    ['a lone continuation byte', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['half a character at the end', [0x22, 0xe2, 0x82]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
  ])('invalid UTF-8: %s', (_, bytes) => {
    const quoted = Uint8Array.from([0x22, ...bytes, 0x22]);
    expect(decodeMessage('beacon', quoted, seal)).toMatchObject({ ok: false, reason: 'not-json' });
  });

  test.each([
    [4_096, null],
    [4_097, 'too-long'],
  ])('%d bytes', (length, reason) => {
    const decoded = decodeText('beacon', good.padEnd(length, ' '));
    expect(decoded.ok ? null : decoded.reason).toBe(reason);
  });
});

test('who only looks on reads what is not proven, and nothing that no schema has passed', () => {
  const forged = JSON.stringify(bent(withMac('beacon'), 'mac', '0'.repeat(64)));
  expect(decodeText('beacon', forged)).toMatchObject({ ok: false, reason: 'mac' });
  expect(readUnproven('beacon', new TextEncoder().encode(forged))).toMatchObject({ ok: true });
  expect(readUnproven('beacon', new TextEncoder().encode('{}'))).toMatchObject({ ok: false, reason: 'schema' });
  expect(readUnproven('beacon', new Uint8Array(4097))).toMatchObject({ ok: false, reason: 'too-long' });
});

test('a MAC over the text as it was typed is right too, and over no other', () => {
  const typed = '{"to":"bridge","from":"master", "seq":311,"boot":"a3f09c11d2e4b576"}';
  const mac = macOfText(seal.key, seal.site, 'beacon', typed);
  const signed = (text: string): unknown => {
    const decoded = decodeText('beacon', `${text.slice(0, -1)},"mac":"${mac}"}`);
    return decoded.ok || decoded.reason;
  };
  expect([signed(typed), signed(typed.replace('311', '312')), signed(typed.replace(' ', ''))]).toEqual([
    true,
    'mac',
    'mac',
  ]);
});

describe('what the schema refuses', () => {
  const fields = KINDS.flatMap((kind) => leaves(withMac(kind)).map(([path, value]) => ({ kind, path, value })));

  test.each(fields)('$kind $path: another type, or nothing', ({ kind, path, value }) => {
    const wrong = typeof value === 'string' ? [1, null, [value]] : [String(value), `${String(value)}.0`, {}];
    for (const to of [...wrong, undefined]) expect(bend(kind, path, to)).toMatchObject({ ok: false, reason: 'schema' });
  });

  test.each(fields.filter(({ value }) => typeof value === 'number'))(
    '$kind $path: no such number',
    ({ kind, path }) => {
      for (const to of [0.5, HUGE, 1e308, -HUGE, null, true]) {
        expect(bend(kind, path, to)).toMatchObject({
          ok: false,
          reason: 'schema',
          detail: expect.stringContaining(path),
        });
      }
    },
  );

  const isCurrent = /draw|current/;
  test.each(fields.filter(({ path, value }) => typeof value === 'number' && !isCurrent.test(path)))(
    '$kind $path: below 0',
    ({ kind, path }) => {
      expect(bend(kind, path, -1)).toMatchObject({ reason: 'schema' });
    },
  );

  test.each(KINDS)('%s: a key that it does not know, at any depth', (kind) => {
    const inner = leaves(bodies[kind]).filter(([path]) => path.includes('.'));
    const places = ['extra', ...inner.map(([path]) => path.replace(/[^.]+$/, 'extra'))];
    for (const place of places) expect(bend(kind, place, 1)).toMatchObject({ reason: 'schema' });
  });

  test.each([
    [
      'from',
      [
        '',
        'Garage',
        'gar age',
        'garage/x',
        '+',
        '#',
        '-garage',
        'a'.repeat(33),
        'garäge',
        'garage\n',
        '..',
        'constructor',
        'toString',
        '__proto__',
      ],
    ],
    ['boot', ['', 'a'.repeat(15), 'a'.repeat(17), 'A'.repeat(16), 'g'.repeat(16), `${'a'.repeat(16)}\n`]],
    ['mac', ['', 'a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64)]],
  ])('text: %s', (path, texts) => {
    for (const text of texts) expect(bend('beacon', path, text)).toMatchObject({ reason: 'schema' });
  });

  test.each([
    ['grant', 'limit_dA', [1, 59, 801]],
    ['report', 'lease.limit_dA', [59, 801]],
    ['report', 'fallback.value_dA', [59, 801]],
    ['grant', 'validFor_ms', [3_600_001]],
    ['sample', 'age_ms', [3_600_001]],
    ['sample', 'current_dA.L1', [-20_001, 20_001]],
    ['report', 'draw_dA.L3', [-20_001, 20_001]],
    ['report', 'demand_dA', [-1, 20_001]],
    ['report', 'session', ['sleeping', 'toString']],
    ['report', 'pilot', ['G', 'a']],
    ['report', 'contactor', ['ajar']],
    ['report', 'demandBecause', ['mains-L1']],
    ['report', 'failSafe', ['hope']],
    ['report', 'phases', [[], ['L4'], ['L1', 'L2', 'L3', 'L1'], ['L1', 'L1']]],
    ['report', 'faults', [['thirst'], Array(13).fill('diode')]],
    ['grant', 'because', [[], ['because'], Array(40).fill('cable')]],
    ['grant', 'raise', [0, 'true']],
  ] as const)('%s %s out of its range', (kind, path, values) => {
    for (const value of values) expect(bend(kind, path, value)).toMatchObject({ ok: false, reason: 'schema' });
  });

  test.each([
    ['grant', 'limit_dA', [0, 60, 800]],
    ['grant', 'validFor_ms', [0, 3_600_000]],
    ['sample', 'current_dA.L1', [-20_000, 20_000]],
    ['sample', 'seq', [0, Number.MAX_SAFE_INTEGER]],
    ['beacon', 'from', ['0', 'a-', 'a'.repeat(32)]],
    ['report', 'faults', [[], ['no-serial-com', 'contactor']]],
    ['report', 'phases', [['L3'], ['L1', 'L2', 'L3']]],
  ] as const)('%s %s: takes its very ends', (kind, path, values) => {
    for (const value of values) {
      // Only the MAC can be wrong now.
      expect(bend(kind, path, value)).toMatchObject({ ok: false, reason: 'mac' });
    }
  });

  test('names the offending field, or the message as a whole', () => {
    expect(bend('grant', 'echo.t', '5')).toMatchObject({ detail: expect.stringMatching(/^echo\.t: .*number/) });
    expect(decodeText('grant', '[]')).toMatchObject({ detail: expect.stringMatching(/^message: /) });
  });
});
