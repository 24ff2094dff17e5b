export type {
  BoardEvent,
  BoardReading,
  DrawMetered,
  EvseCommand,
  EvseConfig,
  EvseEvent,
  EvseView,
  Indicator,
  LockState,
  OpenReason,
  PilotOutput,
  PilotState,
  SessionPhase,
} from './types.js';
export { HIGHEST_OFFER_dA, LOWEST_OFFER_dA, ampsOf, dutyOf } from './duty.js';
export { ratingOf } from './proximity.js';
export { stepEvse, type EvseStep } from './session.js';
export { ENTRIES_MAX, type FaultEntry } from './fault-log.js';
export { INDICATORS, type IndicatorPattern } from './indicator.js';
export { PLAIN } from './plain.js';
export { isAttended, vouches } from './dead-man.js';
export { initialEvse, type EvseState } from './state.js';
export { viewEvse } from './view.js';
export { CONTACTOR_TRAVEL_ms, LATE_NOTICE_ms, SOFT_STOP_ms } from './timing.js';
