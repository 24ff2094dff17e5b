import { Dice } from '../random.js';
import { FairampSystem } from './fairamp-system.js';
import type { SiteConfig } from './system.js';
import { Timeline } from './timeline.js';

const SITE: SiteConfig = {
  mode: 'normal',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  oldestSample_ms: 10_000,
  masters: 1,
  points: [{ id: 'slave1', maximum_dA: 160, cable_dA: 320, wired: ['L1', 'L2', 'L3'], failSafe: 'process' }],
};

/** A master and one charge point on quick wires, and which messages each has carried: `from>to what`. */
function site() {
  const timeline = new Timeline();
  let carried: string[] = [];
  const system = new FairampSystem(
    { site: SITE, clockOf: () => ({ zero_ms: 0, ppm: 0 }), dice: new Dice(1, 7) },
    timeline,
    {
      now: () => timeline.now,
      schedule: (at, run) => timeline.schedule(at, run),
      command: () => undefined,
      greet: () => undefined,
      carry: (from, to, what, deliver) => {
        carried.push(`${from}>${to} ${what}`);
        timeline.schedule(timeline.now + 1, deliver);
      },
      tell: () => undefined,
    },
  );
  system.start();
  const during = (seconds: number): readonly string[] => {
    carried = [];
    timeline.runUntil(timeline.now + seconds * 1000);
    return carried;
  };
  return { system, during };
}
const lifeOf = (system: FairampSystem, who: string) => {
  const { slaves, masters } = system.truth();
  return [...slaves, ...masters].find((process) => process.who === who)?.life.state;
};

test('every process starts within the first second, and what they say reaches each other', () => {
  const { system, during } = site();
  expect([lifeOf(system, 'slave1'), lifeOf(system, 'master')]).toEqual(['down', 'down']);
  const carried = during(3);
  expect([lifeOf(system, 'slave1'), lifeOf(system, 'master')]).toEqual(['up', 'up']);
  expect(carried).toEqual(expect.arrayContaining(['slave1>broker report', 'broker>master report']));
});

describe('a broker that was killed', () => {
  /** The charge point is gone for good before: of it only the broker can know. Does the master hear of it then? */
  function isRemembered(retained: 'kept' | 'lost' | 'old', lived_s: number): boolean {
    const { system, during } = site();
    during(lived_s);
    system.disturb({ kind: 'kill', who: 'slave1' });
    system.disturb({ kind: 'kill', who: 'broker' });
    during(10);
    system.disturb({ kind: 'start-broker', retained });
    return during(10).includes('broker>master report');
  }

  test.each([
    ['kept', 60, true],
    ['lost', 180, false],
    ['old', 60, false],
    ['old', 180, true],
  ] as const)('knows by its %s memory after %i s of a charge point that is gone: %s', (retained, lived_s, known) => {
    expect(isRemembered(retained, lived_s)).toBe(known);
  });

  test('is silent while it is away, and then everybody is back within five seconds', () => {
    const { system, during } = site();
    during(60);
    system.disturb({ kind: 'kill', who: 'broker' });
    during(1);
    expect(during(30)).toEqual([]);
    system.disturb({ kind: 'start-broker', retained: 'lost' });
    expect(during(6)).toEqual(expect.arrayContaining(['slave1>broker report', 'master>broker grant']));
  });

  test('takes nobody in who has died meanwhile, until that one starts again', () => {
    const { system, during } = site();
    during(60);
    system.disturb({ kind: 'kill', who: 'broker' });
    system.disturb({ kind: 'kill', who: 'master' });
    system.disturb({ kind: 'start-broker', retained: 'kept' });
    expect(during(30).filter((carried) => carried.startsWith('broker>master'))).toEqual([]);
    system.disturb({ kind: 'start', who: 'master' });
    expect(during(5)).toContain('broker>master report');
  });
});

test.each([
  [{ kind: 'kill', who: 'master' }, 'down'],
  [{ kind: 'freeze', who: 'master' }, 'frozen'],
  [{ kind: 'start', who: 'master' }, 'up'],
  [{ kind: 'kill', who: 'standby' }, 'up'],
] as const)('%j leaves the master %s', (disturbance, state) => {
  const { system, during } = site();
  during(5);
  system.disturb(disturbance);
  expect(lifeOf(system, 'master')).toBe(state);
});
