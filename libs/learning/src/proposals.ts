// What may be said of the wiring now, each with its evidence: for a person to confirm in the configuration, or to be
// used at once where the configuration says so. What the evidence does not force is not named.
import { PHASES, sumOf } from '@fairamp/units';
import { carOf } from './cars.js';
import { wiringAt } from './hypotheses.js';
import type { LearningState } from './learning.js';
import { SURE, conductorsNamed, sureOf } from './named.js';
import { type PointState, initialPoint } from './point.js';
import { type Beliefs, type PointBelief, believe } from './posterior.js';
import { beliefsOf, questionOf, relativeTo } from './site.js';
import type { Evidence, LearningConfig, LearningPoint, Proposal } from './types.js';

export function proposalsOf(state: LearningState, config: LearningConfig): readonly Proposal[] {
  const beliefs = beliefsOf(state, config);
  const contradictions = contradictionsOf(state, beliefs, config);
  if (contradictions.length > 0) return contradictions;
  const points = config.chargePoints.flatMap((entry, index) => {
    const belief = beliefs.pointAt(index);
    const point = state.points[entry.id];
    return point === undefined ? [] : [{ entry, belief, point }];
  });
  return [
    ...points.flatMap((named) => conductorProposals(named)),
    ...points.flatMap((named) => rotationProposals(named, state, config)),
    ...orderProposals(beliefs, state, config),
    ...directionProposals(beliefs, state, config),
    ...points.flatMap((named) => carProposals(named)),
  ];
}

type Named = { readonly entry: LearningPoint; readonly belief: PointBelief; readonly point: PointState };

function conductorProposals({ entry, belief, point }: Named): readonly Proposal[] {
  return conductorsNamed(belief).map(({ conductor, transformer, margin }) => ({
    kind: 'conductor',
    chargePoint: entry.id,
    conductor,
    transformer,
    evidence: evidenceOf(point, margin),
  }));
}

function rotationProposals(
  { entry, belief, point }: Named,
  state: LearningState,
  config: LearningConfig,
): readonly Proposal[] {
  const reference = relativeTo(state, config);
  const sure = sureOf(belief.rotations);
  if (sure === null || reference === null || config.mainsPhases.length < PHASES.length) return [];
  const { id, rotation: configured } = entry;
  const rotation = wiringAt(sure.index);
  const evidence = evidenceOf(point, sure.margin);
  return [{ kind: 'rotation', chargePoint: id, rotation, configured, relativeTo: reference, evidence }];
}

function orderProposals(beliefs: Beliefs, state: LearningState, config: LearningConfig): readonly Proposal[] {
  const reference = relativeTo(state, config);
  const sure = sureOf(beliefs.orders);
  if (sure === null || reference === null || config.mainsPhases.length < PHASES.length) return [];
  const { order: configured } = config.transformers;
  const evidence = evidenceOfAll(state, sure.margin);
  return [{ kind: 'order', order: wiringAt(sure.index), configured, relativeTo: reference, evidence }];
}

function directionProposals(beliefs: Beliefs, state: LearningState, config: LearningConfig): readonly Proposal[] {
  return config.mainsPhases.flatMap((transformer): readonly Proposal[] => {
    const sure = sureOf(beliefs.directions[transformer]);
    if (sure === null) return [];
    const isConfigured = config.transformers.reversed.includes(transformer);
    const { mayBeBattery } = config;
    const evidence = evidenceOfAll(state, sure.margin);
    return [{ kind: 'direction', transformer, isReversed: sure.index === 1, isConfigured, mayBeBattery, evidence }];
  });
}

function carProposals({ entry, belief, point }: Named): readonly Proposal[] {
  const car = carOf(point, belief);
  if (car === null) return [];
  const evidence = { ...evidenceOf(point, car.margin), steps: point.carSteps };
  return [{ kind: 'car', chargePoint: entry.id, phases: car.phases, evidence }];
}

/**
 * What is taken as given is wrong if all that was seen becomes so much likelier without it: a confirmed rotation, one
 * that is not cyclic, or the confirmed transformers.
 */
function contradictionsOf(state: LearningState, beliefs: Beliefs, config: LearningConfig): readonly Proposal[] {
  const points = config.chargePoints.flatMap(({ id }, index): readonly Proposal[] => {
    const freed = beliefs.freedAt(index);
    return freed < SURE ? [] : [{ kind: 'contradiction', of: id, evidence: evidenceOf(state.points[id], freed) }];
  });
  const { transformers } = config;
  if (!transformers.isOrderConfirmed && !transformers.areDirectionsConfirmed) return points;
  const free = { ...transformers, isOrderConfirmed: false, areDirectionsConfirmed: false };
  const question = questionOf(state, { ...config, transformers: free });
  const freed = believe(question).total - beliefs.total;
  return freed < SURE
    ? points
    : [...points, { kind: 'contradiction', of: 'transformers', evidence: evidenceOfAll(state, freed) }];
}

const ANSWERS_SHOWN = 3;

function evidenceOf(point: PointState | undefined, margin: number): Evidence {
  const { starts, steps, latest } = point ?? initialPoint();
  return { starts, steps, margin, latest };
}

function evidenceOfAll({ points }: LearningState, margin: number): Evidence {
  const all = Object.values(points);
  const latest = all
    .flatMap((point) => point.latest)
    .sort((one, other) => one.at - other.at)
    .slice(-ANSWERS_SHOWN);
  const starts = sumOf(all, (point) => point.starts);
  const steps = sumOf(all, (point) => point.steps);
  return { starts, steps, margin, latest };
}
