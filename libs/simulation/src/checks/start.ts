// I11: a start leaves the contactor open and offers nothing, and nothing is closed but under a lease of this very life.
// Nothing retained is obeyed: it may be older than the life that reads it.
import type { Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact } from './moment.js';
import { ShadowLedger } from './shadow-ledger.js';

type Commanded = Extract<Fact, { kind: 'commanded' }>;
/** What its process has told the board since it began. */
type Begun = { hasOpened: boolean; hasSteadied: boolean };

/** The lease's end, in whole milliseconds of another clock. */
const CLOCK_ms: Milliseconds = 5;

export class Start implements Checker {
  readonly invariant = 'I11';
  readonly #ledger = new ShadowLedger();
  readonly #rows = new WrongRows();
  readonly #begun = new Map<string, Begun>();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    this.#ledger.hear(fact);
    if (fact.kind === 'started') this.#begun.set(fact.who, { hasOpened: false, hasSteadied: false });
    if (fact.kind === 'commanded') this.#judge(fact.outlet, fact.at, this.#whyNot(fact));
    if (fact.kind === 'accepted')
      this.#judge(`lease of ${fact.slave}`, fact.at, fact.retained ? 'it was retained' : null);
  }

  look(): void {}

  #judge(subject: string, at: Milliseconds, why: string | null): void {
    if (this.#rows.begins(subject, why !== null)) this.accuse({ invariant: 'I11', at, detail: `${subject}: ${why}` });
  }

  #whyNot(fact: Commanded): string | null {
    const { outlet, output, at } = fact;
    const before = this.#begun.get(outlet);
    const isFirst = before !== undefined && !before.hasOpened;
    if (before !== undefined) note(before, output);
    if (isFirst && output !== 'open') return `the first command after its start is ${output}, not open`;
    if (output === 'pwm' && before?.hasSteadied === false) return 'it offers before it has told the board to be steady';
    if (output !== 'close') return null;
    return this.#ledger.heldAt(outlet, at - CLOCK_ms) > 0 ? null : 'it closes without a lease of this life';
  }
}

function note(begun: Begun, output: Commanded['output']): void {
  // What came first is judged once, whatever it was.
  begun.hasOpened = true;
  begun.hasSteadied ||= output === 'X1' || output === 'F';
}
