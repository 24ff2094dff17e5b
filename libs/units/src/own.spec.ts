import { ownOf } from './own.js';

test.each(['constructor', 'toString', '__proto__', 'nobody'])('nothing was put under %s', (key) => {
  expect(ownOf({ left: 1 }, key)).toBeUndefined();
});

test('what was put there is found, whatever it is called', () => {
  expect(ownOf({ left: 1, ['constructor']: 2 }, 'left')).toBe(1);
  expect(ownOf({ left: 1, ['constructor']: 2 }, 'constructor')).toBe(2);
});
