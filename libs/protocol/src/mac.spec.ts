import { createHmac } from 'node:crypto';
import { bent, bodies, bytesOf, KINDS, leaves, seal, textOf } from '../test/messages.js';
import { canonicalJson } from './canonical.js';
import { brokerPassword, isMacRight, macOf } from './mac.js';
import { decodeMessage, encodeMessage } from './message.js';

describe('canonical JSON', () => {
  test.each([
    [
      'keys in code-unit order, not in that of a language',
      { b: 1, a: 2, B: 3, ä: 4, _: 5 },
      '{"B":3,"_":5,"a":2,"b":1,"ä":4}',
    ],
    ['at every depth', { z: { y: [{ d: 1, c: 2 }], x: null } }, '{"z":{"x":null,"y":[{"c":2,"d":1}]}}'],
    ['lists in their own order', [3, 1, 2], '[3,1,2]'],
    ['nothing in it', { a: {}, b: [] }, '{"a":{},"b":[]}'],
    ['texts escaped as JSON does', 'a"b\\c\n', '"a\\"b\\\\c\\n"'],
    ['a control character, a lone surrogate', ['\x7f\x1f', '\ud800'], '["\x7f\\u001f","\\ud800"]'],
    ['truth', [true, false, null], '[true,false,null]'],
    ['numbers in their shortest form', [1e3, -0, 1.5], '[1000,0,1.5]'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});

describe('MAC', () => {
  test('is HMAC-SHA256 over site, kind and the canonical message, a line each', () => {
    const text = 'fairamp\nhome\nbeacon\n{"boot":"a3f09c11d2e4b576","from":"master","seq":311,"to":"bridge"}';
    const mac = createHmac('sha256', seal.key).update(text).digest('hex');
    expect(macOf(seal.key, 'home', 'beacon', bodies.beacon)).toBe(mac);
  });

  test.each(['a"b', 'a\\b', 'a\n', 'ä', '\ud800', '', 'plain-1_'])(
    'a text is written as JSON writes it: %j',
    (from) => {
      const { mac, ...said } = JSON.parse(textOf(encodeMessage('beacon', { ...bodies.beacon, from }, seal))) as {
        mac: string;
      };
      expect(said).toEqual({ ...bodies.beacon, from });
      expect(mac).toBe(macOf(seal.key, seal.site, 'beacon', { ...bodies.beacon, from }));
    },
  );

  test('the order of keys does not count', () => {
    const turned = Object.fromEntries(Object.entries(bodies.sample).reverse());
    expect(macOf(seal.key, 'home', 'sample', turned)).toBe(macOf(seal.key, 'home', 'sample', bodies.sample));
  });

  test.each([
    ['another site', { ...seal, site: 'home2' }],
    ['another key', { ...seal, key: new Uint8Array(32).fill(8) }],
    ['a shorter key', { ...seal, key: new Uint8Array(31).fill(7) }],
  ])('rule 9: a message of %s is refused', (_, other) => {
    for (const kind of KINDS) {
      expect(decodeMessage(kind, encodeMessage(kind, bodies[kind], other), seal)).toMatchObject({ reason: 'mac' });
    }
  });

  test('rule 9: a message of one kind is none of another that has the same fields', () => {
    expect(new Set(KINDS.map((kind) => macOf(seal.key, 'home', kind, bodies.beacon))).size).toBe(KINDS.length);
  });

  test.each([
    ['the same', 'ab12', 'ab12', true],
    ['one digit off', 'ab12', 'ab13', false],
    ['shorter', 'ab', 'ab12', false],
    ['longer', 'ab1200', 'ab12', false],
    ['no digits at all', 'zz', 'ab12', false],
    ['nothing', '', 'ab12', false],
  ])('compares: %s', (_, claimed, right, isRight) => {
    expect(isMacRight(claimed, right)).toBe(isRight);
  });
});

/** Every field of every kind, each with another value that the schema would take. */
const others: { readonly [Kind in (typeof KINDS)[number]]: { readonly [path: string]: unknown } } = {
  report: {
    from: 'carport',
    boot: '5b1c77e0923fd84b',
    seq: 3_812,
    t: 3_811_703,
    session: 'stopping',
    pilot: 'B',
    contactor: 'open',
    'lease.epoch.count': 8,
    'lease.epoch.boot': 'a3f09c11d2e4b577',
    'lease.n': 2_045,
    'lease.limit_dA': 0,
    'lease.endsAt_t': 3_821_012,
    'fallback.value_dA': 0,
    'fallback.epoch.count': 6,
    'fallback.epoch.boot': '0'.repeat(16),
    'fallback.n': 13,
    'draw_dA.L1': 1,
    'draw_dA.L2': 156,
    'draw_dA.L3': 0,
    'drawLow_dA.L1': 0,
    'drawLow_dA.L2': 152,
    'drawLow_dA.L3': 2,
    demand_dA: 161,
    demandBecause: 'setting-max',
    phases: ['L1'],
    faults: [],
    failSafe: 'none',
  },
  grant: {
    from: 'master-2',
    to: 'carport',
    'epoch.count': 8,
    'epoch.boot': 'b3f09c11d2e4b576',
    n: 2_045,
    'echo.boot': '6b1c77e0923fd84a',
    'echo.seq': 3_809,
    'echo.t': 3_811_012,
    limit_dA: 161,
    validFor_ms: 9_999,
    raise: false,
    because: ['cable', 'cable'],
  },
  beacon: { from: 'master-2', to: 'bridge-2', boot: '3a3f09c11d2e4b57', seq: 312 },
  sample: {
    from: 'bridge-2',
    boot: 'c0ffee0012345679',
    seq: 216,
    t: 387_431,
    age_ms: 1_849,
    'current_dA.L1': 122,
    'current_dA.L2': -87,
    'current_dA.L3': 0,
    signed: true,
    'master.boot': 'a3f09c11d2e4b577',
    'master.for_ms': 17_000,
    'echo.boot': 'a3f09c11d2e4b577',
    'echo.seq': 312,
    'echo.since_ms': 401,
  },
};
const changes = KINDS.flatMap((kind) =>
  Object.entries(others[kind]).map(([path, value]) => [kind, path, value] as const),
);

describe('rule 9: the MAC covers every field', () => {
  test.each(KINDS)('none of a %s is left out of this table', (kind) => {
    expect(Object.keys(others[kind])).toEqual(leaves(bodies[kind]).map(([path]) => path));
  });

  test.each(changes)('%s %s', (kind, path, value) => {
    const right = JSON.parse(textOf(encodeMessage(kind, bodies[kind], seal))) as unknown;
    expect(decodeMessage(kind, bytesOf(JSON.stringify(right)), seal).ok).toBe(true);
    const wrong = bytesOf(JSON.stringify(bent(right, path, value)));
    expect(decodeMessage(kind, wrong, seal)).toMatchObject({ ok: false, reason: 'mac' });
  });

  test.each([
    ['report', 'lease', null],
    ['report', 'fallback', null],
    ['report', 'draw_dA', null],
    ['report', 'drawLow_dA', null],
    ['sample', 'master', null],
    ['sample', 'echo', null],
    ['grant', 'mac', '0'.repeat(64)],
  ] as const)('%s %s as a whole', (kind, path, value) => {
    const right = JSON.parse(textOf(encodeMessage(kind, bodies[kind], seal))) as unknown;
    const wrong = bytesOf(JSON.stringify(bent(right, path, value)));
    expect(decodeMessage(kind, wrong, seal)).toMatchObject({ ok: false, reason: 'mac' });
  });
});

describe('broker password', () => {
  test('follows from key, site and id, and is none of the MACs', () => {
    const password = brokerPassword(seal.key, 'home', 'garage');
    expect(password).toMatch(/^[0-9a-f]{32}$/);
    const rest = [
      brokerPassword(seal.key, 'home', 'carport'),
      brokerPassword(seal.key, 'home2', 'garage'),
      brokerPassword(new Uint8Array(32), 'home', 'garage'),
    ];
    expect(rest).not.toContain(password);
    expect(brokerPassword(seal.key, 'home', 'garage')).toBe(password);
  });
});
