// The lab's site as files for containers, each of which is given its own alone. Hosts, volumes and the place of the
// files are those of docker/compose.yaml; a test holds the two against each other. Anybody who reaches the broker may
// read telemetry, so compose opens it to this computer only.
import { stringify } from 'yaml';
import { type PlantFile } from '../plant/plant-file.js';
import { mosquittoFiles, newKeys, participantConfigs } from '../site/participants.js';
import { OUTLETS } from '../site/site-plan.js';

const MAINS_A = 40;
/** What serial servers are delivered with. */
const METER_PORT = 4001;
const MQTT_PORT = 1883;
/** Inside a container there is one network interface for each of its networks. */
const EVERY_NETWORK = '0.0.0.0';
const PLANT_SOCKET = '/run/fairamp/plant.sock';
/** Where compose shows a container its secrets. */
const SECRETS = '/run/secrets';

const PLANT: PlantFile = {
  socket: PLANT_SOCKET,
  serialServer: { host: EVERY_NETWORK, port: METER_PORT },
  seed: 1,
  mains_dA: MAINS_A * 10,
  house: { kind: 'model' },
  outlets: OUTLETS.map(({ id, car, lock, wired, arrives_s }) => ({ id, car, lock, wired, arrives_s })),
};

/** Text by file name; every call makes a new site with keys of its own. */
export function containerSite(): ReadonlyMap<string, string> {
  const keys = newKeys();
  const configs = participantConfigs({
    keys,
    mode: 'smart',
    mains_A: MAINS_A,
    broker: { url: `mqtt://broker:${MQTT_PORT}`, hostedAt: null },
    plantSocket: PLANT_SOCKET,
    meter: `tcp://plant:${METER_PORT}`,
    store: '/var/lib/fairamp/master',
    exitWithParent: false,
  });
  const mosquitto = mosquittoFiles(keys, {
    host: EVERY_NETWORK,
    port: MQTT_PORT,
    aclFile: `${SECRETS}/mosquitto.acl`,
    passwordFile: `${SECRETS}/mosquitto.passwords`,
  });
  return new Map([
    ...[...configs].map(([name, config]) => [`${name}.yaml`, stringify(config)] as const),
    ['plant.json', `${JSON.stringify(PLANT, null, 2)}\n`],
    ['mosquitto.conf', mosquitto.conf],
    ['mosquitto.acl', mosquitto.acl],
    ['mosquitto.passwords', mosquitto.passwords],
  ]);
}
