// Readings that say less than they seem to: without a direction, or beside a metered car that is just changing.
import { type Story, charging, quiet } from '../../test/inference-story.js';

describe('a meter without direction', () => {
  const unsigned = (story: Story) => Object.assign(story, { signed: false, mayExport: true });
  test('a start that looks like a fall proves nothing', () => {
    const story = unsigned(quiet()).sample({ L1: 50 }, 3).obeys(60).sample({ L1: 50 }).sample({ L1: -10 }, 4);
    expect(story.low().L1).toBe(0);
  });

  test('a car that was lowered and raised the reading: it is export, and nothing is known', () => {
    expect(unsigned(charging()).obeys(100).sample({ L1: 160 }).sample({ L1: 220 }).low().L1).toBe(0);
  });

  test('a conductor that came near zero in a trial is not believed when it rises again', () => {
    const story = unsigned(quiet()).sample({ L1: 50 }, 3).obeys(160).sample({ L1: 50 }).sample({ L1: -45 });
    expect(story.sample({ L1: 50 }, 3).low().L1).toBe(0);
  });

  test('one that goes down below zero is not credited to one that goes up', () => {
    const both = (signed: boolean) => {
      const story = quiet('a', 'b').obeys(160, 'b').sample().sample({ L1: 160 }, 9);
      Object.assign(story, { signed, mayExport: true });
      return story.obeys(60, 'b').obeys(60, 'a').sample({ L1: 160 }).sample({ L1: 220 }, 3).low('a').L1;
    };
    expect(both(true)).toBeGreaterThan(0);
    expect(both(false)).toBe(0);
  });
});

describe('beside metered cars', () => {
  test('what they draw is no answer', () => {
    const story = quiet().obeys(60).sample();
    story.sample({ L1: 60 }, 3, [{ L1: 60 }, { L1: 60 }]);
    expect(story.low().L1).toBe(0);
  });

  test('while one changes, as much may be ours until a clear sample comes', () => {
    const story = charging();
    const before = story.low().L1;
    expect(story.sample({ L1: 160 }, 1, [{ L1: 0 }, { L1: 60 }]).low().L1).toBeLessThan(before - 40);
    expect(story.sample({ L1: 220 }, 1, [{ L1: 60 }, { L1: 60 }]).low().L1).toBe(before);
  });
});
