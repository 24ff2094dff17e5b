// What a step forces is named; what it leaves open is not.
import { type PerPhase, type Phase, type Rotation, AS_LABELLED, perPhase } from '@fairamp/units';
import { NONE, Story } from '../test/story.js';
import { type LearningConfig, stepLearning } from './index.js';

const on = (...phases: readonly Phase[]): PerPhase<number> => perPhase((phase) => (phases.includes(phase) ? 100 : 0));
const given = (order: Rotation, reversed: readonly Phase[] = []): Partial<LearningConfig> => ({
  transformers: { order, reversed, isOrderConfirmed: true, areDirectionsConfirmed: true },
});

describe('one charge point', () => {
  test('a one-phase car says where its own L1 is and which way that transformer looks, nothing else', () => {
    const story = new Story({ metered: [true] });
    story.visit(0, on('L1'), on('L2'));
    expect(story.said()).toEqual(['p0 L1 at L2', 'L2 straight']);
  });

  test('with confirmed transformers its one conductor fixes all three', () => {
    const story = new Story({ metered: [true], config: given(['L3', 'L1', 'L2']) });
    story.visit(0, on('L1'), on('L2'));
    expect(story.said()).toContain('p0 on L1 L2 L3 by transformers');
  });

  test('a balanced three-phase car says nothing of the order, but all directions', () => {
    const story = new Story({ metered: [true] });
    story.visit(0, on('L1', 'L2', 'L3'), { L1: 100, L2: -100, L3: 100 });
    expect(story.said()).toEqual(['L1 straight', 'L2 reversed', 'L3 straight']);
  });

  test('a two-phase car alone says where its L3 is not drawn from, not which of the two is which', () => {
    const story = new Story({ metered: [true] });
    story.visit(0, on('L1', 'L2'), on('L1', 'L3'));
    expect(story.said()).toEqual(['p0 L3 at L2', 'L1 straight', 'L3 straight']);
  });

  test('a metered car that draws unequally says everything, by its charge point as the reference', () => {
    const story = new Story({ metered: [true] });
    story.visit(0, { L1: 60, L2: 110, L3: 160 }, { L1: 110, L2: 60, L3: 160 });
    expect(story.said()).toContain('order L2 L1 L3 by p0');
  });

  test('a source without a sign has no direction', () => {
    const story = new Story({ metered: [true], signed: false });
    story.visit(0, on('L1', 'L2', 'L3'), on('L1', 'L2', 'L3'));
    expect(story.said()).toEqual([]);
  });

  test('where the site may export, a fall of a magnitude is no contradiction and names its conductor', () => {
    const story = new Story({
      metered: [true],
      signed: false,
      config: { mayExport: true },
      house_dA: { L1: 250, L2: 300, L3: 200 },
    });
    story.visit(0, on('L1'), { L1: 0, L2: -100, L3: 0 });
    expect(story.said()).toEqual(['p0 L1 at L2']);
  });

  test('a fall of a magnitude half as deep as a car may be that car, past zero: nothing is named', () => {
    const story = new Story({
      metered: [true],
      signed: false,
      config: { mayExport: true },
      house_dA: { L1: 50, L2: 50, L3: 50 },
    });
    story.visit(0, on('L1'), NONE);
    expect(story.said()).toEqual([]);
  });
});

describe('without a meter', () => {
  test.each([
    [['L2'], ['L1']],
    [
      ['L1', 'L3'],
      ['L1', 'L2'],
    ],
    [
      ['L1', 'L2', 'L3'],
      ['L1', 'L2', 'L3'],
    ],
  ] as const)('answers of %s are a car on %s', (answering, phases) => {
    const story = new Story({ metered: [false] });
    story.visit(0, on('L1'), on(...answering));
    story.change({ point: 0, draw_dA: on('L1'), shown_dA: on(...answering) });
    story.change({ point: 0, draw_dA: NONE, shown_dA: perPhase((phase) => -on(...answering)[phase]) });
    story.change({ point: 0, draw_dA: on('L1'), shown_dA: on(...answering) });
    expect(story.said()).toContain(`p0 car ${phases.join(' ')}`);
  });

  test('a car that has left is not named, what it showed of the wiring stays', () => {
    const story = new Story({ metered: [false] });
    story.visit(0, on('L1'), on('L2'));
    expect(story.said()).toEqual(['p0 L1 at L2', 'L2 straight']);
  });
});

