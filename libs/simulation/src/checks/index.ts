// All that a run is judged by, in the order of the invariants. Whoever runs a world calls `hear` for each fact when it
// happens and `look` after each step of the plant; both in the order of time.
import { ProtectiveDevices } from '../devices.js';
import { Acceptance } from './acceptance.js';
import { Belief } from './belief.js';
import { Budget } from './budget.js';
import { Clocks } from './clocks.js';
import { DeadMan } from './dead-man.js';
import { Echoes } from './echoes.js';
import { HonestBase } from './honest-base.js';
import { InputAge } from './input-age.js';
import { Lock } from './lock.js';
import type { Accuse, Checker } from './moment.js';
import { NewestBeacon } from './newest-beacon.js';
import { OneMaster } from './one-master.js';
import { OverCurrent } from './over-current.js';
import { OverloadBound } from './overload-bound.js';
import { Protections } from './protections.js';
import { Reserved } from './reserved.js';
import { Residual } from './residual.js';
import { Silence } from './silence.js';
import { SilentMeter } from './silent-meter.js';
import { Start } from './start.js';
import { Starving } from './starving.js';
import { Swinging } from './swinging.js';
import { Trips } from './trips.js';
import { Turns } from './turns.js';
import { UnusedRoom } from './unused-room.js';
import { WrongContactor } from './wrong-contactor.js';

/** @param devices of the site, for whoever wants to read what became of them */
export function allCheckers(accuse: Accuse, devices = new ProtectiveDevices()): readonly Checker[] {
  return [
    new Budget(accuse),
    new OverloadBound(accuse),
    new DeadMan(accuse),
    new Reserved(accuse),
    new Acceptance(accuse),
    new Echoes(accuse),
    new InputAge(accuse),
    new SilentMeter(accuse),
    new Belief(accuse),
    new HonestBase(accuse),
    new Silence(accuse),
    new OneMaster(accuse),
    new NewestBeacon(accuse),
    new Start(accuse),
    new WrongContactor(accuse),
    new OverCurrent(accuse),
    new Clocks(accuse),
    new Lock(accuse),
    new Starving(accuse),
    new Residual(accuse),
    new Protections(accuse),
    new Trips(accuse, devices),
    new Swinging(accuse),
    new Turns(accuse),
    new UnusedRoom(accuse),
  ];
}

/** What needs no facts: the plant and the lives of the processes are enough, also of a site that knows no leases. */
export function plantCheckers(accuse: Accuse, devices = new ProtectiveDevices()): readonly Checker[] {
  return [
    new OverloadBound(accuse),
    new WrongContactor(accuse),
    new Clocks(accuse),
    new Lock(accuse),
    new Starving(accuse),
    new Trips(accuse, devices),
  ];
}
