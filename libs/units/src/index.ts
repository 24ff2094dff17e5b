export type { Deciamps, Milliseconds, Millivolts, Permille, Phase, PerPhase } from './units.js';
export { PHASES, amps, perPhase, mapPhases, sumOf, clamp } from './units.js';
export { assert, assertNever } from './assert.js';
export { ok, failure } from './result.js';
export type { Result, Failure } from './result.js';
export type { Fault } from './fault.js';
export { FAULTS } from './fault.js';
export type { Because } from './because.js';
export { BECAUSES } from './because.js';
