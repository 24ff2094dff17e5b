import { BECAUSES, FAULTS, PHASES } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { macOf, type MessageKind } from '../src/mac.js';
import { decodeMessage, encodeMessage, type Unsigned } from '../src/message.js';
import { bodies, bytesOf, KINDS, seal, textOf } from './messages.js';

const SEED = 20_261_122;
const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/);
const boot = hex(16);
const count = fc.maxSafeNat();
const limit_dA = fc.oneof(fc.constant(0), fc.integer({ min: 60, max: 800 }));
const current = fc.integer({ min: -20_000, max: 20_000 });
const perPhase = fc.record({ L1: current, L2: current, L3: current });
const epoch = fc.record({ count, boot });
const phases = fc.subarray([...PHASES], { minLength: 1 });

/** Whatever the schemas allow. */
const anyBody: { readonly [Kind in MessageKind]: fc.Arbitrary<Unsigned<Kind>> } = {
  report: fc.record({
    from: id,
    boot,
    seq: count,
    t: count,
    session: fc.constantFrom('idle', 'connected', 'offering', 'charging', 'stopping', 'blocked'),
    pilot: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'invalid'),
    contactor: fc.constantFrom('open', 'closed'),
    lease: fc.option(fc.record({ epoch, n: count, limit_dA, endsAt_t: count })),
    fallback: fc.option(fc.record({ value_dA: limit_dA, epoch, n: count })),
    draw_dA: fc.option(perPhase),
    drawLow_dA: fc.option(perPhase),
    demand_dA: fc.integer({ min: 0, max: 20_000 }),
    demandBecause: fc.constantFrom('setting-max', 'cable'),
    phases,
    faults: fc.subarray([...FAULTS]),
    failSafe: fc.constantFrom('heartbeat', 'process', 'none'),
  }),
  grant: fc.record({
    from: id,
    to: id,
    epoch,
    n: count,
    echo: fc.record({ boot, seq: count, t: count }),
    limit_dA,
    validFor_ms: fc.integer({ min: 0, max: 3_600_000 }),
    raise: fc.boolean(),
    because: fc.subarray([...BECAUSES], { minLength: 1 }),
  }),
  beacon: fc.record({ from: id, to: id, boot, seq: count }),
  sample: fc.record({
    from: id,
    boot,
    seq: count,
    t: count,
    age_ms: fc.integer({ min: 0, max: 3_600_000 }),
    current_dA: perPhase,
    signed: fc.boolean(),
    master: fc.option(fc.record({ boot, for_ms: count })),
    echo: fc.option(fc.record({ boot, seq: count, since_ms: count })),
  }),
};

describe.each(KINDS)('%s', (kind) => {
  test('what is encoded comes back', () => {
    fc.assert(
      fc.property<[Unsigned<MessageKind>]>(anyBody[kind], (body) => {
        const decoded = decodeMessage(kind, encodeMessage(kind, body, seal), seal);
        expect(decoded).toMatchObject({ ok: true, value: body });
      }),
      { seed: SEED, ...runs(300) },
    );
  });

  test('rule 9: its MAC is over its whole canonical JSON', () => {
    fc.assert(
      fc.property<[Unsigned<MessageKind>]>(anyBody[kind], (body) => {
        const { mac } = JSON.parse(textOf(encodeMessage(kind, body, seal))) as { mac: string };
        expect(mac).toBe(macOf(seal.key, seal.site, kind, body));
      }),
      { seed: SEED, ...runs(300) },
    );
  });

  test('rule 9: one changed byte is refused, or says the same', () => {
    const good = encodeMessage(kind, bodies[kind], seal);
    const right = decodeMessage(kind, good, seal);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), (index, byte) => {
        const decoded = decodeMessage(kind, good.with(index, byte), seal);
        if (decoded.ok) expect(decoded).toEqual(right);
      }),
      { seed: SEED, ...runs(2_000) },
    );
  });

  test('no bytes at all make it throw', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constant(textOf(encodeMessage(kind, bodies[kind], seal))),
    );
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 5_000 }), text.map(bytesOf));
    fc.assert(
      fc.property(bytes, fc.nat(5_000), (all, length) => {
        const { ok } = decodeMessage(kind, all.subarray(0, length), seal);
        expect(typeof ok).toBe('boolean');
      }),
      { seed: SEED, ...runs(300) },
    );
  });
});
