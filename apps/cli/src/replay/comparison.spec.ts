import { encodeMessage, type Unsigned } from '@fairamp/protocol';
import { PLAIN_POINT, PLAIN_SITE, type MasterConfig } from '@fairamp/nodes';
import { PHASES, type Because } from '@fairamp/units';
import { Comparison, WARM_UP_ms } from './comparison.js';
import { type Configs, type Granted } from './player.js';

const KEY = new Uint8Array(32);
const CONFIG: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: PHASES,
  bridge: { id: 'meter', key: KEY },
  roster: [{ ...PLAIN_POINT, id: 'one', key: KEY, maximum_dA: 320, failSafe: 'process', fallback_dA: 0 }],
  oldestSample_ms: 10_000,
};
const CONFIGS: Configs = { same: CONFIG, other: { ...CONFIG, mains_dA: 200 } };
const BOOT = '00000000000000aa';

const REPORT: Unsigned<'report'> = {
  from: 'one',
  boot: BOOT,
  seq: 1,
  t: 0,
  session: 'charging',
  pilot: 'C',
  contactor: 'closed',
  lease: null,
  fallback: null,
  draw_dA: { L1: 100, L2: 0, L3: 0 },
  drawLow_dA: null,
  demand_dA: 320,
  demandBecause: 'setting-max',
  phases: ['L1'],
  faults: [],
  failSafe: 'process',
};
const sample = (L1: number): Uint8Array => {
  const rest = { t: 0, age_ms: 0, signed: false, master: null, echo: null };
  return encodeMessage(
    'sample',
    { from: 'meter', boot: BOOT, seq: 1, current_dA: { L1, L2: 0, L3: 0 }, ...rest },
    {
      site: 'home',
      key: KEY,
    },
  );
};

type Step = { readonly same?: Granted; readonly other?: Granted; readonly recorded_A?: string; readonly L1?: number };
const granted = (limit_dA: number, ...because: readonly Because[]): Granted => {
  return { id: 'one', limit_dA, because, validFor_ms: 10_000 };
};

/** One step a second after the warm-up; the charge point is heard in each. */
function compared(steps: readonly Step[]): Comparison {
  const comparison = new Comparison(['one']);
  const hear = (leaf: string, payload: Uint8Array, t_ms: number, role = 'slave/one'): void =>
    comparison.hear({ t_ms, topic: `fairamp/home/telemetry/${role}/${leaf}`, retain: false, payload });
  steps.forEach(({ same, other, recorded_A, L1 }, second) => {
    const at = WARM_UP_ms + second * 1000;
    comparison.advance(at, CONFIGS);
    hear('report', encodeMessage('report', REPORT, { site: 'home', key: KEY }), at);
    if (L1 !== undefined) hear('sample', sample(L1), at, 'bridge/meter');
    if (recorded_A !== undefined) hear('limit_A', Buffer.from(recorded_A), at);
    comparison.take({ at, same: same === undefined ? [] : [same], other: other === undefined ? [] : [other] });
  });
  comparison.advance(WARM_UP_ms + steps.length * 1000, CONFIGS);
  comparison.finish();
  return comparison;
}
const sumsOf = (steps: readonly Step[]): unknown => compared(steps).sums.get('one');

test('what stood is added up until something else stands', () => {
  const steps = [{ same: granted(100, 'mains-L1'), other: granted(60, 'mains-L1'), recorded_A: '10.2' }, {}, {}];
  expect(sumsOf(steps)).toEqual({
    recorded: 306_000,
    same: 300_000,
    other: 180_000,
    agreed_ms: 3000,
    otherwise_ms: 3000,
  });
});

test('a grant that is not renewed ends', () => {
  const steps = [{ same: granted(100, 'cable'), other: granted(100, 'cable') }, ...Array<Step>(14).fill({})];
  expect(sumsOf(steps)).toMatchObject({ same: 1_000_000, other: 1_000_000 });
});

describe('a raise that waits for its 5 s since one of the recording', () => {
  const first = { same: granted(100, 'mains-L1'), other: granted(200, 'cable'), recorded_A: '10.0' };
  const waiting = { same: granted(100, 'raise-interval'), other: granted(100, 'raise-interval') };

  test('keeps the higher answer of before', () => {
    expect(sumsOf([first, waiting, waiting])).toMatchObject({ same: 300_000, other: 600_000 });
  });

  test('keeps none that something else has lowered', () => {
    const lowered = { ...waiting, other: granted(80, 'mains-L1') };
    expect(sumsOf([first, lowered, waiting])).toMatchObject({ other: 380_000 });
  });

  test('says of the decision itself, not of what was kept, whether it agrees', () => {
    const higher = { ...first, same: granted(200, 'cable') };
    expect(sumsOf([higher, waiting])).toMatchObject({ agreed_ms: 1000 });
  });
});

describe('moments', () => {
  const alike = { same: granted(100, 'mains-L1'), other: granted(100, 'mains-L1') };
  const apart = { same: granted(100, 'mains-L1'), other: granted(60, 'mains-L2') };

  test.each([
    ['one, though they agreed for 2 s in between', [apart, alike, alike, apart, alike], 1],
    ['two, when they agreed for longer', [apart, alike, alike, alike, alike, apart, alike], 2],
    ['none, where it decides what was recorded', [{ ...apart, recorded_A: '6.0' }, apart], 0],
    ['none, for less than half an ampere', [{ ...alike, other: granted(96, 'mains-L1') }], 0],
  ])('%s', (_, steps, count) => expect(compared(steps).moments).toHaveLength(count));

  test('have the range of what stood, and the reason that stood longest', () => {
    const other = [granted(60, 'mains-L2'), granted(80, 'mains-L1'), granted(70, 'mains-L1')];
    const { moments } = compared(other.map((one) => ({ same: granted(100, 'cable'), other: one })));
    expect(moments).toMatchObject([{ from_ms: WARM_UP_ms, to_ms: WARM_UP_ms + 3000 }]);
    expect(moments[0]?.other).toEqual({ least_dA: 60, most_dA: 80, becauses: { 'mains-L2': 1000, 'mains-L1': 2000 } });
  });
});

test('the recorded mains are above a limit while our car draws there', () => {
  const { overSame, overOther } = compared([{ L1: 260 }, { L1: 220 }, { L1: 190 }, { L1: 220 }]);
  expect(overSame).toMatchObject({ total_ms: 1000, longest_ms: 1000 });
  expect(overOther).toMatchObject({ total_ms: 3000, longest_ms: 2000 });
});
