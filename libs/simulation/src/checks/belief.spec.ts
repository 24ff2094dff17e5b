import {
  charging,
  granted,
  moment,
  on,
  process,
  started,
  stories,
  type MomentParts,
  type Row,
} from '../../test/moments.js';
import type { CircuitTruth, Moment } from './moment.js';
import { Belief } from './belief.js';

type Mains = Partial<Omit<CircuitTruth, 'limit_dA'>>;
type At = (at: number) => Moment;

/** A car draws 16 A on L1; the meter lies on L1. */
const site = (mains: Mains, more: MomentParts = {}): At => {
  return (at) => moment(at, { outlets: [charging('one', 160)], mains, masters: [process('master')], ...more });
};
const unplugged: Mains = { liesSince: 0, lie: 'unplugged', liesOn: ['L1'] };
const distrusting = { masters: [{ ...process('master'), distrusted: ['mains'] }] };
const unmetered = { outlets: [{ ...charging('one', 160), isMetered: false }] };
const HOUR_ms = 3_600_000;

const rows: readonly Row[] = [
  ['I7 a lie is to be found in its time and 17 s of our draw', (story) => story.look(0, 27_000, site(unplugged)), []],
  ['I7 and not later', (story) => story.look(0, 60_000, site(unplugged)), ['I7 at 27100']],
  [
    'I7 each has its own time',
    (story) => story.look(0, 240_000, site({ ...unplugged, lie: 'frozen' })),
    ['I7 at 234100'],
  ],
  [
    'I7 a slow meter has 15.2 s more',
    (story) => story.look(0, 60_000, site(unplugged, { oldestSample_ms: 25_000 })),
    ['I7 at 42300'],
  ],
  [
    'I7 where none of our cars draws nobody sees it',
    (story) => story.look(0, 60_000, site({ ...unplugged, liesOn: ['L2'] })),
    [],
  ],
  ['I7 nor where nobody meters them', (story) => story.look(0, 60_000, site(unplugged, unmetered)), []],
  [
    'I7 two that are exchanged show by unlike draws alone',
    (story) => {
      const alike = { outlets: [{ ...charging('one', 160), draw_dA: on(160, 160, 0) }] };
      const swapped: Mains = { liesSince: 0, lie: 'swapped', liesOn: ['L1', 'L2'] };
      return story.look(0, 1_800_000, site(swapped, alike));
    },
    [],
  ],
  [
    'I7 another master begins to look anew',
    (story) => {
      story.look(0, 20_000, site(unplugged)).hear(granted(20_050, { master: 'standby' }));
      return story.look(20_100, 60_000, site(unplugged));
    },
    ['I7 at 47100'],
  ],
  [
    'I7 so does who hears another life of its bridge, and not of a charge point',
    (story) => {
      story.look(0, 10_000, site(unplugged)).hear(started(10_050, 'one'));
      story.look(10_100, 20_000, site(unplugged)).hear(started(20_050, 'bridge'));
      return story.look(20_100, 60_000, site(unplugged));
    },
    ['I7 at 47100'],
  ],
  [
    'I7 and who tries it once more',
    (story) => {
      return story
        .look(0, 20_000, site(unplugged))
        .look(20_100, 25_000, site(unplugged, distrusting))
        .look(25_100, 60_000, site(unplugged));
    },
    ['I7 at 52100'],
  ],
  ['I7 who never lied is believed', (story) => story.look(0, 1_000, site({}, distrusting)), ['I7 at 0']],
  [
    'I7 a dead master says nothing of it',
    (story) => {
      const life = { state: 'down', since: 0 } as const;
      return story.look(0, 1_000, site({}, { masters: [{ ...process('master', { life }), distrusted: ['mains'] }] }));
    },
    [],
  ],
  [
    'I7 who has lied is believed again within an hour',
    (story) => {
      const honest = site({ truthSince: 0 }, distrusting);
      return story.look(HOUR_ms, HOUR_ms + 60_000, honest).look(HOUR_ms + 60_100, HOUR_ms + 70_000, honest);
    },
    [`I7 at ${HOUR_ms + 60_100}`],
  ],
];
describe('whether a meter is believed', () => stories((accuse) => new Belief(accuse), rows));
