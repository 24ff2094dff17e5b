// Beside a meter without direction, and where the owner has said that something feeds in: is it our cars' current that the
// meter shows, or the sun's that flows out (docs/weaknesses.md W17)?
import type { Sample } from '@fairamp/leases';
import { stepOutflow } from '@fairamp/balancing';
import type { Protected } from './circuits.js';
import { rangeOf, recordsBelow, totalOf } from './inferred.js';
import type { MasterConfig, MasterState } from './types.js';

/** A sample of this circuit's meter that is believed. */
export function noteOutflow(state: MasterState, circuit: Protected, sample: Sample, config: MasterConfig): MasterState {
  const record = state.circuits[circuit.id];
  const mayFlowOut = config.generation === 'solar' || config.generation === 'battery';
  if (record === undefined || record.outflow === null || sample.signed || !mayFlowOut) return state;
  const cars = totalOf(recordsBelow(state, circuit, config).map((one) => rangeOf(one, sample)));
  const { arrivedAt: at, current_dA } = sample;
  const outflow = stepOutflow(record.outflow, { at, current_dA, limit_dA: circuit.limit_dA, cars });
  return { ...state, circuits: { ...state.circuits, [circuit.id]: { ...record, outflow } } };
}
