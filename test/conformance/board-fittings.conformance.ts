// Lock, switch, residual-current monitor, thermometer, LED and supply of every BoardSupport that says it has them; one
// that has not says nothing of them, and bears to be asked.
import { INDICATORS, type BoardEvent, type Indicator, type LockState } from '@fairamp/evse';
import type { PhysicalFault } from '@fairamp/simulation';
import { SETTLE_ms, where, type Bench, type BoardKind } from './board-bench.js';

/** In which a monitor must trip and let go again (timing.ts of libs/evse). */
const TEST_ms = 2000;
/** The slowest pattern changes within it. */
const LOOK_ms = 1000;

export function fittingsConformance(kind: BoardKind, at: () => Bench): void {
  absenceConformance(kind, at);
  if (kind.capabilities.lock) lockConformance(kind, at);
  if (kind.capabilities.residual !== 'disabled') residualConformance(kind, at);

  where(kind.capabilities.switch)('says that its switch is pressed, and let go', async () => {
    expect(at().last('switch-sensed')).toMatchObject({ pressed: false });
    at().rig.hands.press(true);
    await at().live(SETTLE_ms);
    expect(at().last('switch-sensed')).toMatchObject({ pressed: true });
    at().rig.hands.press(false);
    await at().live(SETTLE_ms);
    expect(at().last('switch-sensed')).toMatchObject({ pressed: false });
  });

  where(kind.capabilities.temperature)('says how warm it is from the start', () => {
    const celsius = at().last('temperature-sensed')?.celsius ?? NaN;
    expect([celsius > -40, celsius < 65]).toEqual([true, true]);
  });

  where(kind.capabilities.temperature && kind.breakable.includes('too-hot'))('says that it is too hot', async () => {
    await at().break('too-hot');
    expect(at().last('temperature-sensed')?.celsius).toBeGreaterThanOrEqual(65);
  });

  const indicators: readonly Indicator[] = kind.hasLight ? (Object.keys(INDICATORS) as Indicator[]) : [];
  for (const indicator of indicators) {
    test(`its LED shows ${indicator}`, async () => {
      at().rig.board.setIndicator(indicator);
      await at().live(LOOK_ms);
      expect(at().rig.eyes.indicator()).toBe(indicator);
    });
  }

  where(kind.breakable.includes('supply-failing'))('opens when its supply fails, whatever is allowed', async () => {
    await at().close();
    at().rig.hands.break('supply-failing', true);
    await at().live(1000);
    expect(at().rig.eyes.isClosed()).toBe(false);
    at().rig.board.allowPower(true);
    await at().live(SETTLE_ms);
    expect(at().rig.eyes.isClosed()).toBe(false);
    await at().break('supply-failing', false);
    expect(at().rig.eyes.isClosed()).toBe(false);
    expect(at().last('pilot-sampled')?.at).toBeGreaterThan(at().rig.now() - SETTLE_ms);
  });
}

function absenceConformance(kind: BoardKind, at: () => Bench): void {
  const { lock, switch: hasSwitch, residual, temperature } = kind.capabilities;
  const absent: readonly BoardEvent['kind'][] = [
    ...(lock ? [] : (['lock-sensed'] as const)),
    ...(hasSwitch ? [] : (['switch-sensed'] as const)),
    ...(residual === 'disabled' ? (['residual-sensed'] as const) : []),
    ...(temperature ? [] : (['temperature-sensed'] as const)),
  ];

  where(absent.length > 0)('says nothing of what it has not, and bears to be asked', async () => {
    const { board } = at().rig;
    board.pulseLock('locked', 300);
    board.testResidual();
    at().rig.hands.press(true);
    await at().live(TEST_ms);
    expect(at().heard.filter((event) => absent.includes(event.kind))).toEqual([]);
  });
}

