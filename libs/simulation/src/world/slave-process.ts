// A charge point's computer in the simulator: the shipped slave's node between its board and the broker. It does what
// apps/slave does (safe outputs first, a heartbeat after each completed sample and decision), and tells the checkers
// what its node took and commanded.
import {
  initialSlave,
  stepSlave,
  type SlaveConfig,
  type SlaveInput,
  type SlaveOutput,
  type SlaveState,
} from '@fairamp/nodes';
import { vouches, viewEvse } from '@fairamp/evse';
import { CYCLE_ms, heldLimit, type Held } from '@fairamp/leases';
import { grantTopic, plainTopic, type Unsigned } from '@fairamp/protocol';
import type { Because, Deciamps, FailSafe, Milliseconds } from '@fairamp/units';
import type { Fact, SlaveTruth } from '../checks/moment.js';
import { declaredFailSafe } from '../fail-safe.js';
import { type Packet } from './broker.js';
import { trueAt, type ProcessClock } from './clock.js';
import { bootOf, type Around } from './fairamp-site.js';
import { Process } from './process.js';
import type { OutletSense } from './system.js';

/** A lease's end, a soft stop's and the next report are told; every other deadline is seen with the next sample. */
const TICK_ms: Milliseconds = 1000;
/** A board that is late with one is looked after as closely as its charge point reckons. */
const LATE_ms: Milliseconds = 800;
const LOOK_ms: Milliseconds = 200;
const encoder = new TextEncoder();

type BoardCommand = Extract<SlaveOutput, { kind: 'board' }>['command'];

export class SlaveProcess extends Process implements SlaveTruth {
  readonly failSafe: FailSafe;
  #state: SlaveState;
  readonly #grants: string;
  readonly #isMetered: boolean;
  readonly #failSafe_ms: Milliseconds | null;

  constructor(
    readonly config: SlaveConfig,
    clock: ProcessClock,
    private readonly around: Around,
  ) {
    super(config.id, clock, around.timeline, TICK_ms);
    this.failSafe = config.failSafe;
    this.#failSafe_ms = declaredFailSafe(config.failSafe);
    this.#grants = grantTopic(config.site, config.id);
    this.#isMetered = around.site.points.find(({ id }) => id === config.id)?.options?.isMetered ?? true;
    this.#state = initialSlave('', 0);
  }

  get boot(): string {
    return this.#state.lease.boot;
  }

