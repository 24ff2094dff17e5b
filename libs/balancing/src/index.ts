export type { Beside, ChargePoint, Circuit, Decided, Decision, Goal, Load, Need, Site } from './types.js';
export { decide } from './decide.js';
export { UNUSED_dA } from './demand.js';
export { carries_dA, warmed } from './heat.js';
export { PAUSE_TOLERANCE_dA } from './pause.js';
export { LONGEST_PATIENCE_ms } from './reduce.js';
export { TRIED_dA, initialOutflow, outflowOn, stepOutflow, type OutflowState } from './outflow.js';
export { RAISE_INTERVAL_ms, SMALLEST_RAISE_dA } from './raise.js';
export { MARGIN_dA } from './kept.js';
export { waitsAfter } from './wait.js';
export { CLASSIC_MODULES, type ClassicBalance, type ClassicRecord, type ClassicSettings } from './classic/types.js';
export { isCurrentAvailable } from './classic/availability.js';
export { type ClassicOccasion, regulate } from './classic/regulate.js';
export type { SourceKind } from './trust/sources.js';
export { initialTrust, stepTrust, verdictOf } from './trust/trust.js';
export type { DistrustCode, Generation, Suspicion, TrustConfig, TrustState, Verdict } from './trust/types.js';
export type { Inferred, InferenceEvent, InferenceState } from './inference/index.js';
export {
  hasDepth,
  heldAt,
  inferredOf,
  initialInference,
  probeNow,
  probeWorth,
  stepInference,
} from './inference/index.js';
