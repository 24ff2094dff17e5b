export { keepEpoch, keptEpoch } from './epoch-file.js';
export { lockStore } from './lock.js';
export { readIfThere, writeAtomically } from './atomic-file.js';
