// What the meters' judges are told of our cars: only a report that was surely made within the last two seconds says what
// is drawn now.
import { blankPage, promise } from '@fairamp/leases';
import { encodeMessage, reportTopic, sampleTopic, type Unsigned } from '@fairamp/protocol';
import { MAINS, perPhase, type Milliseconds, type PerPhase } from '@fairamp/units';
import { initialMaster, stepMaster } from './master-node.js';
import { PLAIN_POINT, PLAIN_SITE } from './plain.js';
import type { MasterConfig, MasterInput, MasterState, SlaveRecord } from './types.js';

const key = new Uint8Array(32).fill(1);
const meterKey = new Uint8Array(32).fill(9);
const boot = '00000000000000aa';
const epoch = { count: 1, boot };
const device = { id: 'left', maximum_dA: 320, failSafe: 'heartbeat', fallback_dA: 0 } as const;
const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  bridge: { id: 'meter', key: meterKey },
  roster: [{ ...PLAIN_POINT, ...device, key }],
  oldestSample_ms: 10_000,
};
const HELD_dA = 160;
const DRAWN: PerPhase<number> = { L1: 100, L2: 0, L3: 0 };
const ARRIVED: Milliseconds = 10_000;

/** It has been granted 16 A by the grant with n = 3, sent so long before its report arrives. */
function granted(sentBefore_ms: Milliseconds): MasterState {
  const state = initialMaster(epoch, 0, config);
  const grant = { epoch, n: 3, limit_dA: HELD_dA, validFor_ms: 10_000 };
  const page = promise(blankPage(device), grant, ARRIVED - sentBefore_ms);
  const sent = [{ n: 3, at: ARRIVED - sentBefore_ms }];
  const record: SlaveRecord = { ...(state.slaves['left'] as SlaveRecord), page, n: 3, sent };
  return { ...state, weighedAt: ARRIVED, slaves: { left: record } };
}

function report(changes: Partial<Unsigned<'report'>> = {}): MasterInput {
  const body: Unsigned<'report'> = {
    from: 'left',
    boot: '0000000000000001',
    seq: 1,
    t: 500,
    session: 'charging',
    pilot: 'C',
    contactor: 'closed',
    lease: { epoch, n: 3, limit_dA: HELD_dA, endsAt_t: 99_000 },
    fallback: null,
    draw_dA: DRAWN,
    drawLow_dA: DRAWN,
    demand_dA: 320,
    demandBecause: 'setting-max',
    phases: ['L1'],
    faults: [],
    failSafe: 'heartbeat',
    ...changes,
  };
  const payload = encodeMessage('report', body, { site: 'home', key });
  return { kind: 'message', at: ARRIVED, topic: reportTopic('home', 'left'), payload, retained: false };
}

/** What stands in the newest bucket of the mains' judge. */
function told({ circuits }: MasterState): readonly [low: PerPhase<number>, high: PerPhase<number>] | null {
  const bucket = circuits[MAINS]?.trust?.cars.at(-1);
  return bucket === undefined ? null : [bucket.low_dA, bucket.high_dA];
}
const NOTHING = perPhase(() => 0);
const tick = (at: Milliseconds): MasterInput => ({ kind: 'tick', at });
const onL1 = (L1: number): PerPhase<number> => ({ L1, L2: 0, L3: 0 });

describe('I7: what our cars surely draw, and at most', () => {
  const of = (count: number, n: number) => ({ lease: { epoch: { count, boot }, n, limit_dA: 60, endsAt_t: 99_000 } });
  const certainly = [DRAWN, DRAWN] as const;
  const atMost = (L1: number) => [NOTHING, onL1(L1)] as const;

  test.each<[string, Milliseconds, Partial<Unsigned<'report'>>, ReturnType<typeof told>]>([
    ['a report that carries a grant of just now', 100, {}, certainly],
    ['the same for two seconds after the grant', 1_750, {}, certainly],
    ['and no longer, however late the report came', 1_751, {}, atMost(HELD_dA)],
    ['a grant of another master dates nothing', 100, of(0, 3), atMost(HELD_dA)],
    ['nor does one that was never sent', 100, of(1, 2), atMost(HELD_dA)],
    ['who is not metered bears no witness', 100, { draw_dA: null, drawLow_dA: null }, atMost(HELD_dA)],
    ['a car that takes more than it holds', 1_900, { draw_dA: onL1(300) }, atMost(300)],
  ])('%s', (...[, sentBefore_ms, changes, expected]) => {
    const heard = stepMaster(granted(sentBefore_ms), report(changes), config).state;
    expect(told(stepMaster(heard, tick(ARRIVED + 250), config).state)).toEqual(expected);
  });

  test('its own clock dates what follows, by a hundredth less', () => {
    const first = stepMaster(granted(100), report(), config).state;
    const later = (at: Milliseconds, t: Milliseconds, changes: Partial<Unsigned<'report'>> = {}) => {
      const second = { ...report({ seq: 2, t, ...changes }), at } as MasterInput;
      const heard = stepMaster(first, second, config).state;
      return told(stepMaster(heard, tick(at), config).state);
    };
    // Made 1.01 s after the first one, so a second of ours at least: 10.9 s.
    expect(later(ARRIVED + 2_900, 500 + 1_010)).toEqual(certainly);
    expect(later(ARRIVED + 2_901, 500 + 1_010)).toEqual(atMost(HELD_dA));
    expect(later(ARRIVED + 1_901, 2_500)).toEqual(certainly);
    expect(later(ARRIVED + 1_901, 2_500, { boot: '0000000000000002' })).toEqual(atMost(HELD_dA));
  });

  test('who has not been heard for 2.5 s may use every conductor', () => {
    const heard = stepMaster(granted(100), report(), config).state;
    const silent = stepMaster(heard, tick(ARRIVED + 2_501), config).state;
    expect(told(silent)).toEqual([NOTHING, perPhase(() => HELD_dA)]);
  });
});

describe('I7: when it is told', () => {
  const heard = (): MasterState => stepMaster(granted(100), report(), config).state;

  test('not with every report', () => {
    expect(told(heard())).toBeNull();
    expect(heard().weighedAt).toBe(ARRIVED);
  });

  test('four times a second, whatever is heard', () => {
    const state = heard();
    expect(stepMaster(state, tick(ARRIVED + 249), config).state.weighedAt).toBe(ARRIVED);
    expect(stepMaster(state, tick(ARRIVED + 250), config).state.weighedAt).toBe(ARRIVED + 250);
  });

  test('right before each sample', () => {
    const state = stepMaster(heard(), tick(ARRIVED + 20), config).state;
    const echo = { boot, seq: 1, since_ms: 10 };
    const body = {
      from: 'meter',
      boot: '00000000000000bb',
      seq: 1,
      t: 1,
      age_ms: 90,
      signed: false,
      master: { boot, for_ms: 60_000 },
      echo,
      current_dA: perPhase(() => 50),
    } as unknown as Unsigned<'sample'>;
    const payload = encodeMessage('sample', body, { site: 'home', key: meterKey });
    const input = { kind: 'message', topic: sampleTopic('home', 'meter'), payload, retained: false } as const;
    const sampled = stepMaster(state, { ...input, at: ARRIVED + 60 }, config).state;
    expect(sampled.dropped).toEqual({});
    expect(sampled.weighedAt).toBe(ARRIVED + 60);
    expect(told(sampled)).toEqual([DRAWN, DRAWN]);
  });
});
