// One look at a site: what is known now, and of what is only remembered that it is. A charge point is heard by its
// reports, the mains by samples, a master by what answers to it: a sample that names it, or a lease that is alive. A
// retained value proves nothing of the kind. Pure.
import { type Report } from '@fairamp/protocol';
import { perPhase, sumOf, type Because, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import { becausesOf, deciampsOf, HEARD_WITHIN_ms, SAMPLED_WITHIN_ms } from '../plain-values.js';
import {
  availabilityOf,
  type Availability,
  type BridgeSeen,
  type Seen,
  type SiteState,
  type SlaveSeen,
} from './site-state.js';

/** The bridge forgets a master that it has not heard for 3 s. */
const NAMED_WITHIN_ms: Milliseconds = 3000;

export type ChargePointLook = {
  readonly id: string;
  readonly availability: Availability;
  readonly isHeard: boolean;
  /** Since its last live report; null: none came since this look began. */
  readonly unheard_ms: Milliseconds | null;
  /** null: it has never been read. Where it is not heard, this is from before. */
  readonly report: Report | null;
  readonly limit_dA: Deciamps | null;
  /** Empty: no master grants it anything. */
  readonly because: readonly Because[];
};
export type BridgeLook = {
  readonly id: string;
  readonly availability: Availability;
  readonly isHeard: boolean;
  readonly age_ms: Milliseconds | null;
  readonly current_dA: PerPhase<Deciamps> | null;
  /** What was said of it last, however long ago. */
  readonly remembered: string | null;
};
export type MasterLook = {
  readonly id: string;
  readonly availability: Availability;
  readonly mode: string | null;
  readonly limit_dA: Deciamps | null;
  readonly status: string | null;
  readonly goals: string | null;
  /** What it has learnt of the wiring: lines to write into its configuration first, then the evidence. */
  readonly learning: readonly string[];
  readonly alarms: string | null;
};
export type Look = {
  readonly site: string;
  readonly mode: string | null;
  readonly mains_dA: Deciamps | null;
  /** Something answers to a master now. */
  readonly isMastered: boolean;
  readonly masters: readonly MasterLook[];
  readonly bridges: readonly BridgeLook[];
  readonly chargePoints: readonly ChargePointLook[];
  /** Several meters are heard, and none is named as the mains'. */
  readonly isMainsUnknown: boolean;
  /** What was named as the mains' meter, where there are bridges and none has this name. */
  readonly unknownMeter: string | null;
  /** Of the mains' meter, and of the cars that are heard. */
  readonly load: { readonly house_dA: PerPhase<Deciamps>; readonly cars_dA: PerPhase<Deciamps> } | null;
  /** Reports and samples that this version cannot read. */
  readonly unreadable: number;
};

/** @param mainsMeter the bridge of the mains, where there are others; null: the only one */
export function lookAt(state: SiteState, at: Milliseconds, mainsMeter: string | null = null): Look {
  const chargePoints = sorted(state.slaves).map((slave) => chargePointOf(slave, at));
  const bridges = sorted(state.bridges).map((bridge) => bridgeOf(bridge, at));
  const masters = sorted(state.masters).map(masterOf);
  const speaking = masters.find(({ availability }) => availability === 'online') ?? masters[0];
  return {
    site: state.site,
    mode: speaking?.mode ?? null,
    mains_dA: speaking?.limit_dA ?? null,
    isMastered: isNamed(state, at) || chargePoints.some(isLeased),
    masters,
    bridges,
    chargePoints,
    isMainsUnknown: mainsMeter === null && bridges.filter(({ isHeard }) => isHeard).length > 1,
    unknownMeter: unknownIn(bridges, mainsMeter),
    load: loadOf(mainsOf(bridges, mainsMeter), chargePoints),
    unreadable: state.unreadable,
  };
}

/** Has everybody spoken who is said to be there? */
export function isSettled({ chargePoints, bridges, mode }: Look): boolean {
  const isDone = ({ isHeard, availability }: ChargePointLook | BridgeLook): boolean =>
    isHeard || availability === 'offline';
  const hasMeter = mode === 'normal' || bridges.length > 0;
  return mode !== null && hasMeter && chargePoints.length > 0 && [...chargePoints, ...bridges].every(isDone);
}

function sorted<One extends Seen>(all: Readonly<Record<string, One>>): readonly One[] {
  return Object.values(all).sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

function chargePointOf(slave: SlaveSeen, at: Milliseconds): ChargePointLook {
  const { id, report, heardAt, plain } = slave;
  const availability = availabilityOf(slave);
  const unheard_ms = heardAt === null ? null : at - heardAt;
  return {
    id,
    availability,
    isHeard: availability !== 'offline' && unheard_ms !== null && unheard_ms <= HEARD_WITHIN_ms,
    unheard_ms,
    report,
    limit_dA: deciampsOf(plain['limit_A']),
    because: becausesOf(plain['because']),
  };
}

function bridgeOf(bridge: BridgeSeen, at: Milliseconds): BridgeLook {
  const { id, sample, plain } = bridge;
  const availability = availabilityOf(bridge);
  const age_ms = sample === null ? null : at - sample.at + sample.message.age_ms;
  const isHeard = availability !== 'offline' && age_ms !== null && age_ms <= SAMPLED_WITHIN_ms;
  const current_dA = isHeard ? (sample?.message.current_dA ?? null) : null;
  return { id, availability, isHeard, age_ms, current_dA, remembered: plain['mains_A'] ?? null };
}

function masterOf(master: Seen): MasterLook {
  const { id, plain } = master;
  return {
    id,
    availability: availabilityOf(master),
    mode: plain['mode'] ?? null,
    limit_dA: deciampsOf(plain['limit_A']),
    status: plain['status'] ?? null,
    goals: said(plain['goals']),
    learning: said(plain['learning'])?.split(' | ') ?? [],
    alarms: said(plain['alarms']),
  };
}

function said(text: string | undefined): string | null {
  return text === undefined || text === 'none' ? null : text;
}

function isNamed({ bridges }: SiteState, at: Milliseconds): boolean {
  return Object.values(bridges).some(({ sample }) => {
    const echo = sample?.message.master === null ? null : sample?.message.echo;
    const isFresh = sample !== null && at - sample.at <= SAMPLED_WITHIN_ms;
    return isFresh && echo !== null && echo !== undefined && echo.since_ms <= NAMED_WITHIN_ms;
  });
}

function isLeased({ isHeard, report }: ChargePointLook): boolean {
  const lease = report?.lease ?? null;
  return isHeard && report !== null && lease !== null && lease.endsAt_t > report.t;
}

function mainsOf(bridges: readonly BridgeLook[], mainsMeter: string | null): PerPhase<Deciamps> | null {
  const heard = bridges.filter(({ isHeard, id }) => isHeard && (mainsMeter === null || id === mainsMeter));
  const [only] = heard;
  return heard.length === 1 && only !== undefined ? only.current_dA : null;
}

function unknownIn(bridges: readonly BridgeLook[], mainsMeter: string | null): string | null {
  return bridges.length === 0 || bridges.some(({ id }) => id === mainsMeter) ? null : mainsMeter;
}

function loadOf(mains_dA: PerPhase<Deciamps> | null, chargePoints: readonly ChargePointLook[]): Look['load'] {
  if (mains_dA === null) return null;
  const drawn = chargePoints.flatMap(({ isHeard, report }) => (isHeard && report?.draw_dA ? [report.draw_dA] : []));
  const cars_dA = perPhase((phase) => sumOf(drawn, (draw) => draw[phase]));
  return { cars_dA, house_dA: perPhase((phase) => mains_dA[phase] - cars_dA[phase]) };
}
