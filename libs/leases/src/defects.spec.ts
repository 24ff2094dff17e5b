// What 2.07 did wrong with promises of current and this does not: the items of docs/defects.md, a short test each.
import { blank, granted, reported, reservedAt } from '../test/pages.js';
import { hearSample, initialFreshness, nextBeacon, type SampleTold } from './freshness.js';
import { heldLimit, initialLease, isSilent, offerGrant, type Offer } from './lease.js';

const boot = 'b000000000000001';
const grant = (change: Partial<Offer & { retained: boolean }> = {}): Offer & { retained: boolean } => ({
  from: 'master',
  epoch: { count: 1, boot: 'a'.repeat(16) },
  n: 1,
  echo: { boot, seq: 1, t: 0 },
  limit_dA: 160,
  validFor_ms: 10_000,
  raise: true,
  because: ['fair-share'],
  retained: false,
  ...change,
});
const smart = { pairedMaster: null };
const holding = offerGrant(initialLease(boot, 0), grant(), 50, smart).state;

test.each<[string, Partial<Offer & { retained: boolean }>]>([
  ['one heard before', {}],
  ['one that answers another life', { n: 2, echo: { boot: 'c'.repeat(16), seq: 1, t: 5000 } }],
  ['one from the broker`s memory', { n: 2, echo: { boot, seq: 2, t: 5000 }, retained: true }],
])('13.1 item 14: traffic keeps nobody alive but a grant that answers this life: %s', (_, change) => {
  const heard = offerGrant(holding, grant(change), 6000, smart).state;
  expect(isSilent(heard, 9999)).toBe(false);
  expect(isSilent(heard, 10_000)).toBe(true);
});

test('13.1 item 15: an answer counts for the report that it answers, and once', () => {
  const late = offerGrant(holding, grant({ n: 2, limit_dA: 320 }), 10_000, smart);
  expect(late.verdict).toEqual({ accepted: false, refusal: 'expired' });
  const twice = offerGrant(holding, grant({ limit_dA: 320 }), 100, smart);
  expect(twice.verdict).toEqual({ accepted: false, refusal: 'not-newer' });
  expect(heldLimit(twice.state, 100)).toBe(160);
});

test('13.1 item 19: a measurement that is heard twice is one', () => {
  const beacon = nextBeacon(initialFreshness(boot, 0), 1000).state;
  const sample: SampleTold = {
    boot: 'd'.repeat(16),
    seq: 1,
    age_ms: 0,
    current_dA: { L1: 100, L2: 0, L3: 0 },
    signed: true,
    master: { boot, for_ms: 20_000 },
    echo: { boot, seq: 1, since_ms: 0 },
  };
  const first = hearSample(beacon, sample, 1100);
  expect(first.verdict.ok).toBe(true);
  expect(hearSample(first.state, sample, 1900).verdict).toMatchObject({ ok: false, reason: 'not-newer' });
});

test('13.1 item 27: what a lost slave was promised stays reserved until it has surely stopped, then it is free', () => {
  expect(reservedAt(reported(granted(blank, [1, 160, 0]), [1, 160, 500]), 10_000, 16_917, 16_918)).toEqual([
    160, 160, 0,
  ]);
});

test('13.1 item 32: a master that cannot decide need not tell: what is not renewed ends', () => {
  expect([9999, 10_000].map((at) => heldLimit(holding, at))).toEqual([160, 0]);
});

test('13.2 item 5: no record outlives its slave: what it was promised ends by itself', () => {
  const promised = [1, 2, 3].reduce((page, n) => granted(page, [n, 160, n * 1000]), blank);
  expect(reservedAt(promised, 19_917, 19_918)).toEqual([160, 0]);
});

test('13.2 item 6: a stop that is lost is made up for by the end of the lease', () => {
  const toldToStop = offerGrant(
    holding,
    grant({ n: 2, limit_dA: 0, echo: { boot, seq: 2, t: 1000 } }),
    1050,
    smart,
  ).state;
  expect(heldLimit(toldToStop, 1050)).toBe(0);
  expect(heldLimit(holding, 10_000)).toBe(0);
});
