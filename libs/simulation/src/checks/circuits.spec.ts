// The checkers on a circuit below the mains: what they watch there is the same, and no other circuit's affair.
import { ProtectiveDevices } from '../devices.js';
import {
  accepted,
  basis,
  charging,
  circuit,
  granted,
  moment,
  on,
  stories,
  waiting,
  type MomentParts,
  type Row,
} from '../../test/moments.js';
import { Budget } from './budget.js';
import { HonestBase } from './honest-base.js';
import { InputAge } from './input-age.js';
import type { CircuitTruth, OutletTruth } from './moment.js';
import { OneMaster } from './one-master.js';
import { OverloadBound } from './overload-bound.js';
import { SilentMeter } from './silent-meter.js';
import { Starving } from './starving.js';
import { Trips } from './trips.js';

/** Mains of 63 A, below them a garage of 20 A on which the first charge point hangs. */
const MAINS = circuit('mains', { limit_dA: 630, outlets: [0, 1] });
const garage = (over: Parameters<typeof circuit>[1] = {}): CircuitTruth => {
  return circuit('garage', { limit_dA: 200, outlets: [0], ...over });
};
type Site = { readonly garage?: Parameters<typeof circuit>[1]; readonly outlets?: readonly OutletTruth[] };
const site = ({ garage: over, outlets = [charging('one', 160)] }: Site = {}, more: MomentParts = {}) => {
  return (now: number) => moment(now, { circuits: [MAINS, garage(over)], outlets, ...more });
};

describe('I1 on a circuit', () => {
  const raised = (house_dA: number) => {
    return granted(1_000, { circuitBases: { garage: basis(0, { house_dA: on(house_dA) }) } });
  };
  const taking = (house_dA: number, over: Site = {}): Row[1] => {
    const free = site({ outlets: [waiting('one')], ...over });
    return (story) => story.look(0, 900, free).hear(raised(house_dA), accepted(1_000)).look(1_100, 1_100, free);
  };
  const unmeasured = (allowance_dA: number, held_dA = 160): Row[1] => {
    const free = site({ outlets: [waiting('one')], garage: { isMetered: false, allowance_dA: on(allowance_dA) } });
    const fact = accepted(1_000, { held_dA, limit_dA: held_dA });
    return (story) => story.look(0, 900, free).hear(fact).look(1_100, 1_100, free);
  };
  const rows: readonly Row[] = [
    ['I1 a raise into its room is right', taking(30), []],
    ['I1 a raise beyond it is not, though the mains have room', taking(60), ['I1 at 1000']],
    ['I1 who does not hang on it may have more', taking(200, { garage: { outlets: [1] } }), []],
    ['I1 under a lie of its meter nobody knows better', taking(60, { garage: { liesSince: 0, lie: 'frozen' } }), []],
    ['I1 where nobody measures the allowance is taken for used', unmeasured(40), []],
    ['I1 and what cars may draw beside it fits at every look', unmeasured(50), ['I1 at 1100']],
  ];
  stories((accuse) => new Budget(accuse), rows);
});

describe('I2 on a circuit', () => {
  const over = (house_dA: number, outlets: readonly OutletTruth[], more: MomentParts = {}) => {
    return site({ garage: { house_dA: on(house_dA) }, outlets }, more);
  };
  const least = [charging('one', 60)];
  const rows: readonly Row[] = [
    [
      'I2 an overload that lowering ends lasts 8.5 s',
      (story) => story.look(0, 8_500, over(70, [charging('one', 160)])),
      [],
    ],
    ['I2 and no longer', (story) => story.look(0, 60_000, over(70, [charging('one', 160)])), ['I2 at 8600']],
    [
      'I2 though the mains are far from full, and who hangs elsewhere is not in it',
      (story) => story.look(0, 60_000, over(70, [charging('one', 60), charging('two', 400)])),
      [],
    ],
    [
      'I2 with everybody at the minimum nobody pauses before the device demands it: cold, a fuse carries 1.2 for long',
      (story) => story.look(0, 18_000, over(180, least)),
      [],
    ],
    ['I2 but after 18 s they have', (story) => story.look(0, 70_000, over(180, least)), ['I2 at 18100']],
    [
      'I2 a warm fuse demands it sooner',
      (story) => story.look(0, 600_000, over(135, least)).look(600_100, 660_000, over(310, least)),
      ['I2 at 609800'],
    ],
    [
      'I2 a car above its minimum has no patience to hope for',
      (story) => story.look(0, 30_000, over(180, [charging('one', 70)])),
      ['I2 at 9600'],
    ],
    ['I2 twice the limit has none either', (story) => story.look(0, 30_000, over(400, least)), ['I2 at 9600']],
    [
      'I2 what its meter tells falsely is excused, and what the meter of the mains does not',
      (story) => {
        const lied = { garage: { house_dA: on(70), liesSince: 0, lie: 'frozen' } } as const;
        const elsewhere = {
          circuits: [{ ...MAINS, liesSince: 0, lie: 'frozen' as const }, garage({ house_dA: on(70) })],
        };
        return story.look(0, 30_000, site(lied)).look(30_100, 30_100, site()).look(30_200, 60_000, site({}, elsewhere));
      },
      ['I2 at 38800'],
    ],
  ];
  stories((accuse) => new OverloadBound(accuse), rows);
});

