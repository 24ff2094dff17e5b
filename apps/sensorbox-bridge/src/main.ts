// The sensorbox-bridge's process: configuration, the meter's line, and the pump between it and the broker.
import { createLog, loadConfig, runParticipant } from '@fairamp/runtime';
import { BridgeModule } from './bridge.module.js';
import { BridgePump } from './bridge.pump.js';
import { bridgeSchema, nodeConfig } from './config.js';
import { meterLine } from './meter-line.js';

const config = loadConfig(bridgeSchema, {
  argv: process.argv.slice(2),
  env: process.env,
  name: 'fairamp-sensorbox-bridge',
  about: 'Publishes the mains currents that a Sensorbox measures.',
});
const log = createLog({ name: `bridge ${config.id}`, level: config.log, to: 'stderr' });
await runParticipant({
  member: config,
  role: 'bridge',
  url: () => Promise.resolve(config.broker),
  log,
  makePump: (parts) => {
    const line = meterLine(config.port, (text) => log.warn({ port: config.port }, `the meter's line: ${text}`));
    return new BridgePump({ ...parts, config: nodeConfig(config), line });
  },
  moduleOf: (pump) => BridgeModule.with(pump),
});
