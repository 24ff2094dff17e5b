// The beacons: the pulse of the control cycle itself, never of a timer of its own (reliability.md 0 finding 6). The
// mains' bridge is the arbiter between masters (design.md 3 rule 8); meters below it follow the master that it names, so
// they hear of it only while that is us.
import { BEACONS_WITHHELD_AFTER_ms, CYCLE_ms, nextBeacon } from '@fairamp/leases';
import { beaconTopic } from '@fairamp/protocol';
import { MAINS, type Milliseconds } from '@fairamp/units';
import { publishSigned, type Publish, type Stepped } from '../node.js';
import { circuitsOf, freshnessOf, withFreshness, type Protected } from './circuits.js';
import type { MasterConfig, MasterOutput, MasterState } from './types.js';

export function pulse(state: MasterState, at: Milliseconds, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  const isDue = state.beaconAt === null || at - state.beaconAt >= CYCLE_ms;
  const metered = circuitsOf(config).filter(({ meter }) => meter !== null);
  if (metered.length === 0 || !isDue) return { state, outputs: [] };
  const outputs: Publish[] = [];
  let next: MasterState = { ...state, beaconAt: nextPulse(state.beaconAt, at) };
  for (const circuit of metered) {
    const freshness = freshnessOf(next, circuit.id);
    if (freshness === null || (circuit.id !== MAINS && !isNamed(state, at))) continue;
    const { state: sent, seq } = nextBeacon(freshness, at);
    next = withFreshness(next, circuit.id, sent);
    if (seq !== null) outputs.push(...beaconTo(circuit, seq, state, config));
  }
  return { state: next, outputs };
}

/** By the mains' bridge, lately. */
function isNamed({ freshness: { newest } }: MasterState, at: Milliseconds): boolean {
  return newest !== null && at - newest.arrivedAt < BEACONS_WITHHELD_AFTER_ms;
}

function beaconTo({ meter }: Protected, seq: number, { epoch }: MasterState, config: MasterConfig): readonly Publish[] {
  if (meter === null) return [];
  const body = { from: config.id, to: meter.id, boot: epoch.boot, seq };
  const seal = { site: config.site, key: meter.key };
  return [publishSigned('beacon', body, { topic: beaconTopic(config.site, meter.id), seal })];
}

/** Keeps the second's beat through small delays, and does not catch up after a stall. */
function nextPulse(before: Milliseconds | null, at: Milliseconds): Milliseconds {
  const onBeat = (before ?? at - CYCLE_ms) + CYCLE_ms;
  return at - onBeat < CYCLE_ms ? onBeat : at;
}