describe('trips on a circuit', () => {
  const carrying = (house_dA: number, cars_dA: number, curve: 'C' | 'gG' = 'gG') => {
    const device = { curve, rated_dA: 200 } as const;
    return site({ garage: { house_dA: on(house_dA), device }, outlets: [charging('one', cars_dA)] });
  };
  const rows: readonly Row[] = [
    [
      'trip: a fuse of its own opens at twice its rating',
      (story) => story.look(0, 12_000, carrying(200, 200)),
      ['trip at 11100'],
    ],
    ['trip: a breaker of its own does not yet', (story) => story.look(0, 12_000, carrying(200, 200, 'C')), []],
    ['trip: its house alone above it explains that', (story) => story.look(0, 60_000, carrying(210, 190)), []],
  ];
  stories((accuse) => new Trips(accuse, new ProtectiveDevices()), rows);
});

describe('I15 on a circuit', () => {
  const alone = (house_dA: number) => site({ garage: { house_dA: on(house_dA) }, outlets: [waiting('one')] });
  const rows: readonly Row[] = [
    ['I15 who fits below it is served', (story) => story.look(0, 100_000, alone(100)), ['I15 at 95100']],
    ['I15 who does not fit there waits', (story) => story.look(0, 200_000, alone(140)), []],
    [
      'I15 where nobody measures the allowance is taken for used',
      (story) => {
        const full = { isMetered: false, allowance_dA: on(140) };
        return story.look(0, 200_000, site({ garage: full, outlets: [waiting('one')] }));
      },
      [],
    ],
  ];
  stories((accuse) => new Starving(accuse), rows);
});

describe('a grant rests on every meter above its charge point', () => {
  const old = basis(-8_000);
  const grant = (over: Parameters<typeof granted>[1] = {}, at: Site = {}): Row[1] => {
    return (story) => story.look(0, 900, site(at)).hear(granted(1_000, { circuitBases: { garage: old }, ...over }));
  };
  const elsewhere = { garage: { outlets: [1] } };
  const named = { named: { boot: 'another', since: -60_000 } };
  const ages: readonly Row[] = [
    ['I6 it lives no longer than the oldest of them', grant(), ['I6 at 1000']],
    ['I6 as long as that is right', grant({ validFor_ms: 1_000 }), []],
    ['I6 without a sample of one there is none', grant({ circuitBases: { garage: null } }), ['I6 at 1000']],
    ['I6 nothing is always granted', grant({ limit_dA: 0, raise: false }), []],
    ['I6 what measures elsewhere is no part of it', grant({}, elsewhere), []],
    ['I6 where it is silent an allowance may stand in', grant({}, { garage: { allowance_dA: on(50) } }), []],
  ];
  stories((accuse) => new InputAge(accuse), ages);
  const silences: readonly Row[] = [
    [
      'I7 after ten seconds of silence it is no meter',
      grant({ circuitBases: { garage: basis(-10_000) } }),
      ['I7 at 1000'],
    ],
    ['I7 before it is one', grant(), []],
  ];
  stories((accuse) => new SilentMeter(accuse), silences);
  const masters: readonly Row[] = [
    ['I10 a raise needs a sample of it that is at most 5 s old', grant(), ['I10 at 1000']],
    ['I10 and that names who raises', grant({ circuitBases: { garage: basis(0, named) } }), ['I10 at 1000']],
    ['I10 both is right', grant({ circuitBases: { garage: basis(0) } }), []],
  ];
  stories((accuse) => new OneMaster(accuse), masters);
  const counted_dA = { garage: { one: on(60) } };
  const drawn = (draw_dA: number) => ({ garage: basis(0, { draws_dA: { one: on(draw_dA) } }) });
  const bases: readonly Row[] = [
    ['I8 what is counted of it flowed there', grant({ counted_dA, circuitBases: drawn(60) }), []],
    ['I8 and not more', grant({ counted_dA, circuitBases: drawn(0) }), ['I8 at 1000']],
  ];
  stories((accuse) => new HonestBase(accuse), bases);
});
