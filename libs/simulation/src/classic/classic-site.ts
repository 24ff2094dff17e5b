// A site of up to four 2.07 modules on one RS485 wire, in the place of the shipped nodes: the baseline of every
// comparison. It owns the wire and its time; what is decided stands in the modules. Frames never collide here, which
// real ones do: the wire is kinder to 2.07 than the world.
import { CLASSIC_MODULES, type ClassicSettings } from '@fairamp/balancing';
import { decodeSensorboxFrame, feedHdlc, type HdlcState, initialHdlc } from '@fairamp/protocol';
import { type Deciamps, type Milliseconds, assert } from '@fairamp/units';
import type { MasterTruth, SystemTruth } from '../checks/moment.js';
import type { Disturbance, OutletSense, PointConfig, SiteConfig, Surroundings, System } from '../world/system.js';
import { ModuleProcess } from './module-process.js';
import type { BusFrame, ModuleEvent } from './types.js';

/** 1200 baud, ten bits a byte; 17 bytes with two flags, or 13. */
const FRAME_ms = { shares: 142, request: 108, answer: 108, stop: 108 } as const;
/** They are switched on one after the other, so that their ticks fall apart. */
const FIRST_START_ms = 100;
const NEXT_START_ms = 210;

export class ClassicSite implements System {
  readonly #modules: readonly ModuleProcess[];
  readonly #truth: SystemTruth;
  #line: HdlcState = initialHdlc();
  #wireFreeAt: Milliseconds = 0;

  constructor(
    site: SiteConfig,
    private readonly around: Surroundings,
  ) {
    const { points } = site;
    assert(points.length >= 1 && points.length <= CLASSIC_MODULES, `${points.length} modules: not 1 to 4`);
    this.#modules = points.map((point, address) => {
      const config = { address, settings: settingsOf(point, site) };
      return new ModuleProcess(point, config, around, (from, frame) => this.#send(from, frame));
    });
    this.#truth = { slaves: this.#modules, masters: this.#modules.slice(0, 1).map(asMaster), others: [] };
  }

  start(): void {
    this.#modules.forEach((module, address) => {
      const at = this.around.now() + FIRST_START_ms + NEXT_START_ms * address;
      this.around.schedule(at, () => module.start());
    });
  }

  /** Every module hears the Sensorbox; whoever does not measure by it takes it for a packet all the same. */
  hearLine(bytes: Uint8Array): void {
    const { state, frames, discarded } = feedHdlc(this.#line, bytes);
    this.#line = state;
    const at = this.around.now();
    const heard = frames.map((payload): ModuleEvent => {
      const frame = decodeSensorboxFrame(payload);
      return frame.ok ? { kind: 'sensorbox-heard', at, counts: frame.value.samples } : { kind: 'noise-heard', at };
    });
    const garbled = discarded.filter(({ reason }) => reason !== 'too-short');
    const events = [...garbled.map((): ModuleEvent => ({ kind: 'noise-heard', at })), ...heard];
    for (const event of events) for (const module of this.#modules) module.step(event);
  }

  hearOutlet(outlet: string, sense: OutletSense): void {
    const module = this.#modules.find(({ who }) => who === outlet);
    if (module === undefined) return;
    const at = this.around.now();
    switch (sense.kind) {
      case 'pilot-sampled':
        module.beat();
        return module.step({ ...sense, at });
      case 'proximity-sampled':
      case 'temperature-sensed':
        return module.step({ ...sense, at });
      default:
        return;
    }
  }

  /** There is no bridge, no standby and no broker; the master is the first module. */
  disturb(disturbance: Disturbance): void {
    if (disturbance.kind === 'start-broker') return;
    const { kind, who } = disturbance;
    const module = who === 'master' ? this.#modules[0] : this.#modules.find((one) => one.who === who);
    module?.[kind]();
  }

  truth(): SystemTruth {
    return this.#truth;
  }

  /** One at a time, each as long as its bytes take; everybody else hears it. */
  #send(from: ModuleProcess, frame: BusFrame): void {
    const ends = Math.max(this.around.now(), this.#wireFreeAt) + FRAME_ms[frame.kind];
    this.#wireFreeAt = ends;
    this.around.schedule(ends, () => {
      for (const to of this.#modules) {
        if (to === from) continue;
        const hear = (): void => to.step({ kind: 'frame-heard', at: this.around.now(), frame });
        this.around.carry(from.who, to.who, frame.kind, hear);
      }
    });
  }
}

/** The same process, by the name under which it is disturbed. */
function asMaster(module: ModuleProcess): MasterTruth {
  return {
    distrusted: [],
    who: 'master',
    get life() {
      return module.life;
    },
    get startedAt() {
      return module.startedAt;
    },
    get local() {
      return module.local;
    },
  };
}

function settingsOf(point: PointConfig, { mode, mains_dA, min_dA, points }: SiteConfig): ClassicSettings {
  return {
    mode,
    loadbl: points.length > 1 ? 'master' : 'disabled',
    mains_A: wholeAmperes(mains_dA),
    max_A: wholeAmperes(point.maximum_dA),
    min_A: wholeAmperes(min_dA),
    cable_A: wholeAmperes(point.cable_dA),
  };
}

/** All that a 2.07 menu can say. */
function wholeAmperes(current_dA: Deciamps): number {
  return Math.floor(current_dA / 10);
}
