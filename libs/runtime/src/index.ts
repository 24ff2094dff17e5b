export { systemClock, type Clock } from './clock.js';
export { EventLoop, type EventLoopParts, type StepResult } from './event-loop.js';
export { loadConfig, readConfig, type ConfigOutcome, type ConfigSources } from './config.js';
export { MqttLink, type LinkNotice, type MqttLinkConfig, type PublishOptions, type Will } from './mqtt-link.js';
export { FairampMqttServer } from './fairamp-mqtt-server.js';
export { messageOf } from './message-of.js';
