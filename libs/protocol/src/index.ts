export type { HdlcDiscard, HdlcState, HdlcStep } from './hdlc.js';
export { encodeHdlc, feedHdlc, initialHdlc } from './hdlc.js';
export type { Calibration, SensorboxFrame, SensorboxRefusal } from './sensorbox-frame.js';
export { DEFAULT_ICAL, decodeSensorboxFrame, deciampsOfCount, encodeSensorboxFrame } from './sensorbox-frame.js';
export { canonicalJson } from './canonical.js';
export { brokerPassword, macOf } from './mac.js';
export type { MessageKind } from './mac.js';
export { decodeMessage, encodeMessage, readUnproven } from './message.js';
export type { DecodeFailure, MessageOf, Seal, Unsigned } from './message.js';
export {
  beaconTopic,
  goalTopic,
  grantTopic,
  parseTopic,
  plainTopic,
  reportTopic,
  sampleTopic,
  topicName,
} from './topics.js';
export type { Role, Topic } from './topics.js';
export { BECAUSES_MAX, idField } from './messages/fields.js';
export type { Beacon } from './messages/beacon.js';
export { decodeGoal } from './messages/goal.js';
export type { Grant } from './messages/grant.js';
export type { Report } from './messages/report.js';
export type { Sample as SampleMessage } from './messages/sample.js';
