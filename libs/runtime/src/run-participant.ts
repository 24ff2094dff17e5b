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
import { farewell, participantLink, utter, type Person, type Utterance } from './participant.js';
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
  readonly onCrash: (error: unknown) => void;
};

export type ParticipantPlan<OwnPump extends Pump> = {
  readonly person: Person & { readonly exitWithParent: boolean };
  readonly role: Role;
  readonly url: string;
  readonly log: Log;
  readonly makePump: (parts: PumpParts) => OwnPump;
  readonly moduleOf: (pump: OwnPump) => DynamicModule;
  /** Synchronous, for the last gasp. */
  readonly makeSafe?: (pump: OwnPump, reason: string) => void;
  /** What else ends with it: the embedded broker, a lock. */
  readonly alsoStop?: () => Promise<void>;
};

export async function runParticipant<OwnPump extends Pump>(plan: ParticipantPlan<OwnPump>): Promise<void> {
  const { person, role, url, log } = plan;
  const clock = systemClock;
  let pump: OwnPump | null = null;
  const link = participantLink(person, role, url, { log, onConnected: () => pump?.connected() });
  const shutdown = installShutdown({
    log,
    makeSafe: (reason) => (pump === null ? undefined : plan.makeSafe?.(pump, reason)),
    stop: async () => {
      await pump?.stop();
      await farewell(person, role, link);
      await plan.alsoStop?.();
    },
  });
  const made = plan.makePump({ clock, utter: utter(link, log, clock), onCrash: (error) => shutdown.crash(error) });
  pump = made;
  const words = { site: person.site, id: person.id };
  const app = await NestFactory.createMicroservice(plan.moduleOf(made), {
    strategy: new FairampMqttServer(link, words),
    logger: nestLogger(log),
  });
  if (person.exitWithParent) stopWithParent(() => shutdown.stop('the parent is gone'));
  await made.start();
  await app.listen();
  log.info({ broker: url }, `${role} "${person.id}" of site "${person.site}" runs`);
}

/** A supervisor that was killed can say nothing; the end of its pipe does. */
function stopWithParent(stop: () => void): void {
  process.stdin.on('end', stop).on('error', stop).resume();
}
