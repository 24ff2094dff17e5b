// A whole site in a test's hand: the shipped nodes, messages that arrive 5 ms later, a Sensorbox that speaks each 1.8 s,
// cars that follow after 2 s. Time moves in steps of 25 ms. It can lose messages, kill, freeze and restart a node, and
// step the house. (The seeded, hostile world with checkers is libs/simulation's; this one tells short stories.)
import { PLAIN } from '@fairamp/evse';
import { encodeHdlc, encodeSensorboxFrame } from '@fairamp/protocol';
import { perPhase, PHASES, type Deciamps, type Milliseconds, type PerPhase, type Phase } from '@fairamp/units';
import {
  initialBridge,
  initialMaster,
  initialSlave,
  stepBridge,
  stepMaster,
  stepSlave,
  type BridgeInput,
  type BridgeState,
  type MasterConfig,
  type MasterInput,
  type MasterState,
  type Note,
  type Publish,
  type SlaveConfig,
  type SlaveInput,
  type SlaveOutput,
  type SlaveState,
} from '@fairamp/nodes';
import { saysTheTruth } from './says.js';
export const key = (seed: number): Uint8Array => new Uint8Array(32).fill(seed);
const bootOf = (count: number): string => count.toString(16).padStart(16, '0');

type Flying = { readonly to: 'all'; readonly due: Milliseconds; readonly publish: Publish };

export type Car = {
  phases: readonly Phase[];
  maximum_dA: Deciamps;
  plugged: boolean;
  wants: boolean;
  draw_dA: Deciamps;
};

export type Outlet = { isMetered: boolean; closed: boolean; duty_dA: Deciamps; dutySince: Milliseconds; car: Car };
export class SmallSite {
  at: Milliseconds = 1_000;
  house_dA: PerPhase<Deciamps> = perPhase(() => 20);
  readonly masters: Record<string, { state: MasterState; config: MasterConfig } | null> = {};
  bridge: BridgeState | null = null;
  readonly slaves: Record<string, { state: SlaveState; config: SlaveConfig } | null> = {};
  readonly outlets: Record<string, Outlet> = {};
  readonly notes: (Note & { readonly at: Milliseconds })[] = [];
  readonly published: (Publish & { readonly at: Milliseconds })[] = [];
  /** How long a car takes to follow a changed duty. */
  follows_ms: Milliseconds = 2_000;
  /** Says which message is lost. */
  loses: (publish: Publish) => boolean = () => false;
  #flying: Flying[] = [];
  #boots = 0;
  #sampled: { values: PerPhase<Deciamps>; at: Milliseconds } = { values: perPhase(() => 0), at: 0 };
  #frameAt: Milliseconds = 1_500;

  constructor(readonly config: MasterConfig) {
    for (const [index, entry] of config.roster.entries()) {
      const car: Car = { phases: PHASES, maximum_dA: 320, plugged: false, wants: true, draw_dA: 0 };
      this.outlets[entry.id] = { isMetered: true, closed: false, duty_dA: 0, dutySince: 0, car };
      this.startSlave(entry.id, index);
    }
    this.startBridge();
    this.startMaster(config.id);
  }

  nextBoot(): string {
    this.#boots += 1;
    return bootOf(this.#boots);
  }

  startMaster(id: string, count = 1): void {
    const config = { ...this.config, id };
    this.masters[id] = { state: initialMaster({ count, boot: this.nextBoot() }, this.at, config), config };
  }

  startBridge(): void {
    this.bridge = initialBridge(this.nextBoot(), this.at);
  }

  startSlave(id: string, index = 0): void {
    const entry = this.config.roster.find((one) => one.id === id) ?? this.config.roster[index];
    if (entry === undefined) throw new Error(`no slave ${id}`);
    const evse = {
      connector: 'socket' as const,
      max_dA: entry.maximum_dA,
      cable_dA: 320,
      proximity: 'manual' as const,
      contactorFeedback: true,
      ...PLAIN,
    };
    const config: SlaveConfig = {
      site: this.config.site,
      id,
      key: entry.key,
      pairedMaster: null,
      failSafe: entry.failSafe,
      wired: PHASES,
      evse,
    };
    this.slaves[id] = { state: initialSlave(this.nextBoot(), this.at), config };
  }

  run(duration: Milliseconds, each: () => void = () => undefined): void {
    const end = this.at + duration;
    while (this.at < end) {
      this.at += 25;
      this.#moveCars();
      this.#deliver();
      this.#meter();
      this.#tick();
      each();
    }
  }

  mains(): PerPhase<Deciamps> {
    return perPhase((phase) => this.house_dA[phase] + this.drawn(phase));
  }

  drawn(phase: Phase): Deciamps {
    return Object.values(this.outlets).reduce(
      (sum, { car }) => sum + (car.phases.includes(phase) ? car.draw_dA : 0),
      0,
    );
  }

  report(id: string): { session: string; faults: string[]; lease: { limit_dA: Deciamps; endsAt_t: number } | null } {
    const newest = this.published.filter((one) => one.topic.endsWith(`/slave/${id}/report`)).at(-1);
    return JSON.parse(new TextDecoder().decode(newest?.payload)) as ReturnType<SmallSite['report']>;
  }

  send(publish: Publish): void {
    saysTheTruth(publish);
    this.published.push({ ...publish, at: this.at });
    if (!this.loses(publish)) this.#flying.push({ to: 'all', due: this.at + 5, publish });
  }

  #tick(): void {
    for (const id of Object.keys(this.slaves)) {
      this.slave(id, { kind: 'tick', at: this.at });
      this.#sampleBoard(id);
    }
    if (this.at % 50 === 0) this.#bridge({ kind: 'tick', at: this.at });
    for (const id of Object.keys(this.masters)) this.#master(id, { kind: 'tick', at: this.at });
  }

