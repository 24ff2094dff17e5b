import type { Phase } from '@fairamp/units';
import { goalTopic } from '@fairamp/protocol';
import { PLAIN_POINT, PLAIN_SITE } from './plain.js';
import { followed, goalOf, goalsText, hearGoal } from './goals.js';
import { initialMaster } from './master-node.js';
import type { MasterConfig, SlaveRecord } from './types.js';

const HOUR_ms = 3_600_000;
const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'normal',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  bridge: null,
  roster: ['left', 'right'].map((id) => ({
    ...PLAIN_POINT,
    id,
    key: new Uint8Array(32),
    maximum_dA: 160,
    failSafe: 'heartbeat',
    fallback_dA: 0,
  })),
  oldestSample_ms: 10_000,
};
const initial = initialMaster({ count: 1, boot: '00000000000000aa' }, 0, config);

function told(goal: unknown, { retained = false, at = 0 } = {}) {
  const payload = new TextEncoder().encode(typeof goal === 'string' ? goal : JSON.stringify(goal));
  return hear('left', { at, payload, retained });
}
function hear(id: string, told: { readonly at: number; readonly payload: Uint8Array; readonly retained: boolean }) {
  return hearGoal(initial, id, { kind: 'message', topic: goalTopic('home', id), ...told }, config);
}
const eightHours = { needs_Wh: 11_040, leavesIn_min: 480 };
const recordOf = (goal: SlaveRecord['goal']): SlaveRecord => ({ ...initial.slaves['left']!, goal });

test.each(['constructor', 'toString', 'right2'])('a goal for "%s", which is in no roster, changes nothing', (id) => {
  const { state } = hear(id, { at: 0, payload: new TextEncoder().encode(JSON.stringify(eightHours)), retained: false });
  expect(state.slaves).toEqual(initial.slaves);
  expect(state.dropped).toEqual({ 'not-in-roster': 1 });
});

describe('what a car needs by when', () => {
  test('becomes a pace and a laxity: 11 kWh in 8 hours are 6 A on one phase, and at 16 A three hours are enough', () => {
    const record = told(eightHours).state.slaves['left']!;
    const one = { phases: ['L1'] as readonly Phase[], maximum_dA: 160 };
    expect(goalOf(record, one, 0)).toEqual({ pace_dA: 60, laxity_ms: 5 * HOUR_ms });
    expect(goalOf(record, { ...one, phases: ['L1', 'L2', 'L3'] }, 0)).toEqual({ pace_dA: 20, laxity_ms: 7 * HOUR_ms });
    expect(goalOf(record, one, 8 * HOUR_ms)).toMatchObject({ pace_dA: 160 });
  });

  test('is followed by what its charge point meters, for no longer than its reports come', () => {
    const before = initial.slaves['left']!.report;
    expect(before).toBeNull();
    const report = { pilot: 'C', contactor: 'closed', phases: ['L1'], lease: null, draw_dA: { L1: 100, L2: 0, L3: 0 } };
    const one = report as unknown as Parameters<typeof followed>[1];
    const record = {
      ...recordOf({ needs_Wh: 1_000, leavesAt: HOUR_ms, had_Wh: 0 }),
      report: { message: one, at: 1_000 },
    };
    // 10 A at 230 V for 3.6 s are 2.3 Wh.
    expect(followed(record, one, 4_600)?.had_Wh).toBeCloseTo(2.3);
    expect(followed(record, one, 3_600_000)?.had_Wh).toBeCloseTo((2.3 * 5) / 3.6);
    expect(followed(record, { ...one, pilot: 'A' }, 4_600)).toBeNull();
  });

  test.each([
    ['is taken back by nothing', { ...eightHours, needs_Wh: 0 }, {}, 0],
    ['is refused where it is no JSON', 'soon', {}, 1],
    ['is refused where it is more than a car holds', { ...eightHours, needs_Wh: 1e9 }, {}, 1],
    ['is refused with an unknown key', { ...eightHours, priority: 9 }, {}, 1],
    ['is refused as a retained message: it counts from its arrival', eightHours, { retained: true }, 1],
  ])('%s', (_case, goal, options, notes) => {
    const { state, outputs } = told(goal, options);
    expect(state.slaves['left']?.goal).toBeNull();
    expect(outputs).toHaveLength(notes);
  });
});

