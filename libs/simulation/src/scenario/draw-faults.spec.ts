import { PHYSICAL_FAULTS } from '../physical-faults.js';
import { SCENARIOS, scenarioOf } from '../../test/scenario-files.js';
import { Dice } from '../random.js';
import type { SiteConfig } from '../world/system.js';
import { drawFaults, type Episode } from './draw-faults.js';
import { NO_OPTIONS, optionsOf } from './draw-options.js';

const HOUR_ms = 3_600_000;
const PLAIN_OPTIONS = optionsOf(NO_OPTIONS, new Dice(1, 1));
const SITE: SiteConfig = {
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1'],
  oldestSample_ms: 10_000,
  masters: 2,
  points: ['slave1', 'slave2', 'slave3', 'slave4'].map((id) => {
    return { id, maximum_dA: 160, cable_dA: 320, wired: ['L1'], failSafe: 'process' };
  }),
};
type Times = { readonly seed?: number; readonly stepsUp?: readonly number[] };

/** An hour of the faults of a patch, on a site of four charge points. */
function drawn(patch: object, { seed = 1, stepsUp = [] }: Times = {}): readonly Episode[] {
  return drawFaults(scenarioOf(patch), SITE, new Dice(seed, 3), { simulated_ms: HOUR_ms, stepsUp });
}
const fault = (over: object): object => ({
  faults: [{ ...('kind' in over ? {} : { kind: 'kill', who: ['master'] }), each_s: [20, 40], for_s: [1, 10], ...over }],
});
const within = (values: readonly number[], lowest: number, highest: number): boolean =>
  values.every((value) => value >= lowest && value <= highest);
/** From the end of one to the beginning of the next. */
const pauses = (episodes: readonly Episode[]): readonly number[] =>
  episodes.map(({ from }, index) => from - (episodes[index - 1]?.to ?? 0));

describe('a fault comes again and again', () => {
  test('so long after it ended, and for so long, as its ranges say', () => {
    const episodes = drawn(fault({}));
    expect(episodes.length).toBeGreaterThan(60);
    expect(within(pauses(episodes), 20_000, 40_000)).toBe(true);
    expect(
      within(
        episodes.map(({ from, to }) => to - from),
        1000,
        10_000,
      ),
    ).toBe(true);
    expect(episodes.every(({ from }) => from < HOUR_ms)).toBe(true);
  });

  test('and is drawn anew for another seed, but the same for the same', () => {
    expect(drawn(fault({}))).toEqual(drawn(fault({})));
    expect(drawn(fault({}), { seed: 2 })).not.toEqual(drawn(fault({})));
  });

  test('never over itself, in any scenario of the project; all of them in the order of time', () => {
    for (const { name, faults } of SCENARIOS) {
      const alone = faults.map((one) => drawn({ name, faults: [one] }, { stepsUp: [60_000, 61_000, 200_000] }));
      for (const episodes of alone) expect(within(pauses(episodes), 0, HOUR_ms)).toBe(true);
      const times = drawn({ name, faults }).map(({ from }) => from);
      expect(times).toEqual([...times].sort((one, other) => one - other));
    }
  });
});

describe('a fault after steps of the house', () => {
  const after = (over: object, ...stepsUp_s: readonly number[]): readonly number[] => {
    const stepsUp = stepsUp_s.map((at) => at * 1000);
    return drawn(fault({ each_s: 1, for_s: 30, afterStep_s: 2, ...over }), { stepsUp }).map(({ from }) => from / 1000);
  };

  test.each([
    ['follows each step up', {}, [100, 200, 300], [102, 202, 302]],
    ['never comes without one', {}, [], []],
    ['leaves out a step while it still lasts', {}, [100, 120, 200], [102, 202]],
    ['follows the step that comes as it ends', {}, [100, 130, 131], [102, 133]],
    ['follows a step once, however short it is', { for_s: 0.05 }, [100, 200], [102, 202]],
    ['ends with the run', {}, [3597, 3598, 3599], [3599]],
  ])('%s', (_, over, steps, expected) => {
    expect(after(over, ...steps)).toEqual(expected);
  });

  test('follows a step once also where the delays differ', () => {
    const steps = Array.from({ length: 30 }, (_, index) => 100 * (index + 1));
    const times = after({ for_s: 0.05, afterStep_s: [0, 20] }, ...steps);
    expect(times.map((at) => 100 * Math.floor(at / 100))).toEqual(steps);
  });
});

