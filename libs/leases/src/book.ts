// The master's reservation book, one page a slave: the most that this slave may still hold or draw by anything ever
// promised to it. A raise of anybody must fit beside all pages (balancing asks); nothing here ever raises. A promise
// is freed by a newer one that the slave is seen to obey, or by time, and by nothing else: no order of arrival, no new
// boot, no null and no silence (design 3 rules 4 and 6; leases.md B4, B5, B10, B18).
import type { Deciamps, FailSafe, Milliseconds } from '@fairamp/units';
import { compareGrants, isSameEpoch, type Epoch, type GrantId } from './order.js';
import { FOLLOWS_ms, LONGEST_LEASE_ms, releaseAfter } from './timing.js';

/** A line of the site's roster. Who is not in it gets nothing. */
export type Device = {
  readonly id: string;
  readonly maximum_dA: Deciamps;
  readonly failSafe: FailSafe;
  readonly fallback_dA: Deciamps;
};

type Promised = GrantId & { readonly limit_dA: Deciamps; readonly until: Milliseconds };
type Hold = { readonly limit_dA: Deciamps; readonly until: Milliseconds };
type Fallback = { readonly value_dA: Deciamps; readonly id: GrantId | null };

export type Page = {
  readonly device: Device;
  /** The newest promise that the slave is known to obey, of whichever master. */
  readonly acknowledged: Promised | null;
  /** Promises after it, oldest first. Bounded: see merged(). */
  readonly later: readonly Promised[];
  /** What a car may still draw while it follows a lowered limit. */
  readonly holds: readonly Hold[];
  readonly fallback: Fallback;
  /** Has it acknowledged a grant of this master's epoch? Until then a `none` board counts with its maximum. */
  readonly knowsUs: boolean;
  /** Its contacts hang together (I12): no acknowledgement and no time stops what its car draws through them. */
  readonly isWelded: boolean;
};

/** What a report says of the lease, after its MAC and schema have passed. */
export type Acknowledgement = {
  readonly at: Milliseconds;
  readonly lease: (GrantId & { readonly limit_dA: Deciamps }) | null;
  readonly fallback: (GrantId & { readonly value_dA: Deciamps }) | null;
};

const PROMISES_MAX = 64;

export function blankPage(device: Device): Page {
  const nothing = { acknowledged: null, later: [], holds: [], fallback: { value_dA: 0, id: null } };
  return { device, ...nothing, knowsUs: false, isWelded: false };
}

/** @param receivedAt R: when the report that the grant echoes was received */
export function promise(
  page: Page,
  grant: GrantId & { readonly limit_dA: Deciamps; readonly validFor_ms: Milliseconds },
  receivedAt: Milliseconds,
): Page {
  const { epoch, n, limit_dA } = grant;
  const promised = { epoch, n, limit_dA, until: receivedAt + releaseAfter(grant.validFor_ms) };
  return { ...page, later: merged([...page.later, promised]) };
}

/** Neighbours of one limit become one that is as new as the newer and ends as late as the later: never less safe. */
function merged(promises: readonly Promised[]): readonly Promised[] {
  const result: Promised[] = [];
  for (const next of promises) {
    const last = result.at(-1);
    const joins = last !== undefined && (last.limit_dA === next.limit_dA || result.length >= PROMISES_MAX);
    if (joins)
      result[result.length - 1] = {
        ...next,
        limit_dA: Math.max(last.limit_dA, next.limit_dA),
        until: Math.max(last.until, next.until),
      };
    else result.push(next);
  }
  return result;
}

/** A new life of a slave has not seen the weld yet: it stands until a report says that the contactor is open. */
export function noteContactor(page: Page, { isClosed, isFaulty }: { isClosed: boolean; isFaulty: boolean }): Page {
  const isWelded = isClosed && (isFaulty || page.isWelded);
  return isWelded === page.isWelded ? page : { ...page, isWelded };
}

