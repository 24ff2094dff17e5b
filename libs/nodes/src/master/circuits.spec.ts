// Circuits below the mains: a garage with a meter of its own on 16 A, a shed with an allowance.
import { beaconTopic } from '@fairamp/protocol';
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
import { PLAIN_SITE } from './plain.js';
import type { MasterOutput } from './types.js';

describe('a charge point in a circuit below the mains', () => {
  test('is held back by its own circuit, and told so', () => {
    const last = grants(run(opening(all(80), all(160))).outputs).at(-1);
    expect(last).toMatchObject({ limit_dA: 60, raise: false });
    expect(last?.because).toContain('circuit-garage-L1');
  });

  test('is held back by nothing else that it does not use', () => {
    const other = { ...garage, id: 'shed', meter: null, allowance_dA: all(160) };
    const own = { ...config, circuits: [garage, other] };
    const last = grants(run(opening(all(80), all(60)), own).outputs).at(-1);
    expect(last?.because.some((one) => one.startsWith('circuit-shed'))).toBe(false);
  });

  test('I6: its lease rests on the older of the two samples', () => {
    const last = grants(run([...opening(all(80), all(60)), ...seconds(2)]).outputs).at(-1);
    // The garage was measured at 1,230, and this was decided at 3,650.
    expect(last?.validFor_ms).toBe(10_000 - (3_650 - 1_230));
  });

  test('I1: it is not raised on a sample of its circuit that is older than 5 s', () => {
    const young = grants(run([...opening(all(80), all(60)), ...seconds(3)]).outputs).at(-1);
    expect(young?.because).not.toContain('stale-mains');
    const old = grants(run([...opening(all(80), all(60)), ...seconds(6)]).outputs).at(-1);
    expect(old).toMatchObject({ raise: false, because: ['stale-mains'] });
  });

  test('I6: nothing is granted while its meter says nothing, so that what another master granted runs out by itself', () => {
    const { state, outputs } = run([tick(50), report(100), sample(200, 'meter', all(80)), tick(1_050)]);
    expect(grants(outputs)).toEqual([]);
    expect(state.slaves['left']).toMatchObject({ limit_dA: 60, because: ['stale-mains'] });
  });

  test('or carries its allowance beside the cars, where there is one', () => {
    const own = { ...config, circuits: [{ ...garage, allowance_dA: all(40) }] };
    const lease = { epoch: { count: 2, boot: SLAVE }, n: 9, limit_dA: 200, endsAt_t: 99_000 };
    const { outputs } = run(
      [
        tick(50),
        report(100, { lease, draw_dA: all(200), drawLow_dA: all(200) }),
        sample(200, 'meter', all(210)),
        tick(1_050),
      ],
      own,
    );
    expect(grants(outputs).at(-1)).toMatchObject({
      limit_dA: 120,
      because: ['circuit-garage-L1', 'circuit-garage-L2', 'circuit-garage-L3'],
    });
  });
});

describe('beacons', () => {
  const beacons = (outputs: readonly MasterOutput[], to: string): number =>
    outputs.filter((output) => output.kind === 'publish' && output.topic === beaconTopic('home', to)).length;

  test('I10: go to a meter below the mains only while the bridge of the mains names this master', () => {
    const ticks = [50, 1_050, 2_050].map(tick);
    expect(beacons(run(ticks).outputs, 'meter')).toBe(3);
    expect(beacons(run(ticks).outputs, 'board')).toBe(0);
    const named = [tick(50), sample(200, 'meter', all(80)), tick(1_050), tick(2_050)];
    expect(beacons(run(named).outputs, 'board')).toBe(2);
  });
});

describe('wiring', () => {
  test('what a charge point calls L1 is what the roster says that it hangs on', () => {
    const own = { ...config, roster: [{ ...left, rotation: ['L2', 'L3', 'L1'] as const }] };
    const told = { draw_dA: { L1: 60, L2: 0, L3: 0 }, phases: ['L1'] as ['L1'] };
    const record = run([tick(50), report(100, told)], own).state.slaves['left'];
    expect(record?.report?.message).toMatchObject({ phases: ['L2'], draw_dA: { L1: 0, L2: 60, L3: 0 } });
  });

  test('what the first transformer reads is the conductor that it sits on, and a reversed one counts the other way', () => {
    const wired = { order: ['L3', 'L1', 'L2'] as const, reversed: ['L1'] as const };
    const transformers = { ...PLAIN_SITE.transformers, ...wired };
    const own = { ...config, transformers, roster: [{ ...left, circuit: 'mains' }] };
    const told = sample(200, 'meter', { L1: 10, L2: 20, L3: 30 });
    expect(run([tick(50), told], own).state.freshness.newest?.current_dA).toEqual({ L3: 10, L1: 20, L2: 30 });
  });
});

test.each([
  ['twice MAINS waits for no answers', 500, 0],
  ['less waits for them', 499, 170],
])('%s', (_case, current, limit_dA) => {
  const own = { ...config, roster: [{ ...left, circuit: 'mains' }] };
  const over = sample(2_200, 'meter', all(current));
  const { outputs } = run(
    [tick(50), report(100), sample(200, 'meter', all(80)), tick(1_050), report(2_100), over],
    own,
  );
  expect(grants(outputs).at(-1)).toMatchObject({ limit_dA });
});
