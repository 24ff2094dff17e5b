// A site in the small for the inference: the simulator's house and cars, a meter that errs as the simulator's Sensorbox
// does, and a loop that steps the inference and decides on each sample. No message is lost here: what is looked at is
// what the inference believes beside what is true.
import {
  type Deciamps,
  MAINS,
  type Milliseconds,
  type PerPhase,
  PHASES,
  type Phase,
  perPhase,
  sumOf,
} from '@fairamp/units';
import { type House } from '../../simulation/src/house.js';
import { gaussian } from '../../simulation/src/random.js';
import { type Decision, decide } from '../src/index.js';
import {
  type Inferred,
  heldAt,
  type InferenceState,
  inferredOf,
  initialInference,
  probeWorth,
  stepInference,
} from '../src/inference/index.js';
import { Live, type Outlet, STEP_ms } from './outlet-in-small.js';

export type SmallSite = {
  readonly house: House;
  readonly limit_dA: Deciamps;
  readonly outlets: readonly Outlet[];
  readonly seed: number;
  readonly signed: boolean;
  readonly mayExport: boolean;
  readonly meter: keyof typeof METERS;
  /** false: the balancing is told nothing of what is inferred, as before it was. */
  readonly isInferring: boolean;
  readonly mayProbe: boolean;
};

export type Seen = {
  readonly at: Milliseconds;
  readonly mains_dA: PerPhase<number>;
  readonly points: readonly {
    readonly outlet: Outlet;
    readonly limit_dA: Deciamps;
    /** When the sample was measured. */
    readonly drew_dA: PerPhase<number>;
    readonly inferred: Inferred | null;
  }[];
};

/** sensorbox: as the 1.5 speaks without being asked. dsmr: a telegram each 10 s. */
const METERS = { sensorbox: { every_ms: 1_800, late_ms: 1_200 }, dsmr: { every_ms: 10_000, late_ms: 1_500 } } as const;
const REPORT_ms = 1_000;
const AROUND_ms = 1_000;
const PROBES_APART_ms = 10_000;

type Measured = {
  readonly at: Milliseconds;
  readonly mains_dA: PerPhase<number>;
  readonly drew_dA: readonly PerPhase<number>[];
};

/** @param look is shown every sample, when the inference has heard it and everything is decided */
export function play(site: SmallSite, until: Milliseconds, look: (seen: Seen) => void): void {
  const lives = site.outlets.map((outlet) => new Live(outlet));
  const { every_ms, late_ms } = METERS[site.meter];
  const late: Measured[] = [];
  let run: Run = { state: initialInference(), probedAt: 0 };
  for (let at = 0; at <= until; at += STEP_ms) {
    for (const live of lives) run = { ...run, state: reported(run.state, live, at, site) };
    if (at % every_ms === 0) late.push(measured(site, lives, at));
    const sample = late[0];
    if (sample === undefined || at < sample.at + late_ms) continue;
    late.shift();
    run = cycle(run, site, lives, { at, sample });
    const { state } = run;
    const points = lives.map((live, index) => seenOf(state, live, sample.drew_dA[index]));
    look({ at, mains_dA: sample.mains_dA, points });
  }
}

type Run = { readonly state: InferenceState; readonly probedAt: Milliseconds };
type Arrived = { readonly at: Milliseconds; readonly sample: Measured };

function reported(state: InferenceState, live: Live, at: Milliseconds, site: SmallSite): InferenceState {
  const isNews = live.step(at) || at % REPORT_ms === 0;
  return isNews && !live.outlet.isMetered ? stepInference(state, live.report(at), site) : state;
}

/** What the master's node would do on a sample. */
function cycle(run: Run, site: SmallSite, lives: readonly Live[], { at, sample }: Arrived): Run {
  const { signed } = site;
  const current_dA = perPhase((phase) => readingOf(sample, site, phase));
  const metered = meteredAround(lives, sample.at);
  const told = { kind: 'sample', at, measuredAt: sample.at, current_dA, signed, metered } as const;
  const state = stepInference(run.state, told, site);
  const decisions = decided(site, lives, { at, sample, current_dA, state });
  for (const live of lives)
    live.grant(
      decisions.find(({ id }) => id === live.outlet.id),
      at,
    );
  const mayProbe = site.mayProbe && at - run.probedAt > PROBES_APART_ms;
  const id = mayProbe ? worthProbing(state, decisions, at) : null;
  if (id === null) return { ...run, state };
  return { state: stepInference(state, { kind: 'probe', id, at }, site), probedAt: at };
}

