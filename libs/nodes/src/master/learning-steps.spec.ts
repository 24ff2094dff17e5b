// One sample, one report, one question at a time.
import type { Report } from '@fairamp/protocol';
import { AS_LABELLED, perPhase } from '@fairamp/units';
import { scripted as config, Scripted } from '../../test/scripted-wiring.js';
import { askLearning, learnReport, learnSample } from './learning.js';
import { initialMaster } from './master-node.js';
import type { LearningRecord, MasterConfig, MasterState } from './types.js';

const use: MasterConfig = { ...config, learning: 'use' };
const BOOT = '0000000000000001';
const EPOCH = { count: 1, boot: '00000000000000aa' };

function reportOf(changes: Partial<Report> = {}): Report {
  return {
    from: 'left',
    boot: BOOT,
    seq: 1,
    t: 1_000,
    session: 'charging',
    pilot: 'C',
    contactor: 'closed',
    lease: { epoch: EPOCH, n: 1, limit_dA: 100, endsAt_t: 5_000 },
    fallback: null,
    draw_dA: null,
    drawLow_dA: null,
    demand_dA: 320,
    demandBecause: 'setting-max',
    phases: ['L1'],
    faults: [],
    failSafe: 'process',
    mac: '',
    ...changes,
  };
}

/** `left` has told this at 1 s, and its car has taught two steps. */
function told(message = reportOf()): MasterState {
  const blank = initialMaster(EPOCH, 0, config);
  const state = learnReport(blank, message, 1_000, config);
  const { left } = state.slaves;
  const { learning } = state;
  const point = learning?.seen.points['left'];
  if (left === undefined || learning === null || point === undefined) throw new Error('nothing is learnt of left');
  const taught = { ...learning.seen, points: { ...learning.seen.points, left: { ...point, steps: 2, carSteps: 2 } } };
  const slaves = { ...state.slaves, left: { ...left, report: { message, at: 1_000 } } };
  return { ...state, slaves, learning: { ...learning, seen: taught } };
}
const pointOf = (state: MasterState) => state.learning?.seen.points['left'];

test.each<[string, Partial<Report>, number, number]>([
  ['the same car', {}, 2_000, 2],
  ['nothing plugged in any more', { pilot: 'A', contactor: 'open' }, 2_000, 0],
  ['a fault of the pilot', { pilot: 'F', contactor: 'open' }, 2_000, 0],
  ['a start of its slave: it may be another car', { boot: '0000000000000002' }, 2_000, 0],
  ['a silence of 5 s: it may be another car', {}, 6_001, 0],
])('%s', (_case, changes, at, carSteps) => {
  const after = learnReport(told(), reportOf(changes), at, config);
  // A movement that is still open is the old car's: it is gone when that has settled.
  const isGone = pointOf(after)?.hasLeft === true || pointOf(after)?.carSteps === 0;
  expect(isGone ? 0 : pointOf(after)?.carSteps).toBe(carSteps);
});

test('two slaves with one id teach nothing', () => {
  const state = told();
  const { left } = state.slaves;
  if (left === undefined) throw new Error('no left');
  const doubled = { ...state, slaves: { ...state.slaves, left: { ...left, duplicateUntil: 2_001 } } };
  expect(learnReport(doubled, reportOf(), 2_000, config)).toBe(doubled);
});

test.each<[string, Partial<Report>, boolean]>([
  ['labelled terminals', { phases: ['L1', 'L2', 'L3'] }, true],
  ['one of them', { phases: ['L1'] }, true],
  ['terminals that the slave itself calls otherwise', { phases: ['L2', 'L3', 'L1'] }, false],
  ['the same, metered', { phases: ['L2'], draw_dA: { L1: 0, L2: 60, L3: 0 } }, true],
])('an unmetered car is one of %s', (_case, changes, isHeard) => {
  const state = told();
  expect(learnReport(state, reportOf(changes), 2_000, config) !== state).toBe(isHeard);
});

test.each([
  ['alive', 1_000, 100],
  ['over', 5_000, 0],
])('an offer counts while its lease is %s', (_case, t, offer_dA) => {
  expect(pointOf(told(reportOf({ t })))?.level?.offer_dA).toBe(offer_dA);
});

test('a meter below the mains teaches nothing', () => {
  const state = told();
  const times = { arrivedAt: 2_000, measuredAt: 1_900, namedFor_ms: 0 };
  const sample = { boot: BOOT, seq: 1, current_dA: perPhase(() => 10), signed: true, ...times };
  expect(learnSample(state, 'garage', sample, config)).toBe(state);
  expect(learnSample(state, 'mains', sample, config).learning?.seen.samples).toHaveLength(1);
});

describe('the question what has been learnt', () => {
  const site = new Scripted(config);
  site.visit('left', { L1: 100, L2: 0, L3: 0 }, { L1: 0, L2: 0, L3: -100 });
  site.visit('left', { L1: 100, L2: 100, L3: 0 }, { L1: 100, L2: 0, L3: -100 });
  const LATER = 1e9;
  const asked = (changes: Partial<LearningRecord>, own = config, asking: MasterState['asking'] = null) => {
    const { learning } = site.state;
    if (learning === null) throw new Error('nothing is learnt');
    return askLearning({ ...site.state, asking, learning: { ...learning, words: 'old', ...changes } }, LATER, own);
  };

  test('is put when there may be news', () => {
    expect(asked({ basis: 'other' }).state.learning?.words).toContain('transformers.order: [L2, L3, L1]');
  });

  test('is not put while a decision waits, too soon, or when nothing has been learnt since', () => {
    expect(asked({ basis: 'other' }, config, { until: LATER + 1, circuits: [] }).state.learning?.words).toBe('old');
    expect(asked({ basis: 'other', askedAt: LATER - 9_999 }).state.learning?.words).toBe('old');
    expect(asked({}).state.learning).toMatchObject({ words: 'old', askedAt: LATER });
  });

  test('what begins to hold turns what is remembered, and the log says it', () => {
    const { state, outputs } = asked({ basis: 'other' }, use);
    expect(site.state.freshness.newest?.current_dA).toEqual({ L1: 50, L2: 50, L3: 50 });
    expect(state.freshness.newest?.current_dA).toEqual({ L1: -50, L2: 50, L3: 50 });
    expect(outputs).toMatchObject([{ kind: 'note', level: 'warn', text: expect.stringContaining('reversed [L3]') }]);
  });

  test('what holds and is not named any more goes on', () => {
    const right = ['L3', 'L1', 'L2'] as const;
    const used = {
      transformers: { order: AS_LABELLED, reversed: ['L2'] as const },
      rotations: { left: AS_LABELLED, right },
    };
    expect(asked({ basis: 'other', used }, use).state.learning?.used).toEqual({
      transformers: { order: ['L2', 'L3', 'L1'], reversed: ['L2', 'L3'] },
      rotations: { left: AS_LABELLED, right },
    });
  });
});
