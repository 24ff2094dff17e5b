import {
  decodeMessage,
  encodeMessage,
  grantTopic,
  reportTopic,
  sampleTopic,
  type Grant,
  type Unsigned,
} from '@fairamp/protocol';
import { perPhase } from '@fairamp/units';
import type { Publish } from '../node.js';
import { initialMaster, stepMaster } from './master-node.js';
import { PLAIN_POINT, PLAIN_SITE } from './plain.js';
import type { MasterConfig, MasterInput, MasterOutput, MasterState } from './types.js';

const key = (seed: number): Uint8Array => new Uint8Array(32).fill(seed);
const config: MasterConfig = {
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  bridge: { id: 'meter', key: key(9) },
  roster: [{ ...PLAIN_POINT, id: 'left', key: key(1), maximum_dA: 320, failSafe: 'process', fallback_dA: 0 }],
  oldestSample_ms: 10_000,
  ...PLAIN_SITE,
};
const normal: MasterConfig = { ...config, mode: 'normal', bridge: null };
const OWN = '00000000000000aa';
const SLAVE = '0000000000000001';

type Report = Unsigned<'report'>;
const idle: Report = {
  from: 'left',
  boot: SLAVE,
  seq: 1,
  t: 500,
  session: 'connected',
  pilot: 'B',
  contactor: 'open',
  lease: null,
  fallback: null,
  draw_dA: perPhase(() => 0),
  drawLow_dA: perPhase(() => 0),
  demand_dA: 320,
  demandBecause: 'setting-max',
  phases: ['L1', 'L2', 'L3'],
  faults: [],
  failSafe: 'process',
};
const report = (at: number, changes: Partial<Report> = {}, seed = 1): MasterInput => {
  const body = { ...idle, ...changes };
  return {
    kind: 'message',
    at,
    topic: reportTopic('home', 'left'),
    payload: encodeMessage('report', body, { site: 'home', key: key(seed) }),
    retained: false,
  };
};
const sample = (at: number, changes: Partial<Unsigned<'sample'>> = {}, seed = 9): MasterInput => {
  const echo = { boot: OWN, seq: 1, since_ms: 100 };
  const body = {
    from: 'meter',
    boot: SLAVE,
    seq: 1,
    t: 0,
    age_ms: 200,
    current_dA: perPhase(() => 100),
    signed: false,
    master: { boot: OWN, for_ms: 20_000 },
    echo,
    ...changes,
  };
  return {
    kind: 'message',
    at,
    topic: sampleTopic('home', 'meter'),
    payload: encodeMessage('sample', body, { site: 'home', key: key(seed) }),
    retained: false,
  };
};
const tick = (at: number): MasterInput => ({ kind: 'tick', at });

function run(
  inputs: readonly MasterInput[],
  own: MasterConfig = config,
): { state: MasterState; outputs: MasterOutput[] } {
  let state = initialMaster({ count: 3, boot: OWN }, 0, own);
  const outputs: MasterOutput[] = [];
  for (const input of inputs) {
    const stepped = stepMaster(state, input, own);
    state = stepped.state;
    outputs.push(...stepped.outputs);
  }
  return { state, outputs };
}

function grants(outputs: readonly MasterOutput[]): readonly Grant[] {
  const published = outputs.filter(
    (output): output is Publish => output.kind === 'publish' && output.topic === grantTopic('home', 'left'),
  );
  return published.flatMap(({ payload }) => {
    const decoded = decodeMessage('grant', payload, { site: 'home', key: key(1) });
    return decoded.ok ? [decoded.value] : [];
  });
}

describe('what a master needs before it grants', () => {
  test('I6: without a sample it grants nothing', () => {
    expect(grants(run([report(100), tick(2_000), tick(3_000)]).outputs)).toEqual([]);
  });

  test('without a report it has nothing to echo, and grants nothing', () => {
    expect(grants(run([tick(50), sample(200), tick(2_000)]).outputs)).toEqual([]);
  });

  test('I6: a grant lives no longer than 10 s after the measurement', () => {
    const { outputs } = run([tick(50), report(100), sample(200), tick(600)]);
    // Sent at 200, measured at 200 - (200 - 50 - 100) - 200 = -50: 9,750 of 10,000 are left.
    expect(grants(outputs).at(-1)).toMatchObject({
      limit_dA: 60,
      raise: true,
      validFor_ms: 9_750,
      echo: { boot: SLAVE, seq: 1, t: 500 },
    });
  });

  test('I9: it raises nobody while it has been named for less than 17 s', () => {
    const master = { boot: OWN, for_ms: 16_800 };
    const { outputs } = run([tick(50), report(100), sample(200, { master }), tick(600)]);
    expect(grants(outputs).at(-1)).toMatchObject({ limit_dA: 0, raise: false, because: ['silence'] });
  });

  test('I1: it raises nobody on a sample of more than 5 s', () => {
    const { outputs } = run([tick(50), report(100), sample(200, { age_ms: 4_951 }), tick(600)]);
    expect(grants(outputs).at(-1)).toMatchObject({ limit_dA: 0, raise: false, because: ['stale-mains'] });
  });

  test('I9: in Normal mode it needs no mains, keeps the silence from its start, and then shares MAINS', () => {
    const reports = Array.from({ length: 40 }, (_, index) =>
      report(500 * (index + 1), { seq: index + 1, t: 500 * (index + 1) }),
    );
    const sent = grants(run(reports, normal).outputs);
    expect(sent[0]).toMatchObject({ limit_dA: 0, validFor_ms: 10_000 });
    expect(sent.find((grant) => grant.raise)?.echo.t).toBeGreaterThanOrEqual(16_500);
  });

  test('it sends beacons each second, and withholds them when no sample comes for 5 s', () => {
    const { outputs } = run(Array.from({ length: 100 }, (_, index) => tick(100 * index)));
    const beacons = outputs.filter((output) => output.kind === 'publish' && output.topic.endsWith('/beacon'));
    expect(beacons).toHaveLength(6);
  });
});

