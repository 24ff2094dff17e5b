// Two doubts about a sample, and that each is read the safe way.
import { perPhase } from '@fairamp/units';
import { car, decided, raised, smart, withMains } from '../test/site.js';
import type { Load, Site } from './index.js';

describe('a cut that may still be on its way (I2, leases.md B7)', () => {
  // 35 A on 25 A: two cars obey 6 A now; at the time of the sample they may have drawn 16 A.
  const obeying = (id: string, before_dA: number) => {
    const [drawLow_dA, drawHigh_dA] = [60, before_dA].map((draw) => perPhase((phase) => (phase === 'L1' ? draw : 0)));
    return car(id, {
      limit_dA: 60,
      since: id === 'a' ? 1 : 2,
      drawLow_dA: drawLow_dA ?? null,
      drawHigh_dA: drawHigh_dA ?? perPhase(() => 0),
    });
  };
  const site = (before_dA: number): Site => {
    const load: Load = { kind: 'measured', signed: true, current_dA: { L1: 350, L2: 0, L3: 0 } };
    return withMains(smart(250, 0, [obeying('a', before_dA), obeying('b', before_dA)]), { load });
  };

  test('pauses nobody at once, and renews on this sample nobody whom the safe reading would pause', () => {
    const decisions = decided(site(160));
    expect(decisions.map(({ limit_dA }) => limit_dA)).toEqual([60, 60]);
    expect(decisions.some(({ spared }) => spared)).toBe(true);
  });

  test('pauses at the next sample, when nothing can be on its way any more', () => {
    const decisions = decided(site(60));
    expect(decisions.filter(({ limit_dA }) => limit_dA === 0).length).toBeGreaterThan(0);
    expect(decisions.every(({ spared }) => !spared)).toBe(true);
  });

  // 23 A on 20 A: 17 A of house and 6 A of a car that draws 9.3 A by now. With the car at 6 A again the mains read the same.
  test.each([
    ['is not lowered but paused, where its reports of before the sample say so', 60, 0, false],
    ['is lowered, and not renewed, where they leave it open', 93, 63, true],
  ])('who has begun to draw more since the sample %s', (_case, before_dA, limit_dA, spared) => {
    const [drawLow_dA, drawBefore_dA, drawHigh_dA] = [60, before_dA, 93].map((draw) =>
      perPhase((phase) => (phase === 'L1' ? draw : 0)),
    );
    const ramping = car('a', {
      limit_dA: 110,
      drawLow_dA: drawLow_dA!,
      drawBefore_dA: drawBefore_dA!,
      drawHigh_dA: drawHigh_dA!,
    });
    const load: Load = { kind: 'measured', signed: false, current_dA: { L1: 230, L2: 0, L3: 0 } };
    expect(decided(withMains(smart(200, 0, [ramping]), { load }))).toMatchObject([{ limit_dA, spared }]);
  });

  test('who is over no limit is renewed as ever', () => {
    expect(decided(smart(250, 0, [car('a', { limit_dA: 100 })])).map(({ spared, renew }) => [spared, renew])).toEqual([
      [false, true],
    ]);
  });
});

describe('less on the mains than our cars draw', () => {
  const site = (signed: boolean): Site => {
    const cars = [car('a', { limit_dA: 200, draw_dA: 200 })];
    const load: Load = { kind: 'measured', signed, current_dA: { L1: 150, L2: 0, L3: 0 } };
    return withMains(smart(250, 0, cars), { load });
  };
  test.each([
    ['is export, and room, where the meter is signed', true, 300],
    ['is a meter or a draw that is wrong, and no room, where it is not', false, 250],
  ])('%s', (_case, signed, limit_dA) => {
    const decisions = decided(site(signed));
    expect(raised(decisions)).toEqual(['a']);
    expect(decisions[0]?.limit_dA).toBe(limit_dA);
  });
});
