// A charge point on the fake sysfs through a day that is not quite ordinary, on one board. Each story begins where the one
// before it ended; the last leaves a contact that hangs.
import { buildApps } from '../../apps/slave/test/lone-parts.js';
import type { Wiring } from '../front-end/wiring.js';
import { ChargePoint, MAINS_A } from './charge-point.js';

const RECLOSE_ns = 10e9;
/** docs/safety.md: lowering is enough; without the 5 s in which the car follows, which this car does not need. */
const LOWERED_WITHIN_s = 8.5;
/** The next raise is 5 s after the last. */
const RAISED_WITHIN_s = 15;
/** What opens at once is seen open when the contact has moved and this test has looked. */
const AT_ONCE_s = 2;
const HOUSE_A = 10;
/** Table A.7 of IEC 61851-1: 0.6 A a percent. */
const permilleOf = (limit_A: number): number => limit_A / 0.06;

export function charging(wiring: Wiring): void {
  beforeAll(buildApps, 120_000);

  describe(`a charge point on ${wiring.name}`, () => {
    let point: ChargePoint;
    let began_ns = 0;
    beforeAll(async () => {
      point = await ChargePoint.open(wiring);
      point.stepHouse(HOUSE_A);
      began_ns = Number(process.hrtime.bigint());
      // Nothing of the hardware has been touched before.
      await point.start({ isPrepared: false });
    }, 60_000);
    afterAll(() => point.close());

    test('I11 I14: a car is plugged in and charges: locked first, closed not before 10 s after the start', async () => {
      expect([point.frontEnd.eyes.isClosed(), point.frontEnd.eyes.bolt()]).toEqual([false, 'unlocked']);
      point.arrive();
      await point.within(60, () => point.frontEnd.eyes.bolt() === 'locked', 'the lock moves');
      await point.untilCharging();
      expect(point.coilMoves.map(({ isOn }) => isOn)).toEqual([true]);
      expect((point.coilMoves[0]?.at_ns ?? 0) - began_ns).toBeGreaterThanOrEqual(RECLOSE_ns);
      expect(point.faults()).toBe('none');
      expect(point.frontEnd.eyes.bolt()).toBe('locked');
    }, 150_000);

    // Nobody meters this car: what it draws is inferred from how the mains answer to its own start and raises.
    test('the house steps down and the duty goes up; it steps up and the duty goes down, and the car goes on', async () => {
      await point.within(30, () => point.mains_A() > HOUSE_A + 5, 'the car draws');
      const beside = point.duty_permille();
      expect(beside).toBeLessThanOrEqual(permilleOf(MAINS_A - HOUSE_A));
      point.stepHouse(-HOUSE_A);
      await point.within(RAISED_WITHIN_s, () => point.duty_permille() > beside, 'the duty goes up');
      await point.within(60, () => point.duty_permille() > permilleOf(MAINS_A - HOUSE_A), 'beyond what was left');
      await point.within(30, () => point.mains_A() > MAINS_A - HOUSE_A, 'the car follows');
      let highest = point.duty_permille();
      point.stepHouse(HOUSE_A + 1);
      // A raise may be on its way still.
      const isLowered = (): boolean => point.duty_permille() < (highest = Math.max(highest, point.duty_permille()));
      await point.within(LOWERED_WITHIN_s, isLowered, 'the duty goes down');
      await point.within(10, () => Number(point.value('limit_A')) * 10 < highest * 0.6, 'and is told');
      await point.holdsFor(5, () => point.frontEnd.eyes.isClosed() && point.mains_A() < 30, 'it goes on');
      point.stepHouse(-HOUSE_A - 1);
    }, 120_000);

    test('I14: the car stops and the contactor opens; it leaves, the pilot is X1 and the plug is let go', async () => {
      const { hands, eyes } = point.frontEnd;
      hands.connect('B');
      await point.within(AT_ONCE_s, () => !eyes.isClosed(), 'the contactor opens');
      await point.within(5, () => point.value('state') !== 'charging', 'and says so');
      hands.connect('A');
      await point.within(10, () => eyes.output().kind === 'X1' && eyes.bolt() === 'unlocked', 'X1, and unlocked');
      expect(point.faults()).toBe('none');
    }, 60_000);

    test('a residual current opens, also while the slave stands still, and is latched until a person acknowledges', async () => {
      const { hands, eyes } = point.frontEnd;
      point.arrive();
      await point.untilCharging();
      process.kill(point.slave.pid, 'SIGSTOP');
      hands.break('residual-current', true);
      await point.within(AT_ONCE_s, () => !eyes.isClosed(), 'the contactor opens');
      hands.break('residual-current', false);
      process.kill(point.slave.pid, 'SIGCONT');
      await point.within(10, () => point.faults().includes('residual-current'), 'the fault is told');
      // Its input is quiet again, and its car still asks.
      await point.holdsFor(3, () => point.isSafe() && point.faults().includes('residual-current'), 'it is latched');
      if (wiring.access === undefined) return;
      hands.press(true);
      await point.holdsFor(0.5, () => !eyes.isClosed(), 'pressed');
      hands.press(false);
      await point.untilCharging();
      expect(point.faults()).toBe('none');
    }, 150_000);

    test('I12: a contact that hangs is a fault, the pilot is F, and nothing closes again', async () => {
      const { hands, eyes } = point.frontEnd;
      if (wiring.access === undefined) {
        process.kill(point.slave.pid, 'SIGTERM');
        await point.slave.ended;
        await point.start();
        await point.untilCharging();
      }
      hands.break('contactor-welded', true);
      hands.connect('B');
      await point.within(10, () => point.faults().includes('contactor'), 'the fault is told');
      await point.within(5, () => eyes.output().kind === 'F', 'the pilot is F');
      const moves = point.coilMoves.length;
      hands.connect('C');
      await point.holdsFor(12, () => eyes.output().kind === 'F', 'it stays F');
      expect([eyes.isClosed(), eyes.bolt(), point.coilMoves.length, point.coilMoves.at(-1)?.isOn]).toEqual([
        true,
        'locked',
        moves,
        false,
      ]);
    }, 150_000);
  });
}
