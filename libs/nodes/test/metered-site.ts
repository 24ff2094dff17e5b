// A site where each charge point hangs on a circuit with a meter of its own, and each five of these on a group with one.
// The master is the shipped one; the meters follow a script, and the slaves do no more than obey and answer after 30 ms.
import { encodeMessage, reportTopic, sampleTopic, type Unsigned } from '@fairamp/protocol';
import { PHASES, perPhase, type Deciamps, type Milliseconds } from '@fairamp/units';
import {
  PLAIN_POINT,
  PLAIN_SITE,
  initialMaster,
  stepMaster,
  type MasterConfig,
  type MasterInput,
  type MasterState,
} from '@fairamp/nodes';

const OWN = '00000000000000aa';
const OTHER = '0000000000000001';
const METER = new Uint8Array(32).fill(9);
const SLAVE = new Uint8Array(32).fill(1);
const STEP_ms: Milliseconds = 10;
const ANSWERS_AFTER_ms: Milliseconds = 30;
export const LIMIT_dA: Deciamps = 250;

type GrantBody = Unsigned<'grant'>;
type Sent = { readonly at: Milliseconds; readonly body: GrantBody; readonly heard: string };
type Slave = { held: GrantBody | null; limit_dA: Deciamps; endsAt: Milliseconds; seq: number; answersAt: Milliseconds };

const circuit = (id: string, parent: string, limit_dA: Deciamps): MasterConfig['circuits'][number] => ({
  id,
  parent,
  limit_dA: perPhase(() => limit_dA),
  device: { curve: 'C', rated_dA: limit_dA },
  meter: { id: `meter-${id}`, key: METER, oldestSample_ms: 10_000, source: 'sensorbox' },
  allowance_dA: null,
});

function configOf(count: number, mains_dA: Deciamps): MasterConfig {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const groups = numbers.slice(0, Math.ceil(count / 5)).map((index) => circuit(`g${index}`, 'mains', 5 * LIMIT_dA));
  const own = numbers.map((index) => circuit(`c${index}`, `g${Math.floor(index / 5)}`, LIMIT_dA));
  const roster = numbers.map((index) => {
    const point = { id: `p${index}`, key: SLAVE, maximum_dA: 320, failSafe: 'process', fallback_dA: 0 } as const;
    return { ...PLAIN_POINT, ...point, circuit: `c${index}` };
  });
  return {
    ...PLAIN_SITE,
    site: 'home',
    id: 'main',
    mode: 'smart',
    mains_dA,
    min_dA: 60,
    mainsPhases: PHASES,
    bridge: { id: 'meter-mains', key: METER },
    circuits: [...groups, ...own],
    roster,
    oldestSample_ms: 10_000,
  };
}

export class MeteredSite {
  at: Milliseconds = 0;
  readonly sent: Sent[] = [];
  readonly slaves = new Map<string, Slave>();
  /** Beside the car of that circuit. */
  house_dA: (circuit: string) => Deciamps = () => 10;
  /** How often a meter samples. */
  every_ms: Milliseconds = 1_000;
  readonly #config: MasterConfig;
  readonly #circuits: readonly string[];
  readonly #beacons = new Map<string, { readonly seq: number; readonly at: Milliseconds }>();
  #state: MasterState;
  #seq = 0;

  /** @param each_dA what the mains have for each of them */
  constructor(count: number, each_dA: Deciamps) {
    this.#config = configOf(count, each_dA * count);
    this.#circuits = ['mains', ...this.#config.circuits.map(({ id }) => id)];
    for (const { id } of this.#config.roster) {
      this.slaves.set(id, { held: null, limit_dA: 0, endsAt: 0, seq: 0, answersAt: 0 });
    }
    this.#state = initialMaster({ count: 1, boot: OWN }, 0, this.#config);
  }

