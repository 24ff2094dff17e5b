import { PHASES, type PerPhase } from '@fairamp/units';
import { scenarioNamed, scenarioOf } from '../../test/scenario-files.js';
import type { CircuitConfig } from '../world/system.js';
import { drawWorld, type WorldConfig } from './draw.js';
import { parseScenario } from './schema.js';

const HOUR_ms = 3_600_000;
const MANY = Array.from({ length: 40 }, (_, seed) => seed);
const FLAT = { house: { kind: 'flat', flat_A: [4, 12] } };
const trees = MANY.map((seed) => drawWorld(scenarioNamed('trees', FLAT), seed, HOUR_ms));
const circuitsIn = ({ site }: WorldConfig): readonly CircuitConfig[] => site.circuits ?? [];
const LOOKS = Array.from({ length: 120 }, (_, index) => index * 30_000);

/** Every circuit of every world at some times, with what flows there, and what its parent carries. */
const flows = trees.flatMap((world) =>
  LOOKS.flatMap((at) => {
    const houses = world.plant.tree?.housesAt(at) ?? [];
    return circuitsIn(world).map((circuit, place) => {
      const parent = circuitsIn(world).findIndex(({ id }) => id === circuit.parent);
      const above_dA = parent < 0 ? world.plant.house.currentsAt(at) : houses[parent];
      return { circuit, own_dA: houses[place] ?? NOWHERE, above_dA: above_dA ?? NOWHERE };
    });
  }),
);
const NOWHERE: PerPhase<number> = { L1: NaN, L2: NaN, L3: NaN };

describe('a tree of circuits', () => {
  test('is drawn within its ranges, each rated as its highest limit', () => {
    const garages = trees.map((world) => circuitsIn(world)[0]);
    const limits_dA = garages.map((garage) => garage?.limit_dA.L1 ?? NaN);
    expect(limits_dA.every((limit_dA) => limit_dA >= 200 && limit_dA <= 400)).toBe(true);
    expect(new Set(limits_dA).size).toBeGreaterThan(10);
    expect(garages.map((garage) => garage?.device)).toEqual(limits_dA.map((rated_dA) => ({ curve: 'C', rated_dA })));
  });

  test('has a meter or an allowance, each now and then where either may be', () => {
    const carports = trees.map((world) => circuitsIn(world)[1]);
    expect(new Set(carports.map((carport) => carport?.isMetered))).toEqual(new Set([true, false]));
    expect(carports.filter((carport) => carport?.isMetered === false && carport.allowance_dA === null)).toEqual([]);
  });

  test('gets charge points on each of its circuits', () => {
    const hung = new Set(trees.flatMap(({ site }) => site.points.map(({ circuit }) => circuit)));
    expect(hung).toEqual(new Set(['mains', 'garage', 'carport', 'annex', 'yard']));
    const [named] = [drawWorld(scenarioNamed('trees-lying-meter', FLAT), 1, HOUR_ms)];
    expect(named.site.points.map(({ circuit }) => circuit)).toEqual([
      'carport',
      'carport',
      'garage',
      'garage',
      'mains',
      'mains',
    ]);
  });

  test('tells the plant what hangs below each circuit', () => {
    const world = drawWorld(scenarioNamed('trees-lying-meter', FLAT), 1, HOUR_ms);
    const below = world.plant.tree?.circuits.map(({ id, outlets, meter }) => [id, outlets, meter !== null]);
    expect(below).toEqual([
      ['garage', [0, 1, 2, 3], true],
      ['carport', [0, 1], true],
    ]);
  });

  test('carries in each circuit no less than what flows on below it', () => {
    const wrong = flows.filter(({ own_dA, above_dA }) => PHASES.some((phase) => own_dA[phase] > above_dA[phase]));
    expect(wrong).toEqual([]);
    expect(flows.some(({ own_dA }) => own_dA.L1 > 20)).toBe(true);
  });

  test('keeps every allowance', () => {
    const allowed = flows.filter(({ circuit }) => circuit.allowance_dA !== null);
    const beyond = allowed.filter(({ circuit, own_dA }) =>
      PHASES.some((phase) => own_dA[phase] > (circuit.allowance_dA?.[phase] ?? NaN) || own_dA[phase] < 0),
    );
    expect(allowed.length).toBeGreaterThan(1000);
    expect(beyond).toEqual([]);
  });

  test('happens as its script says, where it says', () => {
    const step = { at_s: 60, for_s: 60, by_A: 4, on: ['L2'], circuit: 'carport' };
    const house = { kind: 'flat', flat_A: 5, script: [step], steps: null };
    const { plant, houseNotes } = drawWorld(scenarioNamed('trees-lying-meter', { house }), 1, HOUR_ms);
    const [before, during] = [59_000, 61_000].map((at) => plant.tree?.housesAt(at)[1]);
    expect([during?.L1 === before?.L1, (during?.L2 ?? 0) - (before?.L2 ?? 0)]).toEqual([true, 40]);
    expect(houseNotes?.map(({ text }) => text)).toContain('on carport the house takes 4 A more on L2');
  });

  test('changes nothing of a site that has none', () => {
    const plain = drawWorld(scenarioOf(FLAT), 1, HOUR_ms);
    const treed = drawWorld(scenarioOf(FLAT, { site: { circuits: [GARAGE] } }), 1, HOUR_ms);
    const { circuits, ...site } = treed.site;
    expect({ ...site, circuits: [] }).toEqual(plain.site);
    expect(circuits).toHaveLength(1);
    expect(treed.visits).toEqual(plain.visits);
  });
});

const GARAGE = {
  id: 'garage',
  parent: 'mains',
  limit_A: 20,
  curve: 'C',
  metered: true,
  allowance_A: 0,
  house: { share_permille: 200, steps: null },
};

describe('a tree that does not fit is refused', () => {
  const refused = (site: object, house = {}): string | null => {
    const parsed = parseScenario(scenarioOf(), { site, house });
    return parsed.ok ? null : parsed.detail;
  };
  const step = { at_s: 1, for_s: 1, by_A: 1, on: ['L1'], circuit: 'attic' };

  test.each<[string, object, object, string]>([
    [
      'a parent that stands behind it',
      { circuits: [{ ...GARAGE, parent: 'barn' }] },
      {},
      'site.circuits.0.parent "barn"',
    ],
    ['itself as its parent', { circuits: [{ ...GARAGE, parent: 'garage' }] }, {}, 'site.circuits.0.parent "garage"'],
    ['two of one name', { circuits: [GARAGE, GARAGE] }, {}, 'site.circuits.1.id "garage"'],
    ['one named as the mains', { circuits: [{ ...GARAGE, id: 'mains' }] }, {}, 'site.circuits.0.id "mains"'],
    ['a charge point that hangs nowhere', { hangs: ['attic'] }, {}, 'site.hangs.0 "attic"'],
    ['a step that happens nowhere', {}, { script: [step] }, 'house.script.0.circuit "attic"'],
    [
      'more than the whole house',
      { circuits: [GARAGE, { ...GARAGE, id: 'barn', house: { share_permille: 801, steps: null } }] },
      {},
      'site.circuits.1.house.share_permille 801',
    ],
    ['Normal mode, which measures nothing', { mode: 'normal', circuits: [GARAGE] }, {}, 'site.circuits 1'],
  ])('%s', (_, site, house, said) => expect(refused(site, house)).toContain(said));

  test('one that fits is not', () => expect(refused({ circuits: [GARAGE], hangs: ['garage', 'mains'] })).toBeNull());
});
