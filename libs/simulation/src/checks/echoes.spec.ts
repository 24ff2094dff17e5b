import { granted, started } from '../../test/moments.js';
import { Echoes } from './echoes.js';
import type { Checker, Fact, Violation } from './moment.js';
import { NewestBeacon } from './newest-beacon.js';

function accusedOf(make: (accuse: (violation: Violation) => void) => Checker, facts: readonly Fact[]) {
  const violations: Violation[] = [];
  const checker = make((violation) => violations.push(violation));
  for (const fact of facts) checker.hear(fact);
  return violations.map(({ invariant, at }) => [invariant, at]);
}
const echoes = (...facts: Fact[]) => accusedOf((accuse) => new Echoes(accuse), facts);
const beacons = (...facts: Fact[]) => accusedOf((accuse) => new NewestBeacon(accuse), facts);

describe('I5: a grant answers a report that came live', () => {
  test('one that does is right', () => expect(echoes(granted(1_000), granted(2_000))).toEqual([]));

  test('one that answers a retained report is accused, once for a row of them', () => {
    const wrong = { isEchoLive: false };
    expect(echoes(granted(1_000, wrong), granted(2_000, wrong), granted(3_000), granted(4_000, wrong))).toEqual([
      ['I5', 1_000],
      ['I5', 4_000],
    ]);
  });
});

describe('I10: a sample echoes the newest beacon of the master that it names', () => {
  const heard = (at: number, seq: number, boot = 'aa', bridge = 'bridge'): Fact => {
    return { kind: 'beacon-heard', at, bridge, boot, seq };
  };
  const sampled = (at: number, seq: number | null): Fact => ({
    kind: 'sampled',
    at,
    bridge: 'bridge',
    echo: seq === null ? null : { boot: 'aa', seq },
  });

  test('the newest is right, and so is none', () => {
    expect(beacons(sampled(500, null), heard(1_000, 7), sampled(1_500, 7))).toEqual([]);
  });

  test('and what the bridge of a circuit has heard is its own affair', () => {
    expect(beacons(heard(1_000, 7), heard(1_200, 8, 'aa', 'bridge-garage'), sampled(1_500, 7))).toEqual([]);
  });

  test('an old one that came twice changes nothing, and another master has its own', () => {
    expect(beacons(heard(1_000, 7), heard(1_200, 5), heard(1_300, 90, 'bb'), sampled(1_500, 7))).toEqual([]);
  });

  test('an old one that is echoed is accused', () => {
    expect(beacons(heard(1_000, 7), heard(1_200, 5), sampled(1_500, 5))).toEqual([['I10', 1_500]]);
  });

  test('a bridge that has started again has heard nothing', () => {
    expect(beacons(heard(1_000, 7), started(1_100, 'bridge'), heard(1_200, 5), sampled(1_500, 5))).toEqual([]);
  });
});
