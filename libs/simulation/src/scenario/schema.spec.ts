import { BASE, FILES, SCENARIOS } from '../../test/scenario-files.js';
import { parseScenario } from './schema.js';

/** What a patch of the base is refused for. */
function refusalOf(...patches: readonly unknown[]): string {
  const parsed = parseScenario(BASE, ...patches);
  return parsed.ok ? 'not refused' : `${parsed.reason} ${parsed.detail}`;
}
function parsedWith(...patches: readonly unknown[]) {
  const parsed = parseScenario(BASE, ...patches);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.value;
}
const fault = (over: object): object => ({
  faults: [{ kind: 'kill', who: ['master'], each_s: 60, for_s: 5, ...over }],
});

describe('the scenarios of the project', () => {
  test('are all read, and each is called as its file', () => {
    expect(SCENARIOS.map(({ name }) => `${name}.json`)).toEqual(FILES);
    expect(FILES).toContain('healthy.json');
  });

  test('each say in one sentence or two what happens', () => {
    expect(SCENARIOS.filter(({ about }) => !/^[A-Z].*\.$/.test(about) || about.includes('\n'))).toEqual([]);
  });

  test('are drawn by default, but for the base, what is there for one rule or for the documents, and the weaknesses', () => {
    const named = SCENARIOS.filter(({ weight }) => weight === 0).map(({ name }) => name);
    expect(named.filter((name) => !/^w\d/.test(name))).toEqual(['base', 'clock-error-normal', 'master-away']);
  });
});

describe('a file that does not fit is refused by path and value', () => {
  test.each<[string, unknown, string]>([
    ['a number beyond its range', { site: { points: 9 } }, 'site.points 9: Too big'],
    ['a number where a range may stand', { site: { mains_A: 200 } }, 'site.mains_A 200: Too big'],
    ['an end of a range beyond', { site: { mains_A: [20, 200] } }, 'site.mains_A.1 200: Too big'],
    [
      'a range whose highest comes first',
      { site: { mains_A: [63, 20] } },
      'site.mains_A [63,20]: the lowest comes first',
    ],
    ['late messages, likewise', { link: { late_ms: [3000, 100] } }, 'link.late_ms [3000,100]: the lowest comes first'],
    ['delays, likewise', { link: { delay_ms: [8, 1] } }, 'link.delay_ms [8,1]: the lowest comes first'],
    ['a range of three', { cars: { stays_s: [600, 700, 800] } }, 'cars.stays_s'],
    ['text for a number', { clock_ppm: '50' }, 'clock_ppm "50": Invalid input: expected number'],
    ['a word that is none of them', { site: { mode: 'eco' } }, 'site.mode "eco": Invalid option'],
    ['a fault that does not exist', fault({ kind: 'explode' }), 'faults.0.kind'],
    ['a fault of nobody', fault({ who: [] }), 'faults.0.who []: Too small'],
    ['a victim that does not exist', fault({ who: ['house'] }), 'faults.0.who.0 "house": Invalid option'],
    [
      'a broker that stands still',
      fault({ kind: 'freeze', who: ['broker'] }),
      'faults.0.who.0 "broker": Invalid option',
    ],
    ['a fault without a time', { faults: [{ kind: 'weld', for_s: 5 }] }, 'faults.0.each_s'],
    ['a key that does not exist', { speed: 3 }, 'scenario: Unrecognized key: "speed"'],
    ['one in a section', { house: { speed: 3 } }, 'house: Unrecognized key: "speed"'],
    ['a section that is nothing', { house: null }, 'house null: Invalid input: expected object'],
    ['a name that no shell likes', { name: 'My Story' }, 'name "My Story": Invalid string'],
    ['no object at all', 'healthy', 'scenario "healthy": Invalid input: expected object'],
    [
      'a car for a charge point that is not there',
      { site: { points: 2 }, cars: { visits: [{ point: 3, at_s: 1, for_s: 60 }] } },
      'cars.visits.0.point 3: the site does not have this charge point',
    ],
    [
      'a particular of one that is not there',
      { site: { points: 2 }, particulars: [{ point: 3 }] },
      'particulars.0.point 3: the site does not have this charge point',
    ],
    [
      'an incident at one that is not there',
      { site: { points: 2 }, incidents: [{ kind: 'kill', who: 3, at_s: 1, for_s: 1 }] },
      'incidents.0.who 3: the site does not have this charge point',
    ],
    [
      'an incident of nobody',
      { incidents: [{ kind: 'kill', who: 'bridge', at_s: 1, for_s: 1 }] },
      'incidents.0.who "bridge": Invalid input',
    ],
    [
      'a car whose later comes sooner',
      { particulars: [{ point: 1, later: [5, 4].map((at_s) => ({ at_s, car_A: 6 })) }] },
      'particulars.0.later [{"at_s":5,"car_A":6},{"at_s":4,"car_A":6}]: in the order of time',
    ],
  ])('%s', (_, patch, said) => {
    expect(refusalOf(patch)).toContain(`schema ${said}`);
  });

  test('with what is wrong first, three things at most, on one line', () => {
    const said = refusalOf({ weight: -1, clock_ppm: -2, site: { points: 0, masters: 3, min_A: 5 } });
    expect(said.split('; ')).toHaveLength(3);
    expect(said).not.toContain('\n');
  });

  test('without all of a value that is long', () => {
    expect(refusalOf({ name: 'x'.repeat(5000) }).length).toBeLessThan(200);
  });
});

describe('patches', () => {
  test('change what they say and leave the rest', () => {
    const { site, cars } = parsedWith({ site: { points: 2 } });
    expect(site).toEqual({ ...parsedWith({}).site, points: 2 });
    expect(cars).toEqual(parsedWith({}).cars);
  });

  test('lie over each other, the last outermost', () => {
    const { site } = parsedWith({ site: { points: 2, mains_A: 25 } }, { site: { points: 3 } });
    expect([site.points, site.mains_A]).toEqual([3, 25]);
  });

  test('replace lists and ranges as a whole', () => {
    const { cars, faults } = parsedWith(fault({}), { cars: { kinds: ['ideal'], stays_s: 60 }, faults: [] });
    expect([cars.kinds, cars.stays_s, faults]).toEqual([['ideal'], 60, []]);
  });

  test('replace a section by nothing where nothing may stand', () => {
    expect(parsedWith({ house: { steps: null } }).house.steps).toBeNull();
  });
});
