// Moments and facts for the checkers' stories: a calm site of two charge points, on which each row changes the little
// that it is about.
import { MAINS, PHASES, perPhase, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import type {
  Accuse,
  Basis,
  Checker,
  CircuitTruth,
  Fact,
  MasterTruth,
  Moment,
  OutletTruth,
  ProcessTruth,
  SlaveTruth,
  Violation,
} from '../src/checks/moment.js';

export const on = (L1: Deciamps, L2 = 0, L3 = 0): PerPhase<Deciamps> => ({ L1, L2, L3 });
export const BOOT = 'b'.repeat(16);
export const MASTER_BOOT = 'm'.repeat(16);

export const EMPTY: OutletTruth = {
  id: 'one',
  pilot: 'A',
  output: 'X1',
  offered_dA: 0,
  isPowerAllowed: false,
  isClosed: false,
  draw_dA: perPhase(() => 0),
  isHungry: false,
  phases: [],
  most_dA: 0,
  priority: 0,
  wired: ['L1'],
  lock: 'none',
  isLockReversed: false,
  isVentilated: false,
  isMetered: true,
  residual: 'none',
  celsius: 25,
  isSupplyFailing: false,
  isPressed: false,
  broken: [],
};
/** On one phase, as the sums are then easy to see. */
export function charging(id: string, draw_dA: Deciamps, offered_dA = draw_dA): OutletTruth {
  const outputs = { output: 'pwm', offered_dA, isPowerAllowed: true, isClosed: true } as const;
  return { ...EMPTY, ...outputs, id, pilot: 'C', draw_dA: on(draw_dA), isHungry: true, phases: ['L1'] };
}
export const waiting = (id: string): OutletTruth => ({ ...EMPTY, id, pilot: 'B', isHungry: true, phases: ['L1'] });

export function slave(who: string, over: Partial<SlaveTruth> = {}): SlaveTruth {
  const life = { state: 'up', since: 0 } as const;
  const told = { held_dA: 0, faults: [], because: [], isHeldBack: false, isStopping: false };
  return { who, life, startedAt: 0, local: 0, failSafe: 'process', boot: BOOT, ...told, ...over };
}
export const process = (who: string, over: Partial<ProcessTruth> = {}): ProcessTruth => ({ ...slave(who), ...over });

/** What is said of the mains, and of one circuit below them. */
type Mains = Partial<Omit<CircuitTruth, 'limit_dA'>> & { readonly limit_dA?: Deciamps };
export type MomentParts = Partial<Moment> & {
  readonly mains?: Mains;
  readonly slaves?: readonly SlaveTruth[];
  readonly masters?: readonly (ProcessTruth & Partial<MasterTruth>)[];
};
/** 25 A on each conductor, with a meter, under all charge points. */
export function circuit(id: string, { limit_dA = 250, ...over }: Mains = {}): CircuitTruth {
  return {
    id,
    limit_dA: perPhase(() => limit_dA),
    device: null,
    phases: ['L1', 'L2', 'L3'],
    isMetered: true,
    allowance_dA: null,
    outlets: [0, 1, 2, 3],
    house_dA: on(0),
    liesSince: null,
    truthSince: null,
    lie: null,
    liesOn: PHASES,
    ...over,
  };
}

const believing = (master: ProcessTruth & Partial<MasterTruth>): MasterTruth => ({ distrusted: [], ...master });

/** MAINS is 25 A; the slaves live unless the row says otherwise. */
export function moment(at: Milliseconds, { slaves, masters = [], mains = {}, ...over }: MomentParts = {}): Moment {
  const outlets = over.outlets ?? [EMPTY];
  const isMetered = over.mode !== 'normal';
  return {
    at,
    mode: 'smart',
    min_dA: 60,
    oldestSample_ms: 10_000,
    turn_ms: 900_000,
    circuits: [circuit(MAINS, { outlets: outlets.map((_, index) => index), isMetered, ...mains })],
    outlets,
    system: { slaves: slaves ?? outlets.map(({ id }) => slave(id)), masters: masters.map(believing), others: [] },
    isDisturbed: false,
    disturbedAt: null,
    ...over,
  };
}

export type Granted = Extract<Fact, { kind: 'granted' }>;
export type Accepted = Extract<Fact, { kind: 'accepted' }>;

export function basis(at: Milliseconds, over: Partial<Basis> = {}): Basis {
  const times = { measuredAt: at - 900, spokenAt: at, publishedAt: at + 300 };
  return {
    ...times,
    house_dA: on(0),
    draws_dA: {},
    isLie: false,
    named: { boot: MASTER_BOOT, since: at - 60_000 },
    ...over,
  };
}

/** A raise to 16 A on a sample of a second ago, which answers a report of half a second ago. */
export function granted(at: Milliseconds, over: Partial<Granted> = {}): Granted {
  return {
    kind: 'granted',
    at,
    master: 'master',
    masterStartedAt: at - 60_000,
    to: 'one',
    id: { epoch: { count: 1, boot: MASTER_BOOT }, n: 1 },
    limit_dA: 160,
    validFor_ms: 9_000,
    raise: true,
    echoAt: at - 500,
    isEchoLive: true,
    basis: basis(at - 1_000),
    reserved_dA: {},
    counted_dA: {},
    circuitBases: {},
    ...over,
  };
}

/** That grant, taken up at once by a slave whose clock is right. */
export function accepted(at: Milliseconds, over: Partial<Accepted> = {}): Accepted {
  const echo_t = over.echo_t ?? at - 500;
  const validFor_ms = over.validFor_ms ?? 9_000;
  return {
    kind: 'accepted',
    at,
    slave: 'one',
    from: 'master',
    pairedMaster: null,
    id: { epoch: { count: 1, boot: MASTER_BOOT }, n: 1 },
    limit_dA: 160,
    held_dA: 160,
    heldBefore_dA: 0,
    validFor_ms,
    raise: true,
    retained: false,
    echoBoot: BOOT,
    boot: BOOT,
    echo_t,
    local: at,
    endsAt: echo_t + validFor_ms,
    ...over,
  };
}
type Commanded = Extract<Fact, { kind: 'commanded' }>;
export const started = (at: Milliseconds, who: string, boot = BOOT): Fact => ({ kind: 'started', at, who, boot });
export const commanded = (at: Milliseconds, output: Commanded['output']): Fact => {
  return { kind: 'commanded', at, outlet: 'one', output };
};

/** A checker, and what it accused of. */
export class Watched {
  readonly violations: Violation[] = [];
  readonly #checker: Checker;

  constructor(make: (accuse: Accuse) => Checker) {
    this.#checker = make((violation) => this.violations.push(violation));
  }

  hear(...facts: readonly Fact[]): this {
    for (const fact of facts) this.#checker.hear(fact);
    return this;
  }

  /** Ten looks a second, both ends included. */
  look(from: Milliseconds, to: Milliseconds, at: (at: Milliseconds) => Moment): this {
    for (let now = from; now <= to; now += 100) this.#checker.look(at(now));
    return this;
  }

  /** As `I3 at 1200`. */
  get told(): readonly string[] {
    return this.violations.map(({ invariant, at }) => `${invariant} at ${at}`);
  }
}

export type Row = readonly [title: string, story: (watched: Watched) => unknown, told: readonly string[]];

/** A table of stories, each with what the checker says of it. */
export function stories(make: (accuse: Accuse) => Checker, rows: readonly Row[]): void {
  test.each(rows)('%s', (_, story, told) => {
    const watched = new Watched(make);
    story(watched);
    expect(watched.told).toEqual(told);
  });
}
