// Swinging limits, turns and unused room: each is told of a site that deserves it, and of none that has a reason.
import {
  accepted,
  basis,
  charging,
  circuit,
  EMPTY,
  granted,
  moment,
  on,
  stories,
  waiting,
  type MomentParts,
  type Row,
  type Watched,
} from '../../test/moments.js';
import type { OutletTruth } from './moment.js';
import { Swinging } from './swinging.js';
import { Turns } from './turns.js';
import { UnusedRoom } from './unused-room.js';

const MINUTE_ms = 60_000;

describe('limits that swing', () => {
  /** Up and down each half minute. */
  const swinging = (by_dA: number, of: (now: number) => MomentParts = () => ({})): Row[1] => {
    const at = (now: number) => {
      const offered_dA = Math.floor(now / 30_000) % 2 === 0 ? 100 : 100 + by_dA;
      return moment(now, { outlets: [charging('one', offered_dA)], ...of(now) });
    };
    return (story) => story.look(0, 5 * MINUTE_ms, at);
  };
  const rows: readonly Row[] = [
    ['swinging: a seventh turn by more than 3 A within ten minutes', swinging(31), ['swinging at 240000']],
    ['swinging: 3 A are none', swinging(30), []],
    [
      'swinging: a house that swings explains it',
      swinging(60, (now) => ({ mains: { house_dA: on(Math.floor(now / 30_000) % 2 === 0 ? 60 : 0) } })),
      [],
    ],
    [
      'swinging: its noise does not',
      swinging(60, (now) => ({ mains: { house_dA: on((now / 100) % 10) } })),
      ['swinging at 240000'],
    ],
    ['swinging: so does a fault', swinging(60, () => ({ isDisturbed: true })), []],
    [
      'swinging: and a car that comes and goes',
      (story) => {
        const other = (now: number) =>
          Math.floor(now / 30_000) % 2 === 0 ? [{ ...EMPTY, id: 'two' }] : [charging('two', 60)];
        const at = (now: number) => {
          const offered_dA = other(now)[0]?.isClosed === true ? 100 : 160;
          return moment(now, { outlets: [charging('one', offered_dA), ...other(now)] });
        };
        return story.look(0, 5 * MINUTE_ms, at);
      },
      [],
    ],
    [
      'swinging: one way in many steps is no swing',
      (story) => story.look(0, 5 * MINUTE_ms, (now) => moment(now, { outlets: [charging('one', 60 + now / 1000)] })),
      [],
    ],
  ];
  stories((accuse) => new Swinging(accuse), rows);
});

describe('turns', () => {
  const TURN_ms = 120_000;
  /** One of two fits beside a house of 15 A on mains of 25 A: it has 120 s + 30 s, and 95 s as everywhere. */
  const short = (outlets: readonly OutletTruth[], more: MomentParts = {}) => {
    return (now: number) => moment(now, { outlets, turn_ms: TURN_ms, mains: { house_dA: on(150) }, ...more });
  };
  const two = [waiting('one'), charging('two', 60)];
  const BOUND_ms = 95_000 + TURN_ms + 30_000;
  const rows: readonly Row[] = [
    ['turns: who waits for one other waits for its turn', (story) => story.look(0, BOUND_ms, short(two)), []],
    ['turns: and no longer', (story) => story.look(0, 2 * BOUND_ms, short(two)), [`turns at ${BOUND_ms + 500}`]],
    [
      'turns: for two others for both of theirs',
      (story) => story.look(0, BOUND_ms + 60_000, short([...two, charging('three', 60)])),
      [],
    ],
    [
      'turns: who goes first keeps its place',
      (story) => story.look(0, 2 * BOUND_ms, short([waiting('one'), { ...charging('two', 60), priority: 1 }])),
      [],
    ],
    [
      'turns: who would not fit alone waits for the house',
      (story) => story.look(0, 2 * BOUND_ms, short(two, { mains: { house_dA: on(190) } })),
      [],
    ],
    [
      'turns: a fault ends the wait',
      (story) =>
        story
          .look(0, BOUND_ms - 1000, short(two))
          .look(BOUND_ms, BOUND_ms, short(two, { isDisturbed: true }))
          .look(BOUND_ms + 100, 2 * BOUND_ms - 1000, short(two)),
      [],
    ],
    [
      'turns: who shares no circuit with it is no rival',
      (story) => {
        const circuits = [
          circuit('mains', { limit_dA: 630, outlets: [0] }),
          circuit('garage', { house_dA: on(150), outlets: [0] }),
        ];
        const apart = { turn_ms: TURN_ms, circuits, outlets: two };
        return story.look(0, 2 * BOUND_ms, (now) => moment(now, apart));
      },
      ['turns at 95500'],
    ],
  ];
  stories((accuse) => new Turns(accuse), rows);
});

