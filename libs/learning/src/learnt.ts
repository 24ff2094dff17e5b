// The configured wiring with what has been named in its place: what a master uses at once where it is told to, and what
// a person writes down after a look. What is not named stays as it was configured.
import { PHASES, type Rotation, type Transformers } from '@fairamp/units';
import type { LearningConfig, Proposal } from './types.js';

export type Learnt = {
  readonly transformers: Transformers;
  /** By the id of the charge point. */
  readonly rotations: Readonly<Record<string, Rotation>>;
};

export function learntFrom(proposals: readonly Proposal[], config: LearningConfig): Learnt {
  const rotations = config.chargePoints.map(({ id, rotation }): [string, Rotation] => {
    const named = proposals.find((one) => one.kind === 'rotation' && one.chargePoint === id);
    return [id, named?.kind === 'rotation' ? named.rotation : rotation];
  });
  return { transformers: transformersFrom(proposals, config), rotations: Object.fromEntries(rotations) };
}

function transformersFrom(proposals: readonly Proposal[], { transformers }: LearningConfig): Transformers {
  const named = proposals.find((one) => one.kind === 'order');
  const order = named?.kind === 'order' ? named.order : transformers.order;
  const reversed = PHASES.filter((label) => {
    const direction = proposals.find((one) => one.kind === 'direction' && one.transformer === label);
    return direction?.kind === 'direction' ? direction.isReversed : transformers.reversed.includes(label);
  });
  return { order, reversed };
}
