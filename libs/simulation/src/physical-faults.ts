// What can break at a charge point, beside wires and processes: the closed list from which the lab and the simulator
// trip and mend. What each does stands where the physical thing is modelled: contactor and supply in outlet.ts, lock and
// monitor in outlet-fittings.ts, pilot line and cable in outlet-senses.ts.

export const PHYSICAL_FAULTS = [
  /** Once closed, its contacts hang together. */
  'contactor-welded',
  /** It does not close. */
  'contactor-stuck',
  /** It moves late: later than any that is sound. */
  'contactor-slow',
  /** The bolt stays where it is. */
  'lock-jammed',
  /** The wires R and W are swapped: every pulse goes the other way. */
  'lock-swapped',
  /** A fault current flows while the contactor is closed. */
  'residual-current',
  /** The wire from the monitor is broken. */
  'residual-wire',
  /** The monitor trips on nothing, a test included. */
  'residual-deaf',
  /** 70 degrees inside. */
  'too-hot',
  /** The board's own supply goes. */
  'supply-failing',
  /** The plug's resistor has no contact. */
  'proximity-lost',
  /** The pilot is shorted to earth: state E. */
  'pilot-shorted',
  /** The pilot hangs on -12 V: state F. */
  'pilot-negative',
  /** No diode stands between pilot and earth, in the car or beside it. */
  'diode-missing',
  /** The pilot's front end says nothing: a board that is lost. */
  'pilot-silent',
  /** The car draws what it can, whatever it is offered. */
  'car-disobeys',
] as const;

export type PhysicalFault = (typeof PHYSICAL_FAULTS)[number];

/** What a person would say has happened. */
export const PHYSICAL_FAULT_WORDS: Readonly<Record<PhysicalFault, string>> = {
  'contactor-welded': 'its contactor welds once it is closed',
  'contactor-stuck': 'its contactor does not close',
  'contactor-slow': 'its contactor moves late',
  'lock-jammed': 'its lock is jammed',
  'lock-swapped': "its lock's wires are swapped",
  'residual-current': 'a residual current flows',
  'residual-wire': "its residual-current monitor's wire is broken",
  'residual-deaf': 'its residual-current monitor is deaf: it never trips',
  'too-hot': 'it is 70 degrees hot',
  'supply-failing': 'its own supply fails',
  'proximity-lost': "its plug's resistor has no contact",
  'pilot-shorted': 'its pilot is shorted to earth',
  'pilot-negative': 'its pilot hangs on -12 V',
  'diode-missing': 'its car has no diode',
  'pilot-silent': "its pilot's front end is silent",
  'car-disobeys': 'its car draws what it can',
};

/** One array for all that are sound: nothing to build in a step. */
export const NO_FAULTS: readonly PhysicalFault[] = [];

export function tripped(faults: readonly PhysicalFault[], fault: PhysicalFault, on: boolean): readonly PhysicalFault[] {
  if (faults.includes(fault) === on) return faults;
  return on ? [...faults, fault] : faults.filter((standing) => standing !== fault);
}
