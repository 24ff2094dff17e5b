import { hasRival, hearBeacon, initialNaming, naming, type NamingState } from './naming.js';

const [first, second] = ['1'.repeat(16), '2'.repeat(16)];
/** [boot, seq, at] each. The id of a boot is its first digit, so that a restart of the same master can be told too. */
type Heard = readonly [boot: string, seq: number, at: number];
const hear = (beacons: readonly Heard[], from = initialNaming): NamingState =>
  beacons.reduce(
    (state, [boot, seq, at]) => hearBeacon(state, { from: `master-${boot[0]}`, boot, seq }, at).state,
    from,
  );
const namedAt = (state: NamingState, at: number) => naming(state, at)?.master;
const echoAt = (state: NamingState, at: number) => naming(state, at)?.echo;

describe('whom the bridge names', () => {
  test('rule 8: nobody before the first beacon', () => {
    expect(naming(initialNaming, 5_000)).toBeNull();
    expect(hasRival(initialNaming, 5_000)).toBe(false);
  });

  test('rule 8 B1: the first heard, for_ms from then on: 0 after its own start', () => {
    const state = hear([[first, 57, 1_000]]);
    expect([namedAt(state, 1_000), namedAt(state, 3_500)]).toEqual([
      { boot: first, for_ms: 0 },
      { boot: first, for_ms: 2_500 },
    ]);
  });

  test.each([
    ['2,999 ms after the newest beacon of the named one', 3_999, first, 2_999],
    ['3 s after it', 4_000, second, 0],
    ['long after it', 60_000, second, 0],
  ])('I10 rule 8: another one heard %s', (_, at, boot, for_ms) => {
    const step = hearBeacon(hear([[first, 1, 1_000]]), { from: 'master-2', boot: second, seq: 1 }, at);
    expect(namedAt(step.state, at)).toEqual({ boot, for_ms });
    expect(step.renamed).toBe(boot === second);
  });

  test('rule 8: says that it has renamed for the first one too, and never for a beacon of the named one', () => {
    const beacon = { from: 'master-1', boot: first, seq: 1 };
    const step = hearBeacon(initialNaming, beacon, 1_000);
    expect([step.renamed, hearBeacon(step.state, { ...beacon, seq: 2 }, 9_000).renamed]).toEqual([true, false]);
  });

  test('rule 8: the named one is never dropped for its silence alone', () => {
    expect(namedAt(hear([[first, 1, 1_000]]), 61_000)).toEqual({ boot: first, for_ms: 60_000 });
  });

  test('rule 8 B1: a name that comes back counts from 0 again', () => {
    const state = hear([
      [first, 1, 1_000],
      [second, 1, 5_000],
      [first, 2, 9_000],
    ]);
    expect(namedAt(state, 10_000)).toEqual({ boot: first, for_ms: 1_000 });
  });

  test('rule 8 B16: an old beacon that comes again names nobody, however long ago its master was named', () => {
    const state = hear([
      [first, 16, 1_000],
      [second, 1, 5_000],
      [first, 11, 9_000],
      [first, 16, 9_100],
    ]);
    expect(namedAt(state, 10_000)).toEqual({ boot: second, for_ms: 5_000 });
    expect(namedAt(hear([[first, 17, 9_200]], state), 10_000)).toEqual({ boot: first, for_ms: 800 });
  });

  test('rule 8 B16: not even after more starts of others than are remembered can an old beacon keep the named one', () => {
    const others = Array.from({ length: 20 }, (_, index): Heard => [`a${index}`.padStart(16, '0'), 1, 2_000]);
    const state = hear([[first, 100, 1_000], ...others, [first, 40, 3_900], [second, 1, 4_000]]);
    expect(namedAt(state, 4_000)).toEqual({ boot: second, for_ms: 0 });
  });

  test('remembers the starts of no more than 16 masters', () => {
    const boots = Array.from({ length: 40 }, (_, index): Heard => [`${index}`.padStart(16, '0'), 1, index * 4_000]);
    expect(hear(boots).heard).toHaveLength(16);
  });

  test('rule 8 B15: another start of the same master is another one', () => {
    const restarted = { from: 'master-1', boot: second, seq: 1 };
    expect(namedAt(hearBeacon(hear([[first, 9, 1_000]]), restarted, 4_000).state, 4_000)?.boot).toBe(second);
  });
});

describe('which beacons count', () => {
  test.each([
    ['a higher seq', 8, 8, 0],
    ['the same seq, repeated', 7, 7, 1_500],
    ['a lower seq, delayed', 6, 7, 1_500],
  ])('rule 8 B16: %s of the named boot', (_, seq, echoed, since_ms) => {
    const state = hear([
      [first, 7, 1_000],
      [first, seq, 2_500],
    ]);
    expect(echoAt(state, 2_500)).toEqual({ boot: first, seq: echoed, since_ms });
  });

  test('rule 8 B16: repeated beacons do not keep a dead master named', () => {
    const state = hear([
      [first, 7, 1_000],
      [first, 7, 2_000],
      [first, 5, 3_900],
      [second, 1, 4_000],
    ]);
    expect(namedAt(state, 4_000)?.boot).toBe(second);
  });

  test('rule 8: the beacons of another one neither delay nor advance the echo', () => {
    const state = hear([
      [first, 7, 1_000],
      [second, 99, 2_000],
    ]);
    expect(echoAt(state, 2_500)).toEqual({ boot: first, seq: 7, since_ms: 1_500 });
  });
});

describe('two deciders on one mains', () => {
  const both: readonly Heard[] = [
    [first, 1, 1_000],
    [second, 1, 1_500],
    [first, 2, 2_000],
  ];

  test('I10 rule 8: an alarm once the named one speaks after the other', () => {
    const state = hear(both);
    expect(hasRival(state, 2_000)).toBe(true);
    expect(state.rival).toMatchObject({ id: 'master-2', boot: second });
  });

  test('I10: it stands while both go on', () => {
    const state = hear([...both, [second, 2, 2_500]]);
    expect(hasRival(state, 2_500)).toBe(true);
  });

  test('I10: no alarm for a master that is back within 3 s: its former start has fallen silent', () => {
    const state = hear([
      [first, 1, 1_000],
      [second, 1, 2_500],
      [second, 2, 3_500],
    ]);
    expect(hasRival(state, 3_500)).toBe(false);
  });

  test.each([
    [11_499, true],
    [11_500, false],
  ])('I10: it is over 10 s after the other was last heard: at %d %s', (at, isRival) => {
    expect(hasRival(hear(both), at)).toBe(isRival);
  });

  test('I10: no alarm after a takeover', () => {
    expect(hasRival(hear([...both, [second, 5, 5_000]]), 5_000)).toBe(false);
  });

  test('I10: a third one is as alarming', () => {
    const state = hear([...both, ['3'.repeat(16), 1, 2_600], [first, 3, 3_000]]);
    expect([hasRival(state, 3_000), state.rival?.id]).toEqual([true, 'master-3']);
  });
});
