// What all seeds together came to, gathered as they come so that a night's run needs a number a seed and no more, and the words for it: how
// many, how bad, how fast, and for each failure the line that replays it. Pure but for its counting.
import { type Strategy } from '@fairamp/simulation';
import { type Options } from './options.js';
import { isFailure, speedOf, type Verdict } from './verdict.js';

/** After so many the reader has what he needs. */
const MOST_REPLAYS = 20;

type Worst = { readonly value: number; readonly seed: number };

export class Summary {
  readonly strategy: Strategy;
  readonly #options: Options;
  #seeds = 0;
  #violated = 0;
  #violations = 0;
  #crashed = 0;
  #failed = 0;
  #over_dA: Worst = { value: 0, seed: 0 };
  #over_ms: Worst = { value: 0, seed: 0 };
  readonly #speeds: number[] = [];
  readonly #replays: string[] = [];

  constructor(options: Options, strategy: Strategy) {
    this.#options = options;
    this.strategy = strategy;
  }

  get failed(): number {
    return this.#failed;
  }

  add(verdict: Verdict): void {
    const { outcome, seed, violations } = verdict;
    this.#seeds += 1;
    this.#violations += violations.length;
    if (violations.length > 0) this.#violated += 1;
    if (outcome === null) this.#crashed += 1;
    if (verdict.speedup !== null) this.#speeds.push(verdict.speedup);
    this.#over_dA = worse(this.#over_dA, { value: outcome?.worst_over_dA ?? 0, seed });
    this.#over_ms = worse(this.#over_ms, { value: outcome?.worst_over_ms ?? 0, seed });
    if (!isFailure(verdict)) return;
    this.#failed += 1;
    if (this.#replays.length < MOST_REPLAYS) this.#replays.push(replayOf(verdict, this.#options));
  }

  lines(): readonly string[] {
    if (this.#seeds === 0) return ['no run came to its end, so nothing can be said'];
    const hidden = this.#failed - this.#replays.length;
    return [
      `${this.#options.strategy === 'both' ? `${this.strategy}, ` : ''}${count(this.#seeds, 'seed')}: ${this.#trouble()}; ${this.#worst()}; ${this.#speed()}`,
      ...classicWords(this.strategy, this.#violations - this.#crashed),
      ...this.#replays,
      ...(hidden > 0 ? [`and ${hidden} more that failed`] : []),
    ];
  }

  #trouble(): string {
    if (this.#violations === 0) return 'no violation';
    const crashed = this.#crashed === 0 ? '' : `, ${this.#crashed} crashed`;
    return `${count(this.#violations, 'violation')} in ${this.#violated} of them${crashed}`;
  }

  #worst(): string {
    if (this.#over_ms.value === 0 && this.#over_dA.value === 0) return 'never above MAINS while a car drew';
    const highest = `${(this.#over_dA.value / 10).toFixed(1)} A (seed ${this.#over_dA.seed})`;
    const longest = `${(this.#over_ms.value / 1000).toFixed(1)} s (seed ${this.#over_ms.seed})`;
    const lasting = this.#over_ms.value === 0 ? 'never by more than 0.5 A' : `at longest ${longest}`;
    return `at worst ${highest} above MAINS while a car drew, ${lasting}`;
  }

  #speed(): string {
    const sorted = [...this.#speeds].sort((one, other) => one - other);
    const median = sorted[Math.floor(sorted.length / 2)];
    return median === undefined ? 'no run ended' : `median speed ${speedOf(median)} real time on one core`;
  }
}

function worse(before: Worst, now: Worst): Worst {
  return now.value > before.value ? now : before;
}

function count(of: number, what: string): string {
  return `${of} ${what}${of === 1 ? '' : 's'}`;
}

function classicWords(strategy: Strategy, violations: number): readonly string[] {
  if (strategy !== 'classic' || violations === 0) return [];
  return ['classic is the regulator of 2.07: its violations are what it is shown for, and no failure of this run'];
}

/** By name, even where the seed drew it: a new scenario among all would change what a seed draws. */
export function replayOf({ seed, hours, scenario, strategy }: Verdict, options: Options): string {
  const classic = strategy === 'classic' ? ' --strategy classic' : '';
  const name = options.scenario.endsWith('.json') ? options.scenario : scenario;
  return `npm run simulate -- --scenario ${name} --seed ${seed} --hours ${hours}${classic} --svg failure.svg`;
}
