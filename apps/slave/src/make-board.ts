// The board that a configuration asks for, and what the configuration makes of a participant on it. Both processes of a
// slave make them from the same configuration: the one with the io process for itself, the other to know what it is.
import { createHash } from 'node:crypto';
import {
  boardSchema,
  capabilitiesOf,
  linuxBoard,
  SIMULATED_CAPABILITIES,
  SimulatedBoard,
  SocketChannel,
  type BoardCapabilities,
  type BoardDescription,
  type BoardSupport,
  type SocketAddress,
} from '@fairamp/board';
import { initialLone, initialSlave } from '@fairamp/nodes';
import { loadDocument, newBoot, systemClock } from '@fairamp/runtime';
import { assert } from '@fairamp/units';
import { loneNodeConfig, slaveNodeConfig, type SlaveAppConfig } from './config.js';
import type { Beginning } from './slave.keeping.js';
import type { Participant } from './slave.pump.js';

/** A description is read once, at the start: a file that changes meanwhile is the next start's. */
export type BoardPlan =
  | { readonly kind: 'simulated'; readonly plant: string; readonly outlet: string }
  | { readonly kind: 'linux'; readonly description: BoardDescription };

/** Ends the process with code 2 and a line for each mistake, as a configuration does. */
export function planBoard({ board: { kind, plant, outlet, file } }: SlaveAppConfig): BoardPlan {
  if (kind === 'linux') {
    assert(file !== undefined, 'a linux board that has passed has its file');
    return { kind, description: loadDocument(boardSchema, { file, name: 'fairamp-slave' }) };
  }
  assert(plant !== undefined && outlet !== undefined, 'a simulated board that has passed has its plant and outlet');
  return { kind, plant, outlet };
}

export function capabilitiesFor(plan: BoardPlan, config: SlaveAppConfig): BoardCapabilities {
  if (plan.kind === 'linux') return capabilitiesOf(plan.description);
  return { ...SIMULATED_CAPABILITIES, connector: config.settings.config };
}

export function makeBoard(plan: BoardPlan, config: SlaveAppConfig, onTrouble: (why: string) => void): BoardSupport {
  if (plan.kind === 'linux') return linuxBoard(plan.description, systemClock, onTrouble);
  const { plant, outlet } = plan;
  // A plant that does not have the outlet, or has it for somebody else, closes at once.
  const trouble = (why: string): void =>
    onTrouble(
      `no connection to board.plant "${plant}", for board.outlet "${outlet}": ${why}; is it there, and is the outlet its own?`,
    );
  return new SimulatedBoard({
    channel: new SocketChannel(addressOf(plant), undefined, trouble),
    outlet,
    clock: () => systemClock.now(),
    capabilities: capabilitiesFor(plan, config),
  });
}

/** What the settings say of the board, and its description does not; nothing must charge by it. */
export function contradictions(plan: BoardPlan, settings: SlaveAppConfig['settings']): readonly string[] {
  if (plan.kind === 'simulated') return [];
  const { connector, lock } = plan.description;
  const isOtherLock = lock !== undefined && settings.lock !== 'disabled' && settings.lock !== lock.actuator;
  return [
    ...(settings.config === connector
      ? []
      : [`settings.config: "${settings.config}", and the board is "${connector}"`]),
    ...(isOtherLock ? [`settings.lock: "${settings.lock}", and the board's is "${lock.actuator}"`] : []),
  ];
}

/** Both processes read the same files; between the two starts somebody may have changed one. */
export function fingerprintOf(plan: BoardPlan, config: SlaveAppConfig): string {
  return createHash('sha256')
    .update(JSON.stringify([plan, config]))
    .digest('hex');
}

export function isLone({ settings }: SlaveAppConfig): boolean {
  return settings.loadbl === 'disabled';
}

/** The boot is of this start of the process that holds the lease (design 3 rule 1). */
export function participantOf(
  configuration: SlaveAppConfig,
  capabilities: BoardCapabilities,
  { settings, settingsDamaged, residualLatched }: Beginning,
): Participant {
  const config = { ...configuration, settings };
  const boot = newBoot();
  const at = systemClock.now();
  const kept = { residualLatched };
  if (!isLone(config)) {
    const slave = slaveNodeConfig(config, capabilities, settingsDamaged);
    return { kind: 'slave', config: slave, initial: initialSlave(boot, at, kept) };
  }
  const lone = loneNodeConfig(config, capabilities, settingsDamaged);
  return { kind: 'lone', config: lone, initial: initialLone({ boot, at, kept }, lone) };
}

function addressOf(plant: string): SocketAddress {
  if (!plant.startsWith('tcp://')) return { path: plant };
  const { hostname, port } = new URL(plant);
  return { host: hostname, port: Number(port) };
}
