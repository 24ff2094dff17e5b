// A port on loopback that nobody listens on at this moment. Between this answer and its use another process may take it;
// the listener then refuses to start and the lab says so.
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const LOOPBACK = '127.0.0.1';
/** Where every MQTT tool looks first (IANA: mqtt). */
const MQTT_PORT = 1883;

/** @param wanted null = 1883 if free, so that `mosquitto_sub -t 'fairamp/#'` needs no option; else any */
export async function choosePort(wanted: number | null): Promise<number> {
  if (wanted !== null && wanted > 0) return wanted;
  if (wanted === null && (await isFree(MQTT_PORT))) return MQTT_PORT;
  return (await listenOn(0)) ?? MQTT_PORT;
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== null;
}

/** @returns the port, already free again; null when it is taken */
async function listenOn(port: number): Promise<number | null> {
  const server = createServer();
  try {
    server.listen(port, LOOPBACK);
    await once(server, 'listening');
    return portOf(server);
  } catch {
    return null;
  } finally {
    server.close();
  }
}

export function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : null;
}
