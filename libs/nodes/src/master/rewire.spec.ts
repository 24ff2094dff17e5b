// What the master remembers, when the wiring counts otherwise from one moment to the next.
import {
  initialInference,
  initialOutflow,
  initialTrust,
  stepInference,
  type DistrustCode,
  type TrustState,
} from '@fairamp/balancing';
import type { Learnt } from '@fairamp/learning';
import { AS_LABELLED, PHASES, perPhase, type Phase } from '@fairamp/units';
import { initialMaster } from './master-node.js';
import { PLAIN_POINT, PLAIN_SITE } from './plain.js';
import { rewired } from './rewire.js';
import type { MasterConfig, MasterState } from './types.js';

const key = new Uint8Array(32);
const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: PHASES,
  bridge: { id: 'meter', key },
  roster: [{ ...PLAIN_POINT, id: 'left', key, maximum_dA: 320, failSafe: 'process', fallback_dA: 0 }],
  oldestSample_ms: 10_000,
};
const BOOT = '00000000000000aa';
const was: Learnt = { transformers: { order: AS_LABELLED, reversed: [] }, rotations: { left: AS_LABELLED } };
const is: Learnt = {
  transformers: { order: ['L2', 'L1', 'L3'], reversed: ['L3'] },
  rotations: { left: ['L2', 'L3', 'L1'] },
};

function remembering(signed = true, trust: Partial<TrustState> = {}): MasterState {
  const blank = initialMaster({ count: 1, boot: BOOT }, 0, config);
  const current_dA = { L1: 10, L2: 20, L3: -30 };
  const times = { arrivedAt: 5_000, measuredAt: 4_800, namedFor_ms: 20_000 };
  const newest = { boot: BOOT, seq: 1, current_dA, signed, ...times };
  const message = {
    from: 'left',
    boot: BOOT,
    seq: 1,
    t: 1,
    session: 'charging',
    pilot: 'C',
    contactor: 'closed',
    lease: null,
    fallback: null,
    draw_dA: { L1: 60, L2: 50, L3: 0 },
    drawLow_dA: null,
    demand_dA: 320,
    demandBecause: 'setting-max',
    phases: ['L1', 'L2'],
    faults: [],
    failSafe: 'process',
    mac: '',
  };
  const { left } = blank.slaves;
  const { mains } = blank.circuits;
  if (left === undefined || mains === undefined) throw new Error('a site without its charge point or its mains');
  const draws = [{ at: 4_000, draw_dA: { L1: 60, L2: 50, L3: 0 } }];
  const answers = {
    mains: { from: 3, low_dA: { L1: 60, L2: 50, L3: 0 } },
    shed: { from: 2, low_dA: perPhase(() => 0) },
  };
  const heard = { ...left, n: 7, draws, answers, report: { at: 4_000, message } } as typeof left;
  const short: TrustState['short'] = [['L1']];
  const warm = {
    ...mains,
    heat: { L1: 0.1, L2: 0.9, L3: 0.2 },
    overSince: { L1: null, L2: 4_000, L3: 3_000 },
    recent: [{ at: 4_000, beside_dA: { L1: 10, L2: 20, L3: 5 } }],
    trust: { ...initialTrust(), boot: BOOT, short, ...trust },
  };
  return {
    ...blank,
    freshness: { ...blank.freshness, newest },
    slaves: { left: heard },
    circuits: { ...blank.circuits, mains: warm },
  };
}

test('a charge point: what it drew and uses is turned, what it has answered counts as not answered', () => {
  const { left } = rewired(remembering(), was, is).slaves;
  expect(left?.report?.message).toMatchObject({
    draw_dA: { L1: 0, L2: 60, L3: 50 },
    drawLow_dA: null,
    phases: ['L2', 'L3'],
  });
  expect(left?.draws).toEqual([{ at: 4_000, draw_dA: { L1: 0, L2: 60, L3: 50 } }]);
  expect(left?.answers).toEqual({ mains: { from: 8, low_dA: null }, shed: { from: 8, low_dA: null } });
});

test.each([
  ['signed', true, { L1: 20, L2: 10, L3: 30 }],
  ['a magnitude', false, { L1: 20, L2: 10, L3: -30 }],
])('the newest sample (%s) is read by the new wiring, and back again as it was', (_case, signed, expected) => {
  const state = remembering(signed);
  const after = rewired(state, was, is);
  expect(after.freshness.newest?.current_dA).toEqual(expected);
  expect(rewired(after, is, was).freshness.newest).toEqual(state.freshness.newest);
});

