// Settings of the same kind as the manual's that it does not have: each makes a choice visible that 2.07 had made for
// good, or that its owner made with a screwdriver. Their defaults are what the manual describes, or the safer of two.
import { ALWAYS, GRANTING, LOCKED, MONITORED, SOCKET, STOPPING } from './conditions.js';
import type { Catalogue } from './setting.js';

type OwnKey = 'proximity' | 'lockWires' | 'accessKind' | 'stopRestart_s' | 'residualTest' | 'ventilated';

export const OWN_SETTINGS: Catalogue<OwnKey> = {
  proximity: {
    key: 'proximity',
    writtenAs: 'proximity',
    option: 'PROXIMITY',
    name: '680 OHM',
    isManual: false,
    kind: 'choice',
    choices: [
      { value: 'manual', shown: '16 A' },
      { value: 'standard', shown: '20 A' },
    ],
    default: 'manual',
    shown: SOCKET,
    help: 'Rating of a cable whose plug has a resistor of 680 Ohm',
    means: '680 Ohm: 16 A as in the manual, or 20 A as in IEC 61851-1',
    about:
      'The manual and the standard read the resistor of 680 Ohm differently; all others mean the same in both. 16 A is right for either cable.',
  },
  lockWires: {
    key: 'lockWires',
    writtenAs: 'lockWires',
    option: 'LOCKWIRES',
    name: 'LOCK R W',
    isManual: false,
    kind: 'choice',
    choices: [
      { value: 'normal', shown: 'Normal' },
      { value: 'swapped', shown: 'Swapped' },
    ],
    default: 'normal',
    shown: LOCKED,
    help: 'Does the lock close when it should open? Then swap',
    means: 'swapped: the pulses at R and W change places',
    about:
      'Some solenoids are wound the other way round. The manual has the red and the white wire changed at the terminals; this does the same without a screwdriver. The feedback contact is not concerned.',
  },
  accessKind: {
    key: 'accessKind',
    writtenAs: 'accessKind',
    option: 'ACCESSKIND',
    name: 'SW KIND',
    isManual: false,
    kind: 'choice',
    choices: [
      { value: 'momentary', shown: 'Press' },
      { value: 'maintained', shown: 'Hold' },
    ],
    default: 'momentary',
    shown: GRANTING,
    help: 'Press: a push button. Hold: a switch that stays closed',
    means: 'momentary: each press grants or denies; maintained: a closed contact grants',
    about:
      'A push button changes access with each press, and nobody has access after a start. A key switch, a timer or a relay of the house gives access for as long as its contact is closed, also across a start.',
  },
  stopRestart_s: {
    key: 'stopRestart_s',
    writtenAs: 'stopRestart_s',
    option: 'STOPRESTART',
    name: 'RESTART',
    isManual: false,
    kind: 'number',
    range: { lowest: 0, highest: 3600, step: 1 },
    unit: 's',
    default: 0,
    shown: STOPPING,
    help: 'Seconds after a stop by the switch until it goes on; 0: not',
    means: '0: a stop holds until the car is unplugged or the switch is pressed again; else it ends by itself',
    about:
      'The manual promises that the switch stops a session; software 2.07 went on by itself after 15 s. Here a stop is a stop, unless a time is set: 15 is what 2.07 did.',
  },
  residualTest: {
    key: 'residualTest',
    writtenAs: 'residualTest',
    option: 'RCTEST',
    name: 'RC TEST',
    isManual: false,
    kind: 'choice',
    choices: [
      { value: 'disabled', shown: 'Disabled' },
      { value: 'enabled', shown: 'Enabled' },
    ],
    default: 'enabled',
    shown: MONITORED,
    help: 'See the residual-current monitor trip before a session',
    means: 'enabled: once a day, before a session, the monitor must be seen to trip and to let go',
    about:
      'Only where the board has a wire to the test input of its monitor; elsewhere it changes nothing. A monitor that does not answer the test counts as tripped.',
  },
  ventilated: {
    key: 'ventilated',
    writtenAs: 'ventilated',
    option: 'VENTILATED',
    name: 'VENT',
    isManual: false,
    kind: 'choice',
    choices: [
      { value: 'disabled', shown: 'Disabled' },
      { value: 'enabled', shown: 'Enabled' },
    ],
    default: 'disabled',
    shown: ALWAYS,
    help: 'May a car charge here that needs its room ventilated?',
    means: 'disabled: a car that asks for ventilation (state D) is not charged',
    about:
      'Cars whose battery gives off gas ask for ventilation before they charge. Enable it outdoors, or where a fan is certain to run; hardly any car on the road asks.',
  },
};
