// What protection does to every site: what is over goes, as far as it can, and no more cars pause than must. A pause
// waits while the device surely carries what is left, and comes when it does not.
import { sumOf } from '@fairamp/units';
import { outcomeOf } from '../src/decide.js';
import { PAUSE_TOLERANCE_dA, type Site } from '../src/index.js';
import {
  type Draw,
  type On,
  type Pair,
  carriedOn,
  drawLow,
  drawSampled,
  heldBy,
  holdOf,
  inFlightOn,
  limitOn,
  overOn,
  pathOf,
} from './branches.js';
import { sites } from './sites.js';

/** What flows of it, as far as a lower limit can end it. */
const reducible: Draw = (one, on) => Math.min(drawSampled(one, on), heldBy(one));
const isProven = ({ point }: Pair, { circuit }: On): boolean => {
  const own = point.drawLowOn?.[circuit.id];
  return (own === undefined ? point.drawLow_dA : own) !== null;
};
const heardOn = (on: On): readonly Pair[] => on.users.filter(({ point }) => point.heard);
/** What leaves a branch once all who hear hold so much. */
const removedOn = (on: On, limit: (one: Pair) => number, flows = reducible): number =>
  sumOf(heardOn(on), (one) => Math.max(0, flows(one, on) - limit(one)));
const least = ({ point }: Pair): number => Math.min(point.limit_dA, point.minimum_dA);
/** What is over, by the reading that a pause waits for: what may have come down since the sample may explain it. */
const pressing = (on: On): number => {
  const isTwice = overOn(on) >= limitOn(on);
  return overOn(on) - inFlightOn(on, isTwice ? drawLow : drawSampled);
};

test('I2: what is over goes, by the worse reading of the sample', () => {
  holdOf(sites, {
    'what a branch is over is removed whenever it can be, but for what its device carries': (site, _, branches) =>
      branches.every((on) => {
        const removed = removedOn(on, ({ decision }) => decision.limit_dA);
        if (overOn(on) - inFlightOn(on, drawLow) - removed <= 0) return true;
        const isCarried = pressing(on) - removed <= carriedOn(site.now, on);
        // Whose draw is below its minimum takes nothing off by being lowered to it.
        const isLeast = (one: Pair): boolean =>
          one.decision.limit_dA === one.point.minimum_dA || reducible(one, on) <= one.point.minimum_dA;
        return heardOn(on).every((one) => one.decision.limit_dA === 0 || (isCarried && isLeast(one)));
      }),
    'whoever is renewed fits by the worse reading and without patience, as the leases of who is spared end': (
      _,
      __,
      branches,
    ) =>
      branches.every((on) => {
        const flows: Draw = (one) => Math.min(reducible(one, on), isProven(one, on) ? drawLow(one, on) : Infinity);
        const ends = ({ decision }: Pair): boolean => decision.spared || decision.limit_dA === 0;
        const removed = removedOn(on, (one) => (ends(one) ? 0 : least(one)), flows);
        const left = overOn(on) - inFlightOn(on, drawLow) - removed;
        return left <= PAUSE_TOLERANCE_dA || heardOn(on).every(ends);
      }),
  });
});

test('protection lowers by no more than is over, but for less than a deciampere a car', () => {
  const isExact = (site: Site, branches: readonly On[]): boolean => {
    const { safe } = outcomeOf(site);
    const standings = new Map(safe.map((one) => [one.point.id, one]));
    // Had all that were lowered kept one more, it would not have been enough.
    const oneMore = ({ point }: Pair): number => {
      const { limit_dA = 0, pressedBy = [] } = standings.get(point.id) ?? {};
      return limit_dA > 0 && pressedBy.length > 0 ? limit_dA + 1 : limit_dA;
    };
    const isLow = (on: On): boolean => overOn(on) - inFlightOn(on, drawLow) - removedOn(on, oneMore) > 0;
    const isNeeded = (branch: number): boolean => branches.slice(branch, branch + 1).some(isLow);
    return safe.every(({ limit_dA, pressedBy }) => {
      return limit_dA === 0 || pressedBy.length === 0 || pressedBy.some(isNeeded);
    });
  };
  holdOf(sites, { 'who is lowered must be': (site, _, branches) => isExact(site, branches) });
});

type Left = (one: Pair) => number;
/** What protection leaves to each, before sharing makes room for anybody. */
function leftBy(site: Site): Left {
  const left = new Map(outcomeOf(site).safe.map(({ point, limit_dA }) => [point.id, limit_dA]));
  return ({ point }) => left.get(point.id) ?? 0;
}

/** With this one at its minimum, would a branch of its stay over by more than its device carries? */
function isNeeded(site: Site, branches: readonly On[], paused: Pair): boolean {
  const left = leftBy(site);
  // Others may be left above their minimum because this one pauses.
  const limit = (one: Pair): number => (one === paused ? least(one) : Math.min(left(one), one.point.minimum_dA));
  return pathOf(branches, paused).some((on) => pressing(on) - removedOn(on, limit) > carriedOn(site.now, on));
}
const isPaused = ({ point, decision }: Pair): boolean =>
  point.need === 'charging' && point.seatedAt !== null && point.limit_dA >= point.minimum_dA && decision.limit_dA === 0;

/** Nor does anybody have a place who has not begun. */
const noTurns = sites.map((site) => ({
  ...site,
  turn_ms: 2 * site.now,
  chargePoints: site.chargePoints.map((point) => {
    return { ...point, priority: 0, seatedAt: point.limit_dA === 0 ? null : point.seatedAt };
  }),
}));
const makesRoom = (site: Site, branches: readonly On[], one: Pair): boolean => {
  const isOver = one.point.seatedAt !== null && site.now - one.point.seatedAt >= site.turn_ms;
  return pathOf(branches, one).some(({ users }) =>
    users.some(({ point, decision }) => {
      const goesFirst = point.priority > one.point.priority;
      // Whom protection pauses in this very decision takes nobody's place but by its priority.
      if (point.limit_dA >= point.minimum_dA) return decision.seated && decision.limit_dA === 0 && goesFirst;
      return decision.seated && (isOver || goesFirst || point.seatedAt !== null);
    }),
  );
};

test('nobody who charges is paused for nothing', () => {
  holdOf(noTurns, {
    'where no turn ends, with it at its minimum a branch would be over by more than its device carries': (
      site,
      decided,
      branches,
    ) => decided.filter(isPaused).every((paused) => isNeeded(site, branches, paused)),
  });
  holdOf(sites, {
    'protection pauses whom it must; else one makes room: its turn is over, or a higher priority wants its place': (
      site,
      decided,
      branches,
    ) => {
      const left = leftBy(site);
      return decided.filter(isPaused).every((one) => {
        return left(one) === 0 ? isNeeded(site, branches, one) : makesRoom(site, branches, one);
      });
    },
  });
});
