// Many drawn sites, and what was said of each: for the two suites of sites.
import { runs } from '../../../test/runs.js';
import { type DrawnSite, type Kind, drawSite } from './drawn-site.js';
import { type Played, playSite } from './played-site.js';
import { referenceOf, truthOf, wordsOf } from './truth.js';

export type Verdict = {
  readonly played: Played;
  /** What was ever proposed of the wiring and is not so, and cars that were named other than they are. */
  readonly wrong: readonly string[];
};

const SEEDS = 50;

/** FAIRAMP_RUNS asks for more. */
export function verdictsOn(kind: Kind): readonly Verdict[] {
  return Array.from({ length: runs(SEEDS).numRuns }, (_, index) => verdictOn(drawSite(index + 1, kind)));
}

function verdictOn(site: DrawnSite): Verdict {
  const played = playSite(site);
  const truth = new Set(truthOf(site, referenceOf(site, played.state.reference)));
  const wiring = played.ever.filter(({ kind }) => kind !== 'car').map(wordsOf);
  const cars = played.cars.filter(({ named, phases }) => named !== null && named.length !== phases);
  const wrong = [
    ...wiring.filter((statement) => !truth.has(statement)),
    ...cars.map(({ point, phases, named }) => `car ${point} ${phases}: named ${named?.join(' ')}`),
  ];
  return { played, wrong: wrong.map((words) => `seed ${site.seed}: ${words}`) };
}

/** By seed. */
export function missingIn(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(({ played }) => played.missing.map((words) => `seed ${played.site.seed}: ${words}`));
}

export function wrongIn(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(({ wrong }) => wrong);
}

/** Of any one charge point. */
export function mostStartsIn(verdicts: readonly Verdict[]): number {
  return Math.max(...verdicts.flatMap(({ played }) => Object.values(played.state.points).map(({ starts }) => starts)));
}
