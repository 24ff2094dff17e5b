// One figure, two rooms that may not see each other: the charge point acts by it, the master's book relies on it. Where
// they are joined, they are held together.
import {
  CONTACTOR_TRAVEL_ms,
  HIGHEST_OFFER_dA,
  LATE_NOTICE_ms,
  LOWEST_OFFER_dA,
  SOFT_STOP_ms as STOPS_WITHIN_ms,
} from '@fairamp/evse';
import { CONTACTOR_ms, isGrantable, SLAVE_REACTION_ms, SOFT_STOP_ms } from '@fairamp/leases';
import { decodeMessage, encodeMessage } from '@fairamp/protocol';

const seal = { site: 'home', key: new Uint8Array(32) };
const [boot, epoch] = ['00000000000000aa', { count: 1, boot: '00000000000000aa' }];

function isSent(limit_dA: number): boolean {
  const rest = { validFor_ms: 1, raise: false, because: ['silence' as const], echo: { boot, seq: 1, t: 0 } };
  const bytes = encodeMessage('grant', { from: 'main', to: 'left', epoch, n: 1, limit_dA, ...rest }, seal);
  return decodeMessage('grant', bytes, seal).ok;
}

describe('what the book relies on is what the charge point does', () => {
  test('I4: a soft stop takes no longer than the H of the release', () => {
    expect(STOPS_WITHIN_ms).toBeLessThanOrEqual(SOFT_STOP_ms);
  });

  test('I4: the end of a lease costs no more than q, and the contactor no more than c', () => {
    expect(LATE_NOTICE_ms).toBeLessThanOrEqual(SLAVE_REACTION_ms);
    expect(CONTACTOR_TRAVEL_ms).toBeLessThanOrEqual(CONTACTOR_ms);
  });

  test.each([0, 1, LOWEST_OFFER_dA - 1, LOWEST_OFFER_dA, HIGHEST_OFFER_dA, HIGHEST_OFFER_dA + 1])(
    'a limit of %d dA is the same to the pilot, the lease and the message',
    (limit_dA) => {
      const isOffered = limit_dA === 0 || (limit_dA >= LOWEST_OFFER_dA && limit_dA <= HIGHEST_OFFER_dA);
      expect([isGrantable(limit_dA), isSent(limit_dA)]).toEqual([isOffered, isOffered]);
    },
  );
});
