import { Dice } from '../random.js';
import { isHealthy, Network, type Cut, type LinkProfile } from './network.js';
import { Timeline } from './timeline.js';

const HEALTHY: LinkProfile = {
  loss_permille: 0,
  duplicate_permille: 0,
  late_permille: 0,
  late_ms: [100, 3000],
  delay_ms: [1, 8],
  only: [],
};
type Arrival = { readonly n: number; readonly sentAt: number; readonly after_ms: number };

/** Wires with a clock, and what came out of them. */
function wires(over: Partial<LinkProfile> = {}, seed = 1) {
  const timeline = new Timeline();
  const network = new Network({ ...HEALTHY, ...over }, timeline, new Dice(seed, 6));
  const arrived: Arrival[] = [];
  const send = (n: number, [from, to]: readonly [string, string] = ['master', 'broker'], what = 'grant'): void => {
    const sentAt = timeline.now;
    network.carry(from, to, what, () => arrived.push({ n, sentAt, after_ms: timeline.now - sentAt }));
  };
  return { timeline, network, arrived, send, numbers: () => arrived.map(({ n }) => n) };
}
type Wires = ReturnType<typeof wires>;

/** One message each so many milliseconds, then a minute for the last of them. */
function sent(over: Partial<LinkProfile>, { messages = 2000, each_ms = 10, seed = 1, what = 'grant' } = {}): Wires {
  const all = wires(over, seed);
  for (let n = 0; n < messages; n += 1) {
    all.send(n, ['master', 'broker'], what);
    all.timeline.runUntil(all.timeline.now + each_ms);
  }
  all.timeline.runUntil(all.timeline.now + 60_000);
  return all;
}
const isInOrder = (numbers: readonly number[]): boolean => numbers.every((n, i) => i === 0 || n >= numbers[i - 1]!);
const counting = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

describe('healthy wires', () => {
  test('deliver everything once, in order, within their delay', () => {
    const { arrived, numbers } = sent({}, { each_ms: 10 });
    expect(numbers()).toEqual(counting(2000));
    const delays = arrived.map(({ after_ms }) => after_ms);
    expect([Math.min(...delays), Math.max(...delays)]).toEqual([1, 8]);
  });

  test('keep the order also of what is sent on one millisecond, though each draws a delay of its own', () => {
    expect(sent({ delay_ms: [1, 500] }, { each_ms: 0 }).numbers()).toEqual(counting(2000));
  });

  test.each([
    [
      ['master', 'broker'],
      ['broker', 'master'],
    ],
    [
      ['broker', 'one'],
      ['broker', 'other'],
    ],
    [
      ['one', 'broker'],
      ['other', 'broker'],
    ],
  ] as const)('keep an order for each wire alone: beside %j may %j be quicker', (wire, another) => {
    const { send, timeline, arrived } = wires({ delay_ms: [1, 500] });
    for (const n of counting(200)) send(n, n % 2 === 0 ? wire : another);
    timeline.runUntil(1000);
    const [out, back] = [0, 1].map((half) => arrived.map(({ n }) => n).filter((n) => n % 2 === half));
    expect([isInOrder(out!), isInOrder(back!)]).toEqual([true, true]);
    expect(isInOrder(arrived.map(({ n }) => n))).toBe(false);
  });
});

describe('faulty wires', () => {
  test.each([
    ['lose 300 of 1,000', { loss_permille: 300 }, 1400],
    ['repeat 300 of 1,000', { duplicate_permille: 300 }, 2600],
    ['lose nothing that is only late', { late_permille: 300 }, 2000],
    ['lose all', { loss_permille: 1000 }, 0],
    ['repeat all', { duplicate_permille: 1000 }, 4000],
    ['lose all, and half of it arrives by its repetition', { loss_permille: 1000, duplicate_permille: 500 }, 1000],
  ])('%s', (_, profile, expected) => {
    expect(Math.abs(sent(profile).arrived.length - expected)).toBeLessThanOrEqual(expected % 2000 === 0 ? 0 : 80);
  });

  test('deliver late messages within their range, and what follows overtakes them', () => {
    const { arrived, numbers } = sent({ late_permille: 200 });
    const late = arrived.filter(({ after_ms }) => after_ms > 8);
    expect(Math.abs(late.length - 400)).toBeLessThanOrEqual(80);
    expect(late.every(({ after_ms }) => after_ms >= 100 && after_ms <= 3000)).toBe(true);
    expect(isInOrder(numbers())).toBe(false);
    expect(isInOrder(arrived.filter(({ after_ms }) => after_ms <= 8).map(({ n }) => n))).toBe(true);
  });

  test('repeat late', () => {
    const { arrived } = sent({ duplicate_permille: 1000 }, { messages: 200 });
    const again = arrived.filter(({ n }, index) => arrived.findIndex((first) => first.n === n) !== index);
    expect(again).toHaveLength(200);
    expect(again.every(({ after_ms }) => after_ms >= 100 && after_ms <= 3000)).toBe(true);
  });

  test('spare what is not named', () => {
    const lossy = { loss_permille: 1000, only: ['grant', 'report'] };
    const survivors = ['grant', 'report', 'sample', 'beacon', 'text'].filter((what) => {
      return sent(lossy, { messages: 20, what }).arrived.length === 20;
    });
    expect(survivors).toEqual(['sample', 'beacon', 'text']);
  });

  test('do the same to each message for the same seed, and something else for another', () => {
    const profile = { loss_permille: 200, duplicate_permille: 100, late_permille: 100 };
    const [one, again, other] = [1, 1, 2].map((seed) => sent(profile, { messages: 300, seed }).arrived);
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });

  test.each([
    ['by default', {}, true],
    ['with a long delay', { delay_ms: [100, 900] as const }, true],
    ['that lose', { loss_permille: 1 }, false],
    ['that repeat', { duplicate_permille: 1 }, false],
    ['that are late', { late_permille: 1 }, false],
  ])('count as disturbed unless they keep everything and its order: %s', (_, over, healthy) => {
    expect(isHealthy({ ...HEALTHY, ...over })).toBe(healthy);
  });
});

