import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { hearSample, initialFreshness, LONGEST_ECHO_ms, nextBeacon, type SampleTold } from '../src/index.js';
import { Clock } from './chance.js';

const SEED = 20_261_122;
const boot = 'a'.repeat(16);
const ppm = fc.integer({ min: -5_000, max: 5_000 });

const exchange = fc.record({
  masterPpm: ppm,
  bridgePpm: ppm,
  /** True milliseconds: beacon under way, held by the bridge, sample under way; the meter's own delay before. */
  there: fc.integer({ min: 0, max: 2_000 }),
  held: fc.oneof(fc.integer({ min: 0, max: 3_500 }), fc.integer({ min: 0, max: 60_000 })),
  back: fc.integer({ min: 0, max: 8_000 }),
  meter: fc.integer({ min: 0, max: 10_000 }),
});

describe('the age of a sample', () => {
  test('I6 rule 7 B14: is told at most 30 ms too young beside the drift of what the bridge itself timed', () => {
    fc.assert(
      fc.property(exchange, ({ masterPpm, bridgePpm, there, held, back, meter }) => {
        const [master, bridge] = [new Clock(masterPpm), new Clock(bridgePpm)];
        const sentAt = 5_000;
        const { state } = nextBeacon(initialFreshness(boot, master.at(sentAt)), master.at(sentAt));
        const heardAt = sentAt + there;
        const measured = heardAt + held - meter;
        const told: SampleTold = {
          boot: 'b'.repeat(16),
          seq: 1,
          age_ms: bridge.at(heardAt + held) - bridge.at(measured),
          current_dA: { L1: 0, L2: 0, L3: 0 },
          signed: true,
          master: { boot, for_ms: 0 },
          echo: { boot, seq: 1, since_ms: bridge.at(heardAt + held) - bridge.at(heardAt) },
        };
        const arrival = heardAt + held + back;
        const { verdict } = hearSample(state, told, master.at(arrival));
        if (!verdict.ok) return expect([verdict.reason, held > 2_900]).toEqual(['old-echo', true]);
        const age = master.at(arrival) - verdict.value.measuredAt;
        const drift = (there + back + meter) * 0.005 + LONGEST_ECHO_ms * 0.01;
        // Two clocks that are read twice each: up to 1 ms a reading.
        expect(age).toBeGreaterThanOrEqual(arrival - measured - drift - 4);
      }),
      { seed: SEED, ...runs(1_000) },
    );
  });
});
