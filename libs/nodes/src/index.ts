export type {
  BoardInput,
  BoardOutput,
  ConnectedInput,
  Dropped,
  MessageInput,
  Note,
  Publish,
  Said,
  Stepped,
  TickInput,
} from './node.js';
export { initialBridge, stepBridge } from './bridge/bridge-node.js';
export type { BridgeConfig, BridgeInput, BridgeOutput, BridgeState } from './bridge/bridge-node.js';
export { initialMaster, stepMaster } from './master/master-node.js';
export { PLAIN_POINT, PLAIN_SITE, TURN_ms } from './master/plain.js';
export type {
  CircuitConfig,
  MasterConfig,
  MasterInput,
  MasterOutput,
  MasterState,
  RosterEntry,
} from './master/types.js';
export { initialSlave, NOTHING_KEPT, stepSlave } from './slave/slave-node.js';
export type { KeptSlave, SlaveConfig, SlaveInput, SlaveOutput, SlaveState } from './slave/slave-node.js';
export { initialJournal, keepJournal, type Journal, type JournalEntry } from './slave/journal.js';
export { initialLone, stepLone } from './lone/lone-node.js';
export type { LoneConfig, LoneInput, LoneStart, LoneOutput, LoneState } from './lone/lone-node.js';
