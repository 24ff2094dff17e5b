import { ProtectiveDevices } from '../devices.js';
import { charging, moment, on, stories, type Row } from '../../test/moments.js';
import { Trips } from './trips.js';

/** A site of 25 A. */
const carrying = (house_dA: number, cars_dA: number) => (now: number) => {
  return moment(now, { mains: { house_dA: on(house_dA) }, outlets: [charging('one', cars_dA)] });
};

const rows: readonly Row[] = [
  ['trip: at its rating nothing opens in an hour', (story) => story.look(0, 3_600_000, carrying(90, 160)), []],
  [
    'trip: at twice its rating the fastest fuse opens after 11.1 s',
    (story) => story.look(0, 12_000, carrying(250, 250)),
    ['trip at 11100'],
  ],
  ['trip: the house alone above it explains that', (story) => story.look(0, 60_000, carrying(260, 240)), []],
  [
    'trip: for a minute',
    (story) =>
      story
        .look(0, 1_000, carrying(260, 0))
        .look(1_100, 61_100, carrying(100, 60))
        .look(61_200, 72_000, carrying(100, 400)),
    ['trip at 69900'],
  ],
  [
    'trip: so does a step of the house that no fuse carries for 18 s',
    (story) => story.look(0, 20_000, carrying(90, 160)).look(20_100, 40_000, carrying(210, 160)),
    [],
  ],
  [
    'trip: a smaller one that is not answered does not',
    (story) => story.look(0, 20_000, carrying(90, 160)).look(20_100, 60_000, carrying(185, 160)),
    ['trip at 50000'],
  ],
  ['trip: the fastest breaker is not promised', (story) => story.look(0, 3_000, carrying(100, 400)), []],
];
describe('protective devices', () => stories((accuse) => new Trips(accuse, new ProtectiveDevices()), rows));
