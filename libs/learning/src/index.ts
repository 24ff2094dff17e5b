export { type LearningState, initialLearning, stepLearning } from './learning.js';
export { proposalsOf } from './proposals.js';
export { type Learnt, learntFrom } from './learnt.js';
export { proposalWords } from './words.js';
export { SURE } from './named.js';
export type {
  Answer,
  ChargePointEvent,
  ConfiguredTransformers,
  Evidence,
  LearningConfig,
  LearningEvent,
  LearningPoint,
  LeftEvent,
  Proposal,
  SampleEvent,
} from './types.js';
