// What the mains answer to our own changes, and what follows from it, story by story.
import { type PerPhase, perPhase } from '@fairamp/units';
import { NOTHING, Story, charging, chargingOnThree, quiet, three } from '../../test/inference-story.js';
import { BELIEVED_FOR_ms, POINTS_MOST, inferredOf, initialInference, probeWorth, stepInference } from './index.js';

describe('a start and a raise', () => {
  test('count when two samples have shown them, less the noise', () => {
    const story = quiet().obeys(60).sample().sample({ L1: 60 });
    expect(story.low().L1).toBe(0);
    story.sample({ L1: 60 });
    expect(story.low()).toEqual({ L1: 55, L2: 0, L3: 0 });
    expect(charging().low().L1).toBeGreaterThanOrEqual(148);
    expect(charging().low().L1).toBeLessThanOrEqual(160);
  });

  const started = () => quiet().obeys(60).sample();
  type Row = readonly [string, Story, readonly [Partial<PerPhase<number>>, number], Partial<PerPhase<number>>];
  const rows: readonly Row[] = [
    ['nothing of ours moved', quiet(), [{ L1: 60 }, 6], { L1: 0 }],
    ['more than the raise allows: the house has come on too', started(), [{ L1: 90 }, 3], { L1: 0 }],
    ['two conductors that disagree: one of them is the house', started(), [{ L1: 60, L2: 30 }, 3], { L1: 0, L2: 0 }],
    ['two that agree against one', started(), [{ ...three(60), L3: 30 }, 3], { L1: 55, L2: 55, L3: 0 }],
    ['three that agree', started(), [three(60), 3], { L1: 55, L2: 55, L3: 55 }],
    ['too late', quiet().obeys(60).sample({}, 9), [{ L1: 60 }, 6], { L1: 0 }],
  ];
  test.each(rows)('%s', (_, story, [above, times], expected) => {
    expect(story.sample(above, times).low()).toMatchObject(expected);
  });

  test('a car that rises slowly is followed to the end of its ramp, and what jumps meanwhile is not its own', () => {
    const story = quiet().obeys(160);
    for (let draw = 0; draw < 160; draw += 10) story.sample({ L1: draw });
    expect(story.sample({ L1: 160 }, 4).low().L1).toBeGreaterThan(130);
    const beside = quiet().obeys(160);
    for (let draw = 0; draw < 90; draw += 10) beside.sample({ L1: draw });
    expect(beside.sample({ L1: 160 }, 4).low().L1).toBeLessThan(90);
  });

  test('what had risen before we moved is not its own, though it is heard of later', () => {
    const story = quiet().obeys(60, 'a', 1_500).sample({ L1: 60 }, 4);
    expect(story.low().L1).toBe(0);
  });

  test('an answer on other conductors than those that it is seen to draw on is no answer', () => {
    const story = quiet().obeys(60).sample().sample({ L1: 60, L2: 60 }, 9);
    story.obeys(160).sample({ L1: 60, L2: 60 }).sample({ L1: 60, L2: 60, L3: 80 }, 3);
    expect(story.low().L3).toBe(0);
  });

  test('a slow car that still rises is not taken for another that has begun meanwhile', () => {
    const story = quiet('a', 'b').obeys(320, 'a');
    for (let draw = 0; draw < 190; draw += 10) {
      if (draw === 120) story.obeys(60, 'b');
      story.sample({ L1: draw });
    }
    expect(story.sample({ L1: 190 }, 5).low('b').L1).toBe(0);
  });

  test('of two that go up together only what neither can have taken alone is certain', () => {
    const story = quiet('a', 'b').obeys(60, 'a').obeys(60, 'b').sample().sample({ L1: 100 }, 3);
    expect(story.low('a').L1).toBe(100 - 4 - 60 - 1);
    expect(story.low('b').L1).toBe(story.low('a').L1);
    const both = quiet('a', 'b').obeys(60, 'a').obeys(60, 'b').sample().sample({ L1: 120 }, 3);
    expect(both.low('a').L1 + both.low('b').L1).toBeGreaterThan(100);
    expect(both.low('a').L1).toBeLessThanOrEqual(60);
  });
});

