import { initialWake, passWake, type Wake } from './wake.js';

type Moment = Parameters<typeof passWake>[1];
const LIES: Moment = { at: 30_000, pilot: 'waits', offeredSince: 0 };
const SPELL: Wake = { tries: 1, until: 34_000, hasAsked: false };

test.each<[string, Wake, Partial<Moment>, Wake]>([
  ['an offer that lies for 30 s', initialWake, {}, SPELL],
  ['not for a moment less', initialWake, { at: 29_999 }, initialWake],
  ['nothing is offered', initialWake, { offeredSince: null }, initialWake],
  ['there is no car', initialWake, { pilot: 'gone' }, initialWake],
  ['the pilot says something else', initialWake, { pilot: 'other' }, initialWake],
  ['a spell lasts 4 s', SPELL, { at: 33_999, offeredSince: null }, SPELL],
  ['and is over', SPELL, { at: 34_000, offeredSince: null }, { ...SPELL, until: null }],
  [
    'a third time',
    { ...SPELL, tries: 2, until: null },
    { at: 90_000, offeredSince: 60_000 },
    { tries: 3, until: 94_000, hasAsked: false },
  ],
  ['never a fourth', { ...SPELL, tries: 3, until: null }, { at: 900_000 }, { ...SPELL, tries: 3, until: null }],
  ['a car that asks is awake', { ...SPELL, until: null }, { pilot: 'asks' }, { tries: 1, until: null, hasAsked: true }],
  [
    'one that has asked goes on being so',
    { ...SPELL, until: null, hasAsked: true },
    { pilot: 'asks' },
    { tries: 1, until: null, hasAsked: true },
  ],
  [
    'one that has charged has had enough',
    { ...initialWake, hasAsked: true },
    { at: 900_000 },
    { ...initialWake, hasAsked: true },
  ],
  ['the next car is another one', { tries: 3, until: null, hasAsked: true }, { pilot: 'gone' }, initialWake],
  ['a spell is forgotten with its car', SPELL, { pilot: 'gone' }, initialWake],
])('%s', (_, before, moment, after) => {
  expect(passWake(before, { ...LIES, ...moment })).toEqual(after);
});

test('what changes nothing is the same value', () => {
  expect(passWake(initialWake, { ...LIES, pilot: 'gone' })).toBe(initialWake);
  expect(passWake(initialWake, { ...LIES, at: 0 })).toBe(initialWake);
});