test.each([
  [{ needs_Wh: 5_000, leavesAt: 8 * HOUR_ms }, 'left will be ready: needs 5.0 kWh in 8.0 h'],
  [
    { needs_Wh: 100_000, leavesAt: 8 * HOUR_ms },
    'left cannot be ready: needs 100.0 kWh in 8.0 h, at its 16.0 A 11.7 kWh are missing',
  ],
  [
    { needs_Wh: 80_000, leavesAt: 8 * HOUR_ms },
    'left may not be ready: needs 80.0 kWh in 8.0 h, with a fair share of 12.5 A 11.0 kWh are missing',
  ],
  [{ needs_Wh: 2_000, leavesAt: 1.5 * HOUR_ms }, 'left will be ready: needs 2.0 kWh in 90 min'],
  [{ needs_Wh: 2_000, leavesAt: 2 * HOUR_ms - 60_000 }, 'left will be ready: needs 2.0 kWh in 119 min'],
  [{ needs_Wh: 2_000, leavesAt: 2 * HOUR_ms - 1_000 }, 'left will be ready: needs 2.0 kWh in 2.0 h'],
])('whoever plugs in is told: %o', (goal, sentence) => {
  const seatedAt = 0;
  const slaves = {
    left: { ...recordOf({ ...goal, had_Wh: 0 }), seatedAt },
    right: { ...initial.slaves['right']!, seatedAt },
  };
  expect(goalsText({ ...initial, slaves }, 0, config)).toBe(sentence);
});

const BY_SHARE = 'with a fair share of 12.5 A 3.7 kWh are missing';
test.each([
  [125, 125, 0, `left may not be ready: needs 26.7 kWh in 8.0 h, ${BY_SHARE}`],
  [130, 130, 0, 'left may not be ready: needs 26.7 kWh in 8.0 h, with the 13.0 A that it has 2.8 kWh are missing'],
  [150, 120, 0, 'left will be ready: needs 26.7 kWh in 8.0 h'],
  [150, null, 0, 'left will be ready: needs 26.7 kWh in 8.0 h'],
  [150, 119, 0, `left may not be ready: needs 26.7 kWh in 8.0 h, ${BY_SHARE}`],
  [150, 150, 10_000, expect.stringContaining('with a fair share of 12.5 A')],
])(
  'whom the others leave more than its share is told what that is good for, if it uses it: %i dA, draws %p',
  (limit_dA, draw_dA, at, sentence) => {
    const goal = { needs_Wh: 26_680, leavesAt: 8 * HOUR_ms, had_Wh: 0 };
    const draw = draw_dA === null ? null : { L1: draw_dA, L2: 0, L3: 0 };
    const charging = { pilot: 'C', phases: ['L1'], demand_dA: 160, draw_dA: draw };
    const report = { message: charging as unknown as Parameters<typeof followed>[1], at: 0 };
    const left = { ...recordOf(goal), need: 'charging' as const, seatedAt: 0, limit_dA, report };
    const slaves = { left, right: { ...initial.slaves['right']!, seatedAt: 0 } };
    expect(goalsText({ ...initial, slaves }, at, config)).toEqual(sentence);
  },
);

describe('whose car has stopped by itself', () => {
  const goal = { needs_Wh: 80_000, leavesAt: 8 * HOUR_ms, had_Wh: 78_000 };
  const resting = { pilot: 'B', phases: ['L1'], demand_dA: 160, draw_dA: { L1: 0, L2: 0, L3: 0 } };
  const report = { message: resting as unknown as Parameters<typeof followed>[1], at: 0 };
  const said = (at: number, had_Wh = goal.had_Wh): string => {
    const left = { ...recordOf({ ...goal, had_Wh }), need: 'resting' as const, report };
    return goalsText({ ...initial, slaves: { ...initial.slaves, left } }, at, config);
  };

  test('is not told that others keep it from being ready', () => {
    expect(said(0)).toBe('left takes no more: its car has stopped with 2.0 kWh to go');
  });

  test('is not known to have stopped once nobody hears it', () => {
    expect(said(10_000)).toMatch(/^left will be ready/);
  });

  test('is ready, but for what reads as nothing', () => {
    expect(said(0, 79_960)).toBe('left is ready');
  });
});
