// What a master knows of a circuit when its meter is away, and a tree with more circuits than a grant names.
import {
  SLAVE,
  all,
  config,
  garage,
  grants,
  left,
  opening,
  report,
  run,
  sample,
  seconds,
  tick,
} from '../../test/garage-site.js';
import { circuitsOf, noteSample } from './circuits.js';
import type { CircuitConfig } from './types.js';

describe('what nobody sees', () => {
  const allowed = { ...config, circuits: [{ ...garage, allowance_dA: all(20) }] };

  test('I2: a meter that falls silent is replaced by what it showed last, not by a smaller allowance, and that is told', () => {
    const { outputs } = run([...opening(all(210), all(160)), ...seconds(45)], allowed);
    expect(grants(outputs).at(-1)).toMatchObject({ limit_dA: 60 });
    const text = expect.stringContaining('garage says nothing');
    expect(outputs).toContainEqual({ kind: 'note', level: 'alarm', key: 'silent garage', text });
  });

  test('I2: a device does not cool while nobody looks', () => {
    const { state } = run(opening(all(80), all(60)), allowed);
    const [circuit] = circuitsOf(allowed).slice(1);
    const before = state.circuits['garage'];
    if (circuit === undefined || before === undefined) throw new Error('no garage');
    const hot = { ...state, circuits: { ...state.circuits, garage: { ...before, heat: all(1.4) } } };
    const one = { boot: SLAVE, seq: 1, arrivedAt: 2_000, signed: false, namedFor_ms: 20_000 };
    const heatAfter = (gap_ms: number) => {
      const was = { ...one, measuredAt: 2_000, current_dA: all(100) };
      const is = { ...was, measuredAt: 2_000 + gap_ms };
      return noteSample(hot, circuit, is, was).circuits['garage']?.heat.L1 ?? 0;
    };
    expect(heatAfter(2_000)).toBeLessThan(1.4);
    expect(heatAfter(60_000)).toBeGreaterThanOrEqual(1.4);
  });
});

test('I2: a grant can be read, however many circuits hold its limit', () => {
  const chain = Array.from({ length: 20 }, (_, depth): CircuitConfig => {
    const parent = depth === 0 ? 'mains' : `board${depth - 1}`;
    return { ...garage, id: `board${depth}`, parent, meter: null, allowance_dA: all(0) };
  });
  const own = { ...config, circuits: chain, roster: [{ ...left, circuit: 'board19' }] };
  const lease = { epoch: { count: 2, boot: SLAVE }, n: 9, limit_dA: 200, endsAt_t: 99_000 };
  const { outputs } = run([tick(50), report(100, { lease }), sample(200, 'meter', all(80)), tick(1_050)], own);
  const [first] = grants(outputs);
  expect(first?.limit_dA).toBe(160);
  expect(first?.because.length).toBe(32);
});
