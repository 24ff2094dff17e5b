// What the three participants' shells share: a link that says who is online, and the one way in which a node's answers
// leave the process. A node's outputs are run in their order; a note becomes a log line, at most one a minute for each
// key, so that hostile input cannot fill a disk.
import type { MqttContext } from '@nestjs/microservices';
import { brokerPassword, plainTopic, type Role } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import { systemClock, type Clock } from './clock.js';
import type { StepResult } from './event-loop.js';
import type { Log } from './logger.js';
import { initialLogLimiter, limitLog, type LogLimiterState } from './log-limiter.js';
import { MqttLink } from './mqtt-link.js';
import { keyBytes } from './participant-config.js';

/** One of a site, as its messages and its account name it. */
export type Member = { readonly site: string; readonly id: string; readonly key: string };

/** Structurally a node's publish and note (libs/nodes); this room knows no nodes. */
export type Utterance =
  | { readonly kind: 'publish'; readonly topic: string; readonly payload: Uint8Array; readonly retain: boolean }
  | { readonly kind: 'note'; readonly level: 'info' | 'warn' | 'alarm'; readonly key: string; readonly text: string };

/** @param onConnected runs after each connect, when everything retained must be said once more */
export function participantLink(
  member: Member,
  role: Role,
  url: string,
  { log, onConnected }: { log: Log; onConnected: () => void },
): MqttLink {
  const { site, id } = member;
  const topic = plainTopic(site, role, id, 'availability');
  const password = brokerPassword(keyBytes(member.key), site, id);
  const will = { topic, payload: 'offline', retain: true };
  let limiter: LogLimiterState = initialLogLimiter;
  // A wrong address or key is the likeliest mistake of a first day: said, but not three times a second.
  const complain = (reason: string): void => {
    const limited = limitLog(limiter, reason, systemClock.now());
    limiter = limited.state;
    if (limited.suppressed !== null) log.warn({ reason, suppressed: limited.suppressed }, `broker ${url}: ${reason}`);
  };
  const link = new MqttLink({ url, clientId: id, username: id, password, will }, (notice) => {
    if (notice.kind === 'connected') {
      link.publish(topic, 'online', { retain: true, qos: 0 });
      onConnected();
    }
    if (notice.kind === 'failed') complain(notice.reason);
    else log.info(notice, `broker ${url}: ${notice.kind}`);
  });
  return link;
}

/** The last word of an orderly stop; the will says the same after any other end. */
export async function farewell(member: Member, role: Role, link: MqttLink): Promise<void> {
  link.publish(plainTopic(member.site, role, member.id, 'availability'), 'offline', { retain: true, qos: 0 });
  await link.close();
}

/** @returns what runs one publish or note of a node */
export function utter(linkNow: () => MqttLink | null, log: Log, clock: Clock): (utterance: Utterance) => void {
  let limiter: LogLimiterState = initialLogLimiter;
  return (utterance) => {
    if (utterance.kind === 'publish') {
      // Before the link is there nobody could hear it; after the first connect everything is said once more.
      linkNow()?.publish(utterance.topic, utterance.payload, { retain: utterance.retain, qos: 0 });
      return;
    }
    const limited = limitLog(limiter, utterance.key, clock.now());
    limiter = limited.state;
    if (limited.suppressed !== null) write(log, utterance, limited.suppressed);
  };
}

function write(log: Log, { level, text, key }: Extract<Utterance, { kind: 'note' }>, suppressed: number): void {
  const fields = { key, ...(suppressed > 0 ? { suppressed } : {}) };
  if (level === 'info') log.info(fields, text);
  else if (level === 'warn') log.warn(fields, text);
  else log.error({ ...fields, alarm: true }, text);
}

/** A message is as late as it is read; readings and ticks keep the time at which they were made. */
export function stampedAt(clock: Clock): <Event extends { readonly kind: string }>(event: Event) => Event {
  return (event) => (event.kind === 'message' ? { ...event, at: clock.now() } : event);
}

/** What a handler was given, as a node takes it. */
export function messageInput(payload: Uint8Array, context: MqttContext, at: Milliseconds) {
  const retained = context.getPacket().retain === true;
  return { kind: 'message', at, topic: context.getTopic(), payload, retained } as const;
}

type NodeStep<State, Input, Output, Config> = (
  state: State,
  input: Input,
  config: Config,
) => { readonly state: State; readonly outputs: readonly Output[] };

/** A node's step as the event loop takes it: its outputs are the commands. */
export function ofNode<State, Input, Output, Config>(step: NodeStep<State, Input, Output, Config>) {
  return (state: State, input: Input, config: Config): StepResult<State, Output> => {
    const { state: next, outputs } = step(state, input, config);
    return { state: next, commands: outputs };
  };
}
