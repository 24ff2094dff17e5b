// Becauses and faults in the words of people, for whatever is shown to them: `fairamp status`, the decision log, the
// lab's live view, the simulator's pictures. Tables complete by their types; a branch below the mains brings its name.
// What crosses a wire are the codes, never these.
import { BECAUSES, type Because, branchOf } from './because.js';
import { type Fault } from './fault.js';

const BECAUSE_WORDS: Readonly<Record<(typeof BECAUSES)[number], string>> = {
  'no-car': 'no car asks for current',
  'setting-max': 'its MAX setting allows no more',
  cable: 'the cable is rated for no more',
  'mains-L1': 'mains L1 is full',
  'mains-L2': 'mains L2 is full',
  'mains-L3': 'mains L3 is full',
  'fair-share': 'shared fairly with the others',
  newcomer: 'just arrived, begins at its minimum',
  'car-draws-less': 'the car takes no more',
  'in-good-time': 'enough to be ready in time',
  'waiting-turn': 'waits for its turn',
  'no-current': 'not enough even for it alone',
  reserved: 'the room is not proven to be free yet',
  probe: 'for some seconds, to see what a car without a meter draws',
  'raise-interval': 'was raised less than 5 s ago',
  'stale-mains': 'the mains reading is too old',
  'doubtful-meter': 'the meter contradicts itself',
  silence: 'a new master raises nobody for 17 s',
  unheard: 'the master has not heard it for 2.5 s',
  'duplicate-id': 'two charge points answer to this name',
};

export function becauseWords(because: Because): string {
  const branch = branchOf(because);
  if (branch !== null) return `circuit ${branch.circuit}, ${branch.phase} is full`;
  const plain = BECAUSES.find((one) => one === because);
  return plain === undefined ? because : BECAUSE_WORDS[plain];
}

/** Without a grant there is nothing that a limit could be because of. */
export const NO_GRANT_WORDS = 'no master grants it anything';

/** As the manual's display has them where it has them (quick manual 2.07, Error Messages). */
export const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  'residual-current': 'RESIDUAL FAULT CURRENT DETECTED',
  'high-temperature': 'ERROR HIGH TEMP',
  'no-serial-com': 'ERROR NO SERIAL COM',
  'no-current': 'ERROR NO CURRENT',
  'over-current': 'ERROR OVER-CURRENT',
  'lock-failed': 'ERROR LOCK',
  'settings-damaged': 'ERROR SETTINGS DAMAGED',
  contactor: 'ERROR CONTACTOR',
  pilot: 'ERROR PILOT',
  diode: 'ERROR DIODE',
  proximity: 'ERROR PROXIMITY',
  'board-lost': 'ERROR BOARD LOST',
};