/** Rule 4. An older (epoch, n) than one already acknowledged is ignored. */
export function acknowledge(page: Page, report: Acknowledgement, us: Epoch): Page {
  const fallback = noteFallback(page.fallback, report.fallback);
  const withFallback = fallback === page.fallback ? page : { ...page, fallback };
  const { lease } = report;
  if (lease === null) return withFallback;
  const known = page.acknowledged;
  if (known !== null && compareGrants(lease, known) < 0) return withFallback;
  const knowsUs = page.knowsUs || isSameEpoch(lease.epoch, us);
  const isRepeat = known !== null && compareGrants(lease, known) === 0;
  if (isRepeat && isSameEpoch(lease.epoch, us))
    return knowsUs === page.knowsUs ? withFallback : { ...withFallback, knowsUs };
  const { acknowledged, later, holds } = settle(page, lease, report.at, us);
  return { ...withFallback, knowsUs, acknowledged, later, holds };
}

function settle(
  page: Page,
  lease: GrantId & { readonly limit_dA: Deciamps },
  at: Milliseconds,
  us: Epoch,
): Pick<Page, 'acknowledged' | 'later' | 'holds'> {
  // Its own promise among them: it may stand for older and larger ones too, see merged().
  const voided = page.later.filter((promised) => compareGrants(promised, lease) <= 0);
  const later = page.later.filter((promised) => compareGrants(promised, lease) > 0);
  const own = page.later.find((promised) => compareGrants(promised, lease) === 0);
  // Another master's grant: its R and V are unknown here, so it counts from this receipt with the longest V.
  const until = own !== undefined && isSameEpoch(lease.epoch, us) ? own.until : at + releaseAfter(LONGEST_LEASE_ms);
  const acknowledged = { epoch: lease.epoch, n: lease.n, limit_dA: lease.limit_dA, until };
  return { acknowledged, later, holds: holdsAfter(page, voided, acknowledged, at) };
}

/**
 * After an acknowledgement above 0 the largest limit that it voided stays reserved while the car follows (E k). An
 * earlier hold is not prolonged, and after a 0 the contactor is open: nothing can be drawn.
 */
function holdsAfter(page: Page, voided: readonly Promised[], now: Promised, at: Milliseconds): readonly Hold[] {
  if (now.limit_dA === 0) return [];
  const before = page.acknowledged !== null && compareGrants(page.acknowledged, now) < 0 ? [page.acknowledged] : [];
  const largest = Math.max(0, ...[...before, ...voided].map((promised) => promised.limit_dA));
  const running = page.holds.filter((hold) => hold.until > at);
  if (largest <= now.limit_dA) return running;
  const added = { limit_dA: largest, until: at + FOLLOWS_ms };
  // A hold that is neither higher nor longer than the new one says nothing more, so the list stays short.
  return [...running.filter((hold) => hold.limit_dA > largest), added];
}

/** A fallback drops only when a report carries the lower value with a newer (epoch, n) (leases.md B18). */
function noteFallback(known: Fallback, told: Acknowledgement['fallback']): Fallback {
  if (told === null) return known;
  const isNewer = known.id === null || compareGrants(told, known.id) > 0;
  if (isNewer) return { value_dA: told.value_dA, id: { epoch: told.epoch, n: told.n } };
  return { ...known, value_dA: Math.max(known.value_dA, told.value_dA) };
}

/** The most this slave may hold or draw at this moment, on each conductor that it uses. */
export function reservation(page: Page, at: Milliseconds): Deciamps {
  const { device } = page;
  const isUnknown = device.failSafe === 'none' && !page.knowsUs;
  // The roster's fallback stands always: it may act on a slave that nobody has heard since.
  return Math.max(
    isUnknown || page.isWelded ? device.maximum_dA : 0,
    largestPromise(page, at),
    device.fallback_dA,
    page.fallback.value_dA,
  );
}

function largestPromise(page: Page, at: Milliseconds): Deciamps {
  const neverByTime = page.device.failSafe === 'none';
  const promises = page.acknowledged === null ? page.later : [page.acknowledged, ...page.later];
  const standing = [
    ...promises.filter((promised) => neverByTime || promised.until > at),
    ...page.holds.filter((hold) => hold.until > at),
  ];
  return Math.max(0, ...standing.map((one) => one.limit_dA));
}

/** Forgets what time has freed, so that a page stays short over fifteen years. */
export function tidy(page: Page, at: Milliseconds): Page {
  const freesByTime = page.device.failSafe !== 'none';
  const later = freesByTime ? page.later.filter((promised) => promised.until > at) : page.later;
  const holds = page.holds.filter((hold) => hold.until > at);
  const isTidy = later.length === page.later.length && holds.length === page.holds.length;
  return isTidy ? page : { ...page, later, holds };
}
