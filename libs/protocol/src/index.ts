export type { HdlcDiscard, HdlcState, HdlcStep } from './hdlc.js';
export { encodeHdlc, feedHdlc, initialHdlc } from './hdlc.js';
export type { Calibration, SensorboxFrame, SensorboxRefusal } from './sensorbox-frame.js';
export { DEFAULT_ICAL, decodeSensorboxFrame, deciampsOfCount, encodeSensorboxFrame } from './sensorbox-frame.js';
