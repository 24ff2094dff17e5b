// The reasons of a limit are those that hold it. Relaxing all of them raises it, relaxing anything else does not, and
// `without_dA` is what it then gets. What relaxing means stands in relaxed.ts.
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { SMALLEST_RAISE_dA, type Site, decide } from '../src/index.js';
import { outcomeOf } from '../src/decide.js';
import { type Case, limitWithout, othersThan, worthwhile } from './relaxed.js';
import { sites } from './sites.js';

type Judged = Case & { readonly without_dA: number };
function casesOf(site: Site): readonly Judged[] {
  const outcome = outcomeOf(site);
  const { decisions } = decide(site);
  return outcome.plan.points.flatMap((point, number) => {
    const decision = decisions[number];
    const target_dA = outcome.shared.targets[number]?.target_dA ?? 0;
    return decision === undefined ? [] : [{ ...decision, outcome, number, point, target_dA }];
  });
}

type Law = (one: Judged) => boolean;
const worth = ({ limit_dA, point }: Case): number => worthwhile(limit_dA, point);
const LAWS: Readonly<Record<string, Law>> = {
  'without a car there is nothing to raise': ({ point, limit_dA, because, without_dA }) =>
    point.need !== 'none' || (limit_dA === 0 && without_dA === 0 && because.includes('no-car')),
  'relaxing all of the reasons raises the limit': (one) =>
    one.point.need === 'none' || limitWithout(one, one.because) >= worth(one),
  'relaxing anything else does not': (one) =>
    one.point.need === 'none' || limitWithout(one, othersThan(one)) < worth(one),
  'it then gets what was said, but for a last step that is not worth a message': (one) => {
    const short_dA = one.without_dA - limitWithout(one, one.because);
    return one.point.need === 'none' || (short_dA >= 0 && short_dA < SMALLEST_RAISE_dA);
  },
};

/** For people: the case in a line, with what was relaxed in vain or to some effect. */
function told(one: Judged): string {
  const { point, limit_dA, target_dA, because, without_dA, seated } = one;
  const others = othersThan(one);
  const relaxed = { all: limitWithout(one, because), others, otherwise: limitWithout(one, others) };
  return JSON.stringify({ id: point.id, need: point.need, limit_dA, target_dA, because, without_dA, seated, relaxed });
}

test('the reasons of a limit hold it, and nothing else does', () => {
  const judge = (site: Site): void => {
    for (const one of casesOf(site)) {
      for (const [words, holds] of Object.entries(LAWS)) {
        if (!holds(one)) throw new Error(`not so: ${words}: ${told(one)}`);
      }
    }
  };
  fc.assert(fc.property(sites, judge), runs(300));
});
