export { newBoot } from './boot.js';
export { systemClock, type Clock } from './clock.js';
export { EventLoop, type EventLoopParts, type StepResult } from './event-loop.js';
export {
  loadConfig,
  loadDocument,
  readConfig,
  readDocument,
  type ConfigOutcome,
  type ConfigSources,
} from './config.js';
export { MqttLink, type LinkNotice, type MqttLinkConfig, type PublishOptions, type Will } from './mqtt-link.js';
export { FairampMqttServer } from './fairamp-mqtt-server.js';
export { createLog, nestLogger, type Log, type LogLevel, type LogOptions } from './logger.js';
export { initialLogLimiter, limitLog, type LogLimiterState } from './log-limiter.js';
export { installShutdown, type Shutdown, type ShutdownParts } from './shutdown.js';
export { serviceNotice, type ServiceNotice, type ServiceNoticeParts } from './service-notice.js';
export { messageOf } from './message-of.js';
export { EmbeddedBroker, type EmbeddedBrokerConfig } from './broker/embedded-broker.js';
export { type BrokerAlarm, type BrokerWatch, type Refusal } from './broker/doorkeeper.js';
export { identifyFrom, type Account, type Identify } from './broker/accounts.js';
export { topicRights, type ClientRole, type Identity, type TopicRights } from './broker/roles.js';
export { mosquittoAcl, mosquittoConf, mosquittoPasswords, type MosquittoConfig } from './broker/mosquitto-conf.js';
export { hostBroker, type HostedBroker, type KeyHolder } from './host-broker.js';
export { runParticipant, type Pump, type PumpParts } from './run-participant.js';
export { messageInput, ofNode, stampedAt, type Utterance } from './participant.js';
export { settingField, settingFields } from './setting-field.js';
export {
  bridgeField,
  crossChecked,
  failSafeField,
  generationField,
  keyBytes,
  keyField,
  mainsPhasesField,
  memberFields,
  oldestSampleField,
  participantFields,
  phaseField,
  type CrossCheck,
} from './participant-config.js';
