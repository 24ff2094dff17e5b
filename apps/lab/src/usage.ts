// The text of `npm start -- --help`. What it says is held against the parser by options.spec.ts.
import { PHYSICAL_FAULTS } from '@fairamp/simulation';

const COLUMNS = 4;
const FAULT_LINES = Array.from({ length: Math.ceil(PHYSICAL_FAULTS.length / COLUMNS) }, (_, row) => {
  const names = PHYSICAL_FAULTS.slice(row * COLUMNS, (row + 1) * COLUMNS);
  return `                         ${names.join(' ')}`;
}).join('\n');

export const USAGE = `Fairamp lab: a whole site on this computer: master, sensorbox bridge, three slaves, and the plant (house, cars,
contactors) that they measure and switch. Without options: a live view; keys are shown at the bottom.

  npm start -- [options]

  --once S           run S seconds (5 to 86400), then print a result and end; the exit code is 0 when all was well
  --json             with --once: standard output is one line, a JSON object; progress goes to standard error
  --at T:VERB:WHAT   do something T seconds after the start; may be given many times
                       kill kill9 start freeze thaw   of   master bridge slave1 slave2 slave3 broker
                       plug unplug                    of   1 2 3   (car N belongs to charge point N)
                       press                          of   1 2 3   (the switch of that charge point)
                       fault:N mend:N                 of   one of these, at charge point N:
${FAULT_LINES}
                       house                          of   +10     (amperes more, or less, on each phase)
  --mains A          the limit of each mains phase, 10 to 100 A (default 40)
  --mode M           smart (default: what the house draws is measured) or normal (MAINS is for the cars alone)
  --broker B         embedded (default: inside the master), mosquitto (a process of its own), or mqtt://host:port
  --port N           where the broker of the lab listens on loopback, 0 = any (default: 1883 if free, else any)
  --house FILE.csv   play this recording: columns date,time,current_A (days become phases) or time_s,L1_A,L2_A,L3_A
                     (default: a recording in ../shared/data if there is one, else a built-in model house)
  --csv FILE.csv     write the run down, ten rows a second, as npm run simulate does
  --seed N           seed of the model house and of the meter's noise (default 1)
  --help             this text

  npm start -- --once 120 --json
  npm start -- --once 120 --at 60:fault:1:pilot-shorted --at 75:mend:1:pilot-shorted
  npm start -- --once 90 --at 30:kill:bridge --at 60:start:bridge --mains 25 --broker mosquitto
`;
