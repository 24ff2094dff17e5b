import { PLAIN } from '@fairamp/evse';
import { decodeMessage, encodeMessage, grantTopic, reportTopic, type Report, type Unsigned } from '@fairamp/protocol';
import type { Publish } from '../node.js';
import {
  initialSlave,
  stepSlave,
  type SlaveConfig,
  type SlaveInput,
  type SlaveOutput,
  type SlaveState,
} from './slave-node.js';

const config: SlaveConfig = {
  site: 'home',
  id: 'left',
  key: new Uint8Array(32).fill(1),
  pairedMaster: null,
  failSafe: 'process',
  wired: ['L1', 'L2', 'L3'],
  evse: { connector: 'socket', max_dA: 160, cable_dA: 320, proximity: 'manual', contactorFeedback: true, ...PLAIN },
};
const BOOT = '0000000000000001';
const EPOCH = { count: 1, boot: '00000000000000aa' };

const grant = (at: number, changes: Partial<Unsigned<'grant'>> = {}): SlaveInput => {
  const echo = { boot: BOOT, seq: 1, t: at - 100 };
  const body: Unsigned<'grant'> = {
    from: 'main',
    to: 'left',
    epoch: EPOCH,
    n: 1,
    echo,
    limit_dA: 100,
    validFor_ms: 9_000,
    raise: true,
    because: ['fair-share'],
    ...changes,
  };
  return {
    kind: 'message',
    at,
    topic: grantTopic('home', 'left'),
    payload: encodeMessage('grant', body, config),
    retained: false,
  };
};
const tick = (at: number): SlaveInput => ({ kind: 'tick', at });
/** A car in state B: 9 V, with PWM's -12 V. */
const car = (at: number): SlaveInput => ({
  kind: 'board',
  event: { kind: 'pilot-sampled', at, high_mV: 9_000, low_mV: -12_000 },
});
const idle = (at: number): SlaveInput => ({
  kind: 'board',
  event: { kind: 'pilot-sampled', at, high_mV: 12_000, low_mV: null },
});
const plug = (at: number): SlaveInput => ({ kind: 'board', event: { kind: 'proximity-sampled', at, ohm: 220 } });
const open = (at: number): SlaveInput => ({ kind: 'board', event: { kind: 'contactor-confirmed', at, closed: false } });
/** Its board samples four times a second. */
const cars = (from: number, to: number): readonly SlaveInput[] =>
  Array.from({ length: (to - from) / 250 }, (_, index) => car(from + 250 * index));
const pluggedIn = [open(5), tick(10), plug(20), ...cars(250, 6_000)];

function run(inputs: readonly SlaveInput[]): { state: SlaveState; outputs: SlaveOutput[] } {
  let state = initialSlave(BOOT, 0);
  const outputs: SlaveOutput[] = [];
  for (const input of inputs) {
    const stepped = stepSlave(state, input, config);
    state = stepped.state;
    outputs.push(...stepped.outputs);
  }
  return { state, outputs };
}

function reports(outputs: readonly SlaveOutput[]): readonly Report[] {
  const published = outputs.filter(
    (output): output is Publish => output.kind === 'publish' && output.topic === reportTopic('home', 'left'),
  );
  return published.flatMap(({ payload }) => {
    const decoded = decodeMessage('report', payload, config);
    return decoded.ok ? [decoded.value] : [];
  });
}

const plain = (outputs: readonly SlaveOutput[], leaf: string): string | undefined => {
  const said = outputs.filter(
    (output): output is Publish => output.kind === 'publish' && output.topic.endsWith(`/left/${leaf}`),
  );
  const newest = said.at(-1);
  return newest === undefined ? undefined : new TextDecoder().decode(newest.payload);
};

