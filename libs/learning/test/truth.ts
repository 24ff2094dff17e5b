// What can be known at a site, by reckoning that shares no line with the learning: every wiring that the configuration
// allows is tried against what noiseless transformers would have shown of the same cars. Whatever all that fit agree
// upon can be known; whatever the truth says, by the same reference, is right.
import {
  AS_LABELLED,
  type PerPhase,
  type Phase,
  type Rotation,
  PHASES,
  conductorOf,
  labelOf,
  perPhase,
} from '@fairamp/units';
import type { LearningConfig, Proposal } from '../src/index.js';
import { type DrawnSite, STARTS } from './drawn-site.js';

const orders: readonly Rotation[] = PHASES.flatMap((one) =>
  PHASES.filter((other) => other !== one).map((other): Rotation => {
    const last = PHASES.find((phase) => phase !== one && phase !== other) ?? one;
    return [one, other, last];
  }),
);
const isCyclic = ([one, other]: Rotation): boolean => (PHASES.indexOf(other) - PHASES.indexOf(one) + 3) % 3 === 1;
const signs: readonly PerPhase<number>[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
  perPhase((phase) => (((bits >> PHASES.indexOf(phase)) & 1) === 1 ? -1 : 1)),
);

type Wiring = { readonly order: Rotation; readonly sign: PerPhase<number>; readonly rotations: readonly Rotation[] };

/** What each transformer answers to one car: how much of a conductor's current, signed where the source is. */
function answer(
  used: number,
  rotation: Rotation,
  { order, sign }: Pick<Wiring, 'order' | 'sign'>,
  isSigned: boolean,
): string {
  return PHASES.map((transformer) => {
    const own = labelOf(conductorOf(transformer, order), rotation);
    const draws = PHASES.indexOf(own) < used ? 1 : 0;
    return isSigned ? draws * sign[transformer] + 0 : draws;
  }).join(' ');
}

/** A statement in words that compare: `rotation slave2 L2 L3 L1`. */
export function wordsOf(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'conductor':
      return `conductor ${proposal.chargePoint} ${proposal.conductor} ${proposal.transformer}`;
    case 'rotation':
      return `rotation ${proposal.chargePoint} ${proposal.rotation.join(' ')}`;
    case 'order':
      return `order ${proposal.order.join(' ')}`;
    case 'direction':
      return `direction ${proposal.transformer} ${proposal.isReversed}`;
    case 'car':
      return `car ${proposal.chargePoint} ${proposal.phases.join(' ')}`;
    case 'contradiction':
      return `contradiction ${proposal.of}`;
  }
}

function statements(site: DrawnSite, { order, sign, rotations }: Wiring): readonly string[] {
  const points = site.points.flatMap(({ id }, index) => {
    const rotation = rotations[index] ?? ['L1', 'L2', 'L3'];
    const conductors = PHASES.map((own) => `conductor ${id} ${own} ${labelOf(conductorOf(own, rotation), order)}`);
    return [...conductors, `rotation ${id} ${rotation.join(' ')}`];
  });
  const directions = PHASES.map((transformer) => `direction ${transformer} ${sign[transformer] === -1}`);
  return [...points, `order ${order.join(' ')}`, ...(site.signed ? directions : [])];
}

/** The true statements, with the mains' conductors renamed so that the reference is as configured. */
export function truthOf(site: DrawnSite, reference: number | null): readonly string[] {
  const real = site.points[reference ?? -1]?.rotation;
  const configured = site.config.chargePoints[reference ?? -1]?.rotation;
  const renamed = (conductor: Phase): Phase =>
    real === undefined || configured === undefined ? conductor : conductorOf(labelOf(conductor, real), configured);
  const rename = ([one, other, last]: Rotation): Rotation => [renamed(one), renamed(other), renamed(last)];
  return statements(site, {
    order: rename(site.order),
    sign: perPhase((transformer) => (site.reversed.includes(transformer) ? -1 : 1)),
    rotations: site.points.map(({ rotation }) => rename(rotation)),
  });
}

