import { charging, moment, on, slave, circuit } from '../../test/moments.js';
import type { OutletTruth, SlaveTruth } from './moment.js';
import { Unruled } from './unruled.js';

const ON: OutletTruth = { ...charging('one', 160, 100), draw_dA: on(160, 40) };
const GREEDY: OutletTruth = { ...ON, broken: ['car-disobeys'] };
const LATCHED = { failSafe: 'none', life: { state: 'down', since: 0 } } as const;

/** After these looks, a second apart. */
function unruledAfter(outlets: readonly OutletTruth[], over: Partial<SlaveTruth> = {}): Unruled {
  const unruled = new Unruled();
  outlets.forEach((outlet, second) =>
    unruled.look(moment(1000 * second, { outlets: [outlet], slaves: [slave('one', over)] })),
  );
  return unruled;
}

test.each<[string, readonly OutletTruth[], Partial<SlaveTruth>, readonly [number, number]]>([
  ['of a car that ought to follow and is late', [ON], {}, [0, 0]],
  ['of one that disobeys: what is above its offer, where it is', [GREEDY], {}, [60, 0]],
  ['of one that is to obey again, for 5 s', [GREEDY, ON, ON, ON, ON], {}, [60, 0]],
  ['and no longer', [GREEDY, ON, ON, ON, ON, ON], {}, [0, 0]],
  ['of contacts that hang together', [{ ...ON, isPowerAllowed: false, broken: ['contactor-welded'] }], {}, [160, 40]],
  ['of a weld that nobody has asked to open', [{ ...ON, broken: ['contactor-welded'] }], {}, [0, 0]],
  ['of a contactor that is on its way', [{ ...ON, isPowerAllowed: false }], {}, [0, 0]],
  ['of a latched board whose process is gone', [ON], LATCHED, [160, 40]],
  ['of one whose process lives', [ON], { failSafe: 'none' }, [0, 0]],
  ['of one that something else opens', [ON], { ...LATCHED, failSafe: 'process' }, [0, 0]],
  ['of an open contactor', [{ ...GREEDY, isClosed: false }], {}, [0, 0]],
])('what no grant rules %s', (_, outlets, over, [L1, L2]) => {
  const unruled = unruledAfter(outlets, over);
  expect([unruled.on('L1', 0), unruled.on('L2', 0)]).toEqual([L1, L2]);
  expect([unruled.of('L1', circuit('mains')), unruled.of('L2', circuit('mains'))]).toEqual([L1, L2]);
});

test('what no grant rules of a circuit is what hangs on it', () => {
  const unruled = unruledAfter([ON], LATCHED);
  expect(
    ['mains', 'garage'].map((id) => unruled.of('L1', circuit(id, id === 'mains' ? {} : { outlets: [1] }))),
  ).toEqual([160, 0]);
});

test.each<[string, OutletTruth, readonly [number, number, number]]>([
  ['is all that its outputs let it', ON, [160, 40, 160]],
  ['is what it is offered, where its car disobeys', GREEDY, [100, 0, 100]],
])('what a grant rules %s', (_, outlet, [L1, L2, most]) => {
  const unruled = unruledAfter([outlet]);
  expect([unruled.ruledOn('L1', 0), unruled.ruledOn('L2', 0), unruled.ruledOf(0)]).toEqual([L1, L2, most]);
});

test('a car that took too much goes on with it through contacts that hang together', () => {
  const welded: OutletTruth = { ...ON, offered_dA: 0, isPowerAllowed: false, broken: ['contactor-welded'] };
  const aMinute = Array.from({ length: 60 }, () => welded);
  expect(unruledAfter([GREEDY, ...aMinute]).ruledOf(0)).toBe(0);
  expect(unruledAfter([ON, ...aMinute]).ruledOf(0)).toBe(160);
});

test('before the first look nothing is known', () => {
  const unruled = new Unruled();
  expect([
    unruled.on('L1', 0),
    unruled.of('L1', circuit('mains')),
    unruled.ruledOn('L1', 0),
    unruled.ruledOf(-1),
  ]).toEqual([0, 0, 0, 0]);
});
