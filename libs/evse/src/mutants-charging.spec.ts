// Small mistakes that nothing else noticed (npm run mutate), each as what it would do to a car that charges.
import { CONFIG } from '../test/rig.js';
import { initialAccess } from './access.js';
import { confirm, initialContactor } from './contactor.js';
import { hear } from './hearing.js';
import { nextOffer } from './offer.js';
import { initialPilot } from './pilot.js';
import { initialResidual } from './residual.js';
import { stepEvse } from './session.js';
import { initialEvse, type EvseState } from './state.js';
import type { EvseConfig, EvseEvent } from './types.js';
import { viewEvse } from './view.js';
import { initialWatches } from './watches.js';

const X1 = { kind: 'X1' } as const;

/** Locked, charging and metered, with every option that a press could mean something to. */
function charging(changes: Partial<EvseState> = {}): EvseState {
  const start = initialEvse(0);
  return {
    ...start,
    at: 100_000,
    announced: true,
    ohm: 220,
    limit_dA: 160,
    offer: { kind: 'pwm', limit_dA: 160 },
    pilot: { ...start.pilot, state: 'C', newest: 'C', diode: 'seen', sampledAt: 100_000 },
    contactor: { ...start.contactor, wanted: 'closed', feedback: 'closed', doubt_ms: null },
    access: { ...start.access, pressed: false },
    ...changes,
  };
}

function heard(state: EvseState, event: EvseEvent, config: Partial<EvseConfig> = {}): EvseState {
  return hear(state, event, { ...CONFIG, ...config });
}

const drawn = (dA: number): EvseEvent => {
  return { kind: 'draw-metered', at: 100_010, draw_dA: { L1: dA, L2: 0, L3: 0 } };
};

test.each<[string, Partial<EvseState>, number, boolean]>([
  ['16 A of 16 A', {}, 160, false],
  ['a tenth and half an ampere above', {}, 181, false],
  ['more than that', {}, 182, true],
  ['6 A in a soft stop, when nothing is offered', { offer: X1, stopBy: 106_000 }, 60, true],
])('a draw is watched against what is offered: %s', (_title, changes, dA, isOver) => {
  const { watches } = heard(charging(changes), drawn(dA));
  expect(JSON.stringify(watches) !== JSON.stringify(initialWatches)).toBe(isOver);
});

test('what is metered past an open contactor is no car', () => {
  const open = charging({ contactor: { ...initialContactor(0), feedback: 'open', doubt_ms: null } });
  expect(heard(open, drawn(400)).watches).toEqual(initialWatches);
});

const press: EvseEvent = { kind: 'switch-sensed', at: 100_500, pressed: true };
const latched = { ...initialResidual, tripped: false, latched: true };
const away = { ...initialPilot(0), sampledAt: 100_000 };

test.each<[string, Partial<EvseConfig>, Partial<EvseState>, [granted: boolean, stoppedAt: number | null]]>([
  ['grants with a momentary one', { access: 'momentary' }, {}, [true, null]],
  ['stops a car without one', { access: 'disabled' }, {}, [false, 100_500]],
  ['stops nobody where no car is', { access: 'disabled' }, { pilot: away }, [false, null]],
  ['means nothing to a maintained one', { access: 'maintained' }, {}, [false, null]],
  [
    'that acknowledges grants nothing',
    { access: 'momentary', residual: 'monitored' },
    { residual: latched },
    [false, null],
  ],
  [
    'that acknowledges stops nobody',
    { access: 'disabled', residual: 'monitored' },
    { residual: latched },
    [false, null],
  ],
])('a press %s', (_title, config, changes, [granted, stoppedAt]) => {
  const state = heard(charging(changes), press, config);
  expect(state.access).toMatchObject({ pressed: true, granted, stoppedAt });
  expect(state.residual.latched).toBe(false);
});

test('the bounce of a switch acknowledges nothing', () => {
  const bouncing = charging({ residual: latched, access: { ...initialAccess(100_400), pressed: false } });
  expect(heard(bouncing, press, { residual: 'monitored' }).residual.latched).toBe(true);
});

test.each<[string, number, 'locked' | 'unlocked', number]>([
  ['that was pulsed in vain twice is tried anew', 2, 'unlocked', 0],
  ['that was pulsed once may still move', 1, 'unlocked', 1],
  ['that obeys is left alone', 2, 'locked', 2],
])('acknowledged: a lock %s', (_title, pulses, sensed, left) => {
  const lock = { wanted: 'locked', sensed, pulses, pulsedAt: 99_000 } as const;
  const state = heard(charging({ lock }), { kind: 'acknowledged', at: 100_010 });
  expect(state.lock).toEqual({ ...lock, pulses: left });
});

