export type { ChargePoint, Decision, Mains, Need, Site } from './types.js';
