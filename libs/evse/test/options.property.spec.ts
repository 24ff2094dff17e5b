// Whatever a board with a lock, a switch and a residual-current monitor says, in whatever order: the promises of a
// charge point with any of the manual's options.
import { FAULTS, type Fault } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { initialEvse, stepEvse, viewEvse, type EvseConfig, type EvseState } from '../src/index.js';
import { anyEvent, optionConfig, play, stretches, type Seen } from './play.js';
import { CONFIG } from './rig.js';

const F_ms = 300;
const RECLOSE_ms = 10_000;
const URGENT = FAULTS.filter((fault) => !['no-serial-com', 'no-current', 'high-temperature'].includes(fault));

function always(check: (seen: Seen, settings: EvseConfig) => void, often = 100): void {
  fc.assert(
    fc.property(stretches(120, anyEvent), optionConfig, (played, settings) => {
      play(played, settings, (seen) => check(seen, settings));
    }),
    runs(often),
  );
}

const isClosed = (state: EvseState): boolean => state.contactor.wanted === 'closed';
const closes = ({ step }: Seen): boolean => step.commands.some(({ kind }) => kind === 'close-contactor');
const lockedBy = ({ connector, lock }: EvseConfig): boolean => connector === 'socket' && lock.actuator !== 'none';
const allowed = ({ access }: EvseState, config: EvseConfig): boolean => {
  if (config.access === 'disabled') return access.stoppedAt === null;
  return config.access === 'momentary' ? access.granted : access.pressed === true;
};

test('I3: the contactor is closed only for a car that asks, with PWM, a lease, access, a quiet monitor and no fault', () => {
  always((seen, settings) => {
    if (!closes(seen)) return;
    const { state } = seen.step;
    const view = viewEvse(state, settings);
    expect(view.faults).toEqual([]);
    expect(settings.ventilated ? ['C', 'D'] : ['C']).toContain(view.pilot);
    expect(Math.min(view.offered_dA, state.limit_dA)).toBeGreaterThanOrEqual(60);
    expect(allowed(state, settings)).toBe(true);
    expect([state.supplyFailing, state.watches.hot, state.stopBy]).toEqual([false, false, null]);
    if (settings.residual === 'disabled') return;
    expect(state.residual).toMatchObject({ tripped: false, latched: false, testingSince: null });
    if (settings.residual === 'tested') expect(state.residual.testedAt).not.toBeNull();
  });
});

test('I3: it is never left closed for a car that does not ask, with a fault that opens at once, or a failing supply', () => {
  always(({ step: { state } }, settings) => {
    if (!isClosed(state)) return;
    const view = viewEvse(state, settings);
    expect(settings.ventilated ? ['C', 'D'] : ['C']).toContain(view.pilot);
    expect(view.faults.filter((fault) => URGENT.includes(fault))).toEqual([]);
    expect(state.supplyFailing).toBe(false);
  });
});

test('I14: the contactor is never commanded or left closed unless the lock is sensed locked', () => {
  always(({ before, step: { state } }, settings) => {
    if (!lockedBy(settings) || !isClosed(state)) return;
    expect(state.lock).toMatchObject({ wanted: 'locked', sensed: 'locked' });
    const read_ms = settings.lock.actuator === 'motor' ? 700 : 400;
    if (!isClosed(before)) expect(state.at - state.lock.pulsedAt).toBeGreaterThanOrEqual(read_ms);
  });
});

test('I14: no pulse toward unlocked while the contactor is not known to be open', () => {
  always(({ step: { state, commands } }, settings) => {
    for (const command of commands) {
      if (command.kind !== 'pulse-lock') continue;
      const isUnlocking = (command.toward === 'unlocked') !== settings.lock.swapped;
      if (isUnlocking) expect(viewEvse(state, settings).contactorOpen).toBe(true);
    }
  });
});

test('I14: a fixed cable, or none, has nothing pulsed; a lock that does not obey is pulsed again after 5 s, five times', () => {
  always(({ before, step: { state, commands } }, settings) => {
    if (!commands.some(({ kind }) => kind === 'pulse-lock')) return;
    expect(lockedBy(settings)).toBe(true);
    expect(state.lock.pulses).toBeLessThanOrEqual(5);
    if (state.lock.pulses > 1) expect(state.at - before.lock.pulsedAt).toBeGreaterThanOrEqual(5000);
  }, 150);
});

test('I11: a start, and a board that is back, opens first; it closes nothing for 10 s and pulses nothing open before it knows', () => {
  fc.assert(
    fc.property(anyEvent, stretches(60, anyEvent), optionConfig, (first, played, settings) => {
      const { commands } = stepEvse(initialEvse(0), { ...first, at: 0 }, settings);
      expect(commands.slice(0, 2).map(({ kind }) => kind)).toEqual(['open-contactor', 'set-pilot']);
      play(played, settings, (seen) => {
        const { event, step } = seen;
        if (event.kind === 'board-changed' && !event.lost) expect(step.commands[0]?.kind).toBe('open-contactor');
        if (step.state.at < RECLOSE_ms) expect(closes(seen)).toBe(false);
      });
    }),
    runs(100),
  );
});

