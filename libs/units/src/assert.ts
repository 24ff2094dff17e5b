// A broken assumption of our own is a bug, never an input: it stops the process, and a stopped process is safe
// (the board's fail-safe opens the contactor). What comes from outside is a Result or an event instead.

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** The last branch of an exhaustive switch. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
