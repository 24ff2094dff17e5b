// Order and directions of the transformers are written down each for itself.
import { type PerPhase, type Phase, AS_LABELLED, perPhase } from '@fairamp/units';
import { Story } from '../test/story.js';

const on = (...phases: readonly Phase[]): PerPhase<number> => perPhase((phase) => (phases.includes(phase) ? 100 : 0));

describe('order and directions are confirmed each for itself', () => {
  const transformers = { order: AS_LABELLED, reversed: [], isOrderConfirmed: false, areDirectionsConfirmed: false };

  test('a written order settles no direction', () => {
    const story = new Story({ metered: [true], config: { transformers: { ...transformers, isOrderConfirmed: true } } });
    story.visit(0, on('L1'), { L1: 0, L2: -100, L3: 0 });
    expect(story.said()).toEqual([
      'p0 L1 at L2',
      'p0 L2 at L3',
      'p0 L3 at L1',
      'p0 on L2 L3 L1 by transformers',
      'L2 reversed',
    ]);
  });

  test('written directions settle no order, and are contradicted', () => {
    const own = { transformers: { ...transformers, areDirectionsConfirmed: true } };
    const story = new Story({ metered: [true], config: own });
    story.visit(0, on('L1'), on('L2'));
    expect(story.said()).toEqual(['p0 L1 at L2']);
    const reversed = new Story({ metered: [true], config: own });
    reversed.visit(0, on('L1'), { L1: 0, L2: -100, L3: 0 });
    expect(reversed.said()).toEqual(['not so: transformers']);
  });
});
