// The master's computer in the simulator: the shipped master's node between the broker and its store. It does what
// apps/master does (a count above every earlier one, kept before the first grant), and tells the checkers what each
// grant rests on.
import {
  initialMaster,
  stepMaster,
  type MasterConfig,
  type MasterInput,
  type MasterOutput,
  type MasterState,
} from '@fairamp/nodes';
import { CYCLE_ms, reservation } from '@fairamp/leases';
import { parseTopic, plainTopic, type Unsigned } from '@fairamp/protocol';
import { MAINS, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import type { Basis } from '../checks/moment.js';
import { trueAt, type ProcessClock } from './clock.js';
import { bootOf, type Around } from './fairamp-site.js';
import { Process } from './process.js';

/** Only for a life that has nothing due yet: a cycle tells when the next one is. */
const TICK_ms: Milliseconds = CYCLE_ms;
/** While nobody says anything, the silence is told to the meters' judges so often. */
const WEIGHED_EACH_ms: Milliseconds = 500;
const LIVE_KEPT = 100;
const encoder = new TextEncoder();
const NO_BASES: Record<string, never> = {};

export class MasterProcess extends Process {
  #state: MasterState;
  /** In the store: the highest count ever used. */
  #kept = 0;
  #toldAt: Milliseconds = -1;
  /** Names of the newest reports that came live in this life, by slave. */
  #live = new Map<string, Set<string>>();
  /** Circuits whose meters it does not believe now. */
  distrusted: readonly string[] = [];
  /** Circuits below the mains that have a meter. */
  readonly #metered: readonly string[];

  constructor(
    readonly config: MasterConfig,
    clock: ProcessClock,
    private readonly around: Around,
    private readonly clockOf: (slave: string) => ProcessClock,
  ) {
    super(config.id, clock, around.timeline, TICK_ms);
    this.#state = initialMaster({ count: 1, boot: '' }, 0, config);
    this.#metered = config.circuits.flatMap(({ id, meter }) => (meter === null ? [] : [id]));
  }

  loseStore(): void {
    this.#kept = 0;
  }

  connect(): void {
    const { site, id } = this.config;
    const topic = plainTopic(site, 'master', id, 'availability');
    this.around.broker.connect({
      id,
      subscribes: isForMasters,
      hear: ({ topic: heard, payload, says }, retained) => {
        this.arrive(() => {
          if (says?.kind === 'report' && !retained) this.#noteLive(says.body);
          this.#step({ kind: 'message', at: this.local, topic: heard, payload, retained });
        });
      },
      connected: () => this.arrive(() => this.#step({ kind: 'connected', at: this.local })),
      will: { topic, payload: encoder.encode('offline'), retain: true },
    });
  }

  protected begin(): void {
    this.#beginLife(this.#kept + 1);
    this.connect();
  }

  protected tick(): void {
    this.#step({ kind: 'tick', at: this.local });
  }

  protected end(): void {
    this.around.surroundings.tell({ kind: 'killed', at: this.timeline.now, who: this.who });
    this.around.broker.drop(this.who);
  }

  #beginLife(count: number): void {
    this.#kept = count;
    this.#live = new Map();
    const boot = bootOf(this.around.dice);
    this.#state = initialMaster({ count, boot }, this.local, this.config);
    this.distrusted = [];
    this.startedAt = this.timeline.now;
    this.around.surroundings.tell({ kind: 'started', at: this.timeline.now, who: this.who, boot });
    this.dueAt(this.local);
  }

  #step(input: MasterInput): void {
    const stepped = stepMaster(this.#state, input, this.config);
    this.#state = stepped.state;
    const { asking, decidedAt, beaconAt, weighedAt, circuits } = stepped.state;
    this.distrusted = [MAINS, ...this.#metered].filter((id) => (circuits[id]?.trust?.accusation ?? null) !== null);
    this.dueAt(asking?.until ?? decidedAt + CYCLE_ms);
    this.dueAt(weighedAt + WEIGHED_EACH_ms);
    this.dueAt((beaconAt ?? this.local) + CYCLE_ms);
    for (const output of stepped.outputs) if (output.kind !== 'begin-again') this.#run(output);
    // As in the app: what this life still had to say is said before the next one begins.
    for (const output of stepped.outputs) if (output.kind === 'begin-again') this.#beginLife(output.count);
  }

  #run(output: Exclude<MasterOutput, { kind: 'begin-again' }>): void {
    if (output.kind === 'publish') {
      if (output.says?.kind === 'grant') this.#tellGranted(output.says.body);
      this.around.broker.publish(this.who, output);
    } else if (output.level !== 'info') this.#say(output.text);
  }

  #tellGranted({ to, epoch, n, limit_dA, validFor_ms, raise, echo }: Unsigned<'grant'>): void {
    const { newest } = this.#state.freshness;
    this.around.surroundings.tell({
      kind: 'granted',
      at: this.timeline.now,
      master: this.who,
      masterStartedAt: this.startedAt,
      to,
      id: { epoch, n },
      limit_dA,
      validFor_ms,
      raise,
      echoAt: trueAt(this.clockOf(to), echo.t),
      isEchoLive: this.#live.get(to)?.has(`${echo.boot}:${echo.seq}`) === true,
      basis: newest === null ? null : this.#basisOf(newest.boot, newest.seq),
      circuitBases: this.#circuitBases(),
      reserved_dA: raise || this.#isFirstNow() ? this.#reserved() : {},
      counted_dA: raise ? this.#counted() : {},
    });
  }

  #noteLive({ from, boot, seq }: Unsigned<'report'>): void {
    const live = this.#live.get(from) ?? new Set();
    live.add(`${boot}:${seq}`);
    const oldest = live.keys().next().value;
    if (live.size > LIVE_KEPT && oldest !== undefined) live.delete(oldest);
    this.#live.set(from, live);
  }

  #basisOf(boot: string, seq: number): Basis | null {
    return this.config.mode === 'normal' ? null : this.around.samples.find(boot, seq);
  }

  #circuitBases(): Record<string, Basis | null> {
    if (this.#metered.length === 0) return NO_BASES;
    const entries = this.#metered.map((circuit) => {
      const newest = this.#state.circuits[circuit]?.freshness?.newest ?? null;
      return [circuit, newest === null ? null : this.#basisOf(newest.boot, newest.seq)] as const;
    });
    return Object.fromEntries(entries);
  }

  /** Of the grants of one decision: the book is told once, and again at each raise. */
  #isFirstNow(): boolean {
    const isFirst = this.#toldAt !== this.timeline.now;
    this.#toldAt = this.timeline.now;
    return isFirst;
  }

  #reserved(): Record<string, Deciamps> {
    const entries = Object.values(this.#state.slaves).map(
      ({ id, page }) => [id, reservation(page, this.local)] as const,
    );
    return Object.fromEntries(entries);
  }

  #counted(): Record<string, Record<string, PerPhase<Deciamps>>> {
    const circuits = [MAINS, ...this.#metered].map((circuit) => {
      const answers = Object.values(this.#state.slaves).flatMap(({ id, answers: told }) => {
        const low_dA = told[circuit]?.low_dA ?? null;
        return low_dA === null ? [] : [[id, low_dA] as const];
      });
      return [circuit, Object.fromEntries(answers)] as const;
    });
    return Object.fromEntries(circuits);
  }

  #say(text: string): void {
    this.around.surroundings.tell({ kind: 'said', at: this.timeline.now, who: this.who, text });
  }
}

function isForMasters(topic: string): boolean {
  if (!topic.endsWith('/report') && !topic.endsWith('/sample')) return false;
  return parseTopic(topic)?.tree === 'telemetry';
}
