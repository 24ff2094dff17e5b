import {
  heldLimit,
  initialLease,
  isGrantable,
  isSilent,
  offerGrant,
  type LeaseConfig,
  type LeaseState,
  type Offer,
} from './lease.js';
import { LONGEST_LEASE_ms as T } from './timing.js';

const boot = 'b000000000000001';
const epochOf = (digit: string) => ({ count: 7, boot: digit.repeat(16) });
const [older, ours, newer] = [epochOf('a'), epochOf('b'), epochOf('c')];
const smart: LeaseConfig = { pairedMaster: null };

type Arriving = Offer & { readonly retained: boolean };
const grant = (change: Partial<Arriving> = {}): Arriving => ({
  from: 'master',
  epoch: ours,
  n: 10,
  echo: { boot, seq: 1, t: 100_000 },
  limit_dA: 160,
  validFor_ms: T,
  raise: true,
  because: ['fair-share'],
  retained: false,
  ...change,
});
const offer = (state: LeaseState, change: Partial<Arriving>, at: number, config = smart) =>
  offerGrant(state, grant(change), at, config);
const fresh = initialLease(boot, 99_000);
/** 16 A until 110,000, (7 bbb..., 10). */
const holding = offer(fresh, {}, 100_050).state;
const refusalOf = (answer: ReturnType<typeof offerGrant>) => (answer.verdict.accepted ? null : answer.verdict.refusal);

describe('acceptance at slave time u', () => {
  test.each([
    ['I5 rule 3: a grant that echoes this boot is taken', {}, 100_050, null],
    ['I5 rule 3: another boot of mine', { echo: { boot: 'f'.repeat(16), seq: 1, t: 100_000 } }, 100_050, 'other-boot'],
    ['I5 rule 3: echo.t = u, answered within the millisecond', {}, 100_000, null],
    ['I5 rule 3: echo.t one above u', {}, 99_999, 'echo-from-the-future'],
    ['I5 rule 3: u one below echo.t + V', { validFor_ms: 4_000 }, 103_999, null],
    ['I5 rule 3: u = echo.t + V', { validFor_ms: 4_000 }, 104_000, 'expired'],
    ['I5 rule 3: V of nothing', { validFor_ms: 0 }, 100_000, 'expired'],
    ['I5 rule 3: V below nothing', { validFor_ms: -1 }, 100_000, 'expired'],
    ['I5 rule 3: V = T', { validFor_ms: T }, 100_050, null],
    ['I5 rule 3: V = T + 1', { validFor_ms: T + 1 }, 100_050, 'valid-for-too-long'],
    ['I5 rule 3: V that is no number', { validFor_ms: NaN }, 100_050, 'valid-for-too-long'],
    ['I5 rule 3: echo.t that is no number', { echo: { boot, seq: 1, t: NaN } }, 100_050, 'echo-from-the-future'],
    ['I5 I11 rule 3: a retained grant', { retained: true }, 100_050, 'retained'],
  ])('%s', (_, change, at, refusal) => {
    expect(refusalOf(offer(fresh, change, at))).toBe(refusal);
  });

  test.each([
    ['0 A', 0, null],
    ['1 dA', 1, 'limit-out-of-range'],
    ['5.9 A', 59, 'limit-out-of-range'],
    ['6 A', 60, null],
    ['80 A', 800, null],
    ['80.1 A', 801, 'limit-out-of-range'],
    ['less than nothing', -60, 'limit-out-of-range'],
    ['half a deciampere', 60.5, 'limit-out-of-range'],
    ['no number', NaN, 'limit-out-of-range'],
    ['without end', Infinity, 'limit-out-of-range'],
  ])('I5 rule 3: a limit of %s', (_, limit_dA, refusal) => {
    expect(refusalOf(offer(fresh, { limit_dA }, 100_050))).toBe(refusal);
    expect(isGrantable(limit_dA)).toBe(refusal === null);
  });

  test.each([
    ['an older epoch with a higher n', { epoch: older, n: 99 }, 'not-newer'],
    ['an older n of this epoch', { n: 9 }, 'not-newer'],
    ['the same grant once more', { n: 10 }, 'not-newer'],
    ['an n that is no number', { n: NaN }, 'not-newer'],
    ['a newer n', { n: 11 }, null],
    ['a newer epoch with a lower n', { epoch: newer, n: 0 }, null],
  ])('I5 rule 3: after (epoch, 10), %s', (_, change, refusal) => {
    expect(refusalOf(offer(holding, change, 100_100))).toBe(refusal);
  });

  test('I5 rule 3: (epoch, n) is remembered beyond the end of its lease', () => {
    const echo = { boot, seq: 40, t: 140_000 };
    expect(refusalOf(offer(holding, { n: 10, echo }, 140_050))).toBe('not-newer');
    expect(refusalOf(offer(holding, { n: 11, echo }, 140_050))).toBeNull();
  });

  test('rule 3 B11: paired in Normal mode, it obeys its own master alone', () => {
    expect(refusalOf(offer(fresh, { from: 'neighbour' }, 100_050, { pairedMaster: 'master' }))).toBe('other-master');
    expect(refusalOf(offer(fresh, { from: 'master' }, 100_050, { pairedMaster: 'master' }))).toBeNull();
  });

  test.each([
    ['retained', { retained: true }],
    ['other-boot', { echo: { boot: 'f'.repeat(16), seq: 1, t: 100_000 } }],
    ['expired', { validFor_ms: 10 }],
    ['not-newer', { n: 3 }],
    ['limit-out-of-range', { limit_dA: 40 }],
    ['changes-nothing', { n: 11, validFor_ms: 5_000 }],
  ])('rule 3: a refused grant leaves its count and reason and no other trace: %s', (reason, change) => {
    const once = offer(holding, change, 100_100);
    const twice = offer(once.state, change, 100_101);
    expect(once.verdict).toEqual({ accepted: false, refusal: reason });
    expect(twice.state).toEqual({ ...holding, refused: { [reason]: 2 } });
  });
});

