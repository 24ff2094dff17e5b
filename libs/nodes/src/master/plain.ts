// What a site without circuits of its own is: the defaults of the configuration, for whoever builds one by hand.
import { AS_LABELLED, MAINS } from '@fairamp/units';
import type { MasterConfig, RosterEntry } from './types.js';

/** A quarter of an hour: long enough that a car starts seldom, short enough that nobody waits for half a night. */
export const TURN_ms = 900_000;

export const PLAIN_SITE: Pick<
  MasterConfig,
  'mainsDevice' | 'circuits' | 'transformers' | 'learning' | 'turn_ms' | 'source' | 'generation'
> = {
  mainsDevice: null,
  circuits: [],
  transformers: { order: AS_LABELLED, reversed: [], isOrderConfirmed: false, areDirectionsConfirmed: false },
  learning: 'propose',
  turn_ms: TURN_ms,
  source: 'sensorbox',
  generation: null,
};

export const PLAIN_POINT: Pick<
  RosterEntry,
  'circuit' | 'rotation' | 'isRotationConfirmed' | 'priority' | 'minimum_dA'
> = {
  circuit: MAINS,
  rotation: AS_LABELLED,
  isRotationConfirmed: false,
  priority: 0,
  minimum_dA: null,
};
