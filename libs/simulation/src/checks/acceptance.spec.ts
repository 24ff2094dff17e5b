import { accepted, BOOT, MASTER_BOOT, started, stories, type Accepted, type Row } from '../../test/moments.js';
import { Acceptance } from './acceptance.js';

const id = (n: number, boot = MASTER_BOOT) => ({ epoch: { count: 1, boot }, n });
/** A first lease of 16 A until 9,500, then another fact about it. */
const after = (at: number, over: Partial<Accepted>): Row[1] => {
  return (story) =>
    story.hear(started(0, 'one'), accepted(1_000), accepted(at, { id: id(2), heldBefore_dA: 160, ...over }));
};
const keeps = { raise: false, limit_dA: 200, held_dA: 160 };

const rows: readonly Row[] = [
  ['I5 a fresh grant is taken up', (story) => story.hear(started(0, 'one'), accepted(1_000)), []],
  ['I5 and a newer one after it', after(2_000, {}), []],
  ['I5 not the same once more', after(2_000, { id: id(1) }), ['I5 at 2000']],
  ['I5 not an older one', after(2_000, { id: id(0) }), ['I5 at 2000']],
  ['I5 not one of an older life of the master', after(2_000, { id: id(9, 'a'.repeat(16)) }), ['I5 at 2000']],
  [
    'I5 a new life of the slave begins its own order',
    (story) =>
      story.hear(
        started(0, 'one'),
        accepted(1_000, { id: id(7) }),
        started(2_000, 'one', 'c'),
        accepted(3_000, { boot: 'c', echoBoot: 'c' }),
      ),
    [],
  ],
  ['I5 not one that answers another life', after(2_000, { echoBoot: 'a'.repeat(16) }), ['I5 at 2000']],
  ['I5 not as another life than began', after(2_000, { boot: 'c', echoBoot: 'c' }), ['I5 at 2000']],
  ['I5 not one that was retained', after(2_000, { retained: true }), ['I5 at 2000']],
  ['I5 not one that answers a report of the future', after(2_000, { echo_t: 2_001, endsAt: 11_001 }), ['I5 at 2000']],
  ['I5 one whose last millisecond runs', after(20_000, { echo_t: 11_001, endsAt: 20_001 }), []],
  ['I5 not one that has ended', after(20_000, { echo_t: 11_000, endsAt: 20_000 }), ['I5 at 20000']],
  ['I5 valid for 10 s', after(2_000, { validFor_ms: 10_000 }), []],
  ['I5 not for longer', after(2_000, { validFor_ms: 10_001 }), ['I5 at 2000']],
  ['I5 not with an end that is past in truth', after(2_000, { endsAt: 1_990 }), ['I5 at 2000']],
  ['I5 not with an end later than a slow clock makes it', after(2_000, { endsAt: 11_200 }), ['I5 at 2000']],
  ...[0, 60, 800].map((limit_dA): Row => [
    `I5 a limit of ${limit_dA} dA`,
    after(2_000, { limit_dA, held_dA: limit_dA }),
    [],
  ]),
  ...[59, 801, 60.5, NaN, -60].map((limit_dA): Row => {
    return [`I5 not one of ${limit_dA} dA`, after(2_000, { limit_dA, held_dA: limit_dA }), ['I5 at 2000']];
  }),
  ['I5 without a raise it keeps what it holds', after(2_000, keeps), []],
  ['I5 or lowers it', after(2_000, { ...keeps, limit_dA: 100, held_dA: 100 }), []],
  ['I5 but is not raised', after(2_000, { ...keeps, held_dA: 200 }), ['I5 at 2000']],
  ['I5 after the end of the old lease nothing is held', after(9_600, { ...keeps, held_dA: 0 }), []],
  ['I5 and nothing is revived', after(9_600, keeps), ['I5 at 9600']],
  ['I5 at its very end either is right', after(9_500, keeps), []],
  ['I5 of a raise it holds just that', after(2_000, { held_dA: 100 }), ['I5 at 2000']],
  ['I5 in a life of which no start was told', (story) => story.hear(accepted(1_000, { boot: BOOT })), []],
];
describe('acceptance', () => stories((accuse) => new Acceptance(accuse), rows));
