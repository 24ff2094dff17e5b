import {
  CAR_FOLLOWS_ms,
  CONTACTOR_ms,
  FOLLOWS_ms,
  LONGEST_ECHO_ms,
  LONGEST_LEASE_ms,
  OLDEST_SAMPLE_FOR_RAISE_ms,
  releaseAfter,
  silenceOf,
  SLAVE_REACTION_ms,
  SOFT_STOP_ms,
  stretched,
} from './timing.js';

/** The worst clocks of design 3: true milliseconds of a span that a slow one measures, and what a fast one shows of it. */
const [trueSpan, fast] = [(ms: number) => ms / 0.995, (ms: number) => ms * 1.005];
/** From the start of a lease of `ms` to contacts apart: the slave's clock times the lease and the soft stop. */
const drawnFor = (ms: number) => trueSpan(ms) + SLAVE_REACTION_ms + trueSpan(SOFT_STOP_ms) + CONTACTOR_ms;

describe('figures', () => {
  test.each([
    [0, 0],
    [100, 101],
    [99, 100],
    [16_750, 16_918],
  ])('%d ms stretched by two clocks are %d ms, rounded up', (duration, result) => {
    expect(stretched(duration)).toBe(result);
  });

  test('I4 rule 6: a promise outlasts what a slow slave draws of it, on a fast master', () => {
    expect(releaseAfter(LONGEST_LEASE_ms)).toBeGreaterThan(fast(drawnFor(LONGEST_LEASE_ms)));
    expect(releaseAfter(LONGEST_LEASE_ms)).toBeLessThanOrEqual(17_000);
  });

  test('I4 rule 6: a hold outlasts the car that follows, on a fast master', () => {
    expect(FOLLOWS_ms).toBe(5_050);
    expect(FOLLOWS_ms).toBeGreaterThan(fast(CAR_FOLLOWS_ms));
  });

  test.each([
    [10_000, 17_000],
    [25_000, 32_200],
  ])('I9 rule 8 B3: the silence with samples of up to %d ms is %d ms', (oldest, silence) => {
    expect(silenceOf(oldest)).toBe(silence);
  });

  test.each([10_000, 25_000])(
    'I9 rule 8 B14: with samples of up to %d ms it outlasts the leases before it',
    (oldest) => {
      // A slow master and a fast bridge: an echo of 3 s hides 30 ms of the sample's age.
      const hidden = LONGEST_ECHO_ms * 0.01;
      expect(silenceOf(oldest)).toBeGreaterThan(fast(hidden + drawnFor(oldest)));
    },
  );

  test('rule 6 B2: what a superseded master sees freed was over before its successor could renew it', () => {
    // It raises up to 5 s after the renaming at 0, so on what it last heard before 5 s - release; that lease ended T later.
    const heard = OLDEST_SAMPLE_FOR_RAISE_ms - releaseAfter(LONGEST_LEASE_ms);
    expect(heard + trueSpan(LONGEST_LEASE_ms)).toBeLessThan(0);
  });
});
