// The lab's site as it is laid out on paper: who is there, which car belongs to which charge point, how it is wired,
// when it comes.
import { type CarName } from '@fairamp/simulation';
import { type Phase } from '@fairamp/units';
import { type CarNumber, type TimedAction } from '../actions.js';

export const SITE = 'lab';
/** Their ids in topics and messages; the processes are called `master` and `bridge`. */
export const MASTER_ID = 'main';
export const BRIDGE_ID = 'meter';

export type OutletPlan = {
  /** A slave's id is its process's name too. */
  readonly id: 'slave1' | 'slave2' | 'slave3';
  readonly number: CarNumber;
  readonly car: CarName;
  /** The car in words. */
  readonly carWords: string;
  readonly arrives_s: number;
  /** The actuator of its socket. */
  readonly lock: 'solenoid' | 'motor';
  /** Conductor of the mains at each terminal: rotated, so that single-phase cars do not all sit on L1. */
  readonly wired: [Phase, Phase, Phase];
};

/** Three arrivals within half a minute: one after the other, so that each can be watched. */
export const OUTLETS: readonly OutletPlan[] = [
  {
    id: 'slave1',
    number: 1,
    car: 'single-phase',
    carWords: 'one phase',
    arrives_s: 3,
    lock: 'motor',
    wired: ['L1', 'L2', 'L3'],
  },
  {
    id: 'slave2',
    number: 2,
    car: 'slow-ramp',
    carWords: 'ramps slowly',
    arrives_s: 12,
    lock: 'solenoid',
    wired: ['L2', 'L3', 'L1'],
  },
  {
    id: 'slave3',
    number: 3,
    car: 'stops-at-80',
    carWords: 'stops at 80 %',
    arrives_s: 22,
    lock: 'motor',
    wired: ['L3', 'L1', 'L2'],
  },
];

/** MAX of each charge point, its cable, and what its wiring carries: 32 A, the largest usual socket. */
export const MAX_A = 32;

/** What happens when: the arrivals, unless the script lets that car arrive itself, and the script. */
export function scheduleOf(script: readonly TimedAction[]): readonly TimedAction[] {
  const arrivals = OUTLETS.filter(({ number }) => !arrivesByScript(number, script)).map(
    ({ number, arrives_s }): TimedAction => ({ at_s: arrives_s, action: { verb: 'plug', car: number } }),
  );
  return [...arrivals, ...script].sort((a, b) => a.at_s - b.at_s);
}

function arrivesByScript(car: CarNumber, script: readonly TimedAction[]): boolean {
  const [first] = script.filter(({ action }) => 'car' in action && action.car === car).sort((a, b) => a.at_s - b.at_s);
  return first?.action.verb === 'plug';
}
