import type { BoardEvent } from '@fairamp/evse';
import { FakeHardware } from '../../test/fake-hardware.js';
import { described, FITTED, PLAIN, withValue } from '../../test/descriptions.js';
import { VirtualTime } from '../../test/virtual-time.js';
import type { BoardHardware } from './ports.js';
import { Senses } from './senses.js';

/** Its plug is read too seldom to be seen between what else is told. */
const SEEN = withValue(FITTED, 'proximity.poll_ms', 500) as typeof FITTED;

/** In order: what was told, and what was done. */
function setUp(hasNot: readonly (keyof BoardHardware)[] = [], board: unknown = SEEN) {
  const time = new VirtualTime();
  const hardware = new FakeHardware();
  const happened: string[] = [];
  /** Without the time, which is always now. */
  const textOf = ({ kind, ...rest }: BoardEvent): string => `${kind} ${Object.values({ ...rest, at: [] }).join('')}`;
  const senses = new Senses({
    hardware: hardware.open(hasNot),
    description: described(board),
    now: time.now,
    emit: (event) => happened.push(textOf(event)),
    open: () => happened.push('OPEN'),
    onSupplyFailing: () => happened.push('SUPPLY'),
  });
  const look = (ms = 0): readonly string[] => {
    happened.length = 0;
    if (ms === 0) senses.look();
    for (let passed = 0; passed < ms; passed += 10) {
      time.pass(10);
      senses.look();
    }
    return [...happened];
  };
  return { time, hardware, senses, look };
}

test('the first look says all that there is', () => {
  const { look } = setUp();
  expect(look()).toEqual([
    'residual-sensed false',
    'supply-sensed false',
    'lock-sensed false',
    'switch-sensed false',
    'temperature-sensed 20',
    'proximity-sampled ',
  ]);
});

test('a board that has nothing says nothing, and is sound', () => {
  const { senses, look } = setUp(['residual', 'supply', 'lock', 'switch', 'temperature', 'proximity'], PLAIN);
  expect([look(2000), senses.isSound(), senses.isSupplyFailing()]).toEqual([[], true, false]);
});

describe('I16: a residual current', () => {
  test('opens before it is told', () => {
    const { hardware, look } = setUp();
    look();
    hardware.tripped = true;
    expect(look()).toEqual(['OPEN', 'residual-sensed true']);
  });

  test('opens at each look while it flows, and is told once', () => {
    const { hardware, look } = setUp();
    look();
    hardware.tripped = true;
    look();
    expect(look(30)).toEqual(['OPEN', 'OPEN', 'OPEN']);
  });

  test('that has ended is told when it has been quiet for 50 ms', () => {
    const { hardware, look } = setUp();
    hardware.tripped = true;
    look();
    hardware.tripped = false;
    expect(look(50)).toEqual([]);
    expect(look(10)).toEqual(['residual-sensed false']);
  });
});

describe('a supply that goes', () => {
  test('opens before it is told, and the lock is seen to after that', () => {
    const { hardware, look } = setUp();
    look();
    hardware.supplyFailing = true;
    expect(look()).toEqual(['OPEN', 'supply-sensed true', 'SUPPLY']);
    expect(look(20)).toEqual(['OPEN', 'OPEN']);
  });

  test('and comes back is told after 20 ms, and may go again', () => {
    const { hardware, look } = setUp();
    hardware.supplyFailing = true;
    look();
    hardware.supplyFailing = false;
    expect(look(20)).toEqual([]);
    expect(look(10)).toEqual(['supply-sensed false']);
    hardware.supplyFailing = true;
    expect(look()).toEqual(['OPEN', 'supply-sensed true', 'SUPPLY']);
  });
});

test.each<[tripped: boolean, failing: boolean, isSound: boolean]>([
  [false, false, true],
  [true, false, false],
  [false, true, false],
  [true, true, false],
])('tripped %p, supply failing %p: sound is %p, by what is read now', (tripped, failing, isSound) => {
  const { hardware, senses } = setUp();
  [hardware.tripped, hardware.supplyFailing] = [tripped, failing];
  expect([senses.isSound(), senses.isSupplyFailing()]).toEqual([isSound, failing]);
});

test('the lock is told when its contact moves', () => {
  const { hardware, look } = setUp();
  look();
  expect(look(50)).toEqual([]);
  hardware.lockHigh = true;
  expect(look(50)).toEqual(['lock-sensed true']);
});

test.each<[debounce_ms: number | undefined, told: number]>([
  [undefined, 60],
  [10, 20],
  [200, 210],
])('a press counts when it has stood for %p ms', (debounce_ms, told) => {
  const { hardware, look } = setUp([], withValue(SEEN, 'switch.debounce_ms', debounce_ms));
  look();
  hardware.pressed = true;
  expect(look(told - 10)).toEqual([]);
  expect(look(10)).toEqual(['switch-sensed true']);
});

test('warmth is read each second', () => {
  const { hardware, look } = setUp(['proximity']);
  look();
  hardware.celsius = 66.5;
  expect(look(990)).toEqual([]);
  expect(look(10)).toEqual(['temperature-sensed 66.5']);
});

test.each<[poll_ms: number | undefined, read: number]>([
  [undefined, 50],
  [250, 250],
])('with poll_ms %p the plug is read each %d ms', (poll_ms, read) => {
  const { hardware, look } = setUp([], withValue(FITTED, 'proximity.poll_ms', poll_ms));
  look();
  hardware.plug_mV = 595;
  expect(look(read - 10)).toEqual([]);
  expect(look(10)).toEqual(['proximity-sampled 220']);
  expect(look(read)).toEqual(['proximity-sampled 220']);
});
