// The shipped charge point on the simulated board, over a real socket to the plant, and on a Linux board whose hardware is
// the plant: from the plug to the last unlock, and every physical fault under a car that charges. What must happen is told
// by the truth of the plant.
import type { LockState } from '@fairamp/evse';
import { PHYSICAL_FAULTS, type PhysicalFault } from '@fairamp/simulation';
import type { Fault, Milliseconds } from '@fairamp/units';
import { FITTED } from '../../libs/board/test/descriptions.js';
import { ChargePoint, type ChargePointRig } from './charge-point.js';
import { described, LinuxRig } from './linux-rig.js';
import { PlantRig } from './plant-rig.js';

const FITTINGS = { lock: 'motor', hasSwitch: true, residual: 'tested', hasThermometer: true } as const;

const contactor = { ...FITTED.contactor, heartbeat: undefined };
/** No heartbeat line: systemd opens it, within 5 s. */
const LINUX = described({ ...FITTED, contactor, failSafe: { kind: 'process', opensWithin_ms: 5000 } });

/** Contactor and looking included. */
const AT_ONCE_ms: Milliseconds = 150;
const SOFTLY_ms: Milliseconds = 6250;

type Reaction = {
  readonly opensWithin_ms: Milliseconds;
  readonly fault: Fault | null;
  /** And charges again once it was mended, by itself. */
  readonly comesBack: boolean;
};
type Reactions = Readonly<Partial<Record<PhysicalFault, Reaction | undefined>>>;
const REACTIONS: Reactions = {
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

/** Nobody sees what a car draws where it is not metered; and this board lives on while its supply lasts. */
const LINUX_REACTIONS: Reactions = {
  ...REACTIONS,
  'car-disobeys': undefined,
  'supply-failing': { opensWithin_ms: AT_ONCE_ms, fault: null, comesBack: true },
};

const rowsOf = (reactions: Reactions): [string, Reaction][] =>
  Object.entries(reactions).filter((row): row is [string, Reaction] => row[1] !== undefined);

const BOARDS: readonly (readonly [name: string, make: () => Promise<ChargePointRig>, reactions: Reactions])[] = [
  ['the simulated board', () => PlantRig.make(FITTINGS), REACTIONS],
  ['a Linux board', () => Promise.resolve(new LinuxRig(LINUX, FITTINGS)), LINUX_REACTIONS],
];

describe.each(BOARDS)('on %s', (_name, make, reactions) => {
  let point: ChargePoint;
  beforeEach(async () => {
    point = await ChargePoint.startedOn(await make());
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
    await point.pass(1000);
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

  describe('under a car that charges', () => {
    test.each(rowsOf(reactions))('%s opens, is told, and ends as its fault does', async (fault, reaction) => {
      const { hands, eyes } = point.rig;
      await point.charging();
      hands.break(fault as PhysicalFault, true);
      expect(await point.until(() => !eyes.isClosed())).toBeLessThanOrEqual(reaction.opensWithin_ms);
      await point.pass(2000);
      expect(point.view.faults).toEqual(reaction.fault === null ? [] : [reaction.fault]);
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
});
