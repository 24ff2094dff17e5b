import { AS_LABELLED, PHASES } from '@fairamp/units';
import { learntFrom, proposalWords, type LearningConfig, type Proposal } from './index.js';

const config: LearningConfig = {
  mainsPhases: PHASES,
  mayExport: true,
  mayBeBattery: false,
  transformers: { order: ['L2', 'L3', 'L1'], reversed: ['L1'], isOrderConfirmed: false, areDirectionsConfirmed: false },
  chargePoints: [
    { id: 'left', rotation: AS_LABELLED, isConfirmed: true },
    { id: 'right', rotation: AS_LABELLED, isConfirmed: false },
  ],
};
const evidence = { starts: 2, steps: 5, margin: Math.log(4000), latest: [] };
const turned: Proposal = {
  kind: 'rotation',
  chargePoint: 'right',
  rotation: ['L2', 'L3', 'L1'],
  configured: AS_LABELLED,
  relativeTo: 'left',
  evidence,
};
const swapped: Proposal = {
  kind: 'order',
  order: ['L2', 'L1', 'L3'],
  configured: ['L2', 'L3', 'L1'],
  relativeTo: 'left',
  evidence,
};
const direction = (transformer: 'L1' | 'L2' | 'L3', isReversed: boolean): Extract<Proposal, { kind: 'direction' }> => ({
  kind: 'direction',
  transformer,
  isReversed,
  isConfigured: transformer === 'L1',
  mayBeBattery: false,
  evidence,
});

test('nothing named: everything as configured', () => {
  const { transformers, rotations } = learntFrom([], config);
  expect(transformers).toEqual({ order: ['L2', 'L3', 'L1'], reversed: ['L1'] });
  expect(rotations).toEqual({ left: AS_LABELLED, right: AS_LABELLED });
});

test('a rotation takes the place of the configured one', () => {
  expect(learntFrom([turned], config).rotations).toEqual({ left: AS_LABELLED, right: ['L2', 'L3', 'L1'] });
});

test.each<[string, readonly Proposal[], readonly string[]]>([
  ['a direction that was not configured', [direction('L3', true)], ['L1', 'L3']],
  ['one that was configured as reversed and is not', [direction('L1', false)], []],
  ['is of a transformer, on whatever conductor it sits', [swapped, direction('L3', true)], ['L1', 'L3']],
])('%s', (_case, proposals, reversed) => {
  expect(learntFrom(proposals, config).transformers.reversed).toEqual(reversed);
});

const answer = {
  chargePoint: 'right',
  at: 1,
  draw_dA: { L1: 60, L2: 0, L3: 0 },
  most_dA: 60,
  shown_dA: { L1: 1, L2: 59, L3: 0 },
};
const seen = { ...evidence, latest: [answer] };
test.each<[Proposal, string]>([
  [turned, 'right: its L1, L2, L3 hang on L2, L3, L1, taking left as configured'],
  [swapped, 'the transformers L1, L2, L3 sit on L2, L1, L3, taking left as configured'],
  [{ ...swapped, relativeTo: 'transformers' }, 'sit on L2, L1, L3, taking the transformers as configured'],
  [direction('L2', true), 'transformer L2 sits the wrong way round (5 steps in 2 starts, odds 4e+3 to 1)'],
  [
    { ...direction('L2', true), evidence: { ...evidence, starts: 1, steps: 1 } },
    'transformer L2 sits the wrong way round (1 step in 1 start, odds 4e+3 to 1)',
  ],
  [direction('L2', false), 'transformer L2 sits the right way round ('],
  [
    { ...direction('L2', true), mayBeBattery: true },
    'transformer L2 sits the wrong way round, unless a battery answers our cars: only a look at it tells',
  ],
  [
    { kind: 'conductor', chargePoint: 'right', conductor: 'L1', transformer: 'L2', evidence: seen },
    'right: its L1 is what transformer L2 measures (5 steps in 2 starts, odds 4e+3 to 1; last: 6.0 0.0 0.0 A drawn, 0.1 5.9 0.0 A shown)',
  ],
  [
    {
      kind: 'car',
      chargePoint: 'right',
      phases: ['L1', 'L2'],
      evidence: { ...evidence, latest: [{ ...answer, draw_dA: null }] },
    },
    'right: its car uses L1, L2 (5 steps in 2 starts, odds 4e+3 to 1; last: up to 6.0 A offered, 0.1 5.9 0.0 A shown)',
  ],
  [{ kind: 'contradiction', of: 'right', evidence }, 'right: what is seen is not as configured'],
  [{ kind: 'contradiction', of: 'transformers', evidence }, 'the transformers: what is seen is not as configured'],
])('in words: %#', (proposal, words) => {
  expect(proposalWords(proposal)).toContain(words);
});
