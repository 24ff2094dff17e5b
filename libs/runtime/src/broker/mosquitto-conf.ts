// The same rights for a mosquitto: its configuration and access list, rendered from the table of roles.ts. What mosquitto
// 2.0 cannot do is left out rather than pretended: it has no limit by role (the widest holds for all), no rate limit, no
// ban on keepalive 0, and it takes a retained grant (the receiver refuses the flag). An anonymous viewer may also take
// a participant's client id there and cut it off; who cannot trust the network leaves viewers out.
import { pbkdf2Sync } from 'node:crypto';
import { CLIENTS_MAX, filledIn, KEEPALIVE_MAX_S, PACKET_BYTES_MAX, RIGHTS, type Identity } from './roles.js';
import { type Account } from './accounts.js';

export type MosquittoConfig = {
  readonly host: string;
  readonly port: number;
  readonly viewers: boolean;
  readonly aclFile: string;
  readonly passwordFile: string;
};

export function mosquittoConf({ host, port, viewers, aclFile, passwordFile }: MosquittoConfig): string {
  return `# Rendered from Fairamp's table of roles.
listener ${port} ${host}
max_connections ${CLIENTS_MAX}
allow_anonymous ${viewers}
${viewers ? '' : 'use_username_as_clientid true\n'}password_file ${passwordFile}
acl_file ${aclFile}
# 42 ms against 0.3 ms for a report that follows an acknowledgement.
set_tcp_nodelay true
max_packet_size ${PACKET_BYTES_MAX}
max_keepalive ${KEEPALIVE_MAX_S}
# Nothing waits for somebody who is away: a control message that waited is a stale one.
max_queued_messages 16
max_inflight_messages 4
queue_qos0_messages false
persistence false
check_retain_source true
sys_interval 0
log_dest stderr
log_type error
log_type warning
`;
}

/** Participants by name; what stands before the first `user` line holds for who gives none. */
export function mosquittoAcl(site: string, participants: readonly Identity[]): string {
  const viewer = rightsText({ role: 'viewer', id: '' }, site);
  const named = participants.map((identity) => `user ${identity.id}\n${rightsText(identity, site)}`);
  return [viewer, ...named].join('\n');
}

function rightsText({ role, id }: Identity, site: string): string {
  const { publishes, reads } = RIGHTS[role];
  const lines = [
    ...publishes.map((filter) => `topic write ${filledIn(filter, site, id)}`),
    ...reads.map((filter) => `topic read ${filledIn(filter, site, id)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What mosquitto_passwd takes as its default; device keys are random, so stretching them more would add nothing. */
const ITERATIONS = 101;

/**
 * The format of mosquitto_passwd: PBKDF2 with SHA-512.
 * @param saltOf 12 random bytes for each account
 */
export function mosquittoPasswords(accounts: readonly Account[], saltOf: () => Uint8Array): string {
  const lines = accounts.map(({ id, password }) => {
    const salt = Buffer.from(saltOf());
    const hash = pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512');
    return `${id}:$7$${ITERATIONS}$${salt.toString('base64')}$${hash.toString('base64')}\n`;
  });
  return lines.join('');
}
