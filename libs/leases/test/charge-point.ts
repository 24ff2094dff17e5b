// A charge point as the lease rules see it: the process with its lease, the pilot, the contactor and the car behind
// it, each as slow as design.md 3 allows. What it can draw is an upper bound: the car takes whatever the pilot has
// offered within the last 5 s, and goes on through a soft stop.
import {
  heldLimit,
  initialLease,
  observeOutputs,
  offerGrant,
  CAR_FOLLOWS_ms,
  CONTACTOR_ms,
  SLAVE_REACTION_ms,
  SOFT_STOP_ms,
  type LeaseState,
  type Offer,
} from '../src/index.js';
import type { FailSafe } from '@fairamp/units';
import { type Chance, type Clock } from './chance.js';

export type ReportTold = {
  readonly boot: string;
  readonly seq: number;
  readonly t: number;
  readonly lease: LeaseState['obeyed'];
};

/** Heartbeats: the coil drops well within the reaction time that the book allows. */
const COIL_DROPS_ms = SLAVE_REACTION_ms;
/** Something outside opens within 6 s of the process's death. */
const OUTSIDE_OPENS_ms = 6_000;

export class ChargePoint {
  /** null: the process is dead. */
  private lease: LeaseState | null = null;
  private boots = 0;
  private seq = 0;
  private offered_dA = 0;
  private closed = false;
  /** True time at which the contacts are apart, whoever opens them. */
  private opensAt = Infinity;
  private base_dA = 0;
  private following: { limit_dA: number; until: number }[] = [];
  private reported: LeaseState['obeyed'] = null;
  private reportAt = 0;

  constructor(
    readonly failSafe: FailSafe,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {
    this.boot(0);
  }

  boot(now: number): void {
    if (this.boots > 0 && this.chance.happens(0.5)) this.clock.setBack(this.chance.between(0, 15_000));
    this.boots += 1;
    this.seq = 0;
    this.reported = null;
    this.reportAt = now;
    this.lease = initialLease(this.boots.toString(16).padStart(16, '0'), this.clock.at(now));
    // The first thing that a start does.
    if (this.closed) this.opensAt = Math.min(this.opensAt, now + CONTACTOR_ms);
  }

  crash(now: number): void {
    this.lease = null;
    this.offered_dA = 0;
    if (!this.closed) return;
    if (this.failSafe === 'none') this.opensAt = Infinity;
    else {
      const within = this.failSafe === 'heartbeat' ? COIL_DROPS_ms : OUTSIDE_OPENS_ms;
      this.opensAt = Math.min(this.opensAt, now + within);
    }
  }

  hear(grant: Offer, now: number): void {
    if (this.lease === null) return;
    const answer = offerGrant(this.lease, { ...grant, retained: false }, this.clock.at(now), { pairedMaster: null });
    this.lease = answer.state;
    // The outputs follow now, or at the next tick, which is at most q away.
    if (this.chance.happens(0.5)) this.drive(now);
    this.observe();
  }

  /** @returns the report that is due, if one is */
  tick(now: number): ReportTold | null {
    this.drive(now);
    if (this.lease === null) return null;
    this.observe();
    if (this.lease.obeyed === this.reported && now < this.reportAt) return null;
    this.reported = this.lease.obeyed;
    this.reportAt = now + this.clock.span(1_000);
    this.seq += 1;
    return { boot: this.lease.boot, seq: this.seq, t: this.clock.at(now), lease: this.lease.obeyed };
  }

  /** The most that flows at this moment. */
  draws(now: number): number {
    if (!this.closed || now >= this.opensAt) return 0;
    this.following = this.following.filter(({ until }) => until > now);
    return Math.max(this.base_dA, ...this.following.map(({ limit_dA }) => limit_dA));
  }

  private drive(now: number): void {
    if (now >= this.opensAt) this.isOpen();
    if (this.lease === null || this.opensAt < Infinity) return;
    const held_dA = heldLimit(this.lease, this.clock.at(now));
    if (held_dA === 0) this.softStop(now);
    else this.offer(held_dA, now);
  }

  private isOpen(): void {
    this.closed = false;
    this.opensAt = Infinity;
    this.base_dA = 0;
    this.following = [];
  }

  private softStop(now: number): void {
    this.offered_dA = 0;
    if (!this.closed) return;
    const length = this.chance.happens(0.7) ? SOFT_STOP_ms : this.chance.between(0, SOFT_STOP_ms);
    this.opensAt = now + this.clock.span(length) + CONTACTOR_ms;
  }

  private offer(limit_dA: number, now: number): void {
    const takes = this.chance.happens(0.7) ? CAR_FOLLOWS_ms : this.chance.between(0, CAR_FOLLOWS_ms);
    if (limit_dA < this.base_dA) this.following.push({ limit_dA: this.base_dA, until: now + takes });
    this.offered_dA = limit_dA;
    this.base_dA = limit_dA;
    this.closed = true;
  }

  private observe(): void {
    if (this.lease === null) return;
    const stopping = this.opensAt < Infinity;
    this.lease = observeOutputs(this.lease, {
      offered_dA: this.offered_dA,
      stopping,
      confirmed: true,
      contactorOpen: !this.closed,
    });
  }
}
