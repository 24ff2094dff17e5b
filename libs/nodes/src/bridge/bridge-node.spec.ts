import {
  beaconTopic,
  decodeMessage,
  encodeHdlc,
  encodeMessage,
  encodeSensorboxFrame,
  type SampleMessage,
} from '@fairamp/protocol';
import {
  initialBridge,
  stepBridge,
  type BridgeConfig,
  type BridgeInput,
  type BridgeOutput,
  type BridgeState,
} from './bridge-node.js';

const config: BridgeConfig = { site: 'home', id: 'meter', key: new Uint8Array(32).fill(9), ical: 3 };
const boot = '00000000000000aa';

/** Frames as a Sensorbox sends them: 16.0 A, 10.0 A and 0 A are 53.33, 33.33 and 0 counts. */
const frame = (counts: readonly number[] = [160 / 3, 100 / 3, 0]): Uint8Array =>
  encodeHdlc(encodeSensorboxFrame(counts));

function run(
  inputs: readonly BridgeInput[],
  from: BridgeState = initialBridge(boot, 0),
): { state: BridgeState; outputs: BridgeOutput[] } {
  let state = from;
  const outputs: BridgeOutput[] = [];
  for (const input of inputs) {
    const stepped = stepBridge(state, input, config);
    state = stepped.state;
    outputs.push(...stepped.outputs);
  }
  return { state, outputs };
}

const wire = (at: number, bytes: Uint8Array): BridgeInput => ({ kind: 'wire', at, bytes });
const tick = (at: number): BridgeInput => ({ kind: 'tick', at });
const beacon = (at: number, seq: number, master = '00000000000000bb', retained = false): BridgeInput => {
  const payload = encodeMessage('beacon', { from: 'main', to: 'meter', boot: master, seq }, config);
  return { kind: 'message', at, topic: beaconTopic('home', 'meter'), payload, retained };
};

function samples(outputs: readonly BridgeOutput[]): readonly SampleMessage[] {
  return outputs.flatMap((output) => {
    if (output.kind !== 'publish' || !output.topic.endsWith('/sample')) return [];
    const decoded = decodeMessage('sample', output.payload, config);
    return decoded.ok ? [decoded.value] : [];
  });
}

