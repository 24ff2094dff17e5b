// Is this CONNECT let in? Decided once for each connection, after the credentials are known. Pure.
import { type Identity, type RoleLimits, type TopicRights } from './roles.js';

/** Why the broker closed a connection or did not accept a packet; each is counted under its name. */
export type RefusalReason =
  | 'malformed'
  | 'not-connect'
  | 'connect-timeout'
  | 'packet-size'
  | 'rate'
  | 'too-many'
  | 'credentials'
  | 'throttled'
  | 'client-id'
  | 'keepalive'
  | 'session'
  | 'will'
  | 'publish'
  | 'retained-control'
  | 'retained-number'
  | 'subscribe'
  | 'slow-reader';

export type ConnectRequest = {
  readonly clientId: string;
  readonly keepalive_s: number;
  readonly clean: boolean;
  readonly will: { readonly topic: string; readonly retain: boolean } | null;
};

export type Admission = {
  readonly rights: Pick<TopicRights, 'mayPublish'>;
  readonly limits: RoleLimits;
  /** No further viewer has a place. */
  readonly full: boolean;
  /** A participant with this client id is connected. */
  readonly taken: boolean;
};

/** null = welcome */
export function refusalOf(request: ConnectRequest, identity: Identity, admission: Admission): RefusalReason | null {
  const { clientId, keepalive_s, clean, will } = request;
  const { rights, limits, full, taken } = admission;
  const isViewer = identity.role === 'viewer';
  if (isViewer && full) return 'too-many';
  // A connection with a participant's client id would close that participant's own [MQTT-3.1.4-2].
  if (isViewer ? taken : clientId !== identity.id) return 'client-id';
  // 0 would switch the detection of a dead client off, and with it the bound on what waits for it.
  if (keepalive_s < limits.keepalive_s.least || keepalive_s > limits.keepalive_s.most) return 'keepalive';
  // What outlives its connection would queue messages for somebody who may never come back.
  if (!clean) return 'session';
  if (will !== null && !rights.mayPublish(identity, will.topic, will.retain)) return 'will';
  return null;
}
