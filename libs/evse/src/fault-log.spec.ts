import { FAULTS, type Fault } from '@fairamp/units';
import { ENTRIES_MAX, logFaults, type FaultEntry } from './fault-log.js';

const STANDS: FaultEntry = { fault: 'pilot', from: 1000, to: null };
const OVER: FaultEntry = { fault: 'diode', from: 500, to: 900 };

test.each<[string, readonly FaultEntry[], readonly Fault[], readonly FaultEntry[]]>([
  ['comes', [], ['pilot'], [{ ...STANDS, from: 2000 }]],
  ['goes', [STANDS], [], [{ ...STANDS, to: 2000 }]],
  ['comes again', [OVER], ['diode'], [OVER, { fault: 'diode', from: 2000, to: null }]],
  [
    'gives way to another',
    [STANDS],
    ['diode'],
    [
      { ...STANDS, to: 2000 },
      { fault: 'diode', from: 2000, to: null },
    ],
  ],
  ['is joined by another', [STANDS], ['pilot', 'diode'], [STANDS, { fault: 'diode', from: 2000, to: null }]],
])('a fault %s', (_, log, standing, expected) => {
  expect(logFaults(log, standing, 2000)).toEqual(expected);
});

test('while nothing comes or goes it is the same log', () => {
  const log = [OVER, STANDS];
  expect(logFaults(log, ['pilot'], 2000)).toBe(log);
});

test('it keeps 32 entries; what is over goes first, from the oldest on, what stands never', () => {
  const old = Array.from({ length: ENTRIES_MAX - 1 }, (_, index): FaultEntry => ({
    ...OVER,
    from: index,
    to: index + 1,
  }));
  const log = logFaults([STANDS, ...old], ['pilot', 'diode', 'proximity'], 2000);
  expect(log).toHaveLength(ENTRIES_MAX);
  expect(log.slice(0, 2)).toEqual([STANDS, old[2]]);
  expect(log.slice(-2).map(({ fault }) => fault)).toEqual(['diode', 'proximity']);
});

test('all faults at once fit', () => {
  const old = Array.from({ length: ENTRIES_MAX }, (): FaultEntry => ({ ...OVER }));
  const log = logFaults(old, FAULTS, 2000);
  expect(log.filter(({ to }) => to === null).map(({ fault }) => fault)).toEqual(FAULTS);
  expect(log).toHaveLength(ENTRIES_MAX);
});