test('a circuit: the worst of its conductors counts for each', () => {
  const { mains } = rewired(remembering(), was, is).circuits;
  expect(mains).toMatchObject({
    heat: perPhase(() => 0.9),
    overSince: perPhase(() => 3_000),
    recent: [{ at: 4_000, beside_dA: perPhase(() => 20) }],
  });
});

test('what was inferred of our cars and of the sun is forgotten', () => {
  const obeyed = { kind: 'obeyed', id: 'left', at: 1, limit_dA: 60, isClosed: true, isPlugged: true } as const;
  const event = { ...obeyed, phases: ['L1'] as const };
  const inference = stepInference(initialInference(), event, { mayExport: true });
  const state = remembering();
  const { mains } = state.circuits;
  if (mains === undefined) throw new Error('no mains');
  const blank = initialOutflow();
  const outflow = { ...blank, L1: { ...blank.L1, contrary: 1 } };
  const inferred = { ...state, circuits: { ...state.circuits, mains: { ...mains, inference, outflow } } };
  expect(inference).not.toEqual(initialInference());
  const after = rewired(inferred, was, is).circuits['mains'];
  expect([after?.inference, after?.outflow]).toEqual([initialInference(), initialOutflow()]);
});

describe('I7: belief in the meter', () => {
  const reading_dA = { L1: 1, L2: 2, L3: 3 };
  const held = { phases: PHASES, since: 1, evidence: '', reading_dA, refutedSince: null };
  const exchanged: Learnt = { ...was, transformers: { order: ['L2', 'L1', 'L3'], reversed: [] } };
  const turnedRound: Learnt = { ...was, transformers: { order: AS_LABELLED, reversed: ['L1'] } };
  /** It is taken to draw on L1 and L2, and goes on to draw on L2 and L3. */
  const rotated: Learnt = { ...was, rotations: { left: ['L2', 'L3', 'L1'] } };
  /** Three-phase or not, somebody else. */
  const another: Learnt = { ...was, rotations: { ...was.rotations, right: ['L2', 'L3', 'L1'] } };
  type Held = Omit<TrustState['accusation'] & object, keyof typeof held>;

  function heldAfter(to: Learnt, over: Held & { readonly phases?: readonly Phase[] }, circuit = 'mains'): TrustState {
    const state = remembering(true, { accusation: { ...held, ...over }, accusations: 3 });
    const { mains } = state.circuits;
    if (mains === undefined) throw new Error('no mains');
    const after = rewired({ ...state, circuits: { mains, shed: mains, barn: mains } }, was, to).circuits[circuit];
    if (!after?.trust) throw new Error('no trust');
    return after.trust;
  }

  test.each<[DistrustCode, Phase, string, Learnt]>([
    ['swapped', 'L1', 'transformers exchanged', exchanged],
    ['unmoved', 'L2', 'transformers exchanged', exchanged],
    ['sign-flipped', 'L1', 'a transformer turned round', turnedRound],
    ['below-cars', 'L1', 'a charge point rotated away', rotated],
    ['scaled', 'L3', 'a charge point rotated to it', rotated],
  ])('%s on %s was a mistake about the wiring: %s', (because, phase, _what, to) => {
    expect(heldAfter(to, { because, phases: [phase] })).toEqual({ ...initialTrust(), boot: BOOT, accusations: 3 });
  });

  test.each<[DistrustCode, Phase, string, Learnt]>([
    ['unmoved', 'L3', 'transformers exchanged', exchanged],
    ['sign-flipped', 'L2', 'a transformer turned round', turnedRound],
    ['scaled', 'L1', 'a charge point rotated of which nothing was heard', another],
    ['frozen', 'L1', 'a charge point rotated', rotated],
    ['implausible', 'L1', 'a charge point rotated', rotated],
    ['unplugged', 'L1', 'a charge point rotated', rotated],
  ])('%s on %s is not refuted by that something is read otherwise: %s', (because, phase, _what, to) => {
    expect(heldAfter(to, { because, phases: [phase] })).toMatchObject({
      accusation: { because, phases: [phase], since: 1 },
      accusations: 3,
    });
  });

  test('what is kept goes with its transformer', () => {
    expect(heldAfter(is, { because: 'unplugged', phases: ['L1', 'L3'] }).accusation).toMatchObject({
      phases: ['L2', 'L3'],
      reading_dA: { L1: 2, L2: 1, L3: -3 },
    });
  });

  test.each([
    ['shed', rotated, null],
    ['barn', rotated, ['L1']],
    ['shed', exchanged, ['L1']],
  ])('the meter of %s is only explained by a charge point below it', (circuit, to, phases) => {
    expect(heldAfter(to, { because: 'unmoved', phases: ['L1'] }, circuit).accusation?.phases ?? null).toEqual(phases);
  });
});
