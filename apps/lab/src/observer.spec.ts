import { remarksOn, type Look } from './observer.js';

const CALM: Look = {
  id: 'slave1',
  lock: 'unlocked',
  contactorClosed: false,
  offered_dA: 0,
  isHungry: true,
  pilot: 'B',
  faults: [],
};
const CHARGING: Look = { ...CALM, contactorClosed: true, offered_dA: 60, pilot: 'C' };

test.each<[string, Look, Look, string[]]>([
  ['nothing new is not worth a word', CALM, CALM, []],
  ['an offer that only changes its size neither', CHARGING, { ...CHARGING, offered_dA: 70 }, []],
  ['a car begins', CALM, CHARGING, ['slave1: contactor closed, its car charges', 'slave1: offers 6.0 A']],
  ['and ends', CHARGING, CALM, ['slave1: contactor open', 'slave1: offers nothing']],
  ['a lock', CALM, { ...CALM, lock: 'locked' }, ['slave1: plug locked']],
  ['a fault as the display has it', CALM, { ...CALM, faults: ['no-serial-com'] }, ['slave1: ERROR NO SERIAL COM']],
  ['and its end', { ...CALM, faults: ['no-serial-com'] }, CALM, ['slave1: no error any more']],
  ['a car that is full', CHARGING, { ...CHARGING, isHungry: false }, ['slave1: its car has what it wanted']],
  ['but not one that left', CALM, { ...CALM, isHungry: false, pilot: 'A' }, []],
])('%s', (_, before, now, expected) => {
  expect(remarksOn(before, now).map(({ text }) => text)).toEqual(expected);
});
