// Whatever the board, the car and the link say, in whatever order: the promises of a charge point.
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import {
  ampsOf,
  dutyOf,
  initialEvse,
  ratingOf,
  stepEvse,
  viewEvse,
  type EvseConfig,
  type EvseEvent,
  type EvseState,
  type PilotState,
} from '../src/index.js';
import { config, play, stretch, stretches, type Seen } from './play.js';
import { CONFIG, LEVEL_mV } from './rig.js';

const SOFT_STOP_ms = 6000;
const RECLOSE_ms = 10_000;
const RAISE_INTERVAL_ms = 5000;

function always(check: (seen: Seen, settings: EvseConfig) => void, often = 100): void {
  fc.assert(
    fc.property(stretches(120), config, (played, settings) => {
      play(played, settings, (seen) => check(seen, settings));
    }),
    runs(often),
  );
}

const isClosed = (state: EvseState): boolean => state.contactor.wanted === 'closed';
const closes = ({ step }: Seen): boolean => step.commands.some(({ kind }) => kind === 'close-contactor');

test('I3: the contactor is commanded closed only in C, with PWM on, a lease above 0 and no fault', () => {
  always((seen, settings) => {
    if (!closes(seen)) return;
    const { state } = seen.step;
    const view = viewEvse(state, settings);
    expect(view).toMatchObject({ pilot: 'C', faults: [] });
    expect(view.offered_dA).toBeGreaterThanOrEqual(60);
    expect(state.limit_dA).toBeGreaterThanOrEqual(60);
    expect([state.silent, state.boardLost, state.stopBy]).toEqual([false, false, null]);
  });
});

test('I3: it is never left closed in A, B, D, E, F or invalid, nor with a fault that opens at once', () => {
  always(({ step: { state } }, settings) => {
    if (!isClosed(state)) return;
    const view = viewEvse(state, settings);
    expect(view.pilot).toBe('C');
    expect(view.faults.filter((fault) => fault !== 'no-serial-com')).toEqual([]);
  });
});

test('I3: a car that leaves C is off within two samples of 20 ms, whatever was said before', () => {
  fc.assert(
    fc.property(
      stretches(120),
      config,
      fc.constantFrom<PilotState[]>('A', 'B', 'D', 'E', 'F', 'invalid'),
      (played, settings, left) => {
        let state = play(played, settings, () => undefined);
        for (let turn = 0; turn < 3; turn += 1) {
          const event = { kind: 'pilot-sampled', at: state.at + 20, high_mV: LEVEL_mV[left], low_mV: null } as const;
          state = stepEvse(state, event, settings).state;
        }
        expect(isClosed(state)).toBe(false);
      },
    ),
    runs(100),
  );
});

test('I3: without a lease PWM is off in the same step, and the contactor 6 s and one event later', () => {
  fc.assert(
    fc.property(stretches(120), config, (played, settings) => {
      let without: number | null = 0;
      play(played, settings, ({ step: { state } }) => {
        const has = state.limit_dA > 0 && !state.silent;
        without = has ? null : (without ?? state.at);
        if (without === null) return;
        expect(viewEvse(state, settings).offered_dA).toBe(0);
        if (state.at >= without + SOFT_STOP_ms) expect(isClosed(state)).toBe(false);
      });
    }),
    runs(100),
  );
});

test('a soft stop once begun ends with the contactor open before anything is offered again', () => {
  always(({ before, step: { state, commands } }, settings) => {
    if (before.stopBy === null) return;
    if (state.stopBy === null) expect(commands[0]?.kind).toBe('open-contactor');
    expect(viewEvse(state, settings).offered_dA).toBe(0);
  });
});

test('PWM comes on only over a contactor that is known to be open', () => {
  always(({ before, step: { state } }, settings) => {
    if (before.offer.kind === 'pwm' || state.offer.kind !== 'pwm' || isClosed(state)) return;
    expect(viewEvse(state, settings).contactorOpen).toBe(true);
  });
});

