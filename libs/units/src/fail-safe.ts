// What opens a charge point's contactor when the process that holds it is dead or frozen. It is a fact of the board,
// stands in the roster and in each report, and decides what the master may free by time.

/**
 * heartbeat: the coil drops without pulses. process: something outside opens within 6 s. none: the outputs stay latched
 * for ever.
 */
// In this order: each is weaker than the one before.
export const FAIL_SAFES = ['heartbeat', 'process', 'none'] as const;
export type FailSafe = (typeof FAIL_SAFES)[number];