describe('several charge points', () => {
  test('a second one is named by the first; the order stays open as long as all cars use one phase', () => {
    const story = new Story({ metered: [true, true] });
    story.visit(0, on('L1'), on('L2'));
    story.visit(1, on('L1'), on('L2'));
    expect(story.said()).toContain('p1 on L1 L2 L3 by p0');
    expect(story.said().some((words) => words.startsWith('order'))).toBe(false);
  });

  test('a one-phase and a two-phase car at one charge point tell the order', () => {
    const story = new Story({ metered: [true, true] });
    story.visit(0, on('L1'), on('L2'));
    story.visit(1, on('L1'), on('L3'));
    expect(story.said().some((words) => words.startsWith('p1 on'))).toBe(false);
    story.visit(0, on('L1', 'L2'), on('L2', 'L1'));
    expect(story.said()).toEqual(expect.arrayContaining(['order L2 L1 L3 by p0', 'p1 on L3 L1 L2 by p0']));
  });

  test('two cars that always change alike are not told apart', () => {
    const story = new Story({ metered: [true, true] });
    for (let time = 0; time < 4; time += 1) {
      story.change(
        { point: 0, draw_dA: on('L1'), shown_dA: on('L1') },
        { point: 1, draw_dA: on('L1'), shown_dA: on('L2') },
      );
      const back = { L1: -100, L2: -100, L3: 0 };
      story.change({ point: 0, draw_dA: NONE, shown_dA: back }, { point: 1, draw_dA: NONE, shown_dA: NONE });
    }
    expect(story.said().filter((words) => words.includes(' at '))).toEqual([]);
  });

  test('a known car that changes at the same time is counted off', () => {
    const story = new Story({ metered: [true, true] });
    story.visit(0, on('L1'), on('L3'));
    for (let time = 0; time < 3; time += 1) {
      story.change(
        { point: 0, draw_dA: on('L1'), shown_dA: on('L3') },
        { point: 1, draw_dA: on('L1'), shown_dA: on('L1') },
      );
      const back = { L1: -100, L2: 0, L3: -100 };
      story.change({ point: 0, draw_dA: NONE, shown_dA: back }, { point: 1, draw_dA: NONE, shown_dA: NONE });
    }
    expect(story.said()).toContain('p1 L1 at L1');
  });
});

test('three cars that change at once say no more of a direction than one of them alone', () => {
  const together = new Story({ metered: [true, true, true] });
  const alone = new Story({ metered: [true] });
  const threefold = [0, 1, 2].map((point) => ({
    point,
    draw_dA: on('L1', 'L2', 'L3'),
    shown_dA: on('L1', 'L2', 'L3'),
  }));
  for (const draw of [true, false, true]) {
    const change = draw ? threefold : threefold.map(({ point }) => ({ point, draw_dA: NONE, shown_dA: on() }));
    const back = draw ? change : [{ point: 0, draw_dA: NONE, shown_dA: perPhase(() => -300) }, ...change.slice(1)];
    together.change(...back);
    const single = draw ? on('L1', 'L2', 'L3') : perPhase(() => -100);
    alone.change({ point: 0, draw_dA: draw ? on('L1', 'L2', 'L3') : NONE, shown_dA: single });
  }
  expect(together.marginOf('direction')).toBeLessThan(1.5 * alone.marginOf('direction'));
});

describe('what is confirmed and not so', () => {
  const confirmed = (...rotations: readonly Rotation[]): Partial<LearningConfig> => ({
    chargePoints: rotations.map((rotation, index) => ({ id: `p${index}`, rotation, isConfirmed: true })),
  });

  test('two confirmed charge points that cannot both be right: nothing else is named', () => {
    const story = new Story({ metered: [true, true], config: confirmed(AS_LABELLED, AS_LABELLED) });
    story.visit(0, on('L1'), on('L1'));
    story.visit(1, on('L1'), on('L2'));
    expect(story.said()).toEqual(['not so: p0', 'not so: p1']);
  });

  test('confirmed transformers of which one is reversed', () => {
    const story = new Story({ metered: [true], config: given(AS_LABELLED) });
    story.visit(0, on('L1', 'L2', 'L3'), { L1: -100, L2: 100, L3: 100 });
    expect(story.said()).toEqual(['not so: transformers']);
  });

  test('one that is configured as reversed, by its label, is no news', () => {
    const story = new Story({ metered: [true], config: given(['L2', 'L3', 'L1'], ['L1']) });
    story.visit(0, on('L1', 'L2', 'L3'), { L1: -100, L2: 100, L3: 100 });
    expect(story.said()).toEqual([]);
  });
});

describe('what does not count', () => {
  test('a single step', () => {
    const story = new Story({ metered: [false] });
    story.change({ point: 0, draw_dA: on('L1'), shown_dA: on('L1') });
    expect(story.said()).toEqual([]);
  });

  test('one that began while the mains were not at rest', () => {
    const story = new Story({ metered: [true] });
    story.load({ L1: 40, L2: 0, L3: 0 });
    story.wait(1);
    story.change({ point: 0, draw_dA: on('L1'), shown_dA: on('L1') });
    expect(story.steps(0)).toBe(0);
    story.change({ point: 0, draw_dA: NONE, shown_dA: { L1: -100, L2: 0, L3: 0 } });
    expect(story.steps(0)).toBe(1);
  });

  test('one during which another charge point that may draw was not heard', () => {
    const story = new Story({ metered: [true, true] });
    story.change({ point: 1, draw_dA: on('L1'), shown_dA: on('L1') });
    story.mute(1);
    story.wait(6);
    story.change({ point: 0, draw_dA: on('L1'), shown_dA: on('L2') });
    expect(story.steps(0)).toBe(0);
  });

  test('one from before and one from after a silence are not compared', () => {
    const story = new Story({ metered: [true] });
    story.mute(0);
    story.change({ point: 0, draw_dA: on('L1'), shown_dA: on('L2') });
    story.mute(null);
    story.wait();
    expect(story.steps(0)).toBe(0);
  });
});

test('a charge point that is in no roster is a mistake of ours', () => {
  const story = new Story({ metered: [true] });
  expect(() => stepLearning(story.state, { kind: 'left', id: 'nobody' }, story.config)).toThrow('"nobody"');
});