describe('the bridge', () => {
  test('a frame becomes a sample in deciamperes, as old as the quiet before it', () => {
    const { outputs } = run([tick(50), tick(100), tick(150), wire(300, frame())]);
    expect(samples(outputs)).toMatchObject([
      { current_dA: { L1: 160, L2: 100, L3: 0 }, age_ms: 200, signed: false, master: null, echo: null },
    ]);
  });

  test('the mains are also told in plain words', () => {
    const { outputs } = run([wire(300, frame())]);
    const plain = outputs.find((output) => output.kind === 'publish' && output.topic.endsWith('/mains_A'));
    expect(plain).toMatchObject({ topic: 'fairamp/home/telemetry/bridge/meter/mains_A', retain: true });
  });

  test('I6: bytes that waited while it was stopped are as old as the wait', () => {
    const { outputs } = run([tick(50), tick(100), tick(20_150), wire(20_160, frame())]);
    expect(samples(outputs)[0]?.age_ms).toBe(20_110);
  });

  test('I6: what no master may use any more is not told', () => {
    expect(samples(run([tick(50), tick(100), tick(60_150), wire(60_160, frame())]).outputs)).toEqual([]);
  });

  test('I10: it names the first master it hears, for how long, and echoes its newest beacon', () => {
    const { outputs } = run([beacon(1_000, 7), beacon(2_000, 8), wire(2_300, frame())]);
    expect(samples(outputs)).toMatchObject([
      {
        master: { boot: '00000000000000bb', for_ms: 1_300 },
        echo: { boot: '00000000000000bb', seq: 8, since_ms: 300 },
      },
    ]);
  });

  test('I10: another master is named after 3 s of silence, and gets the newest sample at once', () => {
    const other = '00000000000000cc';
    const { outputs } = run([beacon(1_000, 7), wire(1_200, frame()), beacon(3_900, 1, other), beacon(4_000, 2, other)]);
    expect(samples(outputs).map((sample) => sample.master?.boot)).toEqual(['00000000000000bb', other]);
    expect(samples(outputs)[1]).toMatchObject({ master: { for_ms: 0 }, seq: 2 });
  });

  test('two deciders on one mains are an alarm', () => {
    const twoMasters = [1, 2, 3, 4, 5].flatMap((second) => [
      beacon(1_000 * second, second),
      beacon(1_000 * second + 500, second, '00000000000000cc'),
    ]);
    const { outputs } = run(twoMasters);
    expect(outputs).toContainEqual(expect.objectContaining({ kind: 'note', level: 'alarm', key: 'two-deciders' }));
  });

  test.each([
    ['a retained beacon', beacon(1_000, 7, undefined, true), 'retained'],
    ['no JSON', { ...beacon(1_000, 7), payload: new Uint8Array([255, 0]) } as BridgeInput, 'not-json'],
    [
      'another topic',
      { ...beacon(1_000, 7), topic: 'fairamp/home/control/bridge/other/beacon' } as BridgeInput,
      'topic',
    ],
    ['a right beacon for another bridge', addressedTo('other'), 'addressee'],
    ['a beacon signed with another key', signedBy(3), 'mac'],
  ])('%s is dropped, counted by its reason, and names nobody', (_case, input, reason) => {
    const { state, outputs } = run([input]);
    expect(state.dropped).toEqual({ [reason]: 1 });
    expect(state.naming.named).toBeNull();
    expect(outputs).toMatchObject([{ kind: 'note', level: 'warn' }]);
  });

  test.each([
    ['noise', [0x55, 0xaa, 1, 2, 3, 4, 5, 6, 7, 0x7e], 'frame-crc'],
    ['a frame with 1 of 3 phases', [...frame([10])], 'frame-phase-missing'],
    ['a count that no transformer can give', [...frame([1e9, 0, 0])], 'frame-out-of-range'],
    ['a sample that is not finite', [...frame([NaN, 0, 0])], 'frame-not-finite'],
  ])('%s is no sample, and is counted', (_case, bytes, reason) => {
    const { state, outputs } = run([wire(100, Uint8Array.from(bytes))]);
    expect(samples(outputs)).toEqual([]);
    expect(state.dropped[reason]).toBe(1);
  });

  test('after any noise the second frame at the latest is heard', () => {
    const { outputs } = run([wire(100, Uint8Array.from([0x7d, 0x7e, 1, 2])), wire(200, frame()), wire(2_000, frame())]);
    expect(samples(outputs).length).toBeGreaterThanOrEqual(1);
  });

  test('half a frame of a port that is gone is not joined to the next', () => {
    const half = frame().slice(0, 12);
    const { outputs } = run([wire(100, half), { kind: 'port', at: 200, open: true }, wire(300, frame())]);
    expect(samples(outputs)).toHaveLength(1);
  });

  test('after a new connect the plain values are said again', () => {
    const { outputs } = run([wire(100, frame()), { kind: 'connected', at: 200 }, wire(1_900, frame())]);
    expect(outputs.filter((output) => output.kind === 'publish' && output.topic.endsWith('/mains_A'))).toHaveLength(2);
  });
});

function addressedTo(to: string): BridgeInput {
  const payload = encodeMessage('beacon', { from: 'main', to, boot: '00000000000000bb', seq: 1 }, config);
  return { kind: 'message', at: 1_000, topic: beaconTopic('home', 'meter'), payload, retained: false };
}

function signedBy(seed: number): BridgeInput {
  const seal = { site: 'home', key: new Uint8Array(32).fill(seed) };
  const payload = encodeMessage('beacon', { from: 'main', to: 'meter', boot: '00000000000000bb', seq: 1 }, seal);
  return { kind: 'message', at: 1_000, topic: beaconTopic('home', 'meter'), payload, retained: false };
}
