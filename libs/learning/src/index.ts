export { type LearningState, initialLearning, stepLearning } from './learning.js';
export { proposalsOf } from './proposals.js';
export { SURE } from './named.js';
export type {
  Answer,
  ChargePointEvent,
  Evidence,
  LearningConfig,
  LearningEvent,
  LearningPoint,
  LeftEvent,
  Proposal,
  SampleEvent,
} from './types.js';