describe('unused room', () => {
  const car = (draw_dA: number): OutletTruth => ({ ...charging('one', draw_dA), most_dA: 320 });
  const held = (at: number, held_dA: number, n: number) => {
    const id = { epoch: { count: 1, boot: 'm'.repeat(16) }, n };
    return accepted(at, { id, held_dA, limit_dA: held_dA, endsAt: at + 600_000 });
  };
  const site =
    (draw_dA: number, more: MomentParts = {}) =>
    (now: number) =>
      moment(now, { outlets: [car(draw_dA)], ...more });
  /** A minute at 6 A, with room for 25 A, then a raise to so much. */
  const raised = (to_dA: number, before: (story: Watched) => unknown = () => undefined): Row[1] => {
    return (story) => {
      story.hear(held(0, 60, 1)).look(0, 29_000, site(60));
      before(story);
      story.look(29_700, 30_000, site(60));
      const id = { epoch: { count: 1, boot: 'm'.repeat(16) }, n: 2 };
      story.hear(granted(30_100, { id, limit_dA: to_dA, basis: basis(29_500) }), held(30_100, to_dA, 2));
      return story.look(30_200, 33_000, site(60));
    };
  };
  const rows: readonly Row[] = [
    ['unused-room: one raise gives nearly all of it', raised(225), []],
    ['unused-room: half of it is not enough', raised(150), ['unused-room at 32700']],
    ['unused-room: a cut just before excuses that', raised(150, (story) => story.hear(held(29_000, 55, 1))), []],
    [
      'unused-room: so does a house that was another when it was measured',
      raised(150, (story) => story.look(29_100, 29_600, site(60, { mains: { house_dA: on(100) } }))),
      [],
    ],
    [
      'unused-room: a car that could use more, and no raise at all',
      (story) => story.hear(held(0, 60, 1)).look(0, 60_000, site(60)),
      ['unused-room at 41000'],
    ],
    [
      'unused-room: one that takes less than it is offered could not',
      (story) =>
        story.hear(held(0, 60, 1)).look(0, 60_000, (now) => moment(now, { outlets: [{ ...car(40), offered_dA: 60 }] })),
      [],
    ],
    [
      'unused-room: a circuit above it that is full leaves none',
      (story) => {
        const circuits = [circuit('mains', { outlets: [0] }), circuit('garage', { limit_dA: 70, outlets: [0] })];
        return story.hear(held(0, 60, 1)).look(0, 60_000, site(60, { circuits }));
      },
      [],
    ],
    [
      'unused-room: beside a car about to start it is promised',
      (story) =>
        story.hear(held(0, 60, 1)).look(0, 60_000, (now) => moment(now, { outlets: [car(60), waiting('two')] })),
      [],
    ],
    [
      'unused-room: under a fault nobody is blamed',
      (story) => story.hear(held(0, 60, 1)).look(0, 60_000, site(60, { isDisturbed: true })),
      [],
    ],
  ];
  stories((accuse) => new UnusedRoom(accuse), rows);
});