describe('what falls without us', () => {
  test('is taken from every car that it may have been', () => {
    const story = charging();
    const before = story.low().L1;
    expect(story.sample({ L1: 110 }).low().L1).toBeLessThanOrEqual(before - 49);
    expect(story.sample({ L1: 160 }, 3).low().L1).toBeLessThanOrEqual(before - 49);
  });

  test('also when it falls by less than the noise each time', () => {
    const story = charging();
    for (let fallen = 0; fallen <= 60; fallen += 1) story.sample({ L1: 160 - fallen });
    expect(story.low().L1).toBeLessThanOrEqual(100 + 5);
  });

  test('also when the house rises before so small a fall has shown', () => {
    const story = charging();
    const before = story.low().L1;
    story.sample({ L1: 156 }, 15);
    expect(story.low().L1).toBeLessThanOrEqual(before - 2);
    const hidden = charging().sample({ L1: 157 }, 6).sample({ L1: 260 });
    expect(hidden.low().L1).toBeLessThanOrEqual(before - 1);
  });

  test('is the house`s on one conductor of a car that is known to use three, unless all its current went', () => {
    const story = chargingOnThree();
    expect(story.of().phases).toEqual(['L1', 'L2', 'L3']);
    const before = story.low().L1;
    expect(story.sample({ ...three(160), L1: 110 }).low().L1).toBeGreaterThan(before - 8);
    expect(chargingOnThree().sample(three(110)).low().L1).toBeLessThanOrEqual(before - 49);
    expect(
      chargingOnThree()
        .sample({ ...three(160), L1: 0 })
        .low().L1,
    ).toBe(0);
  });

  test('in a trial too, beyond what was lowered', () => {
    const story = charging().obeys(140).sample({ L1: 160 }).sample({ L1: 60 }, 2);
    expect(story.low().L1).toBeLessThanOrEqual(60);
  });

  test('an open contactor is exactly nothing', () => {
    const story = charging().obeys(0).sample({ L1: 160 });
    expect(story.low().L1).toBe(0);
    expect(story.of().high_dA.L1).toBeGreaterThanOrEqual(160);
    story.sample({}, 6);
    expect(story.of()).toMatchObject({ low_dA: NOTHING, high_dA: NOTHING, saturated: false });
  });

  test('a lowered car counts with no more than a car that follows surely draws', () => {
    const story = charging().obeys(100).sample({ L1: 160 });
    expect(story.low().L1).toBe(90);
    expect(story.of().high_dA.L1).toBeGreaterThanOrEqual(160);
    expect(story.sample({ L1: 100 }, 6).of().high_dA.L1).toBe(100);
  });
});