test('I12: a weld is never cleared or closed upon, and the pilot stays at F', () => {
  let welds = 0;
  fc.assert(
    fc.property(stretches(100, anyEvent), stretches(30, anyEvent), optionConfig, (played, after, drawn) => {
      const settings = { ...drawn, contactorFeedback: true };
      const weld = {
        event: { kind: 'contactor-confirmed', closed: true },
        times: 1,
        gap_ms: 20,
        obeys: false,
      } as const;
      const open = {
        event: { kind: 'pilot-sampled', high_mV: 12_000, low_mV: null },
        times: 8,
        gap_ms: 200,
        obeys: false,
      } as const;
      play([...played, open, weld, open, ...after], settings, ({ before, step }) => {
        if (before.contactor.fault !== 'welded') return;
        welds += 1;
        expect(step.state.contactor).toMatchObject({ fault: 'welded', wanted: 'open' });
        if (step.state.announced) expect(step.state.offer.kind).toBe('F');
        expect(viewEvse(step.state, settings).faults).toContain('contactor');
      });
    }),
    runs(100),
  );
  expect(welds).toBeGreaterThan(1000);
});

test('a residual-current latch ends with a person and the input low, with nothing else', () => {
  always(({ before, event, step: { state } }) => {
    if (!before.residual.latched || state.residual.latched) return;
    const isPerson = event.kind === 'acknowledged' || (event.kind === 'switch-sensed' && event.pressed);
    expect([isPerson, before.residual.tripped]).toEqual([true, false]);
  }, 150);
});

test('after a fault that opens at once the pilot is at F for 300 ms', () => {
  always(({ step: { state } }) => {
    const newest = state.faultLog.filter(({ fault }) => URGENT.includes(fault)).at(-1);
    if (newest !== undefined && state.at - newest.from < F_ms) expect(state.offer.kind).toBe('F');
  }, 150);
});

/** What alone makes each of the faults; some need a board or settings that can have it. */
const MAKES: Readonly<Record<Fault, (state: EvseState) => Partial<EvseState>>> = {
  'residual-current': ({ residual }) => ({ residual: { ...residual, latched: true } }),
  contactor: ({ contactor }) => ({ contactor: { ...contactor, fault: 'welded' } }),
  'over-current': ({ watches }) => ({ watches: { ...watches, overCurrent: true } }),
  pilot: ({ pilot }) => ({ pilot: { ...pilot, state: 'E' } }),
  diode: ({ pilot }) => ({ pilot: { ...pilot, diode: 'faulty' } }),
  proximity: () => ({ cableMissingSince: 0 }),
  'lock-failed': ({ lock }) => ({ lock: { ...lock, pulses: 5, sensed: 'locked' } }),
  'settings-damaged': () => ({}),
  'board-lost': () => ({ boardLost: true }),
  'high-temperature': ({ watches }) => ({ watches: { ...watches, hot: true } }),
  'no-serial-com': () => ({ silent: true }),
  'no-current': ({ watches, at }) => ({ watches: { ...watches, noCurrentAt: at } }),
};

test('no fault hides another: whichever stand, all of them are said, in the order of their precedence', () => {
  fc.assert(
    fc.property(fc.subarray([...FAULTS]), (standing) => {
      const settings: EvseConfig = {
        ...CONFIG,
        lock: { actuator: 'motor', swapped: false },
        residual: 'monitored',
        settingsDamaged: standing.includes('settings-damaged'),
      };
      const quiet: EvseState = { ...initialEvse(0), at: 60_000 };
      const state = standing.reduce((made, fault) => ({ ...made, ...MAKES[fault](made) }), quiet);
      expect(viewEvse(state, settings).faults).toEqual(standing);
    }),
    runs(300),
  );
});

test('random play is not idle: it charges with each of the options often enough to mean something', () => {
  const closings = new Map<string, number>();
  const drawn = fc.sample(fc.tuple(stretches(120, anyEvent), optionConfig), { numRuns: 600, seed: 61_851 });
  for (const [played, settings] of drawn) {
    play(played, settings, (seen) => {
      if (!closes(seen)) return;
      const { lock, access, residual, ventilated } = settings;
      const isD = seen.step.state.pilot.state === 'D';
      for (const word of [
        lockedBy(settings) ? lock.actuator : 'none',
        access,
        residual,
        `${ventilated && isD ? 'D' : 'C'}`,
      ]) {
        closings.set(word, (closings.get(word) ?? 0) + 1);
      }
    });
  }
  const few = ['none', 'solenoid', 'motor', 'disabled', 'momentary', 'maintained', 'monitored', 'tested', 'C', 'D'];
  expect(few.filter((word) => (closings.get(word) ?? 0) < 10)).toEqual([]);
});
