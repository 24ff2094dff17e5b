// Which lines a person is told to write, and how much of it at once.
import type { Proposal } from '@fairamp/learning';
import { AS_LABELLED, PHASES, perPhase } from '@fairamp/units';
import { linesOf, usable, wiringWords } from './learning-words.js';
import { PLAIN_SITE } from './plain.js';
import type { MasterConfig } from './types.js';

const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 400,
  min_dA: 60,
  mainsPhases: PHASES,
  bridge: { id: 'meter', key: new Uint8Array(32) },
  roster: [],
  oldestSample_ms: 10_000,
};
const evidence = { starts: 2, steps: 5, margin: 9, latest: [] };
const relativeTo = 'left';
const rotation = (chargePoint: string): Proposal => {
  return { kind: 'rotation', chargePoint, rotation: ['L2', 'L3', 'L1'], configured: AS_LABELLED, relativeTo, evidence };
};
const order: Proposal = { kind: 'order', order: ['L2', 'L1', 'L3'], configured: AS_LABELLED, relativeTo, evidence };
const direction = (transformer: 'L1' | 'L2' | 'L3', isReversed: boolean, mayBeBattery = false): Proposal => {
  return { kind: 'direction', transformer, isReversed, isConfigured: false, mayBeBattery, evidence };
};
const ROTATED = 'to write: rotation: [L2, L3, L1] for right';
const ORDERED = 'to write: transformers.order: [L2, L1, L3]';

describe('lines of the configuration', () => {
  test.each<[string, readonly Proposal[], readonly string[]]>([
    ['a rotation while the order is open: not yet', [rotation('right')], []],
    ['both together', [rotation('right'), order], [ROTATED, ORDERED]],
    ['a direction while others are open: not yet', [direction('L2', true), direction('L1', false)], []],
    [
      'all directions',
      [direction('L1', false), direction('L2', true), direction('L3', true)],
      ['to write: transformers.reversed: [L2, L3]'],
    ],
    ['none reversed', PHASES.map((one) => direction(one, false)), ['to write: transformers.reversed: []']],
  ])('%s', (_case, proposals, lines) => {
    expect(linesOf(proposals, config)).toEqual(lines);
  });

  test('what is used says so, but for directions that a battery may have shown', () => {
    const use: MasterConfig = { ...config, learning: 'use' };
    const some = (mayBeBattery: boolean): readonly Proposal[] =>
      PHASES.map((one) => direction(one, true, mayBeBattery));
    expect(linesOf([order, ...some(false)], use)).toEqual([
      'in use: transformers.order: [L2, L1, L3]',
      'in use: transformers.reversed: [L1, L2, L3]',
    ]);
    const unseen = 'to write after a look at the transformers: transformers.reversed: [L1, L2, L3]';
    expect(linesOf(some(true), use)).toEqual([unseen]);
    expect(linesOf(some(true), config)).toEqual([unseen]);
  });

  test('where the order is written, a rotation needs no more', () => {
    const transformers = { ...config.transformers, isOrderConfirmed: true };
    expect(linesOf([rotation('right')], { ...config, transformers })).toEqual([ROTATED]);
  });
});

test.each<[string, readonly Proposal[], readonly Proposal[]]>([
  ['a rotation alone is not used', [rotation('right')], []],
  ['with the order it is', [rotation('right'), order], [rotation('right'), order]],
  ['a direction by itself', [rotation('right'), direction('L1', true)], [direction('L1', true)]],
  ['one that a battery may have shown: never', [order, direction('L1', true, true)], [order]],
])('%s', (_case, proposals, used) => {
  expect(usable(proposals, config)).toEqual(used);
});

describe('a circuit whose conductors are told apart keeps a guess at the reference away', () => {
  const device = { curve: 'C', rated_dA: 160 } as const;
  const [even, uneven] = [perPhase(() => 160), { L1: 160, L2: 160, L3: 100 }];
  const circuit = { id: 'garage', parent: 'mains', device, limit_dA: even, allowance_dA: even, meter: null };
  const meter = { id: 'shed', key: new Uint8Array(32), oldestSample_ms: 10_000, source: 'sensorbox' } as const;
  const proposals = [rotation('right'), order];

  test.each([
    ['nothing but a sum', circuit, 2],
    ['unlike limits', { ...circuit, limit_dA: uneven }, 0],
    ['unlike allowances', { ...circuit, allowance_dA: uneven }, 0],
    ['a meter', { ...circuit, allowance_dA: null, meter }, 0],
  ])('%s', (_case, own, used) => {
    const tree = { ...config, circuits: [own] };
    expect(usable(proposals, tree)).toHaveLength(used);
    const transformers = { ...config.transformers, isOrderConfirmed: true };
    expect(usable(proposals, { ...tree, transformers })).toHaveLength(2);
    expect(linesOf(proposals, tree)).toHaveLength(used);
    expect(wiringWords(proposals, tree).includes('look at one charge point')).toBe(used === 0);
  });
});

test('conductors are spoken of as long as the order is open', () => {
  const conductor: Proposal = { kind: 'conductor', chargePoint: 'left', conductor: 'L1', transformer: 'L2', evidence };
  expect(wiringWords([conductor], config)).toContain('left: its L1 is what transformer L2 measures');
  expect(wiringWords([conductor, order], config)).not.toContain('its L1 is what');
});

test('250 charge points: what fits, and how much more there is', () => {
  const all = Array.from({ length: 250 }, (_, index) => rotation(`charge-point-${index}`));
  const words = wiringWords([...all, order], config);
  expect(words.length).toBeLessThan(4_050);
  const shown = words.split(' | ');
  expect(shown.at(-1)).toBe(`and ${2 * 251 - (shown.length - 1)} more`);
});