test('I11: a start leaves the contactor open, whatever the first event is', () => {
  fc.assert(
    fc.property(stretch, config, ({ event }, settings) => {
      const { commands, state } = stepEvse(initialEvse(0), { ...event, at: 0 }, settings);
      expect(commands.slice(0, 2).map(({ kind }) => kind)).toEqual(['open-contactor', 'set-pilot']);
      expect([isClosed(state), viewEvse(state, settings).offered_dA]).toEqual([false, 0]);
    }),
  );
});

test('the offer is never above the lease, MAX or the cable, and what a car reads from it neither', () => {
  always(({ step: { state } }, settings) => {
    const { offered_dA } = viewEvse(state, settings);
    if (offered_dA === 0) return;
    const cable_dA =
      settings.connector === 'fixed' ? settings.cable_dA : (ratingOf(state.ohm, settings.proximity) ?? 0);
    expect(offered_dA).toBeLessThanOrEqual(Math.min(state.limit_dA, settings.max_dA, cable_dA));
    expect(ampsOf(dutyOf(offered_dA))).toBeLessThanOrEqual(offered_dA);
  });
});

test('raises of the offer are at least 5 s apart, closings at least 10 s', () => {
  fc.assert(
    fc.property(stretches(120), config, (played, settings) => {
      let raisedAt = 0;
      let closedAt = 0;
      play(played, settings, (seen) => {
        const { before, step } = seen;
        if (closes(seen)) {
          expect(step.state.at - closedAt).toBeGreaterThanOrEqual(RECLOSE_ms);
          closedAt = step.state.at;
        }
        if (viewEvse(step.state, settings).offered_dA <= viewEvse(before, settings).offered_dA) return;
        expect(step.state.at - raisedAt).toBeGreaterThanOrEqual(RAISE_INTERVAL_ms);
        raisedAt = step.state.at;
      });
    }),
    runs(300),
  );
});

test('a contactor command stands first, and never two in one step', () => {
  always(({ step: { commands } }) => {
    if (commands.length === 0) return;
    const opens = commands.map(({ kind }) => kind).lastIndexOf('open-contactor');
    const moves = commands.filter(({ kind }) => kind.endsWith('-contactor'));
    expect(opens).toBeLessThanOrEqual(0);
    expect(moves.length).toBeLessThanOrEqual(1);
  });
});

test('the state is plain data: what comes back from a file goes on as if nothing had been', () => {
  fc.assert(
    fc.property(stretches(60), config, stretch, (played, settings, { event, gap_ms }) => {
      const state = play(played, settings, () => undefined);
      const restored = JSON.parse(JSON.stringify(state)) as EvseState;
      expect(restored).toEqual(state);
      const next = { ...event, at: state.at + gap_ms } as EvseEvent;
      expect(stepEvse(restored, next, settings)).toEqual(stepEvse(state, next, settings));
    }),
    runs(100),
  );
});

test('what a car reads of any duty is exactly at or under the limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 800 }), (limit_dA) => {
      const duty = dutyOf(limit_dA);
      const read_dA = duty <= 850 ? (duty * 6) / 10 : ((duty - 640) * 25) / 10;
      expect(read_dA).toBeLessThanOrEqual(limit_dA);
      expect(read_dA).toBeGreaterThan(limit_dA - 20);
    }),
    runs(741),
  );
});

test('random play is not idle: it charges, soft-stops and opens by fault often enough to mean something', () => {
  const count = { closings: 0, softStops: 0, faults: 0 };
  const drawn = fc.sample(stretches(120), { numRuns: 600, seed: 61_851 });
  for (const played of drawn) {
    play(played, CONFIG, (seen) => {
      if (closes(seen)) count.closings += 1;
      for (const command of seen.step.commands) {
        if (command.kind !== 'open-contactor') continue;
        if (command.reason === 'soft-stop-over') count.softStops += 1;
        if (command.reason === 'fault') count.faults += 1;
      }
    });
  }
  expect(count.closings).toBeGreaterThan(100);
  expect(count.softStops).toBeGreaterThan(10);
  expect(count.faults).toBeGreaterThan(10);
});