function seenOf(state: InferenceState, live: Live, drew_dA: PerPhase<number> | undefined): Seen['points'][number] {
  const { outlet, limit_dA } = live;
  return { outlet, limit_dA, drew_dA: drew_dA ?? perPhase(() => 0), inferred: inferredOf(state, outlet.id) };
}

function measured({ house }: SmallSite, lives: readonly Live[], at: Milliseconds): Measured {
  const house_dA = house.currentsAt(at);
  const drew_dA = lives.map((live) => perPhase((phase) => live.drawnOn(phase)));
  return { at, drew_dA, mains_dA: perPhase((phase) => house_dA[phase] + sumOf(drew_dA, (drew) => drew[phase])) };
}

/** As the simulator's Sensorbox: 0.3 % and a twentieth of a count of 0.3 A, with the same tail. */
function readingOf({ at, mains_dA }: Measured, { seed, signed }: SmallSite, phase: Phase): Deciamps {
  const truth_dA = signed ? mains_dA[phase] : Math.abs(mains_dA[phase]);
  const error_dA = (0.003 * Math.abs(truth_dA) + 0.15) * gaussian(seed, PHASES.indexOf(phase), at);
  return signed ? Math.round(truth_dA + error_dA) : Math.max(0, Math.round(truth_dA + error_dA));
}

function meteredAround(lives: readonly Live[], sampledAt: Milliseconds) {
  const metered = lives.filter(({ outlet }) => outlet.isMetered);
  const sum = (of: (...draws: number[]) => number) =>
    perPhase((phase) => sumOf(metered, (live) => of(...live.since(phase, sampledAt - AROUND_ms))));
  return { lowest_dA: sum(Math.min), highest_dA: sum(Math.max) };
}

type Cycle = {
  readonly at: Milliseconds;
  readonly sample: Measured;
  readonly current_dA: PerPhase<Deciamps>;
  readonly state: InferenceState;
};

function decided(
  site: SmallSite,
  lives: readonly Live[],
  { at, sample, current_dA, state }: Cycle,
): readonly Decision[] {
  const inferred = (live: Live) =>
    site.isInferring && !live.outlet.isMetered ? inferredOf(state, live.outlet.id) : null;
  const probed = lives.map((live) => inferred(live)?.probe_dA ?? null);
  const circuit = {
    id: MAINS,
    parent: null,
    limit_dA: perPhase(() => site.limit_dA),
    seen: PHASES,
    device: { curve: 'gG', rated_dA: site.limit_dA },
    load: { kind: 'measured', current_dA, signed: site.signed },
    heat: perPhase(() => 1),
    answers_ms: 11_500,
    overSince: perPhase(() => null),
    recent_dA: null,
  } as const;
  const { decisions } = decide({
    now: at,
    circuits: [circuit],
    barred: probed.some((probe_dA) => probe_dA !== null) ? ['probe'] : [],
    turn_ms: 900_000,
    chargePoints: lives.map((live) => live.asPoint(at, sample.at, inferred(live))),
  });
  return decisions.map((decision, index) => heldAt(decision, probed[index] ?? null));
}

/** Whoever is least known, where somebody is held back by the mains. */
function worthProbing(state: InferenceState, decisions: readonly Decision[], at: Milliseconds): string | null {
  const isHeldBack = decisions.some(({ because }) =>
    because.some((one) => one === 'reserved' || one.startsWith('mains-')),
  );
  if (!isHeldBack) return null;
  const worths = decisions.map(({ id }) => ({ id, worth_dA: probeWorth(state, id, at) }));
  const [best] = worths.sort((a, b) => b.worth_dA - a.worth_dA);
  return best !== undefined && best.worth_dA > 0 ? best.id : null;
}