describe('a slave and its grants', () => {
  test('a granted limit is offered on the pilot, reported as obeyed, and told in plain words', () => {
    const { outputs } = run([...pluggedIn, grant(6_000), car(6_020), car(6_040), tick(6_050)]);
    expect(outputs).toContainEqual({
      kind: 'board',
      command: { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 166 } },
    });
    expect(reports(outputs).at(-1)).toMatchObject({
      lease: { n: 1, limit_dA: 100, endsAt_t: 14_900 },
      pilot: 'B',
      session: 'offering',
    });
    expect([plain(outputs, 'limit_A'), plain(outputs, 'because'), plain(outputs, 'state')]).toEqual([
      '10.0',
      'fair-share',
      'offering',
    ]);
  });

  test('I3: at the end of the lease the pilot is off by the next tick, and NO SERIAL COM is reported', () => {
    const { outputs } = run([...pluggedIn, grant(6_000), ...cars(6_250, 14_750), tick(14_850), tick(14_900)]);
    const commands = outputs.filter((output) => output.kind === 'board' && output.command.kind === 'set-pilot');
    expect(commands.at(-1)).toEqual({ kind: 'board', command: { kind: 'set-pilot', pilot: { kind: 'X1' } } });
    expect(reports(outputs).at(-1)?.faults).toEqual(['no-serial-com']);
    expect(plain(outputs, 'because')).toBe('no-grant');
  });

  test('I3: a process that slept across the end of its lease does not take up the renewal that waited', () => {
    const late = grant(17_000, { n: 2, raise: false, echo: { boot: BOOT, seq: 2, t: 16_900 } });
    const { outputs } = run([...pluggedIn, grant(6_000), late, car(17_020), car(17_040)]);
    expect(reports(outputs).at(-1)).toMatchObject({ lease: { n: 2, limit_dA: 0 } });
    const pilots = outputs.filter((output) => output.kind === 'board' && output.command.kind === 'set-pilot');
    expect(pilots.at(-1)).toEqual({ kind: 'board', command: { kind: 'set-pilot', pilot: { kind: 'X1' } } });
  });

  test('I3: nor does it miss that the lease had ended when what waited would raise it again', () => {
    const late = grant(17_000, { n: 2, echo: { boot: BOOT, seq: 2, t: 16_900 } });
    const { outputs } = run([...pluggedIn, grant(6_000), late]);
    const pilots = outputs.filter((output) => output.kind === 'board' && output.command.kind === 'set-pilot');
    expect(pilots.at(-1)).toEqual({ kind: 'board', command: { kind: 'set-pilot', pilot: { kind: 'X1' } } });
  });

  test('a start without any grant is silent after 10 s', () => {
    expect(reports(run([...pluggedIn, ...cars(6_000, 10_000), tick(9_999)]).outputs).at(-1)?.faults).toEqual([]);
    expect(reports(run([...pluggedIn, ...cars(6_000, 10_000), tick(10_000)]).outputs).at(-1)?.faults).toEqual([
      'no-serial-com',
    ]);
  });

  const message = (changes: object): SlaveInput => ({ ...grant(6_000), ...changes });
  test.each([
    ['I11: a retained grant', message({ retained: true }), 'retained'],
    [
      'I5: a grant that echoes another life',
      grant(6_000, { echo: { boot: '0000000000000002', seq: 1, t: 5_900 } }),
      'other-boot',
    ],
    [
      'I5: a grant that came too late',
      grant(6_000, { echo: { boot: BOOT, seq: 1, t: 0 }, validFor_ms: 6_000 }),
      'expired',
    ],
    ['13.2 item 7: a grant for another slave', grant(6_000, { to: 'right' }), 'addressee'],
    ['a grant on another topic', message({ topic: grantTopic('home', 'right') }), 'topic'],
    ['bytes that are no JSON', message({ payload: new Uint8Array([1, 2, 3]) }), 'not-json'],
    ['a grant of 5 A', message({ payload: signedAnyhow({ limit_dA: 50 }) }), 'schema'],
    ['a grant with an unknown key', message({ payload: signedAnyhow({ hurry: true }) }), 'schema'],
  ])('%s is dropped, counted by its reason, and offers nothing', (_case, input, reason) => {
    const { state, outputs } = run([...pluggedIn, input, tick(6_050)]);
    expect(state.dropped).toEqual({ [reason]: 1 });
    expect(outputs).toContainEqual(expect.objectContaining({ kind: 'note', level: 'warn' }));
    expect(outputs).not.toContainEqual(
      expect.objectContaining({
        command: expect.objectContaining({ pilot: expect.objectContaining({ kind: 'pwm' }) as unknown }) as unknown,
      }),
    );
  });
});

