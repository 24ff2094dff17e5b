// A sensorbox-bridge's computer in the simulator: the shipped bridge's node between the meter's line and the broker.
// It notes the truth behind each sample, which the checkers compare with what a master makes of it.
import {
  initialBridge,
  stepBridge,
  type BridgeConfig,
  type BridgeInput,
  type BridgeOutput,
  type BridgeState,
} from '@fairamp/nodes';
import { beaconTopic, plainTopic, type Unsigned } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import { type ProcessClock } from './clock.js';
import { bootOf, type Around, type Names } from './fairamp-site.js';
import { Process } from './process.js';
import type { Frame } from './system.js';

/** Below what the bridge takes for a stall (150 ms), so that an idle port is seen to be empty. */
const TICK_ms: Milliseconds = 100;
const encoder = new TextEncoder();

export class BridgeProcess extends Process {
  #state: BridgeState = initialBridge('', 0);
  #frame: Frame | null = null;
  #named: Names | null = null;
  readonly #beacons: string;

  constructor(
    readonly config: BridgeConfig,
    clock: ProcessClock,
    private readonly around: Around,
  ) {
    super(config.id, clock, around.timeline, TICK_ms);
    this.#beacons = beaconTopic(config.site, config.id);
  }

  hearLine(bytes: Uint8Array, frame: Frame): void {
    this.arrive(() => {
      this.#frame = frame;
      this.#step({ kind: 'wire', at: this.local, bytes });
    });
  }

  connect(): void {
    const { site, id } = this.config;
    const topic = plainTopic(site, 'bridge', id, 'availability');
    this.around.broker.connect({
      id,
      subscribes: (heard) => heard === this.#beacons,
      hear: ({ topic: heard, payload, says }, retained) => {
        this.arrive(() => {
          if (says?.kind === 'beacon') this.#tellHeard(says.body);
          this.#step({ kind: 'message', at: this.local, topic: heard, payload, retained });
        });
      },
      connected: () => this.arrive(() => this.#step({ kind: 'connected', at: this.local })),
      will: { topic, payload: encoder.encode('offline'), retain: true },
    });
  }

  protected begin(): void {
    const boot = bootOf(this.around.dice);
    this.#state = initialBridge(boot, this.local);
    this.#named = null;
    this.around.surroundings.tell({ kind: 'started', at: this.timeline.now, who: this.who, boot });
    this.connect();
    this.#step({ kind: 'port', at: this.local, open: true });
  }

  protected tick(): void {
    this.#step({ kind: 'tick', at: this.local });
  }

  protected end(): void {
    this.around.surroundings.tell({ kind: 'killed', at: this.timeline.now, who: this.who });
    this.around.broker.drop(this.who);
  }

  #step(input: BridgeInput): void {
    const stepped = stepBridge(this.#state, input, this.config);
    this.#state = stepped.state;
    const named = this.#state.naming.named;
    if (named !== null && named.boot !== this.#named?.boot)
      this.#named = { boot: named.boot, since: this.timeline.now };
    for (const output of stepped.outputs) this.#run(output);
  }

  #run(output: BridgeOutput): void {
    if (output.kind === 'publish') {
      if (output.says?.kind === 'sample') this.#note(output.says.body);
      this.around.broker.publish(this.who, output);
    } else if (output.level !== 'info') {
      this.around.surroundings.tell({ kind: 'said', at: this.timeline.now, who: this.who, text: output.text });
    }
  }

  #tellHeard({ boot, seq }: Unsigned<'beacon'>): void {
    this.around.surroundings.tell({ kind: 'beacon-heard', at: this.timeline.now, bridge: this.who, boot, seq });
  }

  #note({ boot, seq, echo }: Unsigned<'sample'>): void {
    this.around.surroundings.tell({ kind: 'sampled', at: this.timeline.now, bridge: this.who, echo });
    if (this.#frame === null) return;
    this.around.samples.note(boot, seq, { ...this.#frame, named: this.#named, publishedAt: this.timeline.now });
  }
}
