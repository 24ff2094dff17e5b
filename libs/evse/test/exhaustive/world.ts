// What the walk itself knows of the world, from the events alone: the oracle beside the charge point's own memory. It
// copies none of the core's rules; what is not known here is read as the dangerous thing.
import type { EvseCommand, EvseConfig, EvseEvent, PilotState } from '../../src/index.js';
import { LEVEL_mV } from '../rig.js';

export type World = {
  readonly at: number;
  /** The newest samples that may be read, newest last: not under our own -12 V, nor the one that spans a change. */
  readonly samples: readonly [PilotState, PilotState, PilotState];
  /** Did the newest show the diode? */
  readonly diode: boolean;
  /** The output has changed and no sample was taken since; never two in a row are lost. */
  readonly spans: 'no' | 'next' | 'done';
  readonly driven: 'X1' | 'F' | 'pwm';
  /** What the contactor was told; null = nothing yet. */
  readonly told: 'open' | 'closed' | null;
  readonly openedAt: number;
  readonly closedAt: number;
  /** Of its feedback contact, since the board is there. */
  readonly contact: 'open' | 'closed' | null;
  /** It let go although it was told to stay closed. */
  readonly dropped: boolean;
  /** For how long, in samples, the contact has said the opposite of what was told. */
  readonly opposed_ms: number;
  readonly sampledAt: number;
  readonly lockHigh: boolean | null;
  readonly lock: { readonly toward: 'locked' | 'unlocked'; readonly at: number } | null;
  readonly limit_dA: number;
  readonly silent: boolean;
  readonly ohm: number | null;
  readonly tripped: boolean | null;
  readonly supplyFailing: boolean;
  readonly boardLost: boolean;
  readonly hot: boolean;
  /** Since when no lease lives. */
  readonly leaselessSince: number | null;
};

export function initialWorld(at: number): World {
  return {
    at,
    samples: ['A', 'A', 'A'],
    diode: false,
    spans: 'no',
    driven: 'X1',
    told: null,
    openedAt: at,
    closedAt: at,
    contact: null,
    dropped: false,
    opposed_ms: 0,
    sampledAt: at,
    lockHigh: null,
    lock: null,
    limit_dA: 0,
    silent: false,
    ohm: null,
    tripped: null,
    supplyFailing: false,
    boardLost: false,
    hot: false,
    leaselessSince: at,
  };
}

/** A gap beyond it is a process that stood still, which proves nothing of a contactor. */
const LOOKED_AT_MOST_ms = 250;

type Of<Kind extends EvseEvent['kind']> = Extract<EvseEvent, { kind: Kind }>;
type Change<Kind extends EvseEvent['kind']> = (world: World, event: Of<Kind>) => Partial<World>;
type AnyChange = (world: World, event: never) => Partial<World>;

const CHANGES: { readonly [Kind in EvseEvent['kind']]: Change<Kind> } = {
  'pilot-sampled': sampled,
  'proximity-sampled': (_world, { ohm }) => ({ ohm }),
  'contactor-confirmed': confirmed,
  'limit-changed': (_world, { limit_dA }) => ({ limit_dA }),
  'link-changed': (_world, { silent }) => ({ silent }),
  // What a board said before it was away is worth nothing.
  'board-changed': (_world, { lost }) => {
    return lost ? { boardLost: true } : { boardLost: false, contact: null, lockHigh: null, lock: null, tripped: null };
  },
  'draw-metered': () => ({}),
  'lock-sensed': (_world, { high }) => ({ lockHigh: high }),
  'switch-sensed': () => ({}),
  'residual-sensed': (_world, { tripped }) => ({ tripped }),
  'temperature-sensed': ({ hot }, { celsius }) => ({ hot: celsius >= 65 || (hot && celsius >= 55) }),
  'supply-sensed': (_world, { failing }) => ({ supplyFailing: failing }),
  acknowledged: () => ({}),
  tick: () => ({}),
};

export function heard(before: World, event: EvseEvent): World {
  const change: AnyChange = CHANGES[event.kind];
  const world = { ...before, ...change(before, event as never), at: event.at };
  const isLeased = world.limit_dA > 0 && !world.silent;
  return { ...world, leaselessSince: isLeased ? null : (world.leaselessSince ?? event.at) };
}

function confirmed({ told, contact, dropped }: World, { closed }: Of<'contactor-confirmed'>): Partial<World> {
  const lets = told === 'closed' && contact === 'closed' && !closed;
  return { contact: closed ? 'closed' : 'open', dropped: dropped || lets };
}

function sampled(world: World, sample: Of<'pilot-sampled'>): Partial<World> {
  const { told, contact, opposed_ms } = world;
  const looked_ms = Math.min(sample.at - world.sampledAt, LOOKED_AT_MOST_ms);
  const isOpposed = contact !== null && contact !== told;
  return { ...read(world, sample), sampledAt: sample.at, opposed_ms: isOpposed ? opposed_ms + looked_ms : 0 };
}

function read({ spans, driven, samples }: World, sample: Of<'pilot-sampled'>): Partial<World> {
  if (spans === 'next') return { spans: 'done' };
  if (driven === 'F') return { spans: 'no' };
  const diode = sample.low_mV !== null && sample.low_mV <= -10_000;
  return { spans: 'no', samples: [samples[1], samples[2], stateOf(sample.high_mV)], diode };
}

/** The alphabet uses the middle of each band alone. */
function stateOf(high_mV: number): PilotState {
  const found = Object.entries(LEVEL_mV).find(([, level_mV]) => level_mV === high_mV);
  return (found?.[0] ?? 'invalid') as PilotState;
}

/** A lock whose wires are swapped is pulsed the other way round. */
export function commanded(world: World, command: EvseCommand, { lock: { swapped } }: EvseConfig): World {
  switch (command.kind) {
    case 'open-contactor':
      return { ...world, told: 'open', openedAt: world.at, dropped: false, opposed_ms: 0 };
    case 'close-contactor':
      return { ...world, told: 'closed', closedAt: world.at, opposed_ms: 0 };
    case 'set-pilot':
      return { ...world, driven: command.pilot.kind, spans: world.spans === 'done' ? 'done' : 'next' };
    case 'pulse-lock': {
      const isLocking = (command.toward === 'locked') !== swapped;
      return { ...world, lock: { toward: isLocking ? 'locked' : 'unlocked', at: world.at } };
    }
    default:
      return world;
  }
}