test('a board that is back has said nothing yet, and what it was told is wanted still', () => {
  const lock = { wanted: 'locked', sensed: 'locked', pulses: 2, pulsedAt: 90_000 } as const;
  const residual = { ...initialResidual, tripped: false, testedAt: 5, testingSince: 99_000, answered: true };
  const event: EvseEvent = { kind: 'board-changed', at: 100_010, lost: false };
  const state = heard(charging({ boardLost: true, unsampled_ms: 5000, lock, residual }), event, { residual: 'tested' });
  expect(state.lock).toEqual({ wanted: 'locked', sensed: null, pulses: 0, pulsedAt: 90_000 });
  expect(state.residual).toEqual({ ...initialResidual, testedAt: 5 });
  expect(state).toMatchObject({ boardLost: false, announced: false, unsampled_ms: 1000 });
});

test.each<[string, Partial<EvseState>, number | null]>([
  ['with the car', { pilot: away }, null],
  ['not while it is there', {}, 90_000],
])('a stop ends %s', (_title, changes, stoppedAt) => {
  const stopped = charging({ ...changes, access: { ...initialAccess(0), pressed: false, stoppedAt: 90_000 } });
  expect(heard(stopped, { kind: 'tick', at: 100_010 }).access).toMatchObject({ pressed: false, stoppedAt });
});

test.each<[string, Partial<EvseState>, boolean]>([
  ['two samples since the output changed', {}, true],
  ['one', { pilot: { ...charging().pilot, sinceDriven: 1 } }, false],
  ['none', { pilot: { ...charging().pilot, sinceDriven: 0 } }, false],
  ['two, but the board is lost', { boardLost: true }, false],
])('an output is confirmed by %s', (_title, changes, confirmed) => {
  expect(viewEvse(charging(changes), CONFIG).confirmed).toBe(confirmed);
});

test('a lock is shown where there is one', () => {
  const lock = { wanted: 'locked', sensed: 'locked', pulses: 1, pulsedAt: 0 } as const;
  const motor = { actuator: 'motor', swapped: false } as const;
  expect(viewEvse(charging({ lock }), { ...CONFIG, lock: motor }).lock).toBe('locked');
  expect(viewEvse(charging({ lock }), CONFIG).lock).toBeNull();
});

test('who was not let in is told so, also before a car is there', () => {
  const waiting = initialEvse(0);
  expect(viewEvse(waiting, { ...CONFIG, access: 'momentary' }).session).toBe('denied');
  expect(viewEvse(waiting, CONFIG).session).toBe('idle');
});

test('a fault is told when it comes and when it goes, once, while another stands', () => {
  const told = (state: EvseState, event: EvseEvent) => {
    const step = stepEvse(state, event, CONFIG);
    return { ...step, notes: step.commands.flatMap((command) => (command.kind === 'note' ? [command.text] : [])) };
  };
  const hot = told(charging(), { kind: 'temperature-sensed', at: 100_010, celsius: 70 });
  expect(hot.notes).toEqual(['fault high-temperature has come']);
  const silent = told(hot.state, { kind: 'link-changed', at: 100_020, silent: true });
  expect(silent.notes).toEqual(['fault no-serial-com has come']);
  expect(told(silent.state, { kind: 'tick', at: 100_030 }).notes).toEqual([]);
  const cool = told(silent.state, { kind: 'temperature-sensed', at: 100_040, celsius: 20 });
  expect(cool.notes).toEqual(['fault high-temperature has gone']);
});

test('before a session, over an open contactor, the residual-current monitor is made to trip', () => {
  const contactor = { ...initialContactor(0), feedback: 'open' as const, doubt_ms: null };
  const pilot = { ...charging().pilot, state: 'B' as const, newest: 'B' as const };
  const config = { ...CONFIG, residual: 'tested' as const };
  const tests = (changes: Partial<EvseState>) => {
    const state = charging({ contactor, pilot, residual: { ...initialResidual, tripped: false }, ...changes });
    const step = stepEvse(state, { kind: 'tick', at: 100_010 }, config);
    return [step.commands.filter(({ kind }) => kind === 'test-residual').length, step.state.residual.testingSince];
  };
  expect(tests({})).toEqual([1, 100_010]);
  expect(tests({ pilot: away })).toEqual([0, null]);
  expect(tests({ contactor: { ...contactor, feedback: 'closed' } })).toEqual([0, null]);
});

test('under F nobody waits for a raise: it is X1 until then', () => {
  const { pilot, contactor } = initialEvse(0);
  const ready: EvseState = {
    ...initialEvse(0),
    at: 20_000,
    raisedAt: 16_000,
    pilot: { ...pilot, state: 'B', newest: 'B' },
    contactor: confirm(contactor, false),
    ohm: 220,
    limit_dA: 160,
    offer: { kind: 'F' },
  };
  expect(nextOffer(ready, CONFIG)).toEqual({ kind: 'X1' });
  expect(nextOffer({ ...ready, raisedAt: 0, offerSince: 0, offer: { kind: 'X1' } }, CONFIG)).toMatchObject({
    kind: 'pwm',
  });
});
