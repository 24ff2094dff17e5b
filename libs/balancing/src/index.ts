export type { ChargePoint, Decision, Mains, Need, Site } from './types.js';
export type { Demand, Turn } from './demand.js';
export type { Target } from './allocate.js';
export { allocate } from './allocate.js';
export { decide } from './decide.js';
export { PAUSE_TOLERANCE_dA } from './pause.js';
export { RAISE_INTERVAL_ms, SMALLEST_RAISE_dA } from './raise.js';
