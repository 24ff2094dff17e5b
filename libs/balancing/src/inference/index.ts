export type { Inferred, InferenceEvent, InferenceState } from './types.js';
export { inferredOf, initialInference, POINTS_MOST, stepInference } from './inference.js';
export { BELIEVED_FOR_ms } from './point.js';
export { hasDepth, heldAt, probeNow, probeWorth } from './probe.js';
