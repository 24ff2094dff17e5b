// The simulator's one entry: a scenario and a seed in, a verdict out, and a recording for whoever wants to look.
import type { Milliseconds } from '@fairamp/units';
import { allCheckers, plantCheckers } from './checks/index.js';
import { ClassicSite } from './classic/classic-site.js';
import { ProtectiveDevices } from './devices.js';
import type { Outcome, Strategy } from './outcome.js';
import type { Recording } from './picture/recording.js';
import { Dice } from './random.js';
import { drawWorld, PROCESSES, type WorldConfig } from './scenario/draw.js';
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
};

export function simulate({ scenario, seed, simulated_ms, strategy, recording }: Run): {
  readonly outcome: Outcome;
  readonly recording: Recording | null;
} {
  const config = drawWorld(scenario, seed, simulated_ms);
  const recorder = recording ? new Recorder() : null;
  const accused = accusations((violation) => recorder?.accuse(violation));
  const devices = new ProtectiveDevices();
  const world = new World(config, (around) => systemOf(strategy, config, around), {
    checkers: strategy === 'fairamp' ? allCheckers(accused.accuse, devices) : plantCheckers(accused.accuse, devices),
    hear: (fact) => recorder?.hear(fact),
    look: (moment) => recorder?.look(moment),
    happened: (at, who, text) => recorder?.note(at, 'disturbance', who, text),
  });
  world.runUntil(simulated_ms);
  const { overload } = world.plant.state;
  const outcome: Outcome = {
    scenario: scenario.name,
    seed,
    strategy,
    simulated_ms,
    worst_over_dA: overload.worst_over_dA,
    worst_over_ms: overload.worst_over_ms,
    energy_Wh: world.energy_Wh(),
    trips: devices.trips,
    margin_permille: devices.margin_permille,
    violations: accused.list,
    hash: world.hash(),
  };
  return { outcome, recording: recorder?.finish(config, strategy) ?? null };
}

function systemOf(
  strategy: Strategy,
  { site, clockOf, seed }: WorldConfig,
  { timeline, surroundings }: { timeline: Timeline; surroundings: Surroundings },
): System {
  if (strategy === 'classic') return new ClassicSite(site, surroundings);
  return new FairampSystem({ site, clockOf, dice: new Dice(seed, PROCESSES) }, timeline, surroundings);
}
