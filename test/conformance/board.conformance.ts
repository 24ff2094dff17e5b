// What every BoardSupport must do, whatever it drives: one suite, run by each driver's spec with a rig of its own.
import type { PilotOutput } from '@fairamp/evse';
import { Bench, benchOf, FAIL_SAFE_ms, PWM, SETTLE_ms, where, type BoardKind } from './board-bench.js';
import { fittingsConformance } from './board-fittings.conformance.js';
import { pilotConformance } from './board-pilot.conformance.js';

export function boardConformance(kind: BoardKind): void {
  describe(`${kind.name} as a board`, () => {
    const at = benchOf(kind);
    startConformance(kind, at);
    contactorConformance(kind, at);
    failSafeConformance(kind, at);
    endConformance(kind, at);
    pilotConformance(kind, at);
    fittingsConformance(kind, at);
  });
}

function startConformance(kind: BoardKind, at: () => Bench): void {
  test('says what it is, and nothing that no charge point could be', () => {
    const { capabilities } = at().rig.board;
    const { min_dA, max_dA, reaction_ms, failSafe, failSafe_ms } = capabilities;
    expect(capabilities).toEqual(kind.capabilities);
    expect([min_dA >= 60, max_dA >= min_dA, max_dA <= 800]).toEqual([true, true, true]);
    // IEC 61851-1 Table A.6 seq. 8.1
    expect(reaction_ms).toBeLessThanOrEqual(100);
    expect(failSafe_ms === null).toBe(failSafe === 'none');
    expect(failSafe_ms ?? 0).toBeLessThanOrEqual(FAIL_SAFE_ms);
  });

  test('I11: starts with the contactor open and the pilot on X1, and says so', () => {
    const { rig } = at();
    expect([rig.eyes.isClosed(), rig.eyes.output().kind]).toEqual([false, 'X1']);
    expect(at().last('contactor-confirmed')).toMatchObject({ closed: false });
    expect(at().last('pilot-sampled')?.high_mV).toBeGreaterThan(11_000);
  });

  test('says where contactor, lock and residual-current monitor are before it shows the pilot', () => {
    const { contactorFeedback, lock, residual } = kind.capabilities;
    const expected = [
      ...(contactorFeedback ? ['contactor-confirmed'] : []),
      ...(lock ? ['lock-sensed'] : []),
      ...(residual === 'disabled' ? [] : ['residual-sensed']),
    ];
    const kinds = at().heard.map((event) => event.kind);
    const first = kinds.slice(0, kinds.indexOf('pilot-sampled'));
    expect(expected.filter((told) => !first.some((heard) => heard === told))).toEqual([]);
  });

  test('starts once: a second start changes nothing', async () => {
    await at().close();
    await at().rig.board.start();
    await at().live(SETTLE_ms);
    expect(at().rig.eyes.isClosed()).toBe(true);
  });

  test('stamps its events with its own clock, which never goes back', async () => {
    await at().close();
    const times = at().heard.map((event) => event.at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(new Set(times).size).toBeGreaterThan(10);
    expect(at().rig.now() - (times.at(-1) ?? 0)).toBeLessThanOrEqual(kind.capabilities.reaction_ms);
  });

  test('tells nobody who has stopped listening', async () => {
    const later: unknown[] = [];
    const stop = at().rig.board.on((event) => later.push(event));
    stop();
    at().forget();
    await at().live(SETTLE_ms);
    expect([later.length, at().heard.length > 0]).toEqual([0, true]);
  });
}

function contactorConformance(kind: BoardKind, at: () => Bench): void {
  const { contactorFeedback } = kind.capabilities;

  where(contactorFeedback)('closes when allowed and opens when not, and says each', async () => {
    await at().close();
    expect([at().rig.eyes.isClosed(), at().last('contactor-confirmed')?.closed]).toEqual([true, true]);
    at().rig.board.allowPower(false);
    await at().live(SETTLE_ms);
    expect([at().rig.eyes.isClosed(), at().last('contactor-confirmed')?.closed]).toEqual([false, false]);
  });

  test('opens at once, and before it has closed never closes', async () => {
    await at().close();
    at().rig.board.allowPower(false);
    await at().rig.pass(100);
    expect(at().rig.eyes.isClosed()).toBe(false);
    at().forget();
    at().rig.board.allowPower(true);
    at().rig.board.allowPower(false);
    await at().live(SETTLE_ms);
    expect(at().rig.eyes.isClosed()).toBe(false);
    expect(
      at()
        .all('contactor-confirmed')
        .filter(({ closed }) => closed),
    ).toEqual([]);
  });

  where(contactorFeedback)('answers each permission, also one that changes nothing', async () => {
    at().forget();
    at().rig.board.allowPower(false);
    await at().live(SETTLE_ms);
    expect(at().last('contactor-confirmed')).toMatchObject({ closed: false });
  });

  where(contactorFeedback && kind.breakable.includes('contactor-welded'))(
    'I12: says that a welded contact is closed',
    async () => {
      await at().close();
      await at().break('contactor-welded');
      at().rig.board.allowPower(false);
      await at().live(SETTLE_ms);
      expect([at().rig.eyes.isClosed(), at().last('contactor-confirmed')?.closed]).toEqual([true, true]);
    },
  );

  where(contactorFeedback && kind.breakable.includes('contactor-stuck'))(
    'says that a stuck contact is open, whatever is allowed',
    async () => {
      await at().break('contactor-stuck');
      await at().close();
      expect([at().rig.eyes.isClosed(), at().last('contactor-confirmed')?.closed]).toEqual([false, false]);
    },
  );
}

function failSafeConformance(kind: BoardKind, at: () => Bench): void {
  const opens = kind.capabilities.failSafe !== 'none';

  test('stays closed as long as it is kept alive', async () => {
    await at().close();
    await at().live(FAIL_SAFE_ms + 2000);
    expect(at().rig.eyes.isClosed()).toBe(true);
  });

  where(opens)('opens by itself within what it declares, and closes not again by itself', async () => {
    await at().close();
    await at().rig.pass(kind.capabilities.failSafe_ms ?? 0);
    expect([at().rig.eyes.isClosed(), at().rig.eyes.output().kind]).toEqual([false, 'X1']);
    await at().live(SETTLE_ms);
    expect(at().rig.eyes.isClosed()).toBe(false);
  });

  where(opens)('refuses a permission before its first heartbeat, and says so', async () => {
    const fresh = await Bench.fresh(kind);
    await fresh.rig.board.start();
    fresh.rig.hands.connect('C');
    fresh.rig.board.setPilot(PWM);
    fresh.rig.board.allowPower(true);
    await fresh.rig.pass(SETTLE_ms);
    expect([fresh.rig.eyes.isClosed(), fresh.last('contactor-confirmed')?.closed]).toEqual([false, false]);
    await fresh.rig.dispose();
  });
}

function endConformance(kind: BoardKind, at: () => Bench): void {
  const truth = (): readonly [boolean, PilotOutput['kind']] => {
    const { eyes } = at().rig;
    return [eyes.isClosed(), eyes.output().kind];
  };

  test('makes safe at once, twice, and never throws', async () => {
    await at().close();
    at().rig.board.safeStateSync('a test');
    at().rig.board.safeStateSync('a test');
    await at().rig.pass(100);
    expect(truth()[0]).toBe(false);
    expect(truth()[1]).not.toBe('pwm');
  });

  test('made safe, it closes again when it is allowed to', async () => {
    await at().close();
    at().rig.board.safeStateSync('a test');
    await at().live(SETTLE_ms);
    await at().close();
    expect(truth()).toEqual([true, 'pwm']);
  });

  test('stops safe, and is silent and powerless from then on', async () => {
    await at().close();
    await at().rig.board.stop();
    await at().rig.pass(SETTLE_ms);
    expect(truth()).toEqual([false, kind.safePilot]);
    at().forget();
    const { board, eyes } = at().rig;
    const bolt = eyes.bolt();
    board.allowPower(true);
    board.setPilot(PWM);
    board.pulseLock(bolt === 'locked' ? 'unlocked' : 'locked', 600);
    board.testResidual();
    board.setIndicator('blink');
    await at().live(SETTLE_ms);
    expect([...truth(), eyes.bolt(), at().heard]).toEqual([false, kind.safePilot, bolt, []]);
    if (kind.hasLight) expect(eyes.indicator()).not.toBe('blink');
    expect(() => board.safeStateSync('after the end')).not.toThrow();
    await expect(board.stop()).resolves.toBeUndefined();
  });

  test('before its start it closes nothing, and can be made safe', async () => {
    const fresh = await Bench.fresh(kind);
    fresh.rig.board.safeStateSync('before the start');
    fresh.rig.board.allowPower(true);
    fresh.rig.board.heartbeat();
    await fresh.rig.pass(SETTLE_ms);
    expect(fresh.rig.eyes.isClosed()).toBe(false);
    await fresh.rig.dispose();
  });

  where(kind.hasLink)('a lost way to its hardware is said, survived, and ends with the contactor open', async () => {
    const { link, board } = at().rig;
    await at().close();
    await link?.lose();
    await at().live(SETTLE_ms);
    expect(at().last('board-changed')).toMatchObject({ lost: true });
    expect(() => board.allowPower(true)).not.toThrow();
    await link?.restore();
    await at().live(SETTLE_ms);
    expect(at().last('board-changed')).toMatchObject({ lost: false });
    expect(truth()).toEqual([false, 'X1']);
    await at().close();
    expect(truth()).toEqual([true, 'pwm']);
  });
}
