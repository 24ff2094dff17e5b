import { PHASES, type Phase, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { type ChargePoint, type Decision, PAUSE_TOLERANCE_dA, type Site, decide } from '../src/index.js';
import { sites } from './sites.js';

type Decided = { readonly point: ChargePoint; readonly decision: Decision };
const often = runs(500);

/** Each property holds of every site, with every charge point beside what was decided about it. */
function always(holds: (site: Site, decided: readonly Decided[]) => boolean): void {
  fc.assert(
    fc.property(sites, (site) => holds(site, pairs(site))),
    often,
  );
}
function pairs(site: Site): readonly Decided[] {
  const decisions = new Map(decide(site).map((decision) => [decision.id, decision]));
  return site.chargePoints.map((point) => {
    const decision = decisions.get(point.id);
    if (decision === undefined) throw new Error(`nothing was decided about ${point.id}`);
    return { point, decision };
  });
}
const isRaised = ({ decision }: Decided): boolean => decision.raise;
const usersOf = (phase: Phase, decided: readonly Decided[]): readonly Decided[] =>
  decided.filter(({ point }) => point.phases.includes(phase));
const limitOn = (site: Site, phase: Phase): number => (site.mainsPhases.includes(phase) ? site.limit_dA : 0);
const currentOn = (site: Site, phase: Phase): number =>
  site.mains.kind === 'measured' ? site.mains.current_dA[phase] : 0;
const drawLow = ({ point }: Decided, phase: Phase): number => point.drawLow_dA?.[phase] ?? 0;
const heldBy = ({ point }: Decided): number => Math.max(point.limit_dA, point.obeyed_dA);

test('a limit is 0 or from the minimum to the maximum, in whole deciamperes', () => {
  always((_, decided) =>
    decided.every(({ point, decision: { limit_dA } }) => {
      const isAllowed = limit_dA >= point.minimum_dA && limit_dA <= point.maximum_dA;
      return limit_dA === 0 || (isAllowed && Number.isInteger(limit_dA));
    }),
  );
});

test('I1: where somebody is raised, sample - counted draws + all reservations fit each of its phases', () => {
  const promised = ({ point, decision }: Decided): number =>
    decision.raise ? Math.max(point.reserved_dA, decision.limit_dA) : point.reserved_dA;
  const isCovered = (site: Site, phase: Phase, users: readonly Decided[]): boolean => {
    const counted = site.mains.kind === 'measured' ? sumOf(users, (one) => drawLow(one, phase)) : 0;
    return currentOn(site, phase) - counted + sumOf(users, promised) <= limitOn(site, phase);
  };
  always((site, decided) =>
    decided
      .filter(isRaised)
      .every(({ point }) => point.phases.every((phase) => isCovered(site, phase, usersOf(phase, decided)))),
  );
});

test('a limit above what is held is a raise, and a raise is above what is held', () => {
  always((_, decided) => decided.every(({ point, decision }) => decision.raise === decision.limit_dA > point.limit_dA));
});

test('nobody is raised who is barred or not heard, within 5 s of a raise, or while the site bars it', () => {
  const isReady = (site: Site, { heard, barred, raisedAt }: ChargePoint): boolean =>
    heard && barred.length === 0 && site.barred.length === 0 && (raisedAt === null || site.now - raisedAt >= 5000);
  always((site, decided) => decided.filter(isRaised).every(({ point }) => isReady(site, point)));
});

test('nobody is raised on a phase that is over', () => {
  always((site, decided) =>
    decided
      .filter(isRaised)
      .every(({ point }) => point.phases.every((phase) => currentOn(site, phase) <= limitOn(site, phase))),
  );
});

test('from nothing one is raised to exactly its minimum', () => {
  always((_, decided) =>
    decided
      .filter(({ point, decision }) => point.limit_dA === 0 && decision.limit_dA > 0)
      .every(({ point, decision }) => decision.limit_dA === point.minimum_dA),
  );
});

test('the order of the charge points changes nothing', () => {
  const shuffled = sites.chain((site) => {
    const all = { minLength: site.chargePoints.length };
    const orders = fc.shuffledSubarray([...site.chargePoints], all);
    return orders.map((chargePoints) => [site, { ...site, chargePoints }] as const);
  });
  fc.assert(
    fc.property(shuffled, ([site, other]) => JSON.stringify(decide(other)) === JSON.stringify(decide(site))),
    often,
  );
});

test('every limit has a reason, and none twice', () => {
  always((_, decided) =>
    decided.every(({ decision: { because } }) => because.length > 0 && new Set(because).size === because.length),
  );
});

/** What flows of it, as far as a lower limit can end it. */
function reducible(site: Site, phase: Phase, one: Decided): number {
  const held = heldBy(one);
  const draws = one.point.drawHigh_dA;
  const isUnmetered = one.point.need === 'charging' && one.point.phases.every((used) => draws[used] === 0);
  return site.mains.kind === 'dedicated' || isUnmetered ? held : Math.min(draws[phase], held);
}
/** By how much a phase is over. Dedicated mains are over when everybody together may draw more than they carry. */
function overOn(site: Site, phase: Phase, users: readonly Decided[]): number {
  if (!site.mainsPhases.includes(phase)) return 0;
  const current = site.mains.kind === 'dedicated' ? sumOf(users, heldBy) : currentOn(site, phase);
  return current - site.limit_dA;
}
type Draws = (one: Decided, phase: Phase) => number;
const drawHigh: Draws = ({ point }, phase) => point.drawHigh_dA[phase];
function inFlightOn(site: Site, phase: Phase, users: readonly Decided[], draws: Draws): number {
  if (site.mains.kind === 'dedicated') return 0;
  return sumOf(users, (one) => Math.max(0, draws(one, phase) - heldBy(one)));
}

test('what a phase is over is removed whenever it can be, but for what a fuse carries for ever', () => {
  const isDown = (patient: number, { point, decision: { limit_dA } }: Decided): boolean =>
    limit_dA === 0 || (limit_dA === point.minimum_dA && patient <= PAUSE_TOLERANCE_dA);
  always((site, decided) =>
    PHASES.every((phase) => {
      const users = usersOf(phase, decided);
      const heard = users.filter(({ point }) => point.heard);
      const removed = sumOf(heard, (one) => Math.max(0, reducible(site, phase, one) - one.decision.limit_dA));
      const left = (draws: Draws): number =>
        overOn(site, phase, users) - inFlightOn(site, phase, users, draws) - removed;
      // A pause waits until what may have come down since the sample would not explain it.
      return left(drawLow) <= 0 || heard.every((one) => isDown(left(drawHigh), one));
    }),
  );
});

test('who has gone from charging to 0 was needed: with it at its minimum a phase of its would be over', () => {
  const isNeeded = (site: Site, phase: Phase, decided: readonly Decided[], paused: Decided): boolean => {
    const users = usersOf(phase, decided);
    const heard = users.filter(({ point }) => point.heard);
    // Others may be left above their minimum because this one pauses, and who rests may have been lowered afterwards.
    const least = (one: Decided): number =>
      one === paused || one.point.need === 'resting'
        ? Math.min(one.point.limit_dA, one.point.minimum_dA)
        : Math.min(one.decision.limit_dA, one.point.minimum_dA);
    const removed = sumOf(heard, (one) => Math.max(0, reducible(site, phase, one) - least(one)));
    return overOn(site, phase, users) - inFlightOn(site, phase, users, drawHigh) - removed > PAUSE_TOLERANCE_dA;
  };
  always((site, decided) =>
    decided
      .filter(
        ({ point, decision }) =>
          point.need === 'charging' && point.limit_dA >= point.minimum_dA && decision.limit_dA === 0,
      )
      .every((paused) => paused.point.phases.some((phase) => isNeeded(site, phase, decided, paused))),
  );
});

test('who is not heard is not renewed while a phase of its is over, and everybody else is', () => {
  always((site, decided) =>
    decided.every(({ point, decision }) => {
      const isOver = point.phases.some((phase) => overOn(site, phase, usersOf(phase, decided)) > 0);
      return decision.renew === (point.heard || !isOver);
    }),
  );
});
