// The eleven options of the quick manual (software 2.07), in the order of its menu. Ranges are the manual's, but MAINS
// goes to 100 A as it does in 2.07 (behaviour.md 14 row 1). The words are ours.
import { ALWAYS, FIXED, OF_A_SITE, SMART, SOCKET } from './conditions.js';
import type { Catalogue } from './setting.js';

type ManualKey =
  'config' | 'mode' | 'loadbl' | 'mains_dA' | 'max_dA' | 'min_dA' | 'lock' | 'cable_dA' | 'cal' | 'access' | 'rcmon';

const WHOLE_AMPERE = 10;

export const MANUAL_SETTINGS: Catalogue<ManualKey> = {
  config: {
    key: 'config',
    writtenAs: 'config',
    option: 'CONFIG',
    name: 'CONFIG',
    isManual: true,
    kind: 'choice',
    choices: [
      { value: 'socket', shown: 'Socket' },
      { value: 'fixed', shown: 'Fixed' },
    ],
    default: 'socket',
    shown: ALWAYS,
    help: 'Does a cable hang on it, or does it have a socket?',
    means: "socket: the plug's resistor tells the cable's rating; fixed: CABLE does",
    about:
      'A socket takes any Type 2 cable and reads the resistor in its plug each time. A fixed cable has no plug at this end: its rating is CABLE, nothing is read, and nothing is locked.',
  },
  mode: {
    key: 'mode',
    writtenAs: 'mode',
    option: 'MODE',
    name: 'MODE',
    isManual: true,
    kind: 'choice',
    choices: [
      { value: 'normal', shown: 'Normal' },
      { value: 'smart', shown: 'Smart' },
    ],
    default: 'normal',
    shown: ALWAYS,
    help: 'Smart watches the mains by a Sensorbox, Normal does not',
    means: 'smart: the measured mains decide; normal: the settings alone do',
    about:
      'In Smart mode a Sensorbox measures the mains and the cars get what the house leaves of MAINS. In Normal mode nothing is measured: alone, MAX is what the car is offered; a master shares MAINS among all. On a slave it has no effect: its master decides.',
  },
  loadbl: {
    key: 'loadbl',
    writtenAs: 'loadbl',
    option: 'LOADBL',
    name: 'LOAD BAL',
    isManual: true,
    kind: 'choice',
    choices: [
      { value: 'disabled', shown: 'Disabled' },
      { value: 'master', shown: 'Master' },
      { value: 'slave1', shown: 'Slave 1' },
      { value: 'slave2', shown: 'Slave 2' },
      { value: 'slave3', shown: 'Slave 3' },
    ],
    default: 'disabled',
    shown: ALWAYS,
    help: 'Who shares the mains with others, and who decides',
    means: 'disabled: it decides for itself; a slave does what its master grants',
    about:
      'Disabled is for a charge point that is alone on its mains. Where several share one, exactly one is Master and each of the others has a slave number of its own.',
  },
  mains_dA: {
    key: 'mains_dA',
    writtenAs: 'mains_A',
    option: 'MAINS',
    name: 'MAINS',
    isManual: true,
    kind: 'amps',
    range: { lowest: 100, highest: 1000, step: WHOLE_AMPERE },
    unit: 'A',
    default: 250,
    shown: OF_A_SITE,
    help: 'What each phase of the mains may carry in all',
    means: 'the limit on each phase that house and cars, or in Normal mode the cars, stay under',
    about:
      'The rating of the main fuse, or less. In Smart mode house and cars together stay under it on each phase; in Normal mode the cars of the master and its slaves do, for the house is not measured.',
  },
  max_dA: {
    key: 'max_dA',
    writtenAs: 'max_A',
    option: 'MAX',
    name: 'MAX',
    isManual: true,
    kind: 'amps',
    range: { lowest: 100, highest: 800, step: WHOLE_AMPERE },
    unit: 'A',
    default: 130,
    shown: ALWAYS,
    help: 'The most that this charge point offers its car',
    means: 'no more is offered, whatever cable and mains allow',
    about:
      "What this charge point's own wiring, contactor and circuit breaker carry. The car is offered the least of MAX, the cable's rating and what is granted.",
  },
  min_dA: {
    key: 'min_dA',
    writtenAs: 'min_A',
    option: 'MIN',
    name: 'MIN',
    isManual: true,
    kind: 'amps',
    range: { lowest: 60, highest: 160, step: WHOLE_AMPERE },
    unit: 'A',
    default: 60,
    shown: OF_A_SITE,
    help: 'The least share of a car; with less it waits',
    means: 'a car that cannot have so much is paused; a lower MAX or cable counts as its least share instead',
    about:
      'Some cars charge badly, or not at all, with little current. Below MIN nobody is offered anything; the standard itself knows nothing under 6 A. One figure for all charge points of a site.',
  },
  lock: {
    key: 'lock',
    writtenAs: 'lock',
    option: 'LOCK',
    name: 'LOCK',
    isManual: true,
    kind: 'choice',
    choices: [
      { value: 'disabled', shown: 'Disabled' },
      { value: 'solenoid', shown: 'Solenoid' },
      { value: 'motor', shown: 'Motor' },
    ],
    default: 'disabled',
    shown: SOCKET,
    help: 'What kind of actuator holds the plug in the socket',
    means: 'with a lock the contactor closes only behind a plug that is seen to be locked',
    about:
      'Solenoid is for Dostar and Ratio locks, Motor for those of Phoenix Contact. The plug is locked before the contactor closes and released after it is known to be open; a lock that does not obey is the fault ERROR LOCK, and nothing charges.',
  },
  cable_dA: {
    key: 'cable_dA',
    writtenAs: 'cable_A',
    option: 'CABLE',
    name: 'CABLE',
    isManual: true,
    kind: 'amps',
    range: { lowest: 130, highest: 800, step: WHOLE_AMPERE },
    unit: 'A',
    default: 130,
    shown: FIXED,
    help: 'The rating of the cable that hangs on it',
    means: 'stands in for the resistor of a plug: no more is offered, whatever MAX says',
    about: 'What the fixed cable is made for, as printed on it. A resistor at the proximity terminal is not read.',
  },
  cal: {
    key: 'cal',
    writtenAs: 'cal',
    option: 'CAL',
    name: 'CAL',
    isManual: true,
    kind: 'number',
    range: { lowest: 0.1, highest: 30, step: 0.001 },
    unit: 'dA a count',
    default: 3,
    shown: SMART,
    help: 'Make the reading of CT1 right; CT2 and CT3 follow',
    means: 'how many deciamperes one count of the Sensorbox is; one figure for its three transformers',
    about:
      'What is kept is the gain, 3.00 as delivered. A person never types it: in the menu they type what a clamp meter shows on L1, 6.0 to 99.9 A, and the gain is changed in proportion. That needs at least 6 A on L1.',
  },
  access: {
    key: 'access',
    writtenAs: 'access',
    option: 'ACCESS',
    name: 'ACCESS',
    isManual: true,
    kind: 'choice',
    choices: [
      { value: 'disabled', shown: 'Disabled' },
      // The manual says Enabled, the display Switch (behaviour.md 14 row 5).
      { value: 'switch', shown: 'Switch', also: ['enabled'] },
    ],
    default: 'disabled',
    shown: ALWAYS,
    help: 'What the switch at SW does: stop, or say who may charge',
    means: 'disabled: anybody charges and the switch stops; switch: nothing charges until it grants',
    about:
      'Disabled: a push button at SW stops the session that runs. Switch (the word Enabled is taken too): the switch at SW gives access and takes it away. After every start nobody has access until a momentary switch is pressed.',
  },
  rcmon: {
    key: 'rcmon',
    writtenAs: 'rcmon',
    option: 'RCMON',
    name: 'RCMON',
    isManual: true,
    kind: 'choice',
    choices: [
      { value: 'disabled', shown: 'Disabled' },
      { value: 'enabled', shown: 'Enabled' },
    ],
    default: 'disabled',
    shown: ALWAYS,
    help: 'Is a monitor for DC fault current wired to terminal 3?',
    means: 'enabled: a trip opens the contactor at once and stays until a person has acknowledged it',
    about:
      'The monitor has to say that all is well: an input that is open, or was never heard, lets nothing charge. A trip is acknowledged with any button, once the input is quiet. It comes on top of the residual-current device, not instead of it.',
  },
};
