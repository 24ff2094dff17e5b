// The shipped charge point on the simulated board, over a real socket to the plant: from the plug to the last unlock, and
// every physical fault under a car that charges. What must happen is told by the truth of the plant.
import { applyCommand } from '@fairamp/board';
import {
  initialEvse,
  PLAIN,
  stepEvse,
  viewEvse,
  vouches,
  type EvseCommand,
  type EvseConfig,
  type EvseEvent,
  type EvseState,
  type LockState,
} from '@fairamp/evse';
import { PHYSICAL_FAULTS, type PhysicalFault } from '@fairamp/simulation';
import type { Fault, Milliseconds } from '@fairamp/units';
import { PlantRig } from './plant-rig.js';

const CONFIG: EvseConfig = {
  connector: 'socket',
  max_dA: 320,
  cable_dA: 130,
  proximity: 'manual',
  contactorFeedback: true,
  ...PLAIN,
  lock: { actuator: 'motor', swapped: false },
  residual: 'tested',
};
const FITTINGS = { lock: 'motor', hasSwitch: true, residual: 'tested', hasThermometer: true } as const;

class ChargePoint {
  readonly commands: EvseCommand['kind'][] = [];
  #state: EvseState = initialEvse(0);
  private isAlive = true;

  private constructor(readonly rig: PlantRig) {}

  static async started(): Promise<ChargePoint> {
    const point = new ChargePoint(await PlantRig.make(FITTINGS));
    point.rig.board.on((event) => {
      point.tell(event);
      // Only after a completed sample and decision.
      if (event.kind === 'pilot-sampled' && point.vouches) point.rig.board.heartbeat();
    });
    await point.rig.board.start();
    point.tell({ kind: 'limit-changed', at: 0, limit_dA: 80 });
    return point;
  }

