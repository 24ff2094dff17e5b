// Every time that the charge point knows, with where it comes from. Nothing else that decides holds a
// number of milliseconds. The safe side of each is named, so that a change is made in the right direction.
import type { Milliseconds } from '@fairamp/units';

/** A car told to stop has this long until the contactor opens under load: IEC 61851-1 Table A.6 seq. 10.2. Shorter is safe. */
export const SOFT_STOP_ms: Milliseconds = 6000;

/** q of design.md 3: so late the end of a lease may be noticed without shortening the soft stop. Shorter is safe. */
export const LATE_NOTICE_ms: Milliseconds = 500;

/** Least time between two closings, and from a start to the first: a process that crashes in a loop must not hammer
 * the contactor (io.md 1.2). Longer is safe. */
export const RECLOSE_ms: Milliseconds = 10_000;

/** Least time between two raises of the duty; the car has 5 s to follow the one before (io.md 1.5, design.md 3 E). */
export const RAISE_INTERVAL_ms: Milliseconds = 5000;

/** Once off, PWM stays off so long, or a car may not have seen it go: T_step_X1 (io.md 1.5). */
export const X1_MINIMUM_ms: Milliseconds = 3000;

/** What a contactor needs to move: c of design.md 3. Without a feedback contact it counts as open after so long. */
export const CONTACTOR_TRAVEL_ms: Milliseconds = 250;

/** A feedback contact that disagrees for so long is believed to be right: I12. Above io.md 1.2's 250 ms, as a weld is
 * latched and this feedback may cross a socket. */
export const FEEDBACK_ms: Milliseconds = 500;

/** A board that shows no pilot for so long is lost: half of the 3 s in which a short must open (io.md 5, seq. 12), less
 * the gaps below, and five times what a board ought to need (io.md 4.3). */
export const UNSAMPLED_ms: Milliseconds = 1000;

/** The most that one gap between events counts as time in which somebody looked: a process that did not run (io.md 4.1:
 * up to 1.2 s) must blame neither contactor nor board for it. Deadlines towards the car count real time instead. */
export const LOOKED_AT_MOST_ms: Milliseconds = 250;

/** A plug's resistor is read each 500 ms (io.md 1.2): two chances for a car that is plugged in, and
 * for one that is pulled out the time until its pilot is gone too. */
export const PROXIMITY_SETTLE_ms: Milliseconds = 1000;

/** After a change of the output so long: a process that did not run (io.md 4.1) first reads samples from before it. */
export const QUEUED_ms: Milliseconds = 1000;

/** A line that is steady under PWM for so long is not driven: ten samples of a usual board, not one that was missed. */
export const LET_GO_ms: Milliseconds = 200;
/** A board that was told so often and still drives no PWM never will. */
export const UNDRIVEN_MAX = 3;

/** State F after a fault that opens at once: at least so long (IEC 61851-1 Table A.5, io.md 5). */
export const FAULT_F_ms: Milliseconds = 300;

/** A car that draws above its grant has followed a lower one by then (5 s, and a meter's second). Shorter is safe. */
export const OVER_CURRENT_ms: Milliseconds = 7000;

/** NO CURRENT: it tries again so long after it had to stop (quick manual 2.07). */
export const RETRY_ms: Milliseconds = 60_000;

/** So long a try lasts: a few of the master's decisions. */
export const TRIED_ms: Milliseconds = 10_000;

/** A car that lets its first offer lie for so long may sleep (behaviour.md 13.1, version 2.15). */
export const ASLEEP_ms: Milliseconds = 30_000;
/** -12 V for so long wakes it (T_step_EF, io.md 1.5), at most so often a session. */
export const WAKE_ms: Milliseconds = 4000;
export const WAKES_MAX = 3;

/** A residual-current monitor must trip and let go again within so long of being tested; once a day (io.md 5). */
export const RESIDUAL_TEST_ms: Milliseconds = 2000;
export const RESIDUAL_TESTED_ms: Milliseconds = 86_400_000;
/** A board says where its inputs are before it shows a pilot; one that has said nothing for so long never will. */
export const RESIDUAL_SILENT_ms: Milliseconds = 1000;

/** A lock's pulse, when its feedback may be read, and when the pulse is repeated (behaviour.md 7). */
export const LOCK_PULSE_ms = { solenoid: 300, motor: 600 } as const;
export const LOCK_READ_ms = { solenoid: 400, motor: 700 } as const;
export const LOCK_RETRY_ms: Milliseconds = 5000;
export const LOCK_TRIES_MAX = 5;

/** A press within so long of the last change is its bounce (behaviour.md 12). */
export const SWITCH_BOUNCE_ms: Milliseconds = 200;
