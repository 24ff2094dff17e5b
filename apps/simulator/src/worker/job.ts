// What the command and a process that runs seeds say to each other: one job, one answer, then the next.
import { type Outcome, type Strategy, type Scenario } from '@fairamp/simulation';
import { type Milliseconds } from '@fairamp/units';

export type Job = {
  /** Its place among the jobs: answers come back in any order. */
  readonly index: number;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly simulated_ms: Milliseconds;
  readonly strategy: Strategy;
  readonly wantsCsv: boolean;
  readonly picture: 'none' | 'own' | 'below-classic';
};

export type Answer = {
  readonly index: number;
  /** null when it crashed. */
  readonly outcome: Outcome | null;
  /** Why it crashed: a broken assumption somewhere in a node, or the end of the process. */
  readonly crash: string | null;
  /** Of the process that ran it, while it ran it; collecting garbage and compiling included. */
  readonly cpu_ms: number;
  readonly csv: string | null;
  readonly svg: string | null;
};
