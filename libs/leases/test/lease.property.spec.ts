import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { heldLimit, initialLease, offerGrant, type LeaseState, type Offer } from '../src/index.js';

const SEED = 20_261_122;
const [mine, former] = ['b'.repeat(16), 'f'.repeat(16)];
const START = 20_000;

/** Few values each, so that grants meet: repeated, overtaken, of two masters, of two boots, at every boundary. */
const arriving = fc.record({
  wait: fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.constantFrom(0, 1)),
  retained: fc.integer({ min: 0, max: 9 }).map((digit) => digit === 0),
  grant: fc.record({
    from: fc.constantFrom('master', 'master', 'neighbour'),
    epoch: fc.record({ count: fc.integer({ min: 1, max: 2 }), boot: fc.constantFrom('1'.repeat(16), '2'.repeat(16)) }),
    n: fc.integer({ min: 0, max: 12 }),
    age: fc.integer({ min: -100, max: 12_000 }),
    boot: fc.constantFrom(mine, mine, mine, former),
    limit_dA: fc.constantFrom(0, 59, 60, 100, 160, 320, 800, 801, NaN),
    validFor_ms: fc.constantFrom(0, 1, 500, 5_000, 9_000, 10_000, 10_000, 10_001),
    raise: fc.boolean(),
  }),
});
type Arriving = (typeof arriving extends fc.Arbitrary<infer Value> ? Value : never)['grant'];

const offerOf = ({ age, boot, ...grant }: Arriving, at: number): Offer => ({
  ...grant,
  echo: { boot, seq: 1, t: at - age },
  because: ['fair-share'],
});

type Step = {
  readonly before: LeaseState;
  readonly after: LeaseState;
  readonly offer: Offer;
  readonly retained: boolean;
  readonly at: number;
  readonly accepted: boolean;
};

/** Runs the grants in turn and shows each step. */
function play(
  grants: readonly { wait: number; retained: boolean; grant: Arriving }[],
  look: (step: Step) => void,
): void {
  let [state, at] = [initialLease(mine, START), START];
  for (const { wait, retained, grant } of grants) {
    at += wait;
    const offer = offerOf(grant, at);
    const answer = offerGrant(state, { ...offer, retained }, at, { pairedMaster: 'master' });
    look({ before: state, after: answer.state, offer, retained, at, accepted: answer.verdict.accepted });
    state = answer.state;
  }
}
const check = (look: (step: Step) => void) =>
  fc.assert(
    fc.property(fc.array(arriving, { maxLength: 40 }), (grants) => play(grants, look)),
    { seed: SEED, ...runs(500) },
  );

describe('the lease of a slave, whatever arrives', () => {
  test('I3 I5: what is held was granted to this boot, is alive by its own echo, and was held before or raised', () => {
    check(({ before, after, offer, at, accepted }) => {
      const held = heldLimit(after, at);
      if (!accepted) return expect(held).toBe(heldLimit(before, at));
      expect(offer.echo.boot).toBe(mine);
      expect(held).toBeLessThanOrEqual(offer.limit_dA);
      if (!offer.raise) expect(held).toBeLessThanOrEqual(heldLimit(before, at));
      expect(heldLimit(after, offer.echo.t + offer.validFor_ms - 1)).toBe(held);
      expect(heldLimit(after, offer.echo.t + offer.validFor_ms)).toBe(0);
    });
  });

  test('I3 I5: an accepted grant was sent live, and is over T after its echo whatever it claims', () => {
    check(({ after, offer, accepted, retained }) => {
      if (accepted) expect([retained, heldLimit(after, offer.echo.t + 10_000)]).toEqual([false, 0]);
    });
  });

  test('rule 3: a refused grant changes nothing but one count', () => {
    check(({ before, after, accepted }) => {
      if (accepted) return expect(after.refused).toBe(before.refused);
      expect({ ...after, refused: before.refused }).toEqual(before);
      const sum = (counts: LeaseState['refused']) => Object.values(counts).reduce((one, other) => one + other, 0);
      expect(sum(after.refused)).toBe(sum(before.refused) + 1);
    });
  });

  test('rule 3: the same grant is never accepted twice', () => {
    fc.assert(
      fc.property(fc.array(arriving, { maxLength: 40 }), (grants) => {
        const accepted: string[] = [];
        play(grants, ({ offer, ...step }) => {
          if (step.accepted) accepted.push(JSON.stringify([offer.epoch.count, offer.epoch.boot, offer.n]));
        });
        expect(new Set(accepted).size).toBe(accepted.length);
      }),
      { seed: SEED, ...runs(500) },
    );
  });
});
