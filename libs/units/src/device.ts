// What opens a circuit when too much flows for too long: a miniature circuit breaker (IEC 60898-1) or a fuse (IEC 60269).
import type { Deciamps } from './units.js';

export type ProtectiveDevice = { readonly curve: 'B' | 'C' | 'gG'; readonly rated_dA: Deciamps };