describe('what is done, and undone at the end', () => {
  const deeds = (over: object, seed = 1) => {
    return drawn(fault(over), { seed });
  };

  const START = { kind: 'start', who: 'master' };
  test.each<[object, Partial<Record<keyof Episode, unknown>>]>([
    [
      { storeLost_permille: 0 },
      { begin: { kind: 'kill', who: 'master' }, end: { ...START, storeLost: false }, text: 'master killed' },
    ],
    [{ storeLost_permille: 1000 }, { end: { ...START, storeLost: true }, text: 'master killed, its store is lost' }],
    [
      { kind: 'kill', who: ['broker'] },
      { begin: { kind: 'kill', who: 'broker' }, end: { kind: 'start-broker', retained: 'kept' } },
    ],
    [
      { kind: 'broker', retained: ['old'] },
      {
        begin: { kind: 'kill', who: 'broker' },
        end: { kind: 'start-broker', retained: 'old' },
        over: 'broker is back with old retained messages',
      },
    ],
    [
      { kind: 'freeze', who: ['bridge'] },
      { begin: { kind: 'freeze', who: 'bridge' }, end: { kind: 'thaw', who: 'bridge' }, text: 'bridge stands still' },
    ],
    [
      { kind: 'cut', who: ['master'], direction: ['in'], holds_permille: 1000 },
      {
        begin: { kind: 'cut', who: 'master', cut: { direction: 'in', holds: true } },
        end: { kind: 'join', who: 'master' },
        text: 'master hears nothing; it all arrives later',
      },
    ],
    [
      { kind: 'cut', who: ['master'], direction: ['both'], holds_permille: 0 },
      { begin: { kind: 'cut', who: 'master', cut: { direction: 'both', holds: false } }, text: 'master is cut off' },
    ],
    [
      { kind: 'meter', health: ['frozen'] },
      {
        begin: { kind: 'meter', health: 'frozen' },
        end: { kind: 'meter', health: 'well' },
        text: 'meter repeats its last reading',
      },
    ],
    [
      { kind: 'link', profile: { loss_permille: 400 } },
      {
        begin: { kind: 'link', profile: { ...scenarioOf().link, loss_permille: 400 } },
        end: { kind: 'link', profile: scenarioOf().link },
        text: 'messages suffer: loss_permille 400',
      },
    ],
    [
      { kind: 'board', fault: ['lock-jammed'] },
      {
        begin: {
          kind: 'board',
          outlet: expect.stringMatching(/^slave[1-4]$/) as string,
          fault: 'lock-jammed',
          on: true,
        },
        end: { kind: 'board', outlet: expect.anything() as string, fault: 'lock-jammed', on: false },
        text: expect.stringMatching(/^slave\d: its lock is jammed$/) as string,
        over: expect.stringMatching(/^slave\d: its lock is jammed no more$/) as string,
      },
    ],
    [
      { kind: 'press' },
      {
        begin: { kind: 'press', outlet: expect.stringMatching(/^slave[1-4]$/) as string, pressed: true },
        end: { kind: 'press', outlet: expect.anything() as string, pressed: false },
      },
    ],
  ])('%j', (over, expected) => {
    const episodes = deeds(over);
    expect(episodes.length).toBeGreaterThan(0);
    for (const episode of episodes) expect(episode).toMatchObject(expected);
  });

  test('of a slave is done to each charge point about as often, and undone to the same one', () => {
    const victims = [1, 2, 3, 4].flatMap((seed) =>
      deeds({ kind: 'kill', who: ['slave'] }, seed).map(({ begin, end }) =>
        [begin, end].map((deed) => 'who' in deed && deed.who),
      ),
    );
    expect(victims.every(([one, other]) => one === other)).toBe(true);
    const counts = ['slave1', 'slave2', 'slave3', 'slave4'].map((id) => victims.filter(([who]) => who === id).length);
    expect(within(counts, victims.length / 8, victims.length / 2)).toBe(true);
    expect(counts.reduce((sum, count) => sum + count)).toBe(victims.length);
  });

  test('of a charge point, where none is named, is any of them', () => {
    const broken = [1, 2, 3].flatMap((seed) => deeds({ kind: 'board', fault: [] }, seed).map(({ begin }) => begin));
    expect(new Set(broken.map((deed) => 'fault' in deed && deed.fault))).toEqual(new Set(PHYSICAL_FAULTS));
    expect(new Set(broken.map((deed) => 'outlet' in deed && deed.outlet)).size).toBe(4);
  });

  test('of wires that are swapped by plan is to put them right', () => {
    const points = SITE.points.map((point) => {
      return { ...point, options: { ...PLAIN_OPTIONS, lock: { actuator: 'motor', swapped: true } as const } };
    });
    const scenario = scenarioOf(fault({ kind: 'board', fault: ['lock-swapped', 'lock-jammed'] }));
    const times = { simulated_ms: HOUR_ms, stepsUp: [] };
    const episodes = drawFaults(scenario, { ...SITE, points }, new Dice(1, 3), times);
    const kinds = new Set(
      episodes.map(({ begin, end }) =>
        [begin, end].map((deed) => 'on' in deed && 'fault' in deed && `${deed.fault} ${deed.on}`).join(),
      ),
    );
    expect(kinds).toEqual(new Set(['lock-swapped false,lock-swapped true', 'lock-jammed true,lock-jammed false']));
  });

  test('may lose a store now and then', () => {
    const lost = deeds({ storeLost_permille: 300 }).filter(({ text }) => text.endsWith('its store is lost'));
    expect(within([lost.length], 5, 60)).toBe(true);
  });
});
