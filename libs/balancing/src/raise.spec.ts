import { becauseOf, car, decided, limits, normal, raised, smart, withMains } from '../test/site.js';

describe('I1: the gate for raises', () => {
  test.each([
    ['in one step to what is free', { limit_dA: 60 }, 150, 'mains-L1'],
    ['up to its own maximum', { limit_dA: 60, maximum_dA: 130 }, 130, 'setting-max'],
    ['half an ampere is worth it', { limit_dA: 145 }, 150, 'mains-L1'],
    ['less is not', { limit_dA: 146 }, 146, 'mains-L1'],
    ['5 s after the last raise', { limit_dA: 60, raisedAt: 95_000 }, 150, 'mains-L1'],
    ['not sooner', { limit_dA: 60, raisedAt: 95_001 }, 60, 'raise-interval'],
    ['not while it is barred', { limit_dA: 60, barred: ['duplicate-id'] }, 60, 'duplicate-id'],
    ['not while it is not heard', { limit_dA: 60, heard: false }, 60, 'unheard'],
    ['not by a draw that no report proves', { limit_dA: 60, drawLow_dA: null }, 90, 'reserved'],
    ['not into what it gives up just now', { limit_dA: 60, reserved_dA: 160 }, 60, 'reserved'],
    ['a promise that fits may be used again', { limit_dA: 60, reserved_dA: 150 }, 150, 'mains-L1'],
  ] as const)('%s', (_, given, limit_dA, because) => {
    const decisions = decided(smart(250, 100, [car('a', given)]));
    expect(limits(decisions)).toEqual({ a: limit_dA });
    expect(raised(decisions)).toEqual(limit_dA > given.limit_dA ? ['a'] : []);
    expect(becauseOf(decisions, 'a')).toEqual(because === 'unheard' ? ['unheard'] : [because]);
  });

  test.each(['silence', 'stale-mains'] as const)('nobody during %s, and nobody is lowered for it either', (reason) => {
    const cars = [car('a', { limit_dA: 250 }), car('b', { need: 'starting' })];
    const decisions = decided({ ...smart(250, 0, cars), barred: [reason] });
    expect(limits(decisions)).toEqual({ a: 250, b: 0 });
    expect(becauseOf(decisions, 'b')).toEqual([reason]);
  });

  test('the lowest first, and what it gets is not there for the next', () => {
    const cars = [car('a', { limit_dA: 80 }), car('b', { limit_dA: 70 }), car('c', { limit_dA: 60, need: 'none' })];
    const promised = cars.map((one) => (one.id === 'c' ? { ...one, reserved_dA: 90 } : one));
    const decisions = decided(normal(250, promised));
    expect(limits(decisions)).toEqual({ a: 80, b: 80, c: 0 });
    expect(becauseOf(decisions, 'a')).toEqual(['reserved']);
  });

  /** Sharing gives 60 to who begins, whatever the priorities; a promise to `gone` stands in the way for now. */
  const beside = (promised_dA: number, priority: number) => {
    const gone = car('gone', { need: 'none', reserved_dA: promised_dA });
    return decided(smart(250, 0, [car('a', { limit_dA: 100, priority }), car('b', { need: 'starting' }), gone]));
  };

  test.each([0, 1])('who begins comes before who wants more, also of priority %s', (priority) => {
    expect(limits(beside(80, priority))).toMatchObject({ a: 110, b: 60 });
  });

  test.each([0, 1])('I15: what who begins lacks is taken by nobody, also not by priority %s', (priority) => {
    const decisions = beside(95, priority);
    expect(limits(decisions)).toMatchObject({ a: 100, b: 0 });
    expect(becauseOf(decisions, 'a')).toEqual(['reserved']);
  });

  test('room that was made for who has a place is not taken by whose turn came later, however long it has waited', () => {
    const seated = car('seated', { need: 'starting', since: 90_000, waitsSince: 90_000, seatedAt: 95_000 });
    const later = car('later', { need: 'starting', since: 10_000, waitsSince: 10_000 });
    const gone = car('gone', { need: 'none', reserved_dA: 140 });
    expect(limits(decided(smart(250, 0, [later, seated, gone])))).toMatchObject({ seated: 60, later: 0 });
  });

  test('nobody by what a conductor shows that cannot be seen', () => {
    const holds = car('holds', { limit_dA: 60, heard: false, seatedAt: null });
    const begins = car('begins', { need: 'starting', seatedAt: 90_000 });
    const exported = withMains(smart(60, -120, [holds, begins]), { seen: [] });
    expect(limits(decided(exported))).toEqual({ holds: 60, begins: 0 });
  });

  test('I15: tenths that the gate can never give are shared by nobody while somebody waits for them', () => {
    const wavers = car('a', { limit_dA: 190, drawLow_dA: { L1: 185, L2: 0, L3: 0 } });
    expect(limits(decided(smart(250, 0, [wavers, car('b', { need: 'starting' })])))).toEqual({ a: 185, b: 0 });
    // Where nobody waits, the gate alone keeps them.
    expect(limits(decided(smart(250, 0, [wavers])))).toEqual({ a: 245 });
  });

  test('several in one cycle, each for what it gets beyond what it was promised', () => {
    const decisions = decided(normal(250, [car('a', { limit_dA: 60 }), car('b', { limit_dA: 70, reserved_dA: 80 })]));
    expect(limits(decisions)).toEqual({ a: 125, b: 125 });
  });

  test('a car that draws more than it may gives nobody room', () => {
    const disobedient = car('a', { limit_dA: 60, draw_dA: 160 });
    const decisions = decided(smart(250, 90, [disobedient, car('b', { need: 'starting' })]));
    expect(raised(decisions)).toEqual([]);
  });

  test('a phase without a transformer is no room', () => {
    const newcomer = car('a', { need: 'starting', phases: ['L1', 'L2'] });
    const decisions = decided(withMains(smart(250, 0, [newcomer]), { seen: ['L1'] }));
    expect(limits(decisions)).toEqual({ a: 0 });
    expect(becauseOf(decisions, 'a')).toEqual(['no-current', 'mains-L2']);
  });
});

