// The simulator's twin of a lab: the same plant file, the same configuration files that the lab's processes read, and the
// times that the lab really had. Everything that can go wrong in a world is left out, and all clocks are right.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slaveNodeConfig, slaveSchema } from '../../../slave/src/config.js';
import { masterSchema, nodeConfig } from '../../../master/src/config.js';
import { simulateWorld, type WorldConfig } from '@fairamp/simulation';
import { assert, type Milliseconds } from '@fairamp/units';
import { parse } from 'yaml';
import { houseOf, plantConfigOf, plantFile, type PlantFile } from '../../src/plant/plant-file.js';
import { type LimitRow } from './lab-run.js';

/** What the lab wrote for its processes, read while it runs: its folder goes with it. */
export type LabFiles = { readonly plant: PlantFile; readonly site: WorldConfig['site'] };

/** As the lab's board says of itself; the twin has its own outlets. */
const BOARD = { max_dA: 800, contactorFeedback: true, lock: true, switch: true, residual: 'tested' } as const;

export function readLabFiles(folder: string): LabFiles {
  const yaml = (name: string): unknown => parse(readFileSync(join(folder, `${name}.yaml`), 'utf8'));
  const { roster, mode, mains_dA, min_dA, mainsPhases, oldestSample_ms } = nodeConfig(
    masterSchema.parse(yaml('master')),
  );
  const points = roster.map(({ id, failSafe, maximum_dA }) => {
    const { evse, wired } = slaveNodeConfig(slaveSchema.parse(yaml(id)), { ...BOARD, failSafe });
    assert(evse.max_dA === maximum_dA, `${id}: its own maximum is ${evse.max_dA} dA, the roster's ${maximum_dA} dA`);
    const { lock, residual, access, stopRestart_s, ventilated } = evse;
    const options = { lock, residual, access, stopRestart_s, ventilated, isMetered: true };
    return { id, maximum_dA, cable_dA: evse.cable_dA, wired, failSafe, options };
  });
  return {
    plant: plantFile.parse(JSON.parse(readFileSync(join(folder, 'plant.json'), 'utf8'))),
    site: { mode, mains_dA, min_dA, mainsPhases, oldestSample_ms, masters: 1, points },
  };
}

/** When each car was there, by the plant's clock. */
export type Plugs = Readonly<Record<string, Milliseconds>>;

/** On loopback a message takes a few milliseconds; nothing is lost. */
const LINK: WorldConfig['link'] = {
  loss_permille: 0,
  duplicate_permille: 0,
  late_permille: 0,
  late_ms: [0, 0],
  delay_ms: [1, 5],
  only: [],
};
/** As often as the lab's plant is stepped (plant/main.ts). */
const STEP_ms: Milliseconds = 10;
/** As often as it tells its truth. */
const ROWS_EACH_ms: Milliseconds = 100;

/** The limits that the simulator comes to. */
export function simulateTwin({ plant, site }: LabFiles, plugs: Plugs, simulated_ms: Milliseconds): readonly LimitRow[] {
  const house = houseOf(plant);
  if (!house.ok) throw new Error(house.detail);
  const config: WorldConfig = {
    scenario: 'twin',
    about: 'what the lab went through',
    seed: plant.seed,
    simulated_ms,
    site,
    plant: { ...plantConfigOf(plant, house.value), slice_ms: STEP_ms },
    link: LINK,
    clockOf: () => ({ zero_ms: 0, ppm: 0 }),
    episodes: [],
    visits: Object.entries(plugs).map(([outlet, at]) => ({ outlet, at, kind: 'plug' })),
  };
  const { recording } = simulateWorld(config, { strategy: 'fairamp', rowsEach_ms: ROWS_EACH_ms });
  assert(recording !== null, 'a recording was asked for');
  return recording.rows.map(({ at, points }) => ({
    at,
    limits_dA: Object.fromEntries(recording.points.map(({ id }, index) => [id, points[index]?.limit_dA ?? 0])),
  }));
}