describe('the replace rule', () => {
  test.each([
    ['a later end', { n: 11, echo: { boot, seq: 2, t: 101_000 } }, 160, 111_000],
    ['an earlier end with a lower limit', { n: 11, limit_dA: 60, validFor_ms: 2_000 }, 60, 102_000],
    ['an earlier end with 0 A', { n: 11, limit_dA: 0, validFor_ms: 1_500 }, 0, 101_500],
    ['an end 999 ms before the held one', { n: 11, validFor_ms: T - 999 }, 160, 109_001],
    ['a raise', { n: 11, limit_dA: 320 }, 320, 110_000],
  ])('rule 3: %s replaces', (_, change, limit_dA, endsAt) => {
    const { state } = offer(holding, change, 101_200);
    expect([heldLimit(state, 101_300), state.endsAt]).toEqual([limit_dA, endsAt]);
    expect([heldLimit(state, endsAt - 1), heldLimit(state, endsAt)]).toEqual([limit_dA, 0]);
  });

  test.each([
    ['1 s before the held end, lowering nothing', { n: 11, validFor_ms: T - 1_000 }, 'changes-nothing'],
    ['1 s before it, a raise', { n: 11, validFor_ms: T - 1_000, limit_dA: 320 }, null],
    ['1 s before it, lowering by 0.1 A', { n: 11, validFor_ms: T - 1_000, limit_dA: 159 }, null],
  ])('rule 3 residual a: an end %s', (_, change, refusal) => {
    expect(refusalOf(offer(holding, change, 101_200))).toBe(refusal);
  });

  test('rule 3: an ended lease protects nothing: whatever ends later than now replaces it', () => {
    const echo = { boot, seq: 2, t: 108_000 };
    expect(refusalOf(offer(holding, { n: 11, echo, validFor_ms: 2_100 }, 110_050))).toBeNull();
  });

  test('rule 5: the lease of 0 A at the start ends T later, and any grant replaces it, also with an earlier end', () => {
    const { state, verdict } = offer(fresh, { limit_dA: 0, validFor_ms: 3_000 }, 100_050);
    expect([verdict.accepted, state.endsAt]).toEqual([true, 103_000]);
  });
});

describe('raise: false acts as min(held, offered)', () => {
  test.each([
    ['above what is held', 320, 101_000, 160],
    ['as what is held', 160, 101_000, 160],
    ['below what is held', 60, 101_000, 60],
    ['0 A', 0, 101_000, 0],
    ['after the end of the lease, to the millisecond (B8)', 160, 110_000, 0],
  ])('rule 3 B9: %s', (_, limit_dA, at, acts) => {
    const { state } = offer(holding, { n: 11, raise: false, limit_dA, echo: { boot, seq: 2, t: at } }, at);
    expect(heldLimit(state, at)).toBe(acts);
    expect(state.accepted?.limit_dA).toBe(acts);
  });

  test('rule 3 B8: what ended stays at 0 A until a raise', () => {
    const ended = offer(holding, { n: 11, raise: false, echo: { boot, seq: 12, t: 111_000 } }, 111_000).state;
    const kept = offer(ended, { n: 12, raise: false, echo: { boot, seq: 13, t: 112_000 } }, 112_000).state;
    const raised = offer(kept, { n: 13, raise: true, echo: { boot, seq: 14, t: 113_000 } }, 113_000).state;
    expect([ended, kept, raised].map((state) => heldLimit(state, 113_000))).toEqual([0, 0, 160]);
  });

  test('rule 3 I11: a first grant without a raise gives nothing', () => {
    expect(heldLimit(offer(fresh, { raise: false }, 100_050).state, 100_050)).toBe(0);
  });
});

describe('expiry', () => {
  test('I3 I11 rule 5: a start holds 0 A and is silent T later', () => {
    const start = initialLease(boot, 500);
    expect([500, 5_000, 60_000].map((at) => heldLimit(start, at))).toEqual([0, 0, 0]);
    expect([10_499, 10_500].map((at) => isSilent(start, at))).toEqual([false, true]);
  });

  test('I3 rule 3: a lease ends at echo.t + V on the own clock, however late it came', () => {
    const late = offer(fresh, {}, 109_000).state;
    expect([109_999, 110_000].map((at) => heldLimit(late, at))).toEqual([160, 0]);
    expect([109_999, 110_000].map((at) => isSilent(late, at))).toEqual([false, true]);
  });

  test('rule 3: a renewed lease of 0 A holds nothing and is not silence', () => {
    const zero = offer(holding, { n: 11, limit_dA: 0 }, 100_100).state;
    expect([heldLimit(zero, 105_000), isSilent(zero, 105_000)]).toEqual([0, false]);
  });

  test('a grant tells why', () => {
    expect(offer(fresh, { because: ['mains-L2', 'fair-share'] }, 100_050).state.because).toEqual([
      'mains-L2',
      'fair-share',
    ]);
  });
});