  get view() {
    return viewEvse(this.#state, CONFIG);
  }

  private get vouches(): boolean {
    return this.isAlive && vouches(this.#state, this.rig.board.capabilities.failSafe_ms);
  }

  /** Its outputs stay latched. */
  kill(): void {
    this.isAlive = false;
  }

  tell(event: EvseEvent): void {
    if (!this.isAlive) return;
    const { state, commands } = stepEvse(this.#state, event, CONFIG);
    this.#state = state;
    for (const command of commands) {
      if (command.kind !== 'note') this.commands.push(command.kind);
      applyCommand(this.rig.board, command);
    }
  }

  async pass(ms: Milliseconds): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      this.tell({ kind: 'tick', at: this.rig.now() });
      await this.rig.pass(50);
    }
  }

  /** A minute is more than anything here takes. @returns how long it took */
  async until(holds: () => boolean): Promise<Milliseconds> {
    const from = this.rig.now();
    while (!holds() && this.rig.now() - from < 60_000) await this.pass(50);
    return this.rig.now() - from;
  }

  async charging(): Promise<void> {
    this.rig.hands.connect('C');
    await this.until(() => this.rig.eyes.isClosed());
    await this.pass(3000);
  }
}

let point: ChargePoint;
beforeEach(async () => {
  point = await ChargePoint.started();
});
afterEach(() => point.rig.dispose());

test('I14: tests its monitor, offers, locks, closes; then opens within 100 ms of the car stopping, and unlocks', async () => {
  const { hands, eyes } = point.rig;
  hands.connect('C');
  const seen: string[] = [];
  await point.until(() => {
    const now = `${eyes.output().kind} ${eyes.bolt()} ${eyes.isClosed() ? 'closed' : 'open'}`;
    if (now !== seen.at(-1)) seen.push(now);
    return eyes.isClosed();
  });
  expect(seen).toEqual(['X1 unlocked open', 'pwm unlocked open', 'pwm locked open', 'pwm locked closed']);
  expect(point.commands.filter((kind) => kind === 'test-residual')).toHaveLength(1);
  expect(point.view).toMatchObject({ session: 'charging', offered_dA: 80, lock: 'locked', faults: [] });
  expect(eyes.indicator()).toBe('breathing');
  hands.connect('B');
  await point.rig.pass(100);
  expect([eyes.isClosed(), eyes.bolt()]).toEqual([false, 'locked']);
  await point.pass(1000);
  expect([eyes.bolt(), eyes.output().kind]).toEqual(['unlocked', 'pwm']);
});

test('a press of its switch ends softly, and another lets it go on', async () => {
  const { hands, eyes } = point.rig;
  await point.charging();
  hands.press(true);
  await point.pass(300);
  hands.press(false);
  expect(await point.until(() => !eyes.isClosed())).toBeLessThanOrEqual(6300);
  expect(point.view).toMatchObject({ session: 'stopped', faults: [] });
  await point.pass(20_000);
  expect(eyes.isClosed()).toBe(false);
  hands.press(true);
  await point.pass(300);
  hands.press(false);
  expect(await point.until(() => eyes.isClosed())).toBeLessThan(15_000);
});

/** Contactor and looking included. */
const AT_ONCE_ms: Milliseconds = 150;
const SOFTLY_ms: Milliseconds = 6250;

test.each([500, 2000, 4000, 5000])(
  'I4: killed %d ms into the soft stop of a car that does not stop, it is open when that would have ended',
  async (killedAfter_ms) => {
    await point.charging();
    point.rig.ignoreStop();
    point.tell({ kind: 'limit-changed', at: point.rig.now(), limit_dA: 0 });
    await point.pass(killedAfter_ms);
    expect(point.view.stopping).toBe(true);
    point.kill();
    const opened_ms = killedAfter_ms + (await point.until(() => !point.rig.eyes.isClosed()));
    expect(opened_ms).toBeLessThanOrEqual(SOFTLY_ms);
    expect(opened_ms).toBeGreaterThan(4000);
  },
);

test('a board that opens by itself in the soft stop of such a car is no fault, and the car may come again', async () => {
  await point.charging();
  point.rig.ignoreStop();
  point.tell({ kind: 'limit-changed', at: point.rig.now(), limit_dA: 0 });
  expect(await point.until(() => !point.rig.eyes.isClosed())).toBeLessThanOrEqual(SOFTLY_ms);
  await point.pass(1000);
  expect(point.view).toMatchObject({ stopping: false, contactorOpen: true, faults: [] });
  point.tell({ kind: 'limit-changed', at: point.rig.now(), limit_dA: 80 });
  expect(await point.until(() => point.rig.eyes.isClosed())).toBeLessThanOrEqual(15_000);
});

type Reaction = {
  readonly opensWithin_ms: Milliseconds;
  readonly fault: Fault;
  /** And charges again once it was mended, by itself. */
  readonly comesBack: boolean;
};
const REACTIONS: Readonly<Partial<Record<PhysicalFault, Reaction>>> = {
  // Latched until a person has acknowledged it.
  'residual-current': { opensWithin_ms: AT_ONCE_ms, fault: 'residual-current', comesBack: false },
  'residual-wire': { opensWithin_ms: AT_ONCE_ms, fault: 'residual-current', comesBack: false },
  'too-hot': { opensWithin_ms: SOFTLY_ms, fault: 'high-temperature', comesBack: true },
  // The board is dead from then on, and so lost.
  'supply-failing': { opensWithin_ms: AT_ONCE_ms, fault: 'board-lost', comesBack: true },
  'proximity-lost': { opensWithin_ms: AT_ONCE_ms, fault: 'proximity', comesBack: true },
  'pilot-shorted': { opensWithin_ms: AT_ONCE_ms, fault: 'pilot', comesBack: true },
  'pilot-negative': { opensWithin_ms: AT_ONCE_ms, fault: 'pilot', comesBack: true },
  // Latched until the car is gone.
  'diode-missing': { opensWithin_ms: AT_ONCE_ms, fault: 'diode', comesBack: false },
  'pilot-silent': { opensWithin_ms: 1300, fault: 'board-lost', comesBack: true },
  // 7 s of it, then at once; latched until the car is gone.
  'car-disobeys': { opensWithin_ms: 9000, fault: 'over-current', comesBack: false },
};

/** When its car stops, and when it asks again 15 s later. */
type Later = {
  readonly stopped: readonly [closed: boolean, bolt: LockState];
  readonly asking: boolean;
  readonly faults: readonly Fault[];
};
const LATER: Readonly<Partial<Record<PhysicalFault, Later>>> = {
  'contactor-welded': { stopped: [true, 'locked'], asking: true, faults: ['contactor'] },
  'contactor-stuck': { stopped: [false, 'unlocked'], asking: false, faults: ['contactor'] },
  'contactor-slow': { stopped: [false, 'unlocked'], asking: false, faults: ['contactor'] },
  'lock-jammed': { stopped: [false, 'locked'], asking: true, faults: [] },
  'lock-swapped': { stopped: [false, 'locked'], asking: false, faults: ['lock-failed'] },
  'residual-deaf': { stopped: [false, 'unlocked'], asking: true, faults: [] },
};

test('each physical fault has its row', () => {
  expect([...Object.keys(REACTIONS), ...Object.keys(LATER)].toSorted()).toEqual([...PHYSICAL_FAULTS].toSorted());
});

describe('under a car that charges', () => {
  test.each(Object.entries(REACTIONS))('%s opens, is told, and ends as its fault does', async (fault, reaction) => {
    const { hands, eyes } = point.rig;
    await point.charging();
    hands.break(fault as PhysicalFault, true);
    expect(await point.until(() => !eyes.isClosed())).toBeLessThanOrEqual(reaction.opensWithin_ms);
    await point.pass(2000);
    expect(point.view.faults).toEqual([reaction.fault]);
    hands.break(fault as PhysicalFault, false);
    const backAfter_ms = await point.until(() => eyes.isClosed());
    expect(backAfter_ms < 60_000).toBe(reaction.comesBack);
    expect(eyes.bolt()).toBe(reaction.comesBack ? 'locked' : 'unlocked');
  });

  test.each(Object.entries(LATER))('%s is found when its car stops, or asks again', async (fault, later) => {
    const { hands, eyes } = point.rig;
    await point.charging();
    hands.break(fault as PhysicalFault, true);
    await point.pass(5000);
    expect([eyes.isClosed(), point.view.faults]).toEqual([true, []]);
    hands.connect('B');
    await point.pass(3000);
    expect([eyes.isClosed(), eyes.bolt()]).toEqual(later.stopped);
    await point.pass(12_000);
    hands.connect('C');
    // Five pulses of a lock, 5 s apart.
    await point.pass(40_000);
    expect({ asking: eyes.isClosed(), faults: point.view.faults }).toEqual({
      asking: later.asking,
      faults: later.faults,
    });
  });
});
