// What every BoardSupport must do, whatever it drives: one suite, run by each driver's spec with a rig of its own.
// The rig is the world's side of the board: the car, the wire, the contact itself, and time.
import type { BoardSupport } from '@fairamp/board';
import type { BoardEvent } from '@fairamp/evse';
import type { PilotOutput } from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';

export interface BoardRig {
  /** Not started. */
  readonly board: BoardSupport;
  /** What hangs on the pilot: nothing, a car, a car that asks. */
  connect(car: 'A' | 'B' | 'C'): void;
  /** The plug's resistor. */
  plug(ohm: number | null): void;
  /** Where the contact truly is. */
  isClosed(): boolean;
  /** What truly is on the pilot. */
  output(): PilotOutput;
  /** From now on the contact stays where it is. */
  weld(): void;
  /** The way to the hardware breaks, and comes back; a board that is its own hardware has none. */
  readonly link?: { lose(): void; restore(): void };
  /** Time passes, in real time or the rig's. */
  pass(ms: Milliseconds): Promise<void>;
  dispose(): Promise<void>;
}

type Kind = BoardEvent['kind'];
/** Long enough for a contactor (c of design.md 3) and for a proximity poll (500 ms) to be told of. */
const SETTLE_ms: Milliseconds = 700;
/** design.md 3 rule 6: class `process` opens within 6 s, class `heartbeat` much sooner. */
const FAIL_SAFE_ms: Milliseconds = 6000;