describe('a question before each decision', () => {
  test('samples that come quicker than answers do not put the decision off', () => {
    const master = { boot: OWN, for_ms: 20_000 };
    const over = (at: number, seq: number): MasterInput => sample(at, { seq, master, current_dA: perPhase(() => 350) });
    const charging = { session: 'charging', pilot: 'C', contactor: 'closed', draw_dA: perPhase(() => 200) } as const;
    const held = { epoch: { count: 2, boot: SLAVE }, n: 9, limit_dA: 200, endsAt_t: 99_000 };
    const inputs = [tick(50), sample(100, { master }), report(150, { ...charging, lease: held })];
    for (let at = 200; at < 1_200; at += 250)
      inputs.push(over(at, at), report(at + 10, { ...charging, lease: held, seq: at, t: at }));
    const sent = grants(run(inputs).outputs);
    expect(sent.some((grant) => grant.limit_dA === 100)).toBe(true);
  });

  test('I2: the question is valid no longer than the sample before allows', () => {
    const charging = { session: 'charging', pilot: 'C', contactor: 'closed' } as const;
    const held = { epoch: { count: 2, boot: SLAVE }, n: 9, limit_dA: 100, endsAt_t: 99_000 };
    const first = [tick(50), report(100, { ...charging, lease: held }), sample(200), tick(1_200)];
    const { outputs } = run([
      ...first,
      report(1_900, { seq: 2, t: 1_900, ...charging, lease: held }),
      sample(2_000, { seq: 2, echo: { boot: OWN, seq: 2, since_ms: 100 } }),
    ]);
    // The sample of 200 was measured at -50, that of 2,000 long after; the question at 2,000 rests on the former.
    expect(grants(outputs).at(-1)).toMatchObject({ raise: false, validFor_ms: 10_000 - 2_050 });
  });
});

describe('what a master takes for a report or a sample', () => {
  const flipped = (input: MasterInput): MasterInput =>
    input.kind === 'message'
      ? { ...input, payload: input.payload.map((byte, index) => (index === 9 ? byte ^ 1 : byte)) }
      : input;
  const retained = (input: MasterInput): MasterInput => ({ ...input, retained: true }) as MasterInput;
  const onTopic = (input: MasterInput, topic: string): MasterInput => ({ ...input, topic }) as MasterInput;

  test.each([
    ['a report with a flipped bit', flipped(report(100)), 'mac'],
    ['a report signed with another key', report(100, {}, 2), 'mac'],
    ['a report of somebody else on this topic', report(100, { from: 'right' }), 'sender'],
    [
      'a report of a slave that is not in the roster',
      onTopic(report(100), reportTopic('home', 'guest')),
      'not-in-roster',
    ],
    [
      'a sample of a bridge that is not in the roster',
      onTopic(sample(100), sampleTopic('home', 'other')),
      'not-in-roster',
    ],
    ['a sample signed with another key', sample(100, {}, 2), 'mac'],
    ['a retained sample', retained(sample(100)), 'retained'],
    [
      'a sample that names another master',
      sample(100, { master: { boot: SLAVE, for_ms: 20_000 } }),
      'sample-names-another',
    ],
    ['a sample that names nobody', sample(100, { master: null }), 'sample-names-nobody'],
    [
      'a sample that echoes a beacon never sent',
      sample(100, { echo: { boot: OWN, seq: 99, since_ms: 0 } }),
      'sample-unknown-beacon',
    ],
    [
      'something on a topic that no master reads',
      onTopic(report(100), 'fairamp/home/telemetry/slave/left/state'),
      'topic',
    ],
    ['another site', onTopic(report(100), reportTopic('other', 'left')), 'topic'],
  ])('%s is dropped, counted by its reason and noted', (_case, input, reason) => {
    const { state, outputs } = run([tick(50), input]);
    expect(state.dropped).toEqual({ [reason]: 1 });
    expect(outputs).toContainEqual(expect.objectContaining({ kind: 'note', level: 'warn' }));
    expect(state.slaves['left']?.report ?? null).toBeNull();
    expect(state.freshness.newest).toBeNull();
  });

  test('I11: a retained report is for people: neither echoed nor counted', () => {
    const { state } = run([retained(report(100))]);
    expect(state.slaves['left']?.report).toBeNull();
    expect(state.dropped).toEqual({});
  });

  test('I5: a report that was heard before is dropped', () => {
    expect(run([report(100), report(200)]).state.dropped).toEqual({ 'not-newer': 1 });
  });

  test('B12: a higher epoch in a report makes it begin again above that', () => {
    const lease = { epoch: { count: 8, boot: SLAVE }, n: 2, limit_dA: 100, endsAt_t: 9_000 };
    expect(run([report(100, { lease })]).outputs).toContainEqual({ kind: 'begin-again', count: 9 });
  });
});
