import { CONFIG } from '../test/rig.js';
import { faultsOf } from './faults.js';
import {
  acknowledged,
  initialResidual,
  isMute,
  isReady,
  isTestDue,
  listened,
  senseResidual,
  testing,
  timeTest,
  unheard,
  type Residual,
} from './residual.js';
import { initialEvse } from './state.js';

const DAY_ms = 86_400_000;
const MONITORED = { ...CONFIG, residual: 'monitored' } as const;
const TESTED = { ...CONFIG, residual: 'tested' } as const;
const QUIET: Residual = { ...initialResidual, tripped: false };
const LATCHED: Residual = { ...initialResidual, tripped: false, latched: true };
const RUNNING = testing(QUIET, 1000);
const ANSWERED = senseResidual(RUNNING, true, 1040);

test.each<[string, Residual, boolean, Partial<Residual>]>([
  ['a trip is latched', QUIET, true, { tripped: true, latched: true }],
  ['and stays so when the input lets go', { ...LATCHED, tripped: true }, false, { tripped: false, latched: true }],
  ['quiet is quiet', initialResidual, false, { tripped: false, latched: false }],
  ['a trip in a test is its answer', RUNNING, true, { answered: true, latched: false, testingSince: 1000 }],
  ['letting go after it ends the test', ANSWERED, false, { testedAt: 1500, testingSince: null, answered: false }],
  ['no trip is no answer', RUNNING, false, { testedAt: null, testingSince: 1000 }],
])('%s', (_, before, tripped, after) => {
  expect(senseResidual(before, tripped, 1500)).toEqual({ ...before, tripped, ...after });
});

test.each<[string, Residual, number, Partial<Residual> | null]>([
  ['a test has 2 s', RUNNING, 2999, null],
  ['one that brings no trip has failed', RUNNING, 3000, { latched: true, testingSince: null }],
  [
    'one that does not let go too, as it may be a true one',
    ANSWERED,
    3000,
    { latched: true, testingSince: null, answered: false },
  ],
  ['without a test time does nothing', QUIET, DAY_ms, null],
  ['time clears no latch', LATCHED, 30 * DAY_ms, null],
])('%s', (_, before, at, after) => {
  if (after === null) expect(timeTest(before, at)).toBe(before);
  else expect(timeTest(before, at)).toEqual({ ...before, ...after });
});

test.each<[string, Residual, boolean]>([
  ['with the input low', LATCHED, false],
  ['not while it still trips', { ...LATCHED, tripped: true }, true],
  ['not while it was not heard again', { ...LATCHED, tripped: null }, true],
  ['what is not latched stays so', QUIET, false],
])('a person clears a latch: %s', (_, before, latched) => {
  expect(acknowledged(before).latched).toBe(latched);
});

test.each<[string, Residual, boolean, boolean, boolean]>([
  ['never heard', initialResidual, false, false, false],
  ['quiet, never tested', QUIET, true, true, false],
  ['tripped', { ...QUIET, tripped: true }, false, false, false],
  ['latched', LATCHED, false, false, false],
  ['in a test', RUNNING, false, false, false],
  ['tested within a day', { ...QUIET, testedAt: 1 }, false, true, true],
  ['tested a day ago', { ...QUIET, testedAt: 0 }, true, true, false],
  ['tested, in a test again', { ...RUNNING, testedAt: 1 }, false, false, false],
])('%s: a test is due: %p; ready where monitored: %p, where tested: %p', (...[, residual, due, monitored, tested]) => {
  expect(isTestDue(residual, DAY_ms, TESTED)).toBe(due);
  expect(isTestDue(residual, DAY_ms, MONITORED)).toBe(false);
  expect(isReady(residual, DAY_ms, MONITORED)).toBe(monitored);
  expect(isReady(residual, DAY_ms, TESTED)).toBe(tested);
  expect(isReady(residual, DAY_ms, CONFIG)).toBe(true);
});

describe('one that is never heard', () => {
  const unheardFor = (unheard_ms: number): Residual => ({ ...initialResidual, unheard_ms });

  test.each([
    ['a gap counts', initialResidual, 100, 100],
    ['of a process that stood still, a quarter of a second', initialResidual, 5000, 250],
    ['until it has been a second', unheardFor(900), 100, 1000],
    ['and then no more', unheardFor(1000), 100, 1000],
    ['nor once it was heard', { ...QUIET, unheard_ms: 300 }, 100, 300],
  ])('%s', (_, before, gap_ms, unheard_ms) => {
    expect(listened(before, gap_ms)).toEqual({ ...before, unheard_ms });
  });

  test.each([
    ['for less than a second', unheardFor(999), false],
    ['for a second', unheardFor(1000), true],
    ['for a second, and then it was', { ...QUIET, unheard_ms: 1000 }, false],
  ])('is mute: not heard %s', (_, residual, is) => {
    expect(isMute(residual)).toBe(is);
  });

  test('after its board was away it has its second again, and its latch', () => {
    const before = { ...LATCHED, unheard_ms: 1000, testingSince: 5, answered: true };
    expect(unheard(before)).toEqual({ ...initialResidual, latched: true });
  });

  test.each([
    ['disabled', []],
    ['monitored', ['residual-current']],
    ['tested', ['residual-current']],
  ] as const)('is a fault where it is %s: %j', (residual, faults) => {
    const state = { ...initialEvse(0), residual: unheardFor(1000) };
    expect(faultsOf(state, { ...CONFIG, residual })).toEqual(faults);
  });
});
