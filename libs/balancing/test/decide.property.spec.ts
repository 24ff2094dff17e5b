// What every single decision keeps, whatever the site.
import { sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { type ChargePoint, type Site, decide } from '../src/index.js';
import {
  type Law,
  type On,
  type Pair,
  besideOn,
  drawLow,
  heldBy,
  holdOf,
  limitOn,
  overOn,
  pathOf,
} from './branches.js';
import { sites } from './sites.js';

const isRaised = ({ decision }: Pair): boolean => decision.raise;
/** It holds of each branch, of whatever circuit, on which somebody is raised. */
const whereRaised = (holds: (on: On, site: Site) => boolean): Law => {
  return (site, _, branches) => branches.filter(({ users }) => users.some(isRaised)).every((on) => holds(on, site));
};
const each = (holds: (one: Pair, site: Site, branches: readonly On[]) => boolean): Law => {
  return (site, decided, branches) => decided.every((one) => holds(one, site, branches));
};

test('limits: 0 or from the minimum to the maximum, and with a reason', () => {
  holdOf(sites, {
    'a limit is 0 or from the minimum to the maximum, in whole deciamperes': each(
      ({ point, decision: { limit_dA } }) => {
        const isAllowed = limit_dA >= point.minimum_dA && limit_dA <= point.maximum_dA;
        return limit_dA === 0 || (isAllowed && Number.isInteger(limit_dA));
      },
    ),
    'who has a place asks for current': each(({ point: { need }, decision: { seated } }) => {
      return !seated || need === 'starting' || need === 'charging';
    }),
    'there is a reason, and none twice': each(({ decision: { because } }) => {
      return because.length > 0 && new Set(because).size === because.length;
    }),
    'a branch among the reasons is one that the charge point uses': each((one, _, branches) => {
      const own = new Set(pathOf(branches, one).map(({ because }) => because));
      return one.decision.because.every((word) => !/^(mains|circuit)-/.test(word) || own.has(word));
    }),
    'who is not heard is not renewed while a branch of its is over, and everybody else is': each((one, _, branches) => {
      const isOver = pathOf(branches, one).some((on) => overOn(on) > 0);
      return one.decision.renew === (one.point.heard || !isOver);
    }),
  });
});

const promised = ({ point, decision }: Pair): number =>
  decision.raise ? Math.max(point.reserved_dA, decision.limit_dA) : point.reserved_dA;
const isReady = (site: Site, { heard, barred, raisedAt }: ChargePoint): boolean =>
  heard && barred.length === 0 && site.barred.length === 0 && (raisedAt === null || site.now - raisedAt >= 5000);

test('I1, I8: raises pass the gate on every branch up to the mains', () => {
  holdOf(sites, {
    'sample - counted draws + all reservations fit each branch on which somebody is raised': whereRaised((on) => {
      // Of a car that draws more than it may, the excess is no room for others.
      const counted = sumOf(on.users, (one) => Math.min(drawLow(one, on), one.point.reserved_dA));
      return besideOn(on, counted) + sumOf(on.users, promised) <= limitOn(on);
    }),
    'nobody is raised on a branch that is over, or that nobody sees': whereRaised((on) => {
      const { load, seen } = on.circuit;
      const flows = load.kind === 'measured' ? load.current_dA[on.phase] : besideOn(on, 0) + sumOf(on.users, heldBy);
      return seen.includes(on.phase) && flows <= limitOn(on);
    }),
    'a limit above what is held is a raise, and a raise is above what is held': each(({ point, decision }) => {
      return decision.raise === decision.limit_dA > point.limit_dA;
    }),
    'nobody is raised who is barred or not heard, within 5 s of a raise, or while the site bars it': each(
      (one, site) => {
        return !isRaised(one) || isReady(site, one.point);
      },
    ),
    'from nothing one is raised to exactly its minimum': each(({ point, decision: { limit_dA } }) => {
      return point.limit_dA > 0 || limit_dA === 0 || limit_dA === point.minimum_dA;
    }),
    'who is raised has a place or rests': each(({ point, decision }) => {
      return !decision.raise || decision.seated || point.need === 'resting';
    }),
  });
});

test('the order of the charge points changes nothing, nor that of circuits which are fed by the same', () => {
  const shuffled = sites.chain((site) => {
    const all = { minLength: site.chargePoints.length };
    const points = fc.shuffledSubarray([...site.chargePoints], all);
    const circuits = fc.shuffledSubarray([...site.circuits], { minLength: site.circuits.length }).map(feedersFirst);
    return fc.tuple(points, circuits).map(([chargePoints, ordered]) => {
      return [site, { ...site, chargePoints, circuits: ordered }] as const;
    });
  });
  fc.assert(
    fc.property(shuffled, ([site, other]) => {
      const [a, b] = [decide(site), decide(other)];
      expect(b.decisions).toEqual(a.decisions);
      const byId = (decided: typeof a) => Object.fromEntries(decided.circuits.map(({ id, ...of }) => [id, of]));
      expect(byId(b)).toEqual(byId(a));
    }),
    runs(500),
  );
});

/** The nearest order in which each stands after the one that feeds it. */
function feedersFirst(circuits: Site['circuits']): Site['circuits'] {
  const placed: Site['circuits'][number][] = [];
  while (placed.length < circuits.length) {
    const isPlaced = (id: string | null): boolean => id === null || placed.some((one) => one.id === id);
    placed.push(...circuits.filter(({ id, parent }) => !isPlaced(id) && isPlaced(parent)).slice(0, 1));
  }
  return placed;
}
