// A master that grants whatever the rules let it, on a mains with nothing else on it: it always has a favourite, raises
// it by all that the book has free, lowers the others at random, and asks for the impossible where it must not matter
// (`raise: false`). In Normal mode, as there is no bridge: it is silent for 17 s after each start.
import {
  acknowledge,
  blankPage,
  compareEpochs,
  promise,
  reservation,
  silenceOf,
  tidy,
  LONGEST_LEASE_ms,
  OLDEST_SAMPLE_ms,
  type Device,
  type Epoch,
  type Offer,
  type Page,
} from '../src/index.js';
import { type Chance, type Clock } from './chance.js';
import { type ReportTold } from './charge-point.js';

type Known = {
  readonly device: Device;
  readonly page: Page;
  readonly echo: Offer['echo'] | null;
  /** R of that echo. */
  readonly heardAt: number;
  readonly n: number;
  readonly limit_dA: number;
};
const kept = (limit_dA: number) => ({ limit_dA, raise: false });

export type Sent = { readonly slave: number; readonly grant: Offer };

export class GreedyMaster {
  private epoch: Epoch = { count: 0, boot: '' };
  private startedAt = 0;
  private slaves: Known[] = [];
  /** null: everybody is to have all that there is. */
  private favourite: number | null = 0;
  private boots = 0;
  /** Grants with `raise: true` and the highest sum of limits that ever stood: a property over nothing proves nothing. */
  raises = 0;

  constructor(
    private readonly mains_dA: number,
    private readonly devices: readonly Device[],
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {
    // Nobody was here before, so nobody is waited for.
    this.start(0, 1);
    this.startedAt = -silenceOf(OLDEST_SAMPLE_ms);
  }

  /** Nothing but the epoch's count survives a start, and not even that where the store is lost. */
  restart(now: number, isStoreLost: boolean): void {
    this.start(now, isStoreLost ? 1 : this.epoch.count + 1);
  }

  private start(now: number, count: number): void {
    this.boots += 1;
    this.epoch = {
      count,
      boot: this.chance
        .between(0, 2 ** 31)
        .toString(16)
        .padStart(16, '0'),
    };
    this.startedAt = this.clock.at(now);
    this.slaves = this.devices.map((device) => ({
      device,
      page: blankPage(device),
      echo: null,
      heardAt: 0,
      n: 0,
      limit_dA: 0,
    }));
  }

  hear(slave: number, { lease, ...echo }: ReportTold, now: number): void {
    if (lease !== null && compareEpochs(lease.epoch, this.epoch) > 0) this.start(now, lease.epoch.count + 1);
    const at = this.clock.at(now);
    this.change(slave, ({ page, limit_dA }) => ({
      page: acknowledge(page, { at, lease, fallback: null }, this.epoch),
      echo,
      heardAt: at,
      limit_dA: lease === null ? limit_dA : Math.min(limit_dA, lease.limit_dA),
    }));
  }

  /** One control cycle: a grant to each that has ever reported. */
  decide(now: number, hasFreed: boolean): readonly Sent[] {
    const at = this.clock.at(now);
    if (hasFreed) this.favourite = null;
    else if (this.favourite === null || this.chance.happens(0.25))
      this.favourite = this.chance.between(0, this.slaves.length - 1);
    if (this.chance.happens(0.5)) this.slaves = this.slaves.map((one) => ({ ...one, page: tidy(one.page, at) }));
    return this.slaves.flatMap((_, slave) => this.grant(slave, at));
  }

  private grant(slave: number, at: number): readonly Sent[] {
    const known = this.slaves[slave];
    if (known === undefined || known.echo === null || this.chance.happens(0.1)) return [];
    const { limit_dA, raise } = this.limitFor(slave, known, at);
    const validFor_ms = this.chance.happens(0.8) ? LONGEST_LEASE_ms : this.chance.between(1, LONGEST_LEASE_ms);
    const n = known.n + 1;
    const page = promise(known.page, { epoch: this.epoch, n, limit_dA, validFor_ms }, known.heardAt);
    this.change(slave, () => ({ page, n, limit_dA }));
    const { epoch } = this;
    const grant: Offer = {
      from: 'master',
      epoch,
      n,
      echo: known.echo,
      limit_dA,
      validFor_ms,
      raise,
      because: ['fair-share'],
    };
    return [{ slave, grant }];
  }

  private limitFor(slave: number, known: Known, at: number): { limit_dA: number; raise: boolean } {
    const { limit_dA, device } = known;
    const isSilent = at - this.startedAt < silenceOf(OLDEST_SAMPLE_ms);
    if (!isSilent && (this.favourite === null || slave === this.favourite || this.chance.happens(0.1)))
      return this.raised(slave, known, at);
    if (isSilent || this.chance.happens(0.1)) return kept(this.chance.between(60, device.maximum_dA));
    if (this.chance.happens(0.5) || limit_dA === 0) return kept(limit_dA);
    return kept(this.chance.happens(0.3) ? 0 : this.chance.between(60, Math.max(60, limit_dA)));
  }

  private raised(slave: number, { limit_dA, device }: Known, at: number): { limit_dA: number; raise: boolean } {
    const room_dA = Math.min(device.maximum_dA, this.roomFor(slave, at));
    const most_dA = room_dA > 60 && this.chance.happens(0.3) ? this.chance.between(60, room_dA) : room_dA;
    if (most_dA < 60 || most_dA <= limit_dA) return kept(limit_dA);
    this.raises += 1;
    return { limit_dA: most_dA, raise: true };
  }

  /** Rule 6: all reservations, the new limit in place of its own, if larger. 0 = not even that fits. */
  private roomFor(slave: number, at: number): number {
    const reserved = this.slaves.map(({ page }) => reservation(page, at));
    const others = reserved.reduce((sum, one, index) => (index === slave ? sum : sum + one), 0);
    return others + (reserved[slave] ?? 0) > this.mains_dA ? 0 : this.mains_dA - others;
  }

  /** True time of the next moment at which the book frees something, or null. */
  nextRelease(now: number): number | null {
    const at = this.clock.at(now);
    const releases = this.slaves.flatMap(({ page }) => {
      const reserved = reservation(page, at);
      return [...page.later, ...page.holds, ...(page.acknowledged === null ? [] : [page.acknowledged])]
        .filter(({ until, limit_dA }) => limit_dA === reserved && until > at && reservation(page, until) < reserved)
        .map(({ until }) => until);
    });
    return releases.length === 0 ? null : this.clock.when(Math.min(...releases));
  }

  private change(slave: number, change: (known: Known) => Partial<Known>): void {
    this.slaves = this.slaves.map((known, index) => (index === slave ? { ...known, ...change(known) } : known));
  }
}