describe('the upper bound', () => {
  test('a raise that raises nothing: saturated, until the mains rise again without us', () => {
    const story = charging().obeys(320).sample({ L1: 160 }, 8);
    expect(story.of()).toMatchObject({ saturated: true });
    expect(story.of().high_dA.L1).toBeLessThan(180);
    story.mayExport = true;
    expect(story.sample({ L1: 360 }, 2).of()).toMatchObject({ saturated: false });
  });

  test('what rises in the trial of another, and is not the other`s, may be its own', () => {
    const story = charging().obeys(320).sample({ L1: 160 }, 8);
    story.mayExport = true;
    story.obeys(0, 'b').sample({ L1: 160 }, 2).obeys(60, 'b').sample({ L1: 160 }).sample({ L1: 270 }, 8);
    expect(story.of('a').high_dA.L1).toBeGreaterThanOrEqual(160 + 50);
  });

  test('a house that falls meanwhile hides no answer: what one conductor shows may be on all', () => {
    const story = quiet()
      .obeys(60)
      .sample()
      .sample({ ...three(60), L3: 20 }, 9);
    story.mayExport = true;
    expect(story.sample({ ...three(60), L3: 20 }).of().high_dA.L3).toBeGreaterThanOrEqual(60);
  });

  test('a start from nothing is known from above, also when raises follow each other', () => {
    const story = quiet();
    story.mayExport = true;
    story.obeys(60).sample().sample({ L1: 60 }, 3);
    for (const limit_dA of [160, 220, 280, 320]) story.obeys(limit_dA).sample({ L1: 100 }, 3);
    expect(story.sample({ L1: 100 }, 6).of()).toMatchObject({ saturated: true });
    expect(story.of().high_dA.L1).toBeLessThanOrEqual(125);
    expect(story.of().high_dA.L1).toBeGreaterThanOrEqual(100);
  });

  test('a limit that was nothing for a moment has stopped nobody', () => {
    const story = charging();
    story.mayExport = true;
    expect(story.obeys(0).obeys(160).sample({ L1: 160 }).of().high_dA.L1).toBe(160);
  });

  test('where nothing can export, no car draws more than the mains show', () => {
    const story = new Story().obeys(320).sample({ L1: 60 });
    expect(story.of().high_dA).toEqual({ L1: 115, L2: 54, L3: 54 });
    story.mayExport = true;
    expect(story.sample({ L1: 60 }).of().high_dA).toEqual(perPhase(() => 320));
  });

  test('what nobody has seen to start may draw all that it is allowed, and surely nothing', () => {
    const story = new Story();
    story.mayExport = true;
    expect(story.obeys(160).sample({ L1: 160 }, 9).of()).toMatchObject({
      low_dA: NOTHING,
      high_dA: perPhase(() => 160),
    });
  });
});

describe('what is forgotten', () => {
  test('everything after half a minute without a sample, and after an hour without an answer', () => {
    const gap = charging();
    gap.at += 31_000;
    expect(gap.sample({ L1: 160 }).low().L1).toBe(0);
    const old = charging();
    expect(old.sample({ L1: 160 }, BELIEVED_FOR_ms / 2_000 - 20).low().L1).toBeGreaterThan(100);
    expect(old.sample({ L1: 160 }, 30).low().L1).toBe(0);
  });

  test('the conductors with the car', () => {
    const story = chargingOnThree();
    const left = { id: 'a', at: story.at, limit_dA: 0, isClosed: false, isPlugged: false };
    story.state = stepInference(story.state, { kind: 'obeyed', ...left, phases: ['L1', 'L2', 'L3'] }, story);
    expect(story.of().phases).toBeNull();
  });
});

test('who is unknown is not inferred, and no more than a site can have are kept', () => {
  const story = quiet();
  expect(inferredOf(story.state, 'nobody')).toBeNull();
  for (let index = 0; index < 2 * POINTS_MOST; index += 1) story.obeys(0, `${index}`);
  expect(Object.keys(story.state.points)).toHaveLength(POINTS_MOST);
});

test('limits that never rest are settled after half a minute all the same', () => {
  const story = charging();
  for (let step = 0; step < 60; step += 1) story.obeys(step % 2 === 0 ? 150 : 160).sample({ L1: 150 });
  expect(story.at - (story.state.trial?.openedAt ?? story.at)).toBeLessThanOrEqual(32_000);
  expect(story.low().L1).toBeLessThanOrEqual(150);
});

test('whatever a charge point is called, the same is known of it', () => {
  const story = (id: string): Story => {
    const begun = quiet(id).obeys(60, id).sample({}, 1).sample({ L1: 60 }, 9);
    return begun.obeys(160, id).sample({ L1: 60 }, 1).sample({ L1: 160 }, 6).obeys(60, id).probe(id);
  };
  expect([inferredOf(initialInference(), 'constructor'), probeWorth(initialInference(), 'constructor', 0)]).toEqual([
    null,
    0,
  ]);
  expect(story('constructor').of('constructor')).toEqual(story('a').of());
});