describe('when a slave reports', () => {
  test('each second, on a change, and at once when it has obeyed a newer grant', () => {
    const nobody = [idle(100), open(110), idle(200), idle(300)];
    const grants = [grant(2_400, { n: 1 }), grant(2_410, { n: 2 })];
    const { outputs } = run([...nobody, tick(1_200), tick(1_300), tick(1_400), tick(2_300), ...grants]);
    expect(reports(outputs).map(({ t }) => t)).toEqual([100, 300, 1_300, 2_300, 2_400, 2_410]);
  });

  test('I4 rule 1: a lowered limit is acknowledged only when the board has shown the pilot twice since', () => {
    const lowered = grant(12_000, { n: 2, limit_dA: 60 });
    const { outputs } = run([...pluggedIn, grant(6_000), ...cars(6_250, 12_000), lowered, car(12_020), car(12_040)]);
    const acknowledged = reports(outputs).filter(({ lease }) => lease?.n === 2);
    expect(acknowledged.map(({ t }) => t)).toEqual([12_040]);
  });

  test('I4 rule 1: what was told to a board that is lost is not acknowledged', () => {
    const lost: SlaveInput = { kind: 'board', event: { kind: 'board-changed', at: 11_900, lost: true } };
    const lowered = grant(12_000, { n: 2, limit_dA: 60 });
    const { outputs } = run([
      ...pluggedIn,
      grant(6_000),
      ...cars(6_250, 11_750),
      lost,
      lowered,
      tick(12_100),
      tick(13_200),
    ]);
    expect(reports(outputs).at(-1)).toMatchObject({
      lease: { n: 1 },
      faults: expect.arrayContaining(['board-lost']) as unknown,
    });
  });

  test('13.1 item 16: nothing is asked and answered: a report that is lost is made up for by the next', () => {
    const { outputs } = run([...pluggedIn, grant(6_000), car(6_020), car(6_040), tick(7_100), tick(8_200)]);
    const newest = reports(outputs).slice(-2);
    expect(newest.map(({ lease }) => lease?.n)).toEqual([1, 1]);
  });

  test.each<[string, object, object]>([
    ['13.1 item 28: a car', { kind: 'pilot-sampled', high_mV: 9_000, low_mV: null }, { pilot: 'B' }],
    ['13.2 item 20: a stop by the switch', { kind: 'switch-sensed', pressed: true }, { session: 'stopped' }],
    ['13.2 item 20: heat', { kind: 'temperature-sensed', celsius: 70 }, { faults: ['high-temperature'] }],
  ])('%s is in the next report, whether anybody heard of it or not', (_case, reading, said) => {
    const event = (at: number, of: object): SlaveInput => ({ kind: 'board', event: { ...of, at } as never });
    const released = event(250, { kind: 'switch-sensed', pressed: false });
    const { outputs } = run([released, ...pluggedIn, event(6_010, reading), event(6_020, reading), tick(7_100)]);
    expect(reports(outputs).at(-1)).toMatchObject(said);
  });

  test('the sequence number goes up by one with each report', () => {
    const seqs = reports(run([tick(10), tick(1_010), tick(2_010)]).outputs).map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, 3]);
  });

  test('after a new connect at once, and everything plain once more', () => {
    const { outputs } = run([tick(10), { kind: 'connected', at: 300 }]);
    expect(reports(outputs)).toHaveLength(2);
    expect(outputs.filter((output) => output.kind === 'publish' && output.topic.endsWith('/left/state'))).toHaveLength(
      2,
    );
  });
});

/** A body that our own encoder's types would not let pass. */
function signedAnyhow(changes: object): Uint8Array {
  const signed = grant(6_000);
  const text = signed.kind === 'message' ? new TextDecoder().decode(signed.payload) : '';
  return new TextEncoder().encode(JSON.stringify({ ...(JSON.parse(text) as object), ...changes }));
}
