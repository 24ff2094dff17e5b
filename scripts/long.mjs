// `npm run long -- [STAGE …] [--list] [--json]`: what shows more than `npm test` does and takes too long for it. To be run
// before a release, and after a change of the rooms that a stage names. A new stage is a row of this table.
import { runStages } from './stages.mjs';

const STAGES = [
  {
    name: 'hunt',
    command: 'node test/rules/hunt.mjs',
    within_min: 120,
    shows: 'for each rule that is taken out of the source, the first seed at which a checker accuses',
  },
  {
    name: 'hunt-nothing',
    command: 'node test/rules/hunt.mjs nothing --seeds 1..3',
    within_min: 30,
    shows: 'what ships is accused of nothing in the scenarios of the hunt',
  },
  {
    name: 'simulate',
    command: 'node scripts/simulate.mjs --scenario all --seeds 1..300 --hours 1',
    within_min: 240,
    shows: 'three hundred hours of the whole site, each with a scenario that its seed draws, violate nothing',
  },
  {
    name: 'properties',
    command: 'node scripts/test.mjs property --testTimeout=7200000',
    env: { FAIRAMP_RUNS: '10000' },
    within_min: 240,
    shows: 'every property holds for ten thousand draws, where npm test has time for some hundreds',
  },
  {
    name: 'meter-trust',
    command: 'node bench/meter-trust.mjs --hours 1000 --seeds 100',
    within_min: 120,
    shows: 'an honest meter of each kind is accused in none of a thousand hours; and the table of detection times',
  },
  {
    name: 'balancing',
    command: 'node scripts/test.mjs property libs/balancing --testTimeout=36000000',
    env: { FAIRAMP_RUNS: '100000' },
    within_min: 600,
    shows:
      'a hundred thousand sites of up to five circuits: protection, sharing, pauses, reasons, and small sites in time',
  },
];

process.exitCode = await runStages('long', STAGES, process.argv.slice(2));
