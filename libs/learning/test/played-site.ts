// A drawn site played until all is named that can be known, and what came of it.
import { type LearningState, type Proposal, proposalsOf } from '../src/index.js';
import { type DrawnSite, STARTS } from './drawn-site.js';
import { type CarSeen, Run } from './run.js';
import { knowable, referenceOf, wordsOf } from './truth.js';

export type Played = {
  readonly site: DrawnSite;
  readonly state: LearningState;
  readonly proposals: readonly Proposal[];
  /** At the end of each visit. */
  readonly cars: readonly CarSeen[];
  /** Every name that was ever proposed, as it was then. */
  readonly ever: readonly Proposal[];
  /** What could be known and is not named yet: after the first ten starts of the site, and at the end. */
  readonly missingAfterTen: number;
  readonly missing: readonly string[];
};

/** Until everything is named that can be known, or each charge point has had its ten starts. */
export function playSite(site: DrawnSite): Played {
  const run = new Run(site);
  run.play(site.visits.slice(0, STARTS));
  let missing = missingFrom(run);
  const missingAfterTen = missing.length;
  const each = site.points.length;
  for (let next = STARTS; next < site.visits.length && missing.length > 0; next += each) {
    run.play(site.visits.slice(next, next + each));
    missing = missingFrom(run);
  }
  const { state, cars, ever } = run;
  return { site, state, cars, ever, missingAfterTen, missing, proposals: proposalsOf(state, site.config) };
}

function missingFrom({ site, state }: Run): readonly string[] {
  const named = new Set(proposalsOf(state, site.config).map(wordsOf));
  return knowable(site, referenceOf(site, state.reference)).filter((statement) => !named.has(statement));
}
