// From a configuration to a running participant, the same for all: its link to the broker, the Nest microservice that
// hands its inputs over, its pump, and its end. The pump is the app's own; a participant that cannot reach its broker
// runs all the same, for a slave must watch its car and every lease must run out.
import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Role } from '@fairamp/protocol';
import { systemClock, type Clock } from './clock.js';
import { FairampMqttServer } from './fairamp-mqtt-server.js';
import { nestLogger, type Log } from './logger.js';
import type { MqttLink } from './mqtt-link.js';
import { farewell, participantLink, utter, type Member, type Utterance } from './participant.js';
import { serviceNotice, type ServiceNotice } from './service-notice.js';
import { installShutdown } from './shutdown.js';

export type Pump = {
  start(): void | Promise<void>;
  stop(): void | Promise<void>;
  /** After each connect. */
  connected(): void;
};

export type PumpParts = {
  readonly clock: Clock;
  readonly utter: (utterance: Utterance) => void;
  /** Feeds the service manager's watchdog: after a completed decision, never by a bare timer. */
  readonly alive: () => void;
  readonly onCrash: (error: unknown) => void;
};

export type ParticipantPlan<OwnPump extends Pump> = {
  readonly member: Member & { readonly exitWithParent: boolean };
  readonly role: Role;
  /** Where the broker is; called when the pump runs, and may start one first. */
  readonly url: () => Promise<string>;
  readonly log: Log;
  readonly makePump: (parts: PumpParts) => OwnPump;
  readonly moduleOf: (pump: OwnPump) => DynamicModule;
  /** Synchronous, for the last gasp. */
  readonly makeSafe?: (reason: string) => void;
  /** What else ends with it: the embedded broker, a lock. */
  readonly alsoStop?: () => Promise<void>;
};

/** The pump first: a restarted slave makes its board safe before anything that takes time. */
export async function runParticipant<OwnPump extends Pump>(plan: ParticipantPlan<OwnPump>): Promise<void> {
  const { member, role, log } = plan;
  const clock = systemClock;
  let link: MqttLink | null = null;
  const notice = noticeOf(log, clock);
  const pump = plan.makePump({
    clock,
    utter: utter(() => link, log, clock),
    alive: () => notice.alive(),
    onCrash: (error) => shutdown.crash(error),
  });
  const shutdown = installShutdown({
    log,
    makeSafe: (reason) => plan.makeSafe?.(reason),
    stop: async () => {
      notice.stopping();
      await pump.stop();
      if (link !== null) await farewell(member, role, link);
      await plan.alsoStop?.();
    },
  });
  if (member.exitWithParent) stopWithParent(() => shutdown.stop('the parent is gone'));
  await pump.start();
  await notice.open();
  const url = await plan.url();
  link = participantLink(member, role, url, { log, onConnected: () => pump.connected() });
  const app = await NestFactory.createMicroservice(plan.moduleOf(pump), {
    strategy: new FairampMqttServer(link, { site: member.site, id: member.id }),
    logger: nestLogger(log),
  });
  await app.listen();
  const running = `${role} "${member.id}" of site "${member.site}" runs`;
  notice.status(running);
  notice.ready();
  log.info({ broker: url }, running);
}

function noticeOf(log: Log, clock: Clock): ServiceNotice {
  const say = (trouble: string): void => log.warn({}, trouble);
  return serviceNotice({ env: process.env, pid: process.pid, now: () => clock.now(), say });
}

/** A supervisor that was killed can say nothing; the end of its pipe does. */
function stopWithParent(stop: () => void): void {
  process.stdin.on('end', stop).on('error', stop).resume();
}