export function boardConformance(name: string, makeRig: () => BoardRig): void {
  describe(`${name} as a board`, () => {
    let rig: BoardRig;
    let heard: BoardEvent[];
    const last = <K extends Kind>(kind: K) =>
      heard.findLast((event): event is Extract<BoardEvent, { kind: K }> => event.kind === kind);
    /** With heartbeats, as its process gives them while it lives. */
    const live = async (ms: Milliseconds): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 100) {
        rig.board.heartbeat();
        await rig.pass(100);
      }
    };
    const closed = async (): Promise<void> => {
      rig.connect('C');
      rig.board.setPilot({ kind: 'pwm', duty_permille: 266 });
      rig.board.allowPower(true);
      await live(SETTLE_ms);
    };

    beforeEach(async () => {
      heard = [];
      rig = makeRig();
      rig.board.on((event) => heard.push(event));
      await rig.board.start();
      await live(SETTLE_ms);
    });
    afterEach(() => rig.dispose());

    test('says what it is, and nothing that no charge point could be', () => {
      const { min_dA, max_dA, reaction_ms } = rig.board.capabilities;
      expect(min_dA).toBeGreaterThanOrEqual(60);
      expect(max_dA).toBeGreaterThanOrEqual(min_dA);
      expect(max_dA).toBeLessThanOrEqual(800);
      // IEC 61851-1 Table A.6 seq. 8.1
      expect(reaction_ms).toBeLessThanOrEqual(100);
    });

    test('I11: starts with the contactor open and the pilot on X1, and says so', () => {
      expect([rig.isClosed(), rig.output().kind]).toEqual([false, 'X1']);
      expect(last('contactor-confirmed')).toMatchObject({ closed: false });
      expect(last('pilot-sampled')?.high_mV).toBeGreaterThan(11_000);
    });

    test('starts once: a second start changes nothing', async () => {
      await closed();
      await rig.board.start();
      await live(SETTLE_ms);
      expect(rig.isClosed()).toBe(true);
    });

    test.each<PilotOutput>([
      { kind: 'pwm', duty_permille: 100 },
      { kind: 'pwm', duty_permille: 266 },
      { kind: 'pwm', duty_permille: 960 },
      { kind: 'X1' },
      { kind: 'F' },
    ])('puts %j on the pilot', async (pilot) => {
      rig.board.setPilot(pilot);
      await live(SETTLE_ms);
      expect(rig.output()).toEqual(pilot);
    });

    test('samples high and low while PWM is on, and only high while the pilot is steady', async () => {
      rig.connect('B');
      await live(SETTLE_ms);
      expect(last('pilot-sampled')?.low_mV).toBeNull();
      rig.board.setPilot({ kind: 'pwm', duty_permille: 266 });
      await live(SETTLE_ms);
      expect(last('pilot-sampled')?.low_mV).toBeLessThanOrEqual(-10_000);
      expect(Math.abs((last('pilot-sampled')?.high_mV ?? 0) - 9000)).toBeLessThan(1000);
    });

    test('shows what a car does within its reaction time, by two samples', async () => {
      await closed();
      heard.length = 0;
      rig.connect('B');
      await rig.pass(rig.board.capabilities.reaction_ms);
      const seen = heard.filter((event) => event.kind === 'pilot-sampled' && event.high_mV > 8000);
      expect(seen.length).toBeGreaterThanOrEqual(2);
    });

    test('reads the plug', async () => {
      rig.plug(220);
      await live(SETTLE_ms);
      const ohm = last('proximity-sampled')?.ohm ?? 0;
      expect([ohm > 200, ohm < 240]).toEqual([true, true]);
      rig.plug(null);
      await live(SETTLE_ms);
      expect(last('proximity-sampled')?.ohm).toBeNull();
    });

    test('closes when allowed and opens when not, and says each', async () => {
      await closed();
      expect([rig.isClosed(), last('contactor-confirmed')?.closed]).toEqual([true, true]);
      rig.board.allowPower(false);
      await live(SETTLE_ms);
      expect([rig.isClosed(), last('contactor-confirmed')?.closed]).toEqual([false, false]);
    });

    test('answers each permission, also one that changes nothing', async () => {
      heard.length = 0;
      rig.board.allowPower(false);
      await live(SETTLE_ms);
      expect(last('contactor-confirmed')).toMatchObject({ closed: false });
    });

    test('I12: says that a welded contact is closed', async () => {
      await closed();
      rig.weld();
      rig.board.allowPower(false);
      await live(SETTLE_ms);
      expect(last('contactor-confirmed')?.closed).toBe(true);
    });

    test('stamps its events with a clock that never goes back', async () => {
      await closed();
      const times = heard.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    });

    test('stays closed as long as it is kept alive', async () => {
      await closed();
      await live(FAIL_SAFE_ms + 2000);
      expect(rig.isClosed()).toBe(true);
    });

    test('opens by itself within 6 s of the last sign of life, and not again by itself', async () => {
      if (rig.board.capabilities.failSafe === 'none') return;
      await closed();
      await rig.pass(FAIL_SAFE_ms);
      expect(rig.isClosed()).toBe(false);
      await live(SETTLE_ms);
      expect([rig.isClosed(), last('contactor-confirmed')?.closed]).toEqual([false, false]);
    });

    test('makes safe at once, twice, and never throws', async () => {
      await closed();
      rig.board.safeStateSync('a test');
      rig.board.safeStateSync('a test');
      await live(SETTLE_ms);
      expect(rig.isClosed()).toBe(false);
      expect(rig.output().kind).not.toBe('pwm');
    });

    test('stops safe, and is silent and powerless from then on', async () => {
      await closed();
      await rig.board.stop();
      await rig.pass(SETTLE_ms);
      expect([rig.isClosed(), rig.output().kind]).toEqual([false, 'X1']);
      heard.length = 0;
      rig.board.allowPower(true);
      rig.board.setPilot({ kind: 'pwm', duty_permille: 266 });
      await live(SETTLE_ms);
      expect([rig.isClosed(), rig.output().kind, heard]).toEqual([false, 'X1', []]);
      expect(() => rig.board.safeStateSync('after the end')).not.toThrow();
    });

    test('before its start it closes nothing, and can be made safe', async () => {
      const fresh = makeRig();
      fresh.board.safeStateSync('before the start');
      fresh.board.allowPower(true);
      fresh.board.heartbeat();
      await fresh.pass(SETTLE_ms);
      expect(fresh.isClosed()).toBe(false);
      await fresh.dispose();
    });

    test('tells nobody who has stopped listening', async () => {
      const later: BoardEvent[] = [];
      const stop = rig.board.on((event) => later.push(event));
      stop();
      await live(SETTLE_ms);
      expect(later).toEqual([]);
    });

    test('a lost way to its hardware is said, survived, and ends with the contactor open', async () => {
      if (rig.link === undefined) return;
      await closed();
      rig.link.lose();
      await live(SETTLE_ms);
      expect(last('board-changed')).toMatchObject({ lost: true });
      expect(() => rig.board.allowPower(true)).not.toThrow();
      rig.link.restore();
      await live(SETTLE_ms);
      expect(last('board-changed')).toMatchObject({ lost: false });
      expect([rig.isClosed(), rig.output().kind]).toEqual([false, 'X1']);
      await closed();
      expect(rig.isClosed()).toBe(true);
    });
  });
}
