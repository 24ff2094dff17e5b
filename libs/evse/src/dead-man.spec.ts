import { isAttended, vouches } from './dead-man.js';
import { command, confirm, initialContactor } from './contactor.js';
import { initialEvse } from './state.js';

// A soft stop that ends at 20 s, on a board that opens 4.3 s after its last heartbeat.
test.each([
  ['no soft stop runs', { stopBy: null, at: 19_999 }, 4300, true],
  ['the soft stop has just begun', { stopBy: 20_000, at: 14_000 }, 4300, true],
  [
    'the board would open just as a contactor that is told so when the soft stop ends',
    { stopBy: 20_000, at: 15_950 },
    4300,
    true,
  ],
  ['the board would open later than that', { stopBy: 20_000, at: 15_951 }, 4300, false],
  ['the soft stop should have ended', { stopBy: 20_000, at: 20_251 }, 4300, false],
  ['the board takes all of the 6 s', { stopBy: 20_000, at: 14_251 }, 6000, false],
  ['the board opens never', { stopBy: 20_000, at: 19_999 }, null, true],
] as const)('I4: a charge point vouches for its board when %s: %j', (_, over, failSafe_ms, holds) => {
  expect(vouches({ ...initialEvse(0), ...over }, failSafe_ms)).toBe(holds);
});

const closed = confirm(command(initialContactor(0), 'closed', 1000), true);
test.each([
  ['open and told to be', confirm(initialContactor(0), false), true],
  ['closed and told to be', closed, true],
  ['told to open and not yet open', command(closed, 'open', 2000), false],
  ['open again', confirm(command(closed, 'open', 2000), false), true],
  ['told to open where nothing tells whether it is', command(initialContactor(0), 'open', 2000), true],
])('I12: it vouches for no contactor that is closed against its command: %s', (_, contactor, holds) => {
  expect(vouches({ ...initialEvse(0), at: 2020, contactor }, 4300)).toBe(holds);
});

const unknown = initialContactor(0);
const opened = confirm(unknown, false);
const told = command(closed, 'open', 2000);
test.each([
  ['a sample, with an open contactor', opened, true, true],
  ['a sample, with a closed contactor', closed, true, true],
  ['a sample, with one that is closed against its command', told, true, true],
  ['a tick, with an open contactor', opened, false, true],
  ['a tick, with a contactor that says nothing and was told to open', unknown, false, true],
  ['a tick, with a closed contactor', closed, false, false],
  ['a tick, with a contactor that says nothing and was told to close', command(unknown, 'closed', 1000), false, false],
  ['a tick, with an open contactor that was told to close', command(opened, 'closed', 1000), false, false],
  ['a tick, with one that is closed against its command', told, false, false],
])('I2: a decision on %s', (_, contactor, isSample, holds) => {
  expect(isAttended({ ...initialEvse(0), contactor }, isSample)).toBe(holds);
});
