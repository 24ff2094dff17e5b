export { type LearningState, initialLearning, stepLearning } from './learning.js';
export { proposalsOf } from './proposals.js';
export { type Learnt, learntFrom } from './learnt.js';
export { proposalWords } from './words.js';
export type { Answer, ConfiguredTransformers, LearningConfig, Proposal, SampleEvent } from './types.js';
