export type {
  EvseCommand,
  EvseConfig,
  EvseEvent,
  EvseView,
  MeteredDraw,
  OpenReason,
  PilotOutput,
  PilotState,
  SessionPhase,
} from './types.js';
