// Faults are a set of independent flags, each with a rule of its own for clearing (design: the charge point).
// Their names cross the wire in a report, so they live where the charge point and the protocol both can see them.

/** Highest display precedence first. */
export const FAULTS = [
  'residual-current',
  'contactor',
  'over-current',
  'pilot',
  'diode',
  'proximity',
  'lock-failed',
  'settings-damaged',
  'board-lost',
  'high-temperature',
  'no-serial-com',
  'no-current',
] as const;
export type Fault = (typeof FAULTS)[number];
