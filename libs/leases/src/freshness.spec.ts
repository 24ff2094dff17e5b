import {
  hearSample,
  initialFreshness,
  nextBeacon,
  validFor,
  type FreshnessState,
  type SampleTold,
} from './freshness.js';

const boot = 'a'.repeat(16);
const bridge = 'b'.repeat(16);

/** Beacons 1, 2, 3 ... at these moments. */
const beaconsAt = (...times: number[]): FreshnessState =>
  times.reduce((state, at) => nextBeacon(state, at).state, initialFreshness(boot, 0));
const started = beaconsAt(1_000, 2_000, 3_000);
type Change = Partial<SampleTold> & { readonly seqOfBeacon?: number; readonly since_ms?: number };
const sample = ({ seqOfBeacon = 3, since_ms = 0, ...change }: Change = {}): SampleTold => ({
  boot: bridge,
  seq: 10,
  age_ms: 0,
  current_dA: { L1: 100, L2: -20, L3: 0 },
  signed: true,
  master: { boot, for_ms: 20_000 },
  echo: { boot, seq: seqOfBeacon, since_ms },
  ...change,
});
const reasonOf = ({ verdict }: ReturnType<typeof hearSample>) => (verdict.ok ? null : verdict.reason);

describe('the age of a sample on the master`s own clock', () => {
  test.each([
    // beacon sent, since_ms, age_ms, arrival: measured at
    ['at once', 3, 0, 0, 3_000, 3_000],
    ['the way there and back counts as age', 3, 0, 0, 3_080, 3_000],
    ['what the bridge held the beacon does not', 3, 700, 0, 3_780, 3_700],
    ['what it says of the meter does (B13)', 3, 700, 1_802, 3_780, 1_898],
    ['an older beacon dates as well', 1, 2_500, 0, 3_600, 3_500],
    ['drift makes the way look negative: never younger than the bridge says', 1, 2_600, 400, 3_590, 3_190],
  ])('I6 rule 7: %s', (...[, seqOfBeacon, since_ms, age_ms, at, measuredAt]) => {
    const { state, verdict } = hearSample(started, sample({ seqOfBeacon, since_ms, age_ms }), at);
    expect(verdict).toMatchObject({ ok: true, value: { measuredAt, arrivedAt: at, namedFor_ms: 20_000 } });
    expect(state.newest).toEqual(verdict.ok ? verdict.value : null);
  });

  test('rule 7: carries what was measured and how long this master is named', () => {
    const { verdict } = hearSample(started, sample({ master: { boot, for_ms: 16_999 } }), 3_050);
    expect(verdict).toMatchObject({
      value: { boot: bridge, seq: 10, current_dA: { L1: 100, L2: -20, L3: 0 }, namedFor_ms: 16_999 },
    });
  });
});

describe('what is no sample', () => {
  const other = 'c'.repeat(16);
  test.each([
    ['I6 rule 7: echo held for 3 s is the last that counts (B14)', sample({ seqOfBeacon: 1, since_ms: 3_000 }), null],
    ['I6 rule 7: held for longer (B14)', sample({ seqOfBeacon: 1, since_ms: 3_001 }), 'old-echo'],
    ['I6 rule 7: a beacon never sent', sample({ seqOfBeacon: 4 }), 'unknown-beacon'],
    ['I6 rule 7: no master named yet', sample({ master: null }), 'names-nobody'],
    ['I6 rule 7: no beacon echoed', sample({ echo: null }), 'names-nobody'],
    ['I10 rule 8: names another', sample({ master: { boot: other, for_ms: 99_000 } }), 'names-another'],
    ['I6 rule 7 B15: echoes another boot', sample({ echo: { boot: other, seq: 3, since_ms: 0 } }), 'names-another'],
  ])('%s', (_, told, reason) => {
    const heard = hearSample(started, told, 4_000);
    expect(reasonOf(heard)).toBe(reason);
    if (reason !== null) expect(heard.state).toBe(started);
  });

  test('I6 rule 7: a sample that was under way longer than 8 beacons', () => {
    const later = beaconsAt(0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000);
    expect(reasonOf(hearSample(later, sample({ seqOfBeacon: 1 }), 4_000))).toBe('unknown-beacon');
    expect(reasonOf(hearSample(later, sample({ seqOfBeacon: 2 }), 4_000))).toBeNull();
  });

  test('I6 rule 7 B15: what was recorded in an earlier life of this master dies by its boot', () => {
    const reborn = nextBeacon(initialFreshness(other, 0), 1_000).state;
    expect(reasonOf(hearSample(reborn, sample({ seqOfBeacon: 1 }), 1_000))).toBe('names-another');
  });
});

describe('which sample is the newest', () => {
  const known = hearSample(started, sample({ since_ms: 500 }), 3_600).state;
  test.each([
    ['the next of this life', { seq: 11 }, null],
    ['the same again', { seq: 10 }, 'not-newer'],
    ['one that was overtaken', { seq: 9 }, 'not-newer'],
    ['the next of this life, told older by its beacon', { seq: 11, seqOfBeacon: 1 }, null],
    ['another life of the bridge, measured later', { boot: 'd'.repeat(16), seq: 1, since_ms: 600 }, null],
    ['another life, measured at the same moment', { boot: 'd'.repeat(16), seq: 1, since_ms: 500 }, null],
    ['another life, measured before', { boot: 'd'.repeat(16), seq: 99, since_ms: 499 }, 'not-newer'],
  ])('I6 rule 6: %s', (_, change, reason) => {
    const heard = hearSample(known, sample(change), 3_700);
    expect(reasonOf(heard)).toBe(reason);
    if (reason !== null) expect(heard.state).toBe(known);
  });
});

describe('beacons', () => {
  test('rule 7: each has the next seq, from 1', () => {
    const seqs = [1_000, 2_000, 3_000].map(
      (_, index, all) => nextBeacon(beaconsAt(...all.slice(0, index)), all[index] ?? 0).seq,
    );
    expect(seqs).toEqual([1, 2, 3]);
  });

  test('rule 7 residual b: withheld for 4 s after 5 s without a sample, then sent for 5 s again', () => {
    const sent: number[] = [];
    let state = initialFreshness(boot, 0);
    for (let at = 0; at <= 19_000; at += 1_000) {
      const beacon = nextBeacon(state, at);
      state = beacon.state;
      if (beacon.seq !== null) sent.push(at / 1_000);
    }
    expect(sent).toEqual([0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 18, 19]);
  });

  test.each([
    [4_999, true],
    [5_000, false],
    [8_999, false],
    [9_000, true],
  ])('rule 7: %d ms after the newest sample it is sent: %s', (waited, isSent) => {
    const { state } = hearSample(started, sample(), 3_100);
    expect(nextBeacon(state, 3_100 + waited).seq).toBe(isSent ? 4 : null);
  });

  test('rule 7: a refused sample is none', () => {
    const refused = hearSample(started, sample({ master: null }), 4_900).state;
    expect(nextBeacon(refused, 5_000).seq).toBeNull();
  });
});

describe('how long a grant on a sample may be valid', () => {
  test.each([
    // age, A, V
    [0, 10_000, 10_000],
    [1, 10_000, 9_999],
    [9_999, 10_000, 1],
    [10_000, 10_000, 0],
    [14_000, 10_000, -4_000],
    [15_000, 25_000, 10_000],
    [15_001, 25_000, 9_999],
    [25_000, 25_000, 0],
  ])('I6 rule 7: V = min(T, A - age): age %d ms, A %d ms: %d ms', (age, oldest, V) => {
    expect(validFor(50_000, 50_000 + age, oldest, 10_000)).toBe(V);
  });
});
