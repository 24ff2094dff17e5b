import { MAINS, perPhase } from '@fairamp/units';
import { PLAIN_POINT, PLAIN_SITE } from './plain.js';
import { initialMaster } from './master-node.js';
import { siteOf } from './site.js';
import type { MasterConfig, SlaveRecord } from './types.js';

const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  bridge: { id: 'bridge', key: new Uint8Array(32) },
  roster: [
    { ...PLAIN_POINT, id: 'left', key: new Uint8Array(32), maximum_dA: 160, failSafe: 'heartbeat', fallback_dA: 0 },
  ],
  oldestSample_ms: 10_000,
};
const initial = initialMaster({ count: 1, boot: '00000000000000aa' }, 0, config);
const onL1 = (current_dA: number) => ({ L1: current_dA, L2: 0, L3: 0 });

/** Its draws of the last seconds beside a sample of 99.6 s, decided at 100 s. */
function drawsOf(notes: readonly (readonly [number, number])[]) {
  const report = { at: notes.at(-1)?.[0] ?? 0, message: { phases: ['L1'], demand_dA: 160, draw_dA: onL1(0) } };
  const draws = notes.map(([at, draw_dA]) => ({ at, draw_dA: onL1(draw_dA) }));
  const left = { ...initial.slaves['left']!, draws, report: report as unknown as SlaveRecord['report'] };
  const newest = { measuredAt: 99_600, arrivedAt: 99_700, signed: true, current_dA: perPhase(() => 0) };
  const freshness = { ...initial.freshness, newest: newest as unknown as typeof initial.freshness.newest };
  const [point] = siteOf({ ...initial, freshness, slaves: { left } }, 100_000, config).chargePoints;
  return { high: point?.drawHigh_dA.L1, before: point?.drawBefore_dA.L1 };
}

test.each([
  [
    'a report each second',
    [
      [96_300, 170],
      [97_300, 170],
      [98_400, 160],
      [99_850, 100],
    ],
    { high: 160, before: 160 },
  ],
  [
    'one of them lost',
    [
      [96_300, 170],
      [97_300, 160],
      [99_850, 100],
    ],
    { high: 100, before: 160 },
  ],
  [
    'none but an older one',
    [
      [96_300, 170],
      [97_550, 160],
    ],
    { high: 160, before: 160 },
  ],
  ['none for so long that it is not heard any more', [[95_599, 160]], { high: 0, before: 0 }],
  ['none so old: it has only just been heard', [[99_850, 100]], { high: 100, before: 100 }],
  ['none at all', [], { high: 0, before: 0 }],
] as const)('what a sample can have of a draw, with %s', (_, notes, expected) => {
  expect(drawsOf(notes)).toEqual(expected);
});

test('the mains are a circuit of every site', () => {
  expect(siteOf(initial, 0, config).circuits.map(({ id }) => id)).toEqual([MAINS]);
});
