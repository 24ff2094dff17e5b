import { AuthThrottle } from './auth-throttle.js';

function throttleAfter(failures: readonly number[], address = '192.0.2.7', username = 'garage'): AuthThrottle {
  const throttle = new AuthThrottle();
  for (const at of failures) throttle.failed(address, username, at);
  return throttle;
}

describe('wrong passwords', () => {
  test.each<[string, readonly number[], number, boolean]>([
    ['four within a minute block nobody', [0, 1, 2, 3], 4, false],
    ['five within a minute block the address', [0, 1, 2, 3, 4], 5, true],
    ['the block lasts 60 s from the fifth', [0, 1, 2, 3, 50_000], 109_999, true],
    ['and ends then', [0, 1, 2, 3, 50_000], 110_000, false],
    ['five within more than a minute block nobody', [0, 1, 2, 3, 60_000], 60_001, false],
  ])('%s', (_what, failures, now, blocked) => {
    expect(throttleAfter(failures).isBlocked('192.0.2.7', 'other', now)).toBe(blocked);
    expect(throttleAfter(failures).isBlocked('192.0.2.8', 'garage', now)).toBe(false);
  });

  test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('on %s they block that username alone', (address) => {
    const throttle = throttleAfter([0, 1, 2, 3, 4], address);
    expect(throttle.isBlocked(address, 'garage', 5)).toBe(true);
    expect(throttle.isBlocked(address, 'main', 5)).toBe(false);
  });

  test('of 1025 addresses the longest unseen is forgotten', () => {
    const throttle = throttleAfter([0, 1, 2, 3, 4]);
    for (let host = 0; host < 1024; host += 1) throttle.failed(`198.51.100.${host}`, '', 5);
    expect(throttle.isBlocked('192.0.2.7', '', 6)).toBe(false);
  });
});
