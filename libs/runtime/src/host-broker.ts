// The broker inside a participant, as its configuration asks for it: accounts from the roster's keys, refusals to the
// log (once a minute each), and the address on which the participant itself connects.
import { brokerPassword } from '@fairamp/protocol';
import { identifyFrom } from './broker/accounts.js';
import { EmbeddedBroker } from './broker/embedded-broker.js';
import type { ClientRole } from './broker/roles.js';
import { systemClock } from './clock.js';
import { initialLogLimiter, limitLog, type LogLimiterState } from './log-limiter.js';
import type { Log } from './logger.js';
import { keyBytes } from './participant-config.js';

export type KeyHolder = { readonly role: ClientRole; readonly id: string; readonly key: string };
export type Listen = { readonly host: string; readonly port: number; readonly viewers: 'anonymous' | 'none' };
export type HostedBroker = { readonly url: string; readonly stop: () => Promise<void> };

export async function hostBroker(
  site: string,
  listen: Listen,
  holders: readonly KeyHolder[],
  log: Log,
): Promise<HostedBroker> {
  const accounts = holders.map(({ role, id, key }) => ({
    role,
    id,
    password: brokerPassword(keyBytes(key), site, id),
  }));
  const identify = identifyFrom(accounts, { viewers: listen.viewers === 'anonymous' });
  const chargePoints = holders.filter(({ role }) => role === 'slave').length;
  const say = limited(log);
  const broker = await EmbeddedBroker.start(
    { host: listen.host, port: listen.port, site, chargePoints, identify },
    {
      clock: systemClock,
      onAlarm: (alarm) =>
        say('error', `twice ${alarm.id}`, { alarm: true, ...alarm }, `two clients say that they are "${alarm.id}"`),
      onRefusal: (refusal) =>
        say(
          'warn',
          `${refusal.reason} ${refusal.id} ${refusal.address}`,
          refusal,
          `the broker refused ${refusal.id || 'a stranger'}: ${refusal.reason}: ${refusal.detail}`,
        ),
    },
  );
  log.info(
    { host: listen.host, port: broker.port, viewers: listen.viewers },
    `the broker listens on ${listen.host}:${broker.port}`,
  );
  const reachable = listen.host === '0.0.0.0' || listen.host === '::' ? '127.0.0.1' : listen.host;
  return { url: `mqtt://${reachable}:${broker.port}`, stop: () => broker.close() };
}

function limited(log: Log): (level: 'warn' | 'error', key: string, fields: object, text: string) => void {
  let state: LogLimiterState = initialLogLimiter;
  return (level, key, fields, text) => {
    const said = limitLog(state, key, systemClock.now());
    state = said.state;
    if (said.suppressed !== null) log[level]({ ...fields, suppressed: said.suppressed }, text);
  };
}