describe('making room', () => {
  test('a limit that nobody else wants is left alone', () => {
    const cars = [car('a', { limit_dA: 250, draw_dA: 60 }), car('b', { limit_dA: 200, draw_dA: 60, maximum_dA: 200 })];
    expect(limits(decided(smart(250, 0, cars)))).toEqual({ a: 250, b: 200 });
  });

  test('others give no more than the newcomer needs', () => {
    const cars = [
      car('a', { limit_dA: 100, maximum_dA: 100 }),
      car('b', { limit_dA: 140 }),
      car('c', { need: 'starting' }),
    ];
    expect(limits(decided(smart(250, 0, cars)))).toEqual({ a: 95, b: 95, c: 0 });
    expect(limits(decided(smart(290, 0, cars)))).toEqual({ a: 100, b: 130, c: 0 });
  });

  test('a car without use for its share gives it, and gets it back when its draw comes near its limit', () => {
    const modest = car('a', { limit_dA: 160, draw_dA: 90 });
    expect(limits(decided(smart(320, 0, [modest, car('b', { limit_dA: 160 })])))).toEqual({ a: 130, b: 160 });
    const still = [car('a', { limit_dA: 130, draw_dA: 94 }), car('b', { limit_dA: 190 })];
    expect(limits(decided(smart(320, 0, still)))).toEqual({ a: 130, b: 190 });
    const more = [car('a', { limit_dA: 130, draw_dA: 100 }), car('b', { limit_dA: 190 })];
    expect(limits(decided(smart(320, 0, more)))).toEqual({ a: 130, b: 160 });
  });

  test('a car that was raised 10 s ago or less may not have followed yet', () => {
    const b = car('b', { limit_dA: 160 });
    const young = car('a', { limit_dA: 160, draw_dA: 90, raisedAt: 90_001 });
    expect(limits(decided(smart(320, 0, [young, b])))).toEqual({ a: 160, b: 160 });
    expect(limits(decided(smart(320, 0, [{ ...young, raisedAt: 90_000 }, b])))).toEqual({ a: 130, b: 160 });
  });

  test('who rests gives all before somebody who charges goes short, and gets back its minimum', () => {
    const charging = car('b', { limit_dA: 240 });
    const taken = decided(smart(300, 0, [car('a', { need: 'resting', limit_dA: 60 }), charging]));
    expect(limits(taken)).toEqual({ a: 0, b: 240 });
    expect(becauseOf(taken, 'a')).toEqual(['mains-L1', 'fair-share', 'car-draws-less']);
    const back = decided(smart(400, 0, [car('a', { need: 'resting' }), car('b', { limit_dA: 320 })]));
    expect(limits(back)).toEqual({ a: 60, b: 320 });
    expect(becauseOf(back, 'a')).toEqual(['car-draws-less']);
  });

  test('nobody is lowered for who rests, and who rests makes no room that is not there', () => {
    const cars = [car('a', { need: 'resting' }), car('b', { need: 'starting', limit_dA: 250 })];
    expect(limits(decided(smart(250, 0, cars)))).toEqual({ a: 0, b: 250 });
    const scarce = [car('a', { need: 'resting', limit_dA: 60 }), car('b', { need: 'starting' })];
    expect(becauseOf(decided(smart(250, 200, scarce)), 'b')).toEqual(['no-current', 'mains-L1']);
  });
});

test('without a car there is no limit', () => {
  const decisions = decided(smart(250, 0, [car('a', { need: 'none', limit_dA: 160 })]));
  expect(decisions).toMatchObject([
    { id: 'a', limit_dA: 0, raise: false, renew: true, seated: false, because: ['no-car'] },
  ]);
});

test('a site without charge points is decided', () => {
  expect(decided(smart(250, 0, []))).toEqual([]);
});
