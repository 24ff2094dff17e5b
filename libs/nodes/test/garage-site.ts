// A garage with a meter of its own on 16 A below mains of 25 A, and a charge point in it: what a master hears there, and
// what it grants.
import { encodeMessage, grantTopic, decodeMessage, reportTopic, sampleTopic } from '@fairamp/protocol';
import type { Grant, Unsigned } from '@fairamp/protocol';
import { perPhase, type PerPhase } from '@fairamp/units';
import { initialMaster, stepMaster } from '../src/master/master-node.js';
import { PLAIN_POINT, PLAIN_SITE } from '../src/master/plain.js';
import type { CircuitConfig, MasterConfig, MasterInput, MasterOutput, RosterEntry } from '../src/master/types.js';

export const OWN = '00000000000000aa';
export const SLAVE = '0000000000000001';
export const key = (seed: number): Uint8Array => new Uint8Array(32).fill(seed);
export const keys: Readonly<Record<string, Uint8Array>> = { left: key(1), meter: key(9), board: key(8) };
export const all = (current: number): PerPhase<number> => perPhase(() => current);

export const garage: CircuitConfig = {
  id: 'garage',
  parent: 'mains',
  limit_dA: all(160),
  device: { curve: 'C', rated_dA: 160 },
  meter: { id: 'board', key: key(8), oldestSample_ms: 10_000, source: 'sensorbox' },
  allowance_dA: null,
};
export const left: RosterEntry = {
  ...PLAIN_POINT,
  id: 'left',
  key: key(1),
  maximum_dA: 320,
  failSafe: 'process',
  fallback_dA: 0,
  circuit: 'garage',
};
export const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  bridge: { id: 'meter', key: key(9) },
  roster: [left],
  circuits: [garage],
  oldestSample_ms: 10_000,
};

export function message(
  kind: 'report' | 'sample',
  at: number,
  body: Unsigned<'report'> | Unsigned<'sample'>,
): MasterInput {
  const { from } = body;
  const topic = kind === 'report' ? reportTopic('home', from) : sampleTopic('home', from);
  const payload = encodeMessage(kind, body as never, { site: 'home', key: keys[from] ?? key(0) });
  return { kind: 'message', at, topic, payload, retained: false };
}
export const charging = (changes: Partial<Unsigned<'report'>> = {}): Unsigned<'report'> => ({
  from: 'left',
  boot: SLAVE,
  seq: 1,
  t: 500,
  session: 'charging',
  pilot: 'C',
  contactor: 'closed',
  lease: { epoch: { count: 2, boot: SLAVE }, n: 9, limit_dA: 60, endsAt_t: 99_000 },
  fallback: null,
  draw_dA: all(60),
  drawLow_dA: all(60),
  demand_dA: 320,
  demandBecause: 'setting-max',
  phases: ['L1', 'L2', 'L3'],
  faults: [],
  failSafe: 'process',
  ...changes,
});
export const report = (at: number, changes: Partial<Unsigned<'report'>> = {}): MasterInput => {
  return message('report', at, charging({ seq: at, t: at, ...changes }));
};
/** Beacons go to the mains from 50 ms on, to the garage a second later; each sample echoes the newest. */
export const sample = (at: number, from: 'meter' | 'board', current_dA: PerPhase<number>): MasterInput => {
  const first = from === 'meter' ? 50 : 1_050;
  const seq = Math.floor((at - first) / 1_000) + 1;
  const echo = { boot: OWN, seq, since_ms: at - first - 1_000 * (seq - 1) - 10 };
  const master = { boot: OWN, for_ms: 20_000 };
  const body = { from, boot: SLAVE, seq: at, t: 0, age_ms: 10, current_dA, signed: false, master, echo };
  return message('sample', at, body);
};
/** From 2,050 on for so many seconds: the mains are sampled each second, the garage is not. */
export const seconds = (count: number): readonly MasterInput[] =>
  Array.from({ length: count }, (_, index) => 2_050 + 1_000 * index).flatMap((at) => [
    tick(at),
    report(at + 100),
    sample(at + 200, 'meter', all(80)),
    tick(at + 600),
  ]);
export const tick = (at: number): MasterInput => ({ kind: 'tick', at });

export function run(inputs: readonly MasterInput[], own: MasterConfig = config) {
  let state = initialMaster({ count: 3, boot: OWN }, 0, own);
  const outputs: MasterOutput[] = [];
  for (const input of inputs) {
    const stepped = stepMaster(state, input, own);
    state = stepped.state;
    outputs.push(...stepped.outputs);
  }
  return { state, outputs };
}

export function grants(outputs: readonly MasterOutput[]): readonly Grant[] {
  return outputs.flatMap((output) => {
    if (output.kind !== 'publish' || output.topic !== grantTopic('home', 'left')) return [];
    const decoded = decodeMessage('grant', output.payload, { site: 'home', key: key(1) });
    return decoded.ok ? [decoded.value] : [];
  });
}

/** The mains name us, their bridge and that of the garage have each a sample, and the decision is made. */
export const opening = (mains: PerPhase<number>, board: PerPhase<number>): readonly MasterInput[] => [
  tick(50),
  report(100),
  sample(200, 'meter', mains),
  tick(1_050),
  report(1_200),
  sample(1_250, 'board', board),
  tick(1_900),
];
