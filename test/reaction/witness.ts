// The computer's own stalls, seen by a witness on each core that has more priority than everything else here, and the
// time that its host took from it.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Milliseconds } from '@fairamp/units';
import type { Span } from './distribution.js';

/** Shorter ones are the timer's own. */
const LEAST_ms: Milliseconds = 5;
const PRIORITY = '80';

export class Witness {
  readonly stalls: Span[] = [];
  readonly #children: readonly ChildProcess[];
  readonly #stolenBefore_ms = stolen_ms();

  constructor() {
    this.#children = Array.from({ length: availableParallelism() }, (_, core) => this.#start(core));
  }

  /** By the host, of all cores together, since this witness began. */
  stolen_ms(): Milliseconds {
    return stolen_ms() - this.#stolenBefore_ms;
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #start(core: number): ChildProcess {
    const program = join(import.meta.dirname, 'programs/witness.mjs');
    const words = ['-c', `${core}`, 'chrt', '--fifo', PRIORITY, process.execPath, program, `${LEAST_ms}`];
    const child = spawn('taskset', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [from_ns, to_ns] = line.split(' ').map(Number);
      if (from_ns !== undefined && to_ns !== undefined) this.stalls.push({ from_ns, to_ns });
    });
    return child;
  }
}

/** The eighth figure of /proc/stat's first line, in hundredths of a second. */
function stolen_ms(): Milliseconds {
  const figures = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/) ?? [];
  return Number(figures[8] ?? 0) * 10;
}
