// What a person asked for cannot be done: one line that names the offending value, and no stack.

/** 1: it could not be done. 2: it was asked wrongly. */
export type ExitCode = 1 | 2;

export class Refused extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
