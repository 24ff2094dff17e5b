// The simulator's entry: a scenario and a seed in, a verdict out, and a recording for whoever wants to look. Whoever has a
// world of its own (a site that ran elsewhere, with its house, its cars and its times) brings it in the place of both.
import { CLASSIC_MODULES } from '@fairamp/balancing';
import { MAINS, type Milliseconds } from '@fairamp/units';
import { allCheckers, plantCheckers } from './checks/index.js';
import { ClassicSite } from './classic/classic-site.js';
import { DEVICES, ProtectiveDevices, type DeviceName } from './devices.js';
import type { Outcome, Strategy } from './outcome.js';
import type { Recording } from './picture/recording.js';
import { Dice } from './random.js';
import { drawWorld, PROCESSES, type WorldConfig } from './scenario/draw.js';
import { NO_OPTIONS } from './scenario/draw-options.js';
import type { Scenario } from './scenario/schema.js';
import { FairampSystem } from './world/fairamp-system.js';
import { Recorder } from './world/recorder.js';
import type { Surroundings, System } from './world/system.js';
import { type Timeline } from './world/timeline.js';
import { accusations, World } from './world/world.js';

export type Run = {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly simulated_ms: Milliseconds;
  readonly strategy: Strategy;
  readonly recording: boolean;
  /** See `Watched`. */
  readonly endsAccused?: boolean;
};

export type Watched = {
  readonly strategy: Strategy;
  /** How far apart the rows of the recording are at least; null = nobody wants one. */
  readonly rowsEach_ms: Milliseconds | null;
  /** For whoever asks only whether anybody is accused: the run ends with the second in which somebody was. */
  readonly endsAccused?: boolean;
};

export type Simulated = { readonly outcome: Outcome; readonly recording: Recording | null };

export function simulate({ scenario, seed, simulated_ms, strategy, recording, endsAccused = false }: Run): Simulated {
  const config = drawWorld(strategy === 'classic' ? plain(scenario) : scenario, seed, simulated_ms);
  return simulateWorld(config, { strategy, rowsEach_ms: recording ? ROWS_EACH_ms : null, endsAccused });
}

/**
 * 2.07's model drives no lock and hears no monitor, knows no circuit but the mains and no more than four modules: a plant
 * that has more would blame it for that.
 */
function plain(scenario: Scenario): Scenario {
  const { site, cars, house, particulars } = scenario;
  const points = Math.min(site.points, CLASSIC_MODULES);
  const isThere = ({ point }: { readonly point: number }): boolean => point <= points;
  const isOnMains = ({ circuit = MAINS }: { readonly circuit?: string | undefined }): boolean => circuit === MAINS;
  return {
    ...scenario,
    site: { ...site, points, options: NO_OPTIONS, circuits: [], hangs: [] },
    cars: { ...cars, visits: cars.visits?.filter(isThere) ?? null },
    house: { ...house, script: house.script.filter(isOnMains) },
    particulars: particulars.filter(isThere),
  };
}

/** As often as people look. */
const ROWS_EACH_ms: Milliseconds = 1000;
const SECOND_ms: Milliseconds = 1000;

export function simulateWorld(config: WorldConfig, { strategy, rowsEach_ms, endsAccused }: Watched): Simulated {
  const recorder = rowsEach_ms === null ? null : new Recorder(rowsEach_ms);
  const accused = accusations((violation) => recorder?.accuse(violation));
  const devices = new ProtectiveDevices();
  const noteTrips = tripNotes(devices);
  const world = new World(config, (around) => systemOf(strategy, config, around), {
    checkers: strategy === 'fairamp' ? allCheckers(accused.accuse, devices) : plantCheckers(accused.accuse, devices),
    hear: (fact) => recorder?.hear(fact),
    look: (moment) => {
      recorder?.look(moment);
      if (recorder !== null) noteTrips(moment.at, recorder);
    },
    happened: (at, who, text, pair) => recorder?.disturb({ at, who, text, pair }),
  });
  play(world, config.simulated_ms, () => endsAccused === true && accused.list.length > 0);
  const { over_dA, over_ms } = world.worst();
  const outcome: Outcome = {
    scenario: config.scenario,
    seed: config.seed,
    strategy,
    simulated_ms: world.timeline.now,
    worst_over_dA: over_dA,
    worst_over_ms: over_ms,
    energy_Wh: world.energy_Wh(),
    trips: devices.trips,
    margin_permille: devices.margin_permille,
    violations: accused.list,
    hash: world.hash(),
  };
  return { outcome, recording: recorder?.finish(config, strategy) ?? null };
}

function play(world: World, until: Milliseconds, isOver: () => boolean): void {
  for (let at = SECOND_ms; at < until && !isOver(); at += SECOND_ms) world.runUntil(at);
  if (!isOver()) world.runUntil(until);
}

/** Whether or not the house explains them; the fastest breaker opens so often that it would say nothing. */
const TOLD = DEVICES.filter((name) => name !== 'mcb-fastest');

/** @returns called after each look: whatever opened since the one before */
function tripNotes(devices: ProtectiveDevices): (at: Milliseconds, recorder: Recorder) => void {
  let before: Readonly<Record<DeviceName, number>> = devices.trips;
  return (at, recorder) => {
    const { trips } = devices;
    for (const name of TOLD) {
      // One for each phase, as the verdict counts them.
      for (let count = before[name]; count < trips[name]; count += 1) recorder.note(at, 'trip', name, 'opens');
    }
    before = trips;
  };
}

function systemOf(
  strategy: Strategy,
  { site, clockOf, seed }: WorldConfig,
  { timeline, surroundings }: { timeline: Timeline; surroundings: Surroundings },
): System {
  if (strategy === 'classic') return new ClassicSite(site, surroundings);
  return new FairampSystem({ site, clockOf, dice: new Dice(seed, PROCESSES) }, timeline, surroundings);
}
