// What is learnt of a car over several trials: the conductors that it uses, and, where it was forgotten, its draw.
import { charging, quiet } from '../../test/inference-story.js';
import { probeWorth } from './index.js';

describe('the conductors', () => {
  test('are known when two steps of its own were answered alike, in full', () => {
    expect(quiet().obeys(60).sample().sample({ L1: 60 }, 9).of().phases).toBeNull();
    expect(charging().of().phases).toEqual(['L1']);
    expect(charging().of().high_dA).toMatchObject({ L2: 0, L3: 0 });
  });

  test('a part of a step teaches nothing: it may be the house', () => {
    const story = quiet().obeys(60).sample().sample({ L1: 60 }, 9).obeys(160).sample({ L1: 60 }).sample({ L1: 110 }, 6);
    expect(story.of().phases).toBeNull();
  });
});

describe('the conductors, where it is not clear', () => {
  const again = (story: ReturnType<typeof quiet>) => story.obeys(0).obeys(0, 'b').sample({}, 9);
  test('one that answered half teaches nothing', () => {
    const story = quiet().obeys(60).sample().sample({ L1: 60, L2: 30 }, 9);
    again(story).obeys(60).sample().sample({ L1: 60, L2: 30 }, 9);
    expect(story.of().phases).toBeNull();
  });

  test('nor do two cars that moved together', () => {
    const story = quiet('a', 'b');
    for (let times = 2; times > 0; times -= 1)
      again(story.obeys(60).obeys(60, 'b').sample().sample({ L1: 60, L2: 60 }, 9));
    expect(story.of().phases).toBeNull();
  });
});

describe('a probe', () => {
  const forgotten = () => charging().sample({ L1: 60 }, 40);
  test('gives back what a fall of the house has taken', () => {
    const story = forgotten().probe();
    expect(story.low().L1).toBeLessThan(60);
    expect(story.sample({ L1: 60 }).of().probe_dA).toBe(60);
    story.obeys(60).sample({ L1: 60 }).sample({ L1: -40 }, 5);
    expect(story.of().probe_dA).toBeNull();
    story.obeys(160).sample({ L1: -40 }).sample({ L1: 60 }, 6);
    expect(story.low().L1).toBeGreaterThan(135);
  });

  test('ends by itself where nobody obeys, and is begun for nobody who is known, or has just moved', () => {
    expect(forgotten().probe().sample({ L1: 60 }, 16).of().probe_dA).toBeNull();
    expect(charging().sample({ L1: 160 }, 40).probe().sample({ L1: 160 }).of().probe_dA).toBeNull();
    const restless = forgotten().sample({ L1: 90 });
    expect(probeWorth(restless.state, 'a', restless.at)).toBe(0);
    const moved = forgotten().obeys(150).sample({ L1: 50 }, 15);
    expect(probeWorth(moved.state, 'a', moved.at)).toBe(0);
    expect(probeWorth(moved.sample({ L1: 50 }, 20).state, 'a', moved.at)).toBeGreaterThan(0);
    expect(probeWorth(moved.state, 'nobody', moved.at)).toBe(0);
  });
});
