// The true world of one schedule: charge points, a master and the bad link between them, on true time. After every
// event it adds up what the charge points can draw.
import type { FailSafe } from '@fairamp/units';
import { SLAVE_REACTION_ms } from '../src/index.js';
import { Chance, Clock } from './chance.js';
import { ChargePoint } from './charge-point.js';
import { GreedyMaster } from './greedy-master.js';

type Direction = 'reports' | 'grants' | 'both';
/** Nothing passes between this charge point and the master. */
export type Outage = { slave: number; direction: Direction; from: number; length: number };
export type Schedule = {
  readonly seed: number;
  readonly mains_dA: number;
  readonly masterPpm: number;
  readonly slaves: readonly { ppm: number; maximum_dA: number; failSafe: FailSafe }[];
  /** `slow`: the share of messages that take up to 15 s instead of `latency`. */
  readonly link: { loss: number; duplicate: number; slow: number; latency: number };
  readonly outages: readonly Outage[];
  readonly crashes: readonly { slave: number; at: number; downFor: number }[];
  readonly restarts: readonly { at: number; downFor: number; isStoreLost: boolean; deafTo: number | null }[];
};
export type Outcome = { readonly worst_dA: number; readonly at: number; readonly raises: number };

export const DURATION_ms = 60_000;
const LONGEST_DELAY_ms = 15_000;
const DEAF_ms = 30_000;

export class World {
  private now = 0;
  private queue: { at: number; act: () => void }[] = [];
  private readonly chance: Chance;
  private readonly master: GreedyMaster;
  private readonly chargePoints: readonly ChargePoint[];
  private isMasterUp = true;
  private releaseAt = 0;
  private readonly outages: readonly Outage[];

  constructor(private readonly schedule: Schedule) {
    const { seed, slaves, masterPpm, mains_dA } = schedule;
    this.chance = new Chance(seed);
    this.chargePoints = slaves.map(({ ppm, failSafe }) => new ChargePoint(failSafe, new Clock(ppm), this.chance));
    const devices = slaves.map(({ maximum_dA, failSafe }, index) => ({
      id: `slave-${index}`,
      maximum_dA,
      failSafe,
      fallback_dA: 0,
    }));
    this.master = new GreedyMaster(mains_dA, devices, new Clock(masterPpm), this.chance);
    const deaf = schedule.restarts.map(({ at, deafTo }): Outage => ({
      slave: deafTo ?? -1,
      direction: 'both',
      from: at,
      length: DEAF_ms,
    }));
    this.outages = [...schedule.outages, ...deaf];
    this.plan();
  }

  run(): Outcome {
    let worst = { worst_dA: 0, at: 0 };
    for (let next = this.queue.shift(); next !== undefined && next.at <= DURATION_ms; next = this.queue.shift()) {
      this.now = next.at;
      next.act();
      const sum = this.chargePoints.reduce((total, one) => total + one.draws(this.now), 0);
      if (sum > worst.worst_dA) worst = { worst_dA: sum, at: this.now };
    }
    return { ...worst, raises: this.master.raises };
  }

  private plan(): void {
    this.chargePoints.forEach((_, slave) => this.in(this.chance.between(0, 400), () => this.tick(slave)));
    this.in(this.chance.between(0, 1_000), () => this.cycle());
    for (const { slave, at, downFor } of this.schedule.crashes) {
      this.in(at, () => this.chargePoints[slave]?.crash(this.now));
      this.in(at + downFor, () => this.chargePoints[slave]?.boot(this.now));
    }
    for (const { at, downFor, isStoreLost } of this.schedule.restarts) {
      this.in(at, () => (this.isMasterUp = false));
      this.in(at + downFor, () => {
        this.isMasterUp = true;
        this.master.restart(this.now, isStoreLost);
      });
    }
  }

  /** q at most. */
  private tick(slave: number): void {
    const report = this.chargePoints[slave]?.tick(this.now) ?? null;
    if (report !== null) this.carry(slave, 'reports', () => this.hear(slave, report));
    this.in(this.chance.happens(0.5) ? SLAVE_REACTION_ms : this.chance.between(100, SLAVE_REACTION_ms), () =>
      this.tick(slave),
    );
  }

  private hear(slave: number, report: Parameters<GreedyMaster['hear']>[1]): void {
    if (!this.isMasterUp) return;
    this.master.hear(slave, report, this.now);
    // An acknowledgement frees: a greedy master does not wait for its cycle.
    if (this.chance.happens(0.3)) this.decide();
  }

  private cycle(): void {
    this.decide();
    this.in(this.chance.between(800, 1_000), () => this.cycle());
  }

  private decide(hasFreed = false): void {
    if (!this.isMasterUp) return;
    this.awaitRelease();
    for (const { slave, grant } of this.master.decide(this.now, hasFreed))
      this.carry(slave, 'grants', () => this.chargePoints[slave]?.hear(grant, this.now));
  }

  /** What the book frees is taken in the same millisecond. */
  private awaitRelease(): void {
    const release = this.master.nextRelease(this.now);
    if (release === null || (this.releaseAt > this.now && this.releaseAt <= release)) return;
    this.releaseAt = release;
    this.in(release - this.now + 1, () => {
      if (this.releaseAt === release) this.decide(true);
    });
  }

  /** Loses, delays, repeats and thereby reorders. */
  private carry(slave: number, direction: Direction, arrive: () => void): void {
    const { loss, duplicate, slow, latency } = this.schedule.link;
    const isOut = this.outages.some(
      (outage) =>
        outage.slave === slave &&
        (outage.direction === direction || outage.direction === 'both') &&
        this.now >= outage.from &&
        this.now < outage.from + outage.length,
    );
    const copies = this.chance.happens(duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (isOut || this.chance.happens(loss)) continue;
      this.in(this.chance.between(1, this.chance.happens(slow) ? LONGEST_DELAY_ms : latency), arrive);
    }
  }

  private in(wait: number, act: () => void): void {
    const at = this.now + wait;
    let [low, high] = [0, this.queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.queue[middle]?.at ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    this.queue.splice(low, 0, { at, act });
  }
}
