// What happened, in order, with the time: scrolled by the live view, printed by a scripted run, part of its result.
import { type Tone } from '@fairamp/terminal';
import { type EventRow } from './view/snapshot.js';

/** An hour of a lively site; the oldest go first. */
const KEPT = 2000;

export class Journal {
  readonly #rows: EventRow[] = [];
  readonly #elapsed_s: () => number;
  readonly #onRow: (row: EventRow) => void;

  constructor(elapsed_s: () => number, onRow: (row: EventRow) => void) {
    this.#elapsed_s = elapsed_s;
    this.#onRow = onRow;
  }

  get rows(): readonly EventRow[] {
    return this.#rows;
  }

  note(text: string, tone: Tone = 'plain'): void {
    const row = { at_s: Math.round(this.#elapsed_s() * 10) / 10, text, tone };
    this.#rows.push(row);
    if (this.#rows.length > KEPT) this.#rows.shift();
    this.#onRow(row);
  }
}
