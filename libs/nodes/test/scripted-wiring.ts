// A master between a meter and two charge points that follow a script: what the cars draw, and what each transformer
// shows of it, by their own labels. Nobody obeys anything here.
import { encodeMessage, reportTopic, sampleTopic, type Unsigned } from '@fairamp/protocol';
import { PHASES, perPhase, type Deciamps, type PerPhase } from '@fairamp/units';
import {
  PLAIN_POINT,
  PLAIN_SITE,
  initialMaster,
  stepMaster,
  type MasterConfig,
  type MasterInput,
  type MasterOutput,
  type MasterState,
  type RosterEntry,
} from '@fairamp/nodes';

const key = new Uint8Array(32).fill(1);
const METER = new Uint8Array(32).fill(9);
const OWN = '00000000000000aa';
const SLAVE = '0000000000000001';
export const IDS = ['left', 'right'] as const;
export type Id = (typeof IDS)[number];
export const entry = (id: Id): RosterEntry => {
  return { ...PLAIN_POINT, id, key, maximum_dA: 320, failSafe: 'process', fallback_dA: 0 };
};
export const scripted: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 400,
  min_dA: 60,
  mainsPhases: PHASES,
  bridge: { id: 'meter', key: METER },
  roster: IDS.map(entry),
  oldestSample_ms: 10_000,
  generation: 'none',
};
const NONE = perPhase(() => 0);

export class Scripted {
  state: MasterState;
  readonly outputs: MasterOutput[] = [];
  #at = 0;
  #shown: PerPhase<Deciamps>;
  readonly #draws: Record<Id, PerPhase<Deciamps>> = { left: NONE, right: NONE };
  readonly #gone = new Set<Id>();

  /** @param meter what it shows at rest, and whether it tells directions */
  constructor(
    readonly config: MasterConfig,
    readonly meter = { rest_dA: 50, signed: true },
  ) {
    this.#shown = perPhase(() => meter.rest_dA);
    this.state = initialMaster({ count: 1, boot: OWN }, 0, config);
    this.wait();
  }

  wait(seconds = 12): void {
    for (let second = 0; second < seconds; second += 1) this.#second();
  }

  /** Three times there and back; by the own labels of the charge point and of the transformers. */
  visit(id: Id, draw_dA: PerPhase<Deciamps>, shown_dA: PerPhase<Deciamps>): this {
    const rest = this.#shown;
    for (let time = 0; time < 3; time += 1) {
      this.start(id, draw_dA, shown_dA);
      this.#draws[id] = NONE;
      this.#shown = rest;
      this.wait();
    }
    return this;
  }

  start(id: Id, draw_dA: PerPhase<Deciamps>, shown_dA: PerPhase<Deciamps>): void {
    const rest = this.#shown;
    this.#draws[id] = draw_dA;
    this.#shown = perPhase((phase) => rest[phase] + shown_dA[phase]);
    this.wait();
  }

  leave(id: Id): void {
    this.#gone.add(id);
    this.wait(1);
  }

  /** The newest line of the status. */
  said(): string {
    const texts = this.outputs.flatMap((one) =>
      one.kind === 'publish' && one.topic.endsWith('/learning') ? [one] : [],
    );
    return new TextDecoder().decode(texts.at(-1)?.payload);
  }

  #second(): void {
    this.#at += 1000;
    this.#step({ kind: 'tick', at: this.#at });
    this.#hear(sampleTopic('home', 'meter'), this.#at + 200, this.#sample(this.#at + 200));
    for (const id of IDS) this.#hear(reportTopic('home', id), this.#at + 300, this.#report(id));
    this.#step({ kind: 'tick', at: this.#at + 600 });
  }

  #step(input: MasterInput): void {
    const stepped = stepMaster(this.state, input, this.config);
    this.state = stepped.state;
    this.outputs.push(...stepped.outputs);
  }

  #hear(topic: string, at: number, payload: Uint8Array): void {
    this.#step({ kind: 'message', at, topic, payload, retained: false });
  }

  #sample(at: number): Uint8Array {
    const { freshness, beaconAt } = this.state;
    const body: Unsigned<'sample'> = {
      from: 'meter',
      boot: SLAVE,
      seq: at,
      t: at,
      age_ms: 50,
      current_dA: this.#shown,
      signed: this.meter.signed,
      master: { boot: OWN, for_ms: at },
      echo: { boot: OWN, seq: freshness.nextSeq - 1, since_ms: Math.max(0, at - (beaconAt ?? at)) },
    };
    return encodeMessage('sample', body, { site: 'home', key: METER });
  }

  #report(id: Id): Uint8Array {
    const draw_dA = this.#draws[id];
    const isDrawing = PHASES.some((phase) => draw_dA[phase] > 0);
    const body: Unsigned<'report'> = {
      from: id,
      boot: SLAVE,
      seq: this.#at,
      t: this.#at,
      session: isDrawing ? 'charging' : 'connected',
      pilot: this.#gone.has(id) ? 'A' : isDrawing ? 'C' : 'B',
      contactor: isDrawing ? 'closed' : 'open',
      lease: null,
      fallback: null,
      draw_dA,
      drawLow_dA: draw_dA,
      demand_dA: 320,
      demandBecause: 'setting-max',
      phases: isDrawing ? PHASES.filter((phase) => draw_dA[phase] > 0) : [...PHASES],
      faults: [],
      failSafe: 'process',
    };
    return encodeMessage('report', body, { site: 'home', key });
  }
}