  get held_dA(): Deciamps {
    return heldLimit(this.#state.lease, this.local);
  }

  get faults(): readonly string[] {
    return viewEvse(this.#state.evse, this.config.evse).faults;
  }

  get isStopping(): boolean {
    return this.#state.evse.stopBy !== null;
  }

  get isHeldBack(): boolean {
    const { session } = viewEvse(this.#state.evse, this.config.evse);
    return session === 'denied' || session === 'stopped';
  }

  get because(): readonly Because[] {
    return this.#state.lease.because;
  }

  hearOutlet(sense: OutletSense): void {
    if (sense.kind === 'draw-metered' && !this.#isMetered) return;
    this.arrive(() => {
      this.#step({ kind: 'board', event: { ...sense, at: this.local } });
      // The dead-man's handle: only after a sample and the decision on it.
      if (sense.kind === 'pilot-sampled' && vouches(this.#state.evse, this.#failSafe_ms))
        this.around.surroundings.command(this.who, { kind: 'heartbeat' });
    });
  }

  /** The broker took us in; it may have forgotten everything. */
  connect(): void {
    const { site, id } = this.config;
    const topic = plainTopic(site, 'slave', id, 'availability');
    this.around.broker.connect({
      id,
      subscribes: (heard) => heard === this.#grants,
      hear: (packet, retained) => this.arrive(() => this.#hear(packet, retained)),
      connected: () => this.arrive(() => this.#step({ kind: 'connected', at: this.local })),
      will: { topic, payload: encoder.encode('offline'), retain: true },
    });
  }

  protected begin(): void {
    const { surroundings, dice } = this.around;
    const { now } = this.timeline;
    const boot = bootOf(dice);
    this.#state = initialSlave(boot, this.local);
    surroundings.tell({ kind: 'started', at: now, who: this.who, boot });
    // BoardSupport.start ends in the safe state, before the node has heard of anything.
    this.#command('open', { kind: 'allow-power', on: false });
    this.#command('X1', { kind: 'set-pilot', pilot: { kind: 'X1' } });
    surroundings.greet(this.who);
    this.connect();
  }

  protected tick(): void {
    this.#step({ kind: 'tick', at: this.local });
  }

  protected end(): void {
    this.around.surroundings.tell({ kind: 'killed', at: this.timeline.now, who: this.who });
    this.around.broker.drop(this.who);
  }

  #hear({ topic, payload, says }: Packet, retained: boolean): void {
    const before = { accepted: this.#state.lease.accepted, held_dA: this.held_dA };
    this.#step({ kind: 'message', at: this.local, topic, payload, retained });
    const { accepted } = this.#state.lease;
    if (accepted !== null && accepted !== before.accepted && says?.kind === 'grant')
      this.#tellAccepted(says.body, accepted, before.held_dA, retained);
  }

  #tellAccepted(grant: Unsigned<'grant'>, accepted: Held, heldBefore_dA: Deciamps, retained: boolean): void {
    const { from, echo, validFor_ms, raise, limit_dA } = grant;
    this.around.surroundings.tell({
      kind: 'accepted',
      at: this.timeline.now,
      slave: this.who,
      from,
      pairedMaster: this.config.pairedMaster,
      id: { epoch: accepted.epoch, n: accepted.n },
      limit_dA,
      held_dA: this.held_dA,
      heldBefore_dA,
      validFor_ms,
      raise,
      retained,
      echoBoot: echo.boot,
      boot: this.boot,
      echo_t: echo.t,
      local: this.local,
      endsAt: trueAt(this.clock, echo.t + validFor_ms),
    });
  }

  #step(input: SlaveInput): void {
    const stepped = stepSlave(this.#state, input, this.config);
    this.#state = stepped.state;
    for (const output of stepped.outputs) this.#run(output);
    const { evse, lease, reporting } = stepped.state;
    this.dueAt(evse.stopBy ?? lease.endsAt);
    this.dueAt((reporting.reportedAt ?? this.local) + CYCLE_ms);
    if (this.local - evse.pilot.sampledAt > LATE_ms) this.dueAt(this.local + LOOK_ms);
  }

  #run(output: SlaveOutput): void {
    if (output.kind === 'publish') return this.around.broker.publish(this.who, output);
    if (output.kind === 'note') {
      if (output.level !== 'info' || output.text.startsWith('fault')) this.#say(output.text);
      return;
    }
    this.#obey(output.command);
  }

  #obey(command: BoardCommand): void {
    switch (command.kind) {
      case 'set-pilot':
        return this.#command(command.pilot.kind, command);
      case 'open-contactor':
        return this.#command('open', { kind: 'allow-power', on: false });
      case 'close-contactor':
        return this.#command('close', { kind: 'allow-power', on: true });
      case 'pulse-lock':
        return this.#command(command.toward, { kind: 'lock', toward: command.toward, for_ms: command.for_ms });
      case 'test-residual':
        return this.#command('test', command);
      case 'set-indicator':
        return this.around.surroundings.command(this.who, { kind: 'indicator', indicator: command.indicator });
    }
  }

  #command(
    output: Extract<Fact, { kind: 'commanded' }>['output'],
    command: Parameters<Around['surroundings']['command']>[1],
  ): void {
    const { surroundings } = this.around;
    surroundings.tell({ kind: 'commanded', at: this.timeline.now, outlet: this.who, output });
    surroundings.command(this.who, command);
  }

  #say(text: string): void {
    this.around.surroundings.tell({ kind: 'said', at: this.timeline.now, who: this.who, text });
  }
}