  run(duration: Milliseconds): this {
    const end = this.at + duration;
    for (; this.at < end; this.at += STEP_ms) {
      if (this.at % 50 === 0) this.#step({ kind: 'tick', at: this.at }, 'tick');
      for (const [id, slave] of this.slaves) if (this.at >= slave.answersAt) this.#report(id, slave);
      this.#circuits.forEach((id, index) => {
        // Each has a phase of its own, spread evenly.
        const phase_ms = STEP_ms * Math.floor((this.every_ms * index) / this.#circuits.length / STEP_ms);
        if (this.at % this.every_ms === phase_ms) this.sample(id);
      });
    }
    return this;
  }

  loweredAt(id: string): Milliseconds | null {
    return this.#state.slaves[id]?.loweredAt ?? null;
  }

  /** Now. */
  sample(id: string, reads_dA = this.#readingOf(id)): void {
    const beacon = this.#beacons.get(`meter-${id}`);
    if (beacon === undefined) return;
    this.#seq += 1;
    const echo = { boot: OWN, seq: beacon.seq, since_ms: this.at - beacon.at };
    const master = { boot: OWN, for_ms: 60_000 };
    const from = `meter-${id}`;
    const told = { from, boot: OTHER, seq: this.#seq, t: this.at, age_ms: 10, signed: false, master, echo };
    const body = { ...told, current_dA: perPhase(() => reads_dA) };
    const payload = encodeMessage('sample', body, { site: 'home', key: METER });
    const message = {
      kind: 'message',
      at: this.at,
      topic: sampleTopic('home', from),
      payload,
      retained: false,
    } as const;
    this.#step(message, `sample ${id}`);
  }

  /** The most that one charge point was sent within any second from then on. */
  mostPerSecond(from: Milliseconds): number {
    const times = new Map<string, Milliseconds[]>();
    for (const { at, body } of this.sent) {
      if (at >= from) times.set(body.to, [...(times.get(body.to) ?? []), at]);
    }
    const most = [...times.values()].map((all) => {
      return Math.max(...all.map((first) => all.filter((at) => at >= first && at < first + 1_000).length));
    });
    return Math.max(...most);
  }

  #readingOf(id: string): Deciamps {
    const below = this.#config.circuits.filter((one) => one.id === id || one.parent === id || id === 'mains');
    const own = below.filter((one) => one.id.startsWith('c'));
    return own.reduce((sum, one) => sum + this.house_dA(one.id) + this.#drawOf(`p${one.id.slice(1)}`), 0);
  }

  #drawOf(id: string): Deciamps {
    const slave = this.slaves.get(id);
    return slave === undefined || this.at >= slave.endsAt ? 0 : slave.limit_dA;
  }

  #report(id: string, slave: Slave): void {
    slave.answersAt = this.at + 1_000;
    slave.seq += 1;
    const draw_dA = perPhase(() => this.#drawOf(id));
    const isCharging = draw_dA.L1 > 0;
    const { held } = slave;
    const lease =
      held === null ? null : { epoch: held.epoch, n: held.n, limit_dA: slave.limit_dA, endsAt_t: slave.endsAt };
    const state = isCharging
      ? ({ session: 'charging', pilot: 'C', contactor: 'closed' } as const)
      : ({ session: 'connected', pilot: 'B', contactor: 'open' } as const);
    const needs = { demand_dA: 320, demandBecause: 'setting-max', phases: [...PHASES], faults: [] } as const;
    const told = {
      from: id,
      boot: OTHER,
      seq: slave.seq,
      t: this.at,
      lease,
      fallback: null,
      failSafe: 'process',
    } as const;
    const body = { ...told, ...state, ...needs, phases: [...PHASES], faults: [], draw_dA, drawLow_dA: draw_dA };
    const payload = encodeMessage('report', body, { site: 'home', key: SLAVE });
    const message = { kind: 'message', at: this.at, topic: reportTopic('home', id), payload, retained: false } as const;
    this.#step(message, `report ${id}`);
  }

  #step(input: MasterInput, heard: string): void {
    const stepped = stepMaster(this.#state, input, this.#config);
    this.#state = stepped.state;
    for (const output of stepped.outputs) {
      if (output.kind !== 'publish' || output.says === undefined) continue;
      const { says } = output;
      if (says.kind === 'beacon') this.#beacons.set(says.body.to, { seq: says.body.seq, at: this.at });
      if (says.kind === 'grant') this.#obey(says.body, heard);
    }
  }

  #obey(body: GrantBody, heard: string): void {
    this.sent.push({ at: this.at, body, heard });
    const slave = this.slaves.get(body.to);
    if (slave === undefined) return;
    slave.limit_dA = body.raise ? body.limit_dA : Math.min(this.#drawOf(body.to), body.limit_dA);
    slave.endsAt = body.echo.t + body.validFor_ms;
    slave.held = body;
    slave.answersAt = Math.min(slave.answersAt, this.at + ANSWERS_AFTER_ms);
  }
}
