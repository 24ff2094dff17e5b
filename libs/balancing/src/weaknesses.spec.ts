// Rows of behaviour.md 5.6: the situation in which 2.07 showed a weakness, and what is decided here instead.
import { becauseOf, car, decided, limits, normal, raised, smart } from '../test/site.js';

describe('what 2.07 did and this does not', () => {
  test('W3: a car that needs 4 s to obey is cut once, not at every sample', () => {
    const before = car('a', { limit_dA: 150 });
    expect(limits(decided(smart(250, 150, [before])))).toEqual({ a: 100 });
    const lagging = car('a', { limit_dA: 100, draw_dA: 150, reserved_dA: 150 });
    expect(limits(decided(smart(250, 150, [lagging])))).toEqual({ a: 100 });
    const obedient = car('a', { limit_dA: 100 });
    expect(limits(decided(smart(250, 150, [obedient])))).toEqual({ a: 100 });
  });

  test('W6: what an idle offer leaves is not given away twice', () => {
    const idle = car('a', { limit_dA: 320, draw_dA: 60 });
    const newcomer = car('b', { need: 'starting' });
    const decisions = decided(smart(400, 340, [idle, newcomer]));
    expect(limits(decisions)).toEqual({ a: 320, b: 0 });
    expect(becauseOf(decisions, 'b')).toEqual(['waiting-turn', 'mains-L1']);
  });

  test('W7: a full phase holds back nobody who does not use it', () => {
    const newcomer = car('a', { need: 'starting' });
    expect(limits(decided(smart(250, { L1: 20, L2: 20, L3: 220 }, [newcomer])))).toEqual({ a: 60 });
    const onL1 = car('a', { limit_dA: 60 });
    expect(limits(decided(smart(250, { L1: 20, L2: 20, L3: 220 }, [onL1])))).toEqual({ a: 230 });
  });

  test('W8: a newcomer on another phase lowers nobody', () => {
    const cars = [
      car('a', { limit_dA: 230, phases: ['L1'] }),
      car('b', { limit_dA: 230, phases: ['L2'] }),
      car('c', { need: 'starting', phases: ['L3'] }),
    ];
    expect(limits(decided(smart(250, 20, cars)))).toEqual({ a: 230, b: 230, c: 60 });
  });

  test('W9: what a lost charge point had goes to the others as soon as nothing is promised to it any more', () => {
    const lost = { need: 'none', heard: false, limit_dA: 0, obeyed_dA: 160 } as const;
    const a = car('a', { limit_dA: 160 });
    expect(limits(decided(normal(320, [a, car('b', { ...lost, reserved_dA: 160 })])))).toEqual({ a: 160, b: 0 });
    expect(limits(decided(normal(320, [a, car('b', { ...lost, reserved_dA: 0 })])))).toEqual({ a: 320, b: 0 });
  });

  test('W9: and what its last report said of it counts for nothing then', () => {
    const gone = car('b', { need: 'none', heard: false, obeyed_dA: 160, reserved_dA: 0 });
    expect(limits(decided(normal(320, [car('a', { limit_dA: 160 }), gone])))).toMatchObject({ a: 320 });
    expect(limits(decided(normal(320, [car('a', { limit_dA: 320 }), gone])))).toMatchObject({ a: 320 });
  });

  test('W11: when four minima are 2 A too much, one car pauses and three go on', () => {
    const cars = ['a', 'b', 'c', 'd'].map((id, since) => car(id, { limit_dA: 60, seatedAt: 40 - since }));
    const decisions = decided(smart(250, 30, cars));
    expect(limits(decisions)).toEqual({ a: 60, b: 60, c: 60, d: 0 });
    expect(becauseOf(decisions, 'd')).toEqual(['mains-L1', 'fair-share', 'waiting-turn']);
  });

  test.each([
    [1, 60],
    [5, 60],
    [6, 0],
  ])('W12: one car at its minimum and %i dA over: it holds %i dA', (over_dA, limit_dA) => {
    expect(limits(decided(smart(250, 190 + over_dA, [car('a', { limit_dA: 60 })])))).toEqual({ a: limit_dA });
  });

  test('W13: a late-comer is let in as soon as three minima fit with half an ampere to spare, whatever the other two hold', () => {
    const late = car('c', { need: 'starting', since: 90_000 });
    const two = [car('a', { limit_dA: 85 }), car('b', { limit_dA: 85 })];
    const none = decided(smart(250, 66, [...two, late]));
    expect(limits(none)).toEqual({ a: 92, b: 92, c: 0 });
    expect(becauseOf(none, 'c')).toEqual(['waiting-turn', 'mains-L1']);
    const room = decided(smart(250, 65, [...two, late]));
    expect(limits(room)).toEqual({ a: 63, b: 62, c: 0 });
    expect(becauseOf(room, 'c')).toEqual(['reserved']);
  });

  test('W14: a second decision on one sample cuts nothing twice, acknowledged or not', () => {
    const before = [car('a', { limit_dA: 150 }), car('b', { limit_dA: 150 })];
    const first = smart(300, 50, before);
    expect(limits(decided(first))).toEqual({ a: 125, b: 125 });
    const notYet = before.map((one) => ({ ...one, limit_dA: 125 }));
    expect(limits(decided({ ...first, chargePoints: notYet }))).toEqual({ a: 125, b: 125 });
    const acknowledged = notYet.map((one) => ({ ...one, obeyed_dA: 125 }));
    expect(limits(decided({ ...first, chargePoints: acknowledged }))).toEqual({ a: 125, b: 125 });
  });

  test('W19: a minimum above the mains is no current, also with nobody active', () => {
    const decisions = decided(smart(100, 0, [car('a', { need: 'starting', minimum_dA: 160 })]));
    expect(limits(decisions)).toEqual({ a: 0 });
    expect(becauseOf(decisions, 'a')).toEqual(['no-current', 'mains-L1']);
  });

  test('W21: reduce, see it obeyed, then raise; the newcomer begins at its minimum', () => {
    const newcomer = car('b', { need: 'starting' });
    const full = car('a', { limit_dA: 320 });
    const first = decided(normal(320, [full, newcomer]));
    expect(limits(first)).toEqual({ a: 260, b: 0 });
    expect(becauseOf(first, 'b')).toEqual(['reserved']);
    const promised = car('a', { limit_dA: 260, reserved_dA: 320 });
    expect(raised(decided(normal(320, [promised, newcomer])))).toEqual([]);
    const seen = decided(normal(320, [car('a', { limit_dA: 260 }), newcomer]));
    expect(limits(seen)).toEqual({ a: 260, b: 60 });
    expect(becauseOf(seen, 'b')).toEqual(['newcomer', 'mains-L1', 'fair-share']);
    const charging = [car('a', { limit_dA: 260 }), car('b', { limit_dA: 60, raisedAt: 94_000 })];
    expect(limits(decided(normal(320, charging)))).toEqual({ a: 160, b: 60 });
    const obeyed = [car('a', { limit_dA: 160 }), car('b', { limit_dA: 60, raisedAt: 94_000 })];
    expect(limits(decided(normal(320, obeyed)))).toEqual({ a: 160, b: 160 });
  });
});