function lockConformance(kind: BoardKind, at: () => Bench): void {
  const levelOf = (bolt: LockState): boolean => (bolt === 'locked') === kind.lockedIsHigh;
  const pulsed = async (toward: LockState): Promise<readonly [LockState, boolean | undefined]> => {
    at().rig.board.pulseLock(toward, 600);
    await at().live(SETTLE_ms);
    return [at().rig.eyes.bolt(), at().last('lock-sensed')?.high];
  };

  test('its lock moves by a pulse, to and fro, and says so by the level of its contact', async () => {
    expect(await pulsed('locked')).toEqual(['locked', levelOf('locked')]);
    expect(await pulsed('unlocked')).toEqual(['unlocked', levelOf('unlocked')]);
  });

  test('I14: gives no pulse by itself, whatever becomes of the contactor', async () => {
    await pulsed('locked');
    await at().close();
    at().rig.board.allowPower(false);
    await at().live(SETTLE_ms);
    at().rig.board.safeStateSync('a test');
    await at().live(SETTLE_ms);
    await at().rig.board.stop();
    await at().rig.pass(SETTLE_ms);
    expect(at().rig.eyes.bolt()).toBe('locked');
  });

  test('a pulse is cut short by the next', async () => {
    at().rig.board.pulseLock('locked', 600);
    at().rig.board.pulseLock('unlocked', 600);
    await at().live(SETTLE_ms);
    expect(at().rig.eyes.bolt()).toBe('unlocked');
  });

  where(kind.breakable.includes('lock-jammed'))('says where a jammed lock is, not where it should be', async () => {
    await at().break('lock-jammed');
    expect(await pulsed('locked')).toEqual(['unlocked', levelOf('unlocked')]);
  });

  where(kind.breakable.includes('lock-swapped'))('drives swapped wires as they are', async () => {
    await at().break('lock-swapped');
    expect(await pulsed('unlocked')).toEqual(['locked', levelOf('locked')]);
  });

  where(kind.breakable.includes('supply-failing'))(
    'I14: unlocks by itself when its supply has gone, and not before its contactor has fallen',
    async () => {
      await pulsed('locked');
      await at().close();
      at().rig.hands.break('supply-failing', true);
      while (at().rig.eyes.isClosed()) {
        expect(at().rig.eyes.bolt()).toBe('locked');
        await at().rig.pass(10);
      }
      await at().rig.pass(SETTLE_ms);
      expect(at().rig.eyes.bolt()).toBe('unlocked');
      const told = at().all('supply-sensed');
      expect([told.at(0)?.failing, told.at(-1)?.failing]).toEqual([false, true]);
    },
  );
}

function residualConformance(kind: BoardKind, at: () => Bench): void {
  const can = (fault: PhysicalFault): boolean => kind.breakable.includes(fault);
  const trips = (): readonly boolean[] => {
    return at()
      .all('residual-sensed')
      .map(({ tripped }) => tripped);
  };
  const tested = async (): Promise<readonly boolean[]> => {
    at().forget();
    at().rig.board.testResidual();
    await at().live(TEST_ms);
    return trips();
  };

  test('its monitor is quiet at the start, and says so', () => {
    expect(at().last('residual-sensed')).toMatchObject({ tripped: false });
  });

  where(can('residual-wire'))('reads a broken wire as tripped', async () => {
    await at().break('residual-wire');
    expect(at().last('residual-sensed')).toMatchObject({ tripped: true });
    await at().break('residual-wire', false);
    expect(at().last('residual-sensed')).toMatchObject({ tripped: false });
  });

  where(can('residual-current'))('says that a residual current flows', async () => {
    await at().close();
    at().forget();
    await at().break('residual-current');
    // A board that opens by itself ends it.
    expect(trips()).toContain(true);
  });

  where(kind.capabilities.residual === 'tested')('its monitor trips on a test, and lets go of it', async () => {
    expect(await tested()).toEqual([true, false]);
    expect(await tested()).toEqual([true, false]);
  });

  where(kind.capabilities.residual === 'tested' && can('residual-deaf'))('shows a monitor that is deaf', async () => {
    await at().break('residual-deaf');
    expect(await tested()).toEqual([]);
  });

  where(kind.capabilities.residual === 'monitored')('a monitor without a test line bears to be asked', async () => {
    expect(await tested()).toEqual([]);
  });
}