  #deliver(): void {
    const due = this.#flying.filter((one) => one.due <= this.at);
    this.#flying = this.#flying.filter((one) => one.due > this.at);
    for (const { publish } of due) {
      const { topic, payload } = publish;
      const message = { kind: 'message' as const, at: this.at, topic, payload, retained: false };
      if (topic.includes('/control/bridge/')) this.#bridge(message);
      for (const id of Object.keys(this.slaves)) if (topic.includes(`/control/slave/${id}/`)) this.slave(id, message);
      if (!/\/(report|sample)$/.test(topic)) continue;
      for (const id of Object.keys(this.masters)) this.#master(id, message);
    }
  }

  #meter(): void {
    if (this.at % 900 === 0) this.#sampled = { values: this.#previous, at: this.at };
    if (this.at % 900 === 0) this.#previous = this.mains();
    if (this.at < this.#frameAt) return;
    this.#frameAt += 1_800;
    const { L1, L2, L3 } = this.#sampled.values;
    this.#bridge({ kind: 'wire', at: this.at, bytes: encodeHdlc(encodeSensorboxFrame([L1 / 3, L2 / 3, L3 / 3])) });
  }
  #previous: PerPhase<Deciamps> = perPhase(() => 0);

  #moveCars(): void {
    for (const { closed, duty_dA, dutySince, car } of Object.values(this.outlets)) {
      const follows = this.at - dutySince >= this.follows_ms;
      if (!closed || !car.plugged) car.draw_dA = 0;
      else if (follows) car.draw_dA = car.wants ? Math.min(duty_dA, car.maximum_dA) : 0;
    }
  }

  /** Pilot voltages of the car's state; PWM shows the diode's -12 V. */
  #sampleBoard(id: string): void {
    const outlet = this.outlets[id];
    if (outlet === undefined || this.slaves[id] === null) return;
    const { car, duty_dA, closed } = outlet;
    const high_mV = pilotLevel(outlet);
    const at = this.at;
    this.slave(id, {
      kind: 'board',
      event: { kind: 'pilot-sampled', at, high_mV, low_mV: duty_dA > 0 ? -12_000 : null },
    });
    if (at % 500 !== 0) return;
    this.slave(id, { kind: 'board', event: { kind: 'proximity-sampled', at, ohm: car.plugged ? 220 : null } });
    const draw_dA = perPhase((phase) => (car.phases.includes(phase) ? car.draw_dA : 0));
    if (outlet.isMetered) this.slave(id, { kind: 'board', event: { kind: 'draw-metered', at, draw_dA } });
    this.slave(id, { kind: 'board', event: { kind: 'contactor-confirmed', at, closed } });
  }

  slave(id: string, input: SlaveInput): void {
    const slave = this.slaves[id];
    if (slave === null || slave === undefined) return;
    const stepped = stepSlave(slave.state, input, slave.config);
    slave.state = stepped.state;
    for (const output of stepped.outputs) this.#runSlave(id, output);
  }

  #runSlave(id: string, output: SlaveOutput): void {
    const outlet = this.outlets[id];
    if (output.kind === 'publish') this.send(output);
    if (output.kind === 'note') this.notes.push({ ...output, at: this.at });
    if (output.kind !== 'board' || outlet === undefined) return;
    const { command } = output;
    if (command.kind === 'set-pilot') {
      const duty = command.pilot.kind === 'pwm' ? command.pilot.duty_permille : 0;
      outlet.duty_dA = duty <= 850 ? Math.floor((duty * 6) / 10) : Math.floor((duty - 640) * 2.5);
      outlet.dutySince = this.at;
    } else if (command.kind === 'close-contactor' || command.kind === 'open-contactor') {
      outlet.closed = command.kind === 'close-contactor';
      this.slave(id, { kind: 'board', event: { kind: 'contactor-confirmed', at: this.at, closed: outlet.closed } });
    }
  }

  #bridge(input: BridgeInput): void {
    const { bridge } = this.config;
    if (this.bridge === null || bridge === null) return;
    const stepped = stepBridge(this.bridge, input, { site: this.config.site, ...bridge, ical: 3 });
    this.bridge = stepped.state;
    for (const output of stepped.outputs) {
      if (output.kind === 'publish') this.send(output);
      else this.notes.push({ ...output, at: this.at });
    }
  }

  #master(id: string, input: MasterInput): void {
    const master = this.masters[id];
    if (master === null || master === undefined) return;
    const stepped = stepMaster(master.state, input, master.config);
    master.state = stepped.state;
    for (const output of stepped.outputs) {
      if (output.kind === 'publish') this.send(output);
      else if (output.kind === 'note') this.notes.push({ ...output, at: this.at });
      else this.startMaster(id, output.count);
    }
  }
}

function pilotLevel({ car, duty_dA }: Outlet): number {
  if (!car.plugged) return 12_000;
  return car.wants && (duty_dA > 0 || car.draw_dA > 0) ? 6_000 : 9_000;
}
