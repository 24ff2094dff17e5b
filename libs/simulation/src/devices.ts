// The protective devices that a site may have, as models of one state (reliability.md 3): heat runs after the square of
// the current with one time constant, and at its trip level the device opens; a circuit breaker also trips at once on
// some times its rating. Single time constants are a fit to the test points of IEC 60898-1 and IEC 60269-1, no standard.
// Only + - * / are used, so that a run is the same to the bit on every machine.
import { PHASES, perPhase, type Milliseconds, type PerPhase, type Phase, type ProtectiveDevice } from '@fairamp/units';

export const DEVICES = ['mcb-fastest', 'mcb-typical-hot', 'mcb-slow', 'gg-fastest', 'gg-typical'] as const;
export type DeviceName = (typeof DEVICES)[number];

type Curve = {
  /** Heat at which it opens; 1 is what its rated current leads to. */
  readonly tripsAt: number;
  readonly timeConstant_ms: Milliseconds;
  /** Times its rating: the magnetic trip. null = a fuse, which has none. */
  readonly strikesAt: number | null;
  /** It never cools below this. */
  readonly leastHeat: number;
};

/** 1.13 squared: what it must carry for an hour. */
const MCB = 1.28;
/** 1.25 squared, likewise. */
const GG = 1.5625;
/** As warm as 0.8 of its rating keeps it, from what it carried before and from its neighbours in the row. */
const HOT = 0.64;
/** Curve B strikes somewhere between 3 and 5 times its rating: early where that is the unsafe side, late where slow is meant. */
const CURVES: Readonly<Record<DeviceName, Curve>> = {
  'mcb-fastest': { tripsAt: MCB, timeConstant_ms: 4_560, strikesAt: 3, leastHeat: 0 },
  'mcb-typical-hot': { tripsAt: MCB, timeConstant_ms: 120_000, strikesAt: 3, leastHeat: HOT },
  'mcb-slow': { tripsAt: MCB, timeConstant_ms: 273_000, strikesAt: 5, leastHeat: 0 },
  'gg-fastest': { tripsAt: GG, timeConstant_ms: 22_300, strikesAt: null, leastHeat: 0 },
  'gg-typical': { tripsAt: GG, timeConstant_ms: 40_000, strikesAt: null, leastHeat: 0 },
};
const STRIKE_ms: Milliseconds = 100;

/**
 * e to the power of -x by the Pade approximant of order 2/2, which is wrong by x^5 / 720: 3e-10 for the largest step of
 * a plant (200 ms) over the shortest time constant. Longer gaps are halved until they are short.
 */
export function decay(x: number): number {
  if (x <= LONGEST_STEP) return (12 - 6 * x + x * x) / (12 + 6 * x + x * x);
  const half = decay(x / 2);
  return half * half;
}
const LONGEST_STEP = 0.1;

/** One device in one phase. */
export class HeatedDevice {
  trips = 0;
  /** The nearest that it came: 1 is its trip level. */
  nearest = 0;
  #heat: number;
  #at: Milliseconds | null = null;
  #strikingSince: Milliseconds | null = null;

  constructor(private readonly curve: Curve) {
    this.#heat = curve.leastHeat;
  }

  /**
   * @param load current in times the rating, since the look before
   * @returns true when it opened; somebody switches it on again, cold
   */
  carry(at: Milliseconds, load: number): boolean {
    const { timeConstant_ms, tripsAt, leastHeat } = this.curve;
    const aim = load * load;
    const heat = aim + (this.#heat - aim) * decay((at - (this.#at ?? at)) / timeConstant_ms);
    this.#at = at;
    this.#heat = heat > leastHeat ? heat : leastHeat;
    const near = this.#heat / tripsAt;
    if (near > this.nearest) this.nearest = near;
    if (near < 1 && !this.#strikes(at, load)) return false;
    this.trips += 1;
    this.#heat = leastHeat;
    this.#strikingSince = null;
    return true;
  }

  #strikes(at: Milliseconds, load: number): boolean {
    const { strikesAt } = this.curve;
    const isBeyond = strikesAt !== null && (load >= strikesAt || load <= -strikesAt);
    this.#strikingSince = isBeyond ? (this.#strikingSince ?? at) : null;
    return this.#strikingSince !== null && at - this.#strikingSince >= STRIKE_ms;
  }
}

/** On one conductor of one circuit. */
export class DeviceRow {
  readonly devices: readonly { readonly name: DeviceName; readonly device: HeatedDevice }[];

  constructor(names: readonly DeviceName[]) {
    this.devices = names.map((name) => ({ name, device: newDevice(name) }));
  }

  /** @param load in times the rating @param tripped told of each that opened */
  carry(at: Milliseconds, load: number, tripped: (device: DeviceName) => void): void {
    for (const { name, device } of this.devices) if (device.carry(at, load)) tripped(name);
  }
}

type Protected = { readonly id: string; readonly device: ProtectiveDevice | null };

const OF_CURVE: Readonly<Record<ProtectiveDevice['curve'], readonly DeviceName[]>> = {
  B: ['mcb-fastest', 'mcb-typical-hot', 'mcb-slow'],
  C: ['mcb-fastest', 'mcb-typical-hot', 'mcb-slow'],
  gG: ['gg-fastest', 'gg-typical'],
};

/** Of each circuit those that its device may be like; where nobody knows it one of each kind. */
export class ProtectiveDevices {
  readonly #rows = new Map<string, PerPhase<DeviceRow>>();

  row({ id, device }: Protected, phase: Phase): DeviceRow {
    const known = this.#rows.get(id);
    if (known !== undefined) return known[phase];
    const names = device === null ? DEVICES : OF_CURVE[device.curve];
    const rows = perPhase(() => new DeviceRow(names));
    this.#rows.set(id, rows);
    return rows[phase];
  }

  /** How often each opened, on all of them. */
  get trips(): Readonly<Record<DeviceName, number>> {
    return this.#ofEach((devices) => devices.reduce((sum, { trips }) => sum + trips, 0));
  }

  /** How near each came to its trip level by heat where it came nearest, in thousandths. */
  get margin_permille(): Readonly<Record<DeviceName, number>> {
    return this.#ofEach((devices) => Math.round(1000 * Math.max(0, ...devices.map(({ nearest }) => nearest))));
  }

  #ofEach(figure: (devices: readonly HeatedDevice[]) => number): Readonly<Record<DeviceName, number>> {
    const all = [...this.#rows.values()].flatMap((rows) => PHASES.flatMap((phase) => rows[phase].devices));
    const named = (name: DeviceName) => all.filter((one) => one.name === name).map(({ device }) => device);
    const entries = DEVICES.map((name) => [name, figure(named(name))] as const);
    return Object.fromEntries(entries) as Record<DeviceName, number>;
  }
}

/** One device of a kind, for tests against the table. */
export function newDevice(name: DeviceName): HeatedDevice {
  return new HeatedDevice(CURVES[name]);
}
