export type { Inferred, InferenceConfig, InferenceEvent, InferenceState } from './types.js';
export { inferredOf, initialInference, POINTS_MOST, stepInference } from './inference.js';
export { BELIEVED_FOR_ms } from './point.js';
export { PROBE_INTERVAL_ms, hasDepth, heldAt, probeNow, probeWorth } from './probe.js';
