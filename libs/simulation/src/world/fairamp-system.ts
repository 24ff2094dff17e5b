// A whole Fairamp site as processes on one broker, over wires that may fail. It only joins: every decision is the
// shipped nodes'.
import type { Milliseconds } from '@fairamp/units';
import type { SystemTruth } from '../checks/moment.js';
import { type Dice } from '../random.js';
import { BridgeProcess } from './bridge-process.js';
import { MemoryBroker } from './broker.js';
import { type ProcessClock } from './clock.js';
import { bridgesOf, masterConfig, MASTERS, SampleBook, slaveConfig, type Around } from './fairamp-site.js';
import { MasterProcess } from './master-process.js';
import { type Process } from './process.js';
import { SlaveProcess } from './slave-process.js';
import type { Disturbance, Frame, OutletSense, SiteConfig, Surroundings, System } from './system.js';
import { type Timeline } from './timeline.js';

export type FairampConfig = {
  readonly site: SiteConfig;
  /** Of each process by name. */
  readonly clockOf: (who: string) => ProcessClock;
  readonly dice: Dice;
};

type Member = SlaveProcess | MasterProcess | BridgeProcess;

/** MQTT.js with our options: 200 ms to 5 s, jittered. */
const RECONNECT_ms = [200, 5000] as const;
const START_ms = [0, 1000] as const;
/** mosquitto saves each half an hour; here sooner, so that also a run of minutes meets a memory that is old. */
const SAVED_EACH_ms: Milliseconds = 120_000;

export class FairampSystem implements System {
  readonly #slaves: readonly SlaveProcess[];
  readonly #masters: readonly MasterProcess[];
  /** By the circuit that each measures. */
  readonly #bridges: ReadonlyMap<string, BridgeProcess>;
  readonly #broker: MemoryBroker;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #truth: SystemTruth;

  constructor(
    { site, clockOf, dice }: FairampConfig,
    private readonly timeline: Timeline,
    surroundings: Surroundings,
  ) {
    this.#broker = new MemoryBroker((from, to, what, deliver) => surroundings.carry(from, to, what, deliver));
    const around: Around = {
      timeline,
      surroundings,
      broker: this.#broker,
      dice,
      site,
      samples: new SampleBook(),
    };
    this.#dice = dice;
    this.#slaves = site.points.map((point, index) => {
      return new SlaveProcess(slaveConfig(site, point, index), clockOf(point.id), around);
    });
    this.#masters = MASTERS.slice(0, site.masters).map((id) => {
      return new MasterProcess(masterConfig(site, id), clockOf(id), around, clockOf);
    });
    this.#bridges = new Map(
      bridgesOf(site).map(([circuit, config]) => {
        return [circuit, new BridgeProcess(config, clockOf(config.id), around)] as const;
      }),
    );
    const others = [...this.#bridges.values()];
    this.#members = new Map([...this.#slaves, ...this.#masters, ...others].map((member) => [member.who, member]));
    this.#truth = { slaves: this.#slaves, masters: this.#masters, others };
  }
  readonly #dice: Dice;

  start(): void {
    for (const member of this.#members.values()) this.#soon(START_ms, () => member.start());
    this.#saveLater();
  }

  hearLine(bytes: Uint8Array, frame: Frame, circuit: string): void {
    this.#bridges.get(circuit)?.hearLine(bytes, frame);
  }

  hearOutlet(outlet: string, sense: OutletSense): void {
    const member = this.#members.get(outlet);
    if (member instanceof SlaveProcess) member.hearOutlet(sense);
  }

  truth(): SystemTruth {
    return this.#truth;
  }

  disturb(disturbance: Disturbance): void {
    if (disturbance.kind === 'start-broker') {
      this.#broker.start(disturbance.retained);
      for (const member of this.#members.values()) this.#reconnect(member);
      return;
    }
    if (disturbance.who === 'broker') {
      if (disturbance.kind === 'kill') this.#broker.kill();
      return;
    }
    const member = this.#members.get(disturbance.who);
    if (member !== undefined) this.#act(member, disturbance);
  }

  #saveLater(): void {
    this.timeline.schedule(this.timeline.now + SAVED_EACH_ms, () => {
      this.#broker.save();
      this.#saveLater();
    });
  }

  #act(member: Member, disturbance: Exclude<Disturbance, { kind: 'start-broker' }>): void {
    switch (disturbance.kind) {
      case 'kill':
        return member.kill();
      case 'start':
        member.kill();
        if (disturbance.storeLost === true && member instanceof MasterProcess) member.loseStore();
        return member.start();
      case 'freeze':
        return member.freeze();
      case 'thaw':
        return member.thaw();
    }
  }

  #reconnect(member: Member): void {
    this.#soon(RECONNECT_ms, () => {
      if (isAlive(member) && !this.#broker.isConnected(member.who)) member.connect();
    });
  }

  #soon([shortest, longest]: readonly [number, number], run: () => void): void {
    this.timeline.schedule(this.timeline.now + this.#dice.between(shortest, longest), run);
  }
}

function isAlive({ life }: Process): boolean {
  return life.state !== 'down';
}
