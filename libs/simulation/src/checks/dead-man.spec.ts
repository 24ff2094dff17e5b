import { accepted, charging, moment, slave, started, stories, type Row } from '../../test/moments.js';
import { DeadMan } from './dead-man.js';
import type { OutletTruth, SlaveTruth } from './moment.js';

const ON = charging('one', 160);
/** The pilot is off, the contactor still closed: a soft stop. */
const STOPPING: OutletTruth = { ...ON, output: 'X1', offered_dA: 0 };
const at = (outlet: OutletTruth, over: Partial<SlaveTruth> = {}) => {
  return (now: number) => moment(now, { outlets: [outlet], slaves: [slave('one', over)] });
};
const gone = (failSafe: SlaveTruth['failSafe'], state: 'down' | 'frozen') => ({ failSafe, life: { state, since: 0 } });
/** Ends at 10,000. */
const lease = accepted(1_000, { endsAt: 10_000 });

const rows: readonly Row[] = [
  ['I3 under a live lease a car may charge', (story) => story.hear(lease).look(1_000, 9_900, at(ON)), []],
  [
    'I3 after its end the pilot is off within 0.75 s, the contactor open within 7.05 s',
    (story) => story.hear(lease).look(1_000, 10_700, at(ON)).look(10_800, 17_000, at(STOPPING)),
    [],
  ],
  ['I3 and no later the pilot', (story) => story.hear(lease).look(1_000, 10_800, at(ON)), ['I3 at 10800']],
  [
    'I3 and no later the contactor',
    (story) => story.hear(lease).look(1_000, 10_000, at(ON)).look(10_100, 17_200, at(STOPPING)),
    ['I3 at 17100'],
  ],
  [
    'I3 a lease of nothing ends the one before',
    (story) => story.hear(lease, accepted(2_000, { held_dA: 0, endsAt: 11_000 })).look(2_100, 3_000, at(ON)),
    ['I3 at 2900'],
  ],
  ['I3 a renewed one goes on', (story) => story.hear(lease, accepted(9_000)).look(9_100, 17_400, at(ON)), []],
  [
    'I3 a pilot above its lease is as wrong as one without',
    (story) => story.hear(accepted(1_000, { held_dA: 100 })).look(1_100, 2_000, at(ON)),
    ['I3 at 1900'],
  ],
  [
    'I3 without any lease nothing is offered',
    (story) => story.hear(started(0, 'one')).look(0, 1_000, at(ON)),
    ['I3 at 800'],
  ],
  [
    'I3 a new life holds nothing of the one before',
    (story) => story.hear(lease, started(2_000, 'one')).look(2_000, 3_000, at(ON)),
    ['I3 at 2800'],
  ],
  [
    'I3 who has just thawed has a moment to notice',
    (story) => story.hear(lease).look(60_000, 60_700, at(ON, { life: { state: 'up', since: 60_000 } })),
    [],
  ],
  [
    'I3 a contactor without its coil is no dead man',
    (story) => story.look(0, 60_000, at({ ...STOPPING, isPowerAllowed: false })),
    [],
  ],
  ...(['process', 'heartbeat'] as const).flatMap((failSafe): readonly Row[] => [
    [
      `I3 the fail-safe ${failSafe} opens within 6.3 s of a death`,
      (story) => story.look(0, 6_300, at(ON, gone(failSafe, 'down'))),
      [],
    ],
    [`I3 and ${failSafe} no later`, (story) => story.look(0, 7_000, at(ON, gone(failSafe, 'down'))), ['I3 at 6400']],
    [`I3 nor after a freeze`, (story) => story.look(0, 7_000, at(ON, gone(failSafe, 'frozen'))), ['I3 at 6400']],
  ]),
  ...(['A', 'E', 'F'] as const).flatMap((pilot): readonly Row[] => [
    [
      `I3 open within 160 ms of the pilot at ${pilot}`,
      (story) => story.hear(lease).look(1_000, 1_100, at({ ...ON, pilot })),
      [],
    ],
    [
      `I3 and with ${pilot} no later`,
      (story) => story.hear(lease).look(1_000, 2_000, at({ ...ON, pilot })),
      ['I3 at 1200'],
    ],
    [
      `I3 with ${pilot} a weld is I12's`,
      (story) => story.hear(lease).look(1_000, 2_000, at({ ...ON, pilot, isPowerAllowed: false })),
      [],
    ],
    [
      `I3 with ${pilot} what a dead process left closed is for its fail-safe`,
      (story) => story.hear(lease).look(1_000, 2_000, at({ ...ON, pilot }, gone('process', 'down'))),
      [],
    ],
  ]),
  [
    'I3 a pilot that nobody sees opens within 2.5 s, whatever is on it',
    (story) => story.hear(lease).look(1_000, 3_500, at({ ...ON, pilot: 'A', broken: ['pilot-silent'] })),
    [],
  ],
  [
    'I3 and no later',
    (story) => story.hear(lease).look(1_000, 4_000, at({ ...ON, broken: ['pilot-silent'] })),
    ['I3 at 3600'],
  ],
  ['I3 a board without one is excepted', (story) => story.look(0, 60_000, at(ON, gone('none', 'down'))), []],
];
describe('the dead man', () => stories((accuse) => new DeadMan(accuse), rows));