describe('a cut wire', () => {
  const losing = (direction: Cut['direction']): Cut => ({ direction, holds: false });
  const holding = (direction: Cut['direction']): Cut => ({ direction, holds: true });

  test.each([
    ['in', ['from it', 'of others']],
    ['out', ['to it', 'of others']],
    ['both', ['of others']],
  ] as const)('%s: what still passes is %j', (direction, passes) => {
    const { network, timeline, send, numbers } = wires();
    network.cut('master', losing(direction));
    const kinds = ['to it', 'from it', 'of others'] as const;
    send(0, ['broker', 'master']);
    send(1, ['master', 'broker']);
    send(2, ['slave1', 'broker']);
    timeline.runUntil(1000);
    expect(
      numbers()
        .map((n) => kinds[n])
        .sort(),
    ).toEqual([...passes].sort());
    network.join('master');
    timeline.runUntil(2000);
    expect(numbers()).toHaveLength(passes.length);
  });

  test('for one kind of message lets every other pass', () => {
    const { network, send, timeline, numbers } = wires();
    network.cut('master', { direction: 'out', holds: false, only: ['grant'] });
    send(0, ['master', 'broker'], 'grant');
    send(1, ['master', 'broker'], 'beacon');
    send(2, ['broker', 'master'], 'grant');
    timeline.runUntil(1000);
    expect([...numbers()].sort()).toEqual([1, 2]);
  });

  test('delivers again once it is joined', () => {
    const { network, timeline, send, numbers } = wires();
    network.cut('master', losing('both'));
    send(0);
    network.join('master');
    send(1);
    timeline.runUntil(100);
    expect(numbers()).toEqual([1]);
  });

  test('takes nothing back that is under way', () => {
    const { network, timeline, send, numbers } = wires();
    send(0);
    network.cut('master', losing('both'));
    timeline.runUntil(100);
    expect(numbers()).toEqual([0]);
  });

  test('that holds delivers everything after it is joined, in order, and before what is sent then', () => {
    const { network, timeline, send, numbers, arrived } = wires();
    network.cut('master', holding('out'));
    for (const n of counting(50)) send(n);
    timeline.runUntil(20_000);
    expect(numbers()).toEqual([]);
    network.join('master');
    for (const n of counting(50)) send(50 + n);
    timeline.runUntil(21_000);
    expect(numbers()).toEqual(counting(100));
    expect(arrived.every(({ sentAt, after_ms }) => sentAt + after_ms > 20_000)).toBe(true);
  });

  test('holds no more than 500 messages: the newest are lost', () => {
    const { network, timeline, send, numbers } = wires();
    network.cut('master', holding('both'));
    for (const n of counting(600)) send(n);
    network.join('master');
    timeline.runUntil(1000);
    expect(numbers()).toEqual(counting(500));
  });

  test('that holds delivers each message once, though it is cut and joined again', () => {
    const { network, timeline, send, numbers } = wires();
    for (const n of counting(3)) {
      network.cut('master', holding('both'));
      send(n);
      network.join('master');
      timeline.runUntil(timeline.now + 1000);
    }
    expect(numbers()).toEqual(counting(3));
  });

  test('that holds neither loses nor repeats, however faulty it is', () => {
    const { network, timeline, send, numbers } = wires({ loss_permille: 500, duplicate_permille: 500 });
    network.cut('master', holding('both'));
    for (const n of counting(50)) send(n);
    network.join('master');
    timeline.runUntil(60_000);
    expect(numbers().sort((a, b) => a - b)).toEqual(counting(50));
  });
});