/** A choice that fits what was shown, charge point by charge point: given order and signs they are independent. */
function fitting(
  site: DrawnSite,
  reference: number | null,
): readonly { order: Rotation; sign: PerPhase<number>; rotations: readonly (readonly Rotation[])[] }[] {
  const { config, signed } = site;
  const truth = { order: site.order, sign: perPhase((label) => (site.reversed.includes(label) ? -1 : 1)) };
  const used = site.points.map((_, index) => [
    ...new Set(
      site.visits
        .slice(0, STARTS)
        .filter(({ point }) => point === index)
        .map(({ car }) => car.terminals.length),
    ),
  ]);
  return ordersOf(config).flatMap((order) =>
    signsOf(site).flatMap((sign) => {
      const rotations = site.points.map(({ rotation: real }, index) =>
        rotationsOf(config, index, reference).filter((rotation) =>
          (used[index] ?? []).every(
            (count) => answer(count, rotation, { order, sign }, signed) === answer(count, real, truth, signed),
          ),
        ),
      );
      return rotations.every((some) => some.length > 0) ? [{ order, sign, rotations }] : [];
    }),
  );
}

function ordersOf({ transformers }: LearningConfig): readonly Rotation[] {
  return transformers.isOrderConfirmed ? [transformers.order] : orders;
}

/** Confirmed ones are the true ones. */
function signsOf({ config, signed, reversed }: DrawnSite): readonly PerPhase<number>[] {
  if (!signed) return signs.slice(0, 1);
  if (!config.transformers.isOrderConfirmed) return signs;
  return signs.filter((sign) => PHASES.every((label) => (sign[label] === -1) === reversed.includes(label)));
}

function rotationsOf(config: LearningConfig, index: number, reference: number | null): readonly Rotation[] {
  const point = config.chargePoints[index];
  if (point !== undefined && (point.isConfirmed || index === reference)) return [point.rotation];
  return orders.filter(isCyclic);
}

/** What all that fit say; without what the configuration has said already. */
export function knowable(site: DrawnSite, reference: number | null): readonly string[] {
  const said = fitting(site, reference).flatMap(({ order, sign, rotations }) =>
    choices(rotations).map((chosen) => new Set(statements(site, { order, sign, rotations: chosen }))),
  );
  return truthOf(site, reference)
    .filter((statement) => said.every((one) => one.has(statement)))
    .filter((statement) => !isGiven(site, statement, reference));
}

/** So many that each charge point's every rotation is in one of them: no statement is about two charge points. */
function choices(rotations: readonly (readonly Rotation[])[]): readonly (readonly Rotation[])[] {
  const longest = Math.max(...rotations.map((some) => some.length));
  return Array.from({ length: longest }, (_, pick) => rotations.map((some) => some[pick % some.length] ?? AS_LABELLED));
}

function isGiven({ config }: DrawnSite, statement: string, reference: number | null): boolean {
  const [kind, id] = statement.split(' ');
  const index = config.chargePoints.findIndex((point) => point.id === id);
  const isPointGiven = index >= 0 && (index === reference || config.chargePoints[index]?.isConfirmed === true);
  if (kind === 'rotation') return isPointGiven;
  if (kind === 'order' || kind === 'direction') return config.transformers.isOrderConfirmed;
  return isPointGiven && config.transformers.isOrderConfirmed;
}

/** By which the site is named: confirmed ones first, else as the learning chose. */
export function referenceOf({ config, points }: DrawnSite, chosen: string | null): number | null {
  if (config.transformers.isOrderConfirmed) return null;
  const confirmed = config.chargePoints.findIndex(({ isConfirmed }) => isConfirmed);
  const index = confirmed >= 0 ? confirmed : points.findIndex(({ id }) => id === chosen);
  return index < 0 ? null : index;
}
