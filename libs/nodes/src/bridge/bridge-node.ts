// The sensorbox-bridge as a whole: bytes of a Sensorbox 1/1.5 and the masters' beacons in, samples out. It names the
// one master that may decide; it decides nothing itself, and sends nothing that was not just measured.
import { hasRival, hearBeacon, initialNaming, naming, type NamingState } from '@fairamp/leases';
import {
  beaconTopic,
  deciampsOfCount,
  decodeMessage,
  decodeSensorboxFrame,
  feedHdlc,
  initialHdlc,
  plainTopic,
  sampleTopic,
  type HdlcState,
} from '@fairamp/protocol';
import { amps, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import {
  drop,
  refusing,
  REPEATED_EACH,
  publishChanged,
  publishSigned,
  type ConnectedInput,
  type Dropped,
  type MessageInput,
  type Note,
  type Publish,
  type Stepped,
  type TickInput,
} from '../node.js';
import { initialEmptiness, noteBytes, noteTick, type EmptinessState } from './emptiness.js';

export type BridgeConfig = {
  readonly site: string;
  readonly id: string;
  readonly key: Uint8Array;
  /** CAL: deciamperes a count; the Sensorbox's own is 3.00. */
  readonly ical: number;
};

/** No master may use an older one, of whatever kind of meter (A is 25 s at most): repeating it would only look alive. */
const OLDEST_TOLD_ms: Milliseconds = 25_000;
/** No transformer of a house reaches 2,000 A: such a count is a fault of the meter, and a missing sample is the safe reading. */
const HIGHEST_dA: Deciamps = 20_000;

/** A reading of the meter and since when it can be true at the latest. */
type Reading = { readonly current_dA: PerPhase<Deciamps>; readonly measuredAt: Milliseconds };

export type BridgeState = {
  readonly boot: string;
  readonly seq: number;
  readonly hdlc: HdlcState;
  readonly emptiness: EmptinessState;
  readonly naming: NamingState;
  readonly newest: Reading | null;
  readonly published: Readonly<Record<string, string>>;
  readonly dropped: Dropped;
};

export type BridgeInput =
  | MessageInput
  | TickInput
  | ConnectedInput
  | { readonly kind: 'wire'; readonly at: Milliseconds; readonly bytes: Uint8Array }
  /** The port was opened (and flushed) or lost. */
  | { readonly kind: 'port'; readonly at: Milliseconds; readonly open: boolean };
export type BridgeOutput = Publish | Note;

export function initialBridge(boot: string, at: Milliseconds): BridgeState {
  return {
    boot,
    seq: 0,
    hdlc: initialHdlc(),
    emptiness: initialEmptiness(at),
    naming: initialNaming,
    newest: null,
    published: {},
    dropped: {},
  };
}

export function stepBridge(
  state: BridgeState,
  input: BridgeInput,
  config: BridgeConfig,
): Stepped<BridgeState, BridgeOutput> {
  switch (input.kind) {
    case 'wire':
      return hearWire(state, input.bytes, input.at, config);
    case 'message':
      return hearMaster(state, input, config);
    case 'port':
      // What was half received belongs to a line that is gone.
      return {
        state: { ...state, hdlc: initialHdlc(), emptiness: initialEmptiness(input.at) },
        outputs: [portNote(input.open)],
      };
    case 'connected':
      return { state: { ...state, published: {} }, outputs: [] };
    case 'tick':
      return { state: { ...state, emptiness: noteTick(state.emptiness, input.at) }, outputs: [] };
  }
}

function portNote(open: boolean): Note {
  return {
    kind: 'note',
    level: open ? 'info' : 'warn',
    key: `port ${open ? 'open' : 'lost'}`,
    text: open ? 'the port is open' : 'the port is lost; trying again',
  };
}

function hearWire(
  state: BridgeState,
  bytes: Uint8Array,
  at: Milliseconds,
  config: BridgeConfig,
): Stepped<BridgeState, BridgeOutput> {
  const fed = feedHdlc(state.hdlc, bytes);
  const measuredAt = state.emptiness.emptyAt;
  let next: BridgeState = { ...state, hdlc: fed.state, emptiness: noteBytes(state.emptiness) };
  const outputs: BridgeOutput[] = [];
  for (const { reason } of fed.discarded) next = { ...next, dropped: drop(next.dropped, `frame-${reason}`) };
  for (const frame of fed.frames) {
    const stepped = hearFrame(next, frame, { at, measuredAt }, config);
    next = stepped.state;
    outputs.push(...stepped.outputs);
  }
  if (fed.discarded.length > 0) outputs.push(noiseNote(next.dropped));
  return { state: next, outputs };
}

function noiseNote(dropped: Dropped): Note {
  const counts = Object.entries(dropped).map(([reason, count]) => `${reason} ${count}`);
  return { kind: 'note', level: 'warn', key: 'noise', text: `noise on the meter's line, so far: ${counts.join(', ')}` };
}

function hearFrame(
  state: BridgeState,
  frame: Uint8Array,
  time: { at: Milliseconds; measuredAt: Milliseconds },
  config: BridgeConfig,
): Stepped<BridgeState, BridgeOutput> {
  const refuse = refusing(state, 'the meter line');
  const refused: typeof refuse = (reason, detail) => refuse(`frame-${reason}`, detail);
  const decoded = decodeSensorboxFrame(frame);
  if (!decoded.ok) return refused(decoded.reason, decoded.detail);
  const [l1, l2, l3] = decoded.value.samples;
  // A Sensorbox has three inputs; a frame with fewer leaves a phase unknown, and unknown is not 0 A.
  if (l1 === undefined || l2 === undefined || l3 === undefined) {
    return refused('phase-missing', `${decoded.value.samples.length} samples, not 3`);
  }
  const dA = (count: number): Deciamps => deciampsOfCount(count, { ical: config.ical, signed: false });
  const newest: Reading = { current_dA: { L1: dA(l1), L2: dA(l2), L3: dA(l3) }, measuredAt: time.measuredAt };
  if (Math.max(dA(l1), dA(l2), dA(l3)) > HIGHEST_dA)
    return refused('out-of-range', `${JSON.stringify(newest.current_dA)} dA`);
  return publishSample({ ...state, newest }, time.at, config);
}

function hearMaster(state: BridgeState, input: MessageInput, config: BridgeConfig): Stepped<BridgeState, BridgeOutput> {
  const dropped = refusing(state, input.topic);
  if (input.retained) return dropped('retained', 'a beacon is never retained');
  if (input.topic !== beaconTopic(config.site, config.id)) return dropped('topic', 'not the topic of my beacons');
  const beacon = decodeMessage('beacon', input.payload, config);
  if (!beacon.ok) return dropped(beacon.reason, beacon.detail);
  if (beacon.value.to !== config.id) return dropped('addressee', `to "${beacon.value.to}", not "${config.id}"`);
  const heard = hearBeacon(state.naming, beacon.value, input.at);
  const next = { ...state, naming: heard.state };
  const alarms = rivalAlarm(next, input.at);
  if (!heard.renamed) return { state: next, outputs: alarms };
  const named: Note = {
    kind: 'note',
    level: 'info',
    key: `named ${beacon.value.boot}`,
    text: `names master "${beacon.value.from}", boot ${beacon.value.boot}`,
  };
  const repeated = publishSample(next, input.at, config);
  return { state: repeated.state, outputs: [named, ...repeated.outputs, ...alarms] };
}

function rivalAlarm(state: BridgeState, at: Milliseconds): readonly Note[] {
  const { named, rival } = state.naming;
  if (!hasRival(state.naming, at) || named === null || rival === null) return [];
  return [
    {
      kind: 'note',
      level: 'alarm',
      key: 'two-deciders',
      text: `two deciders on one mains: "${named.id}" is named, "${rival.id}" sends beacons too`,
    },
  ];
}

function publishSample(state: BridgeState, at: Milliseconds, config: BridgeConfig): Stepped<BridgeState, BridgeOutput> {
  const { newest } = state;
  if (newest === null || at - newest.measuredAt > OLDEST_TOLD_ms) return { state, outputs: [] };
  const age_ms = at - newest.measuredAt;
  const names = naming(state.naming, at);
  const seq = state.seq + 1;
  const body = {
    from: config.id,
    boot: state.boot,
    seq,
    t: at,
    age_ms,
    current_dA: newest.current_dA,
    signed: false,
    master: names?.master ?? null,
    echo: names?.echo ?? null,
  };
  const sample = publishSigned('sample', body, { topic: sampleTopic(config.site, config.id), seal: config });
  const plain = publishChanged(seq % REPEATED_EACH === 0 ? {} : state.published, plainValues(newest), (leaf) =>
    plainTopic(config.site, 'bridge', config.id, leaf),
  );
  return { state: { ...state, seq, published: plain.published }, outputs: [sample, ...plain.outputs] };
}

/** By the last word of its topic. */
function plainValues({ current_dA }: Reading): Record<string, string> {
  const { L1, L2, L3 } = current_dA;
  return { mains_A: `L1 ${amps(L1)}  L2 ${amps(L2)}  L3 ${amps(L3)}` };
}
