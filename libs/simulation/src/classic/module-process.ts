// One 2.07 module in the world: its state, its ticks, and the outlet on which its outputs are laid. What it decides
// stands in `module.ts`; the site gives it the wire. Without its supply its outputs fall with it, and a frozen one loses
// what it does not hear: it has room for one frame.
import type { Because, Deciamps, FailSafe, Milliseconds } from '@fairamp/units';
import type { Life, SlaveTruth } from '../checks/moment.js';
import type { PointConfig, Surroundings } from '../world/system.js';
import { initialModule, stepModule } from './module.js';
import type { BusFrame, ModuleConfig, ModuleEvent, ModuleOutput, ModuleState } from './types.js';

const TICK_ms = 1000;

export class ModuleProcess implements SlaveTruth {
  life: Life = { state: 'down', since: 0 };
  startedAt: Milliseconds = 0;
  readonly who: string;
  readonly failSafe: FailSafe;
  /** 2.07 gives no reasons. */
  readonly because: readonly Because[] = [];
  /** It has no switch here. */
  readonly isHeldBack = false;
  readonly isStopping = false;
  #state: ModuleState;
  /** Counts starts: a tick of an earlier life is nobody's. */
  #lives = 0;

  constructor(
    { id, failSafe }: PointConfig,
    private readonly config: ModuleConfig,
    private readonly around: Surroundings,
    private readonly send: (from: ModuleProcess, frame: BusFrame) => void,
  ) {
    this.who = id;
    this.failSafe = failSafe;
    this.#state = initialModule(config);
  }

  get local(): Milliseconds {
    return this.around.now() - this.startedAt;
  }

  get boot(): string {
    return `${this.who}-${this.#lives}`;
  }

  get held_dA(): Deciamps {
    return 10 * (this.#state.pwm_A ?? 0);
  }

  get faults(): readonly string[] {
    return this.#state.error === 'none' ? [] : [this.#state.error];
  }

  start(): void {
    const at = this.around.now();
    this.#lives += 1;
    this.life = { state: 'up', since: at };
    this.startedAt = at;
    this.#state = initialModule(this.config);
    this.around.tell({ kind: 'started', at, who: this.who, boot: this.boot });
    this.#fallOff();
    this.around.greet(this.who);
    this.#tickLater(this.#lives);
  }

  kill(): void {
    if (this.life.state === 'down') return;
    const at = this.around.now();
    this.life = { state: 'down', since: at };
    this.#state = initialModule(this.config);
    this.#fallOff();
    this.around.tell({ kind: 'killed', at, who: this.who });
  }

  freeze(): void {
    if (this.life.state === 'up') this.life = { state: 'frozen', since: this.around.now() };
  }

  thaw(): void {
    if (this.life.state === 'frozen') this.life = { state: 'up', since: this.around.now() };
  }

  step(event: ModuleEvent): void {
    if (this.life.state !== 'up') return;
    const { state, outputs } = stepModule(this.#state, event, this.config);
    this.#state = state;
    for (const output of outputs) this.#act(output);
  }

  /** Its coil is held by what runs, so the plant need not open it. */
  beat(): void {
    if (this.life.state === 'up') this.around.command(this.who, { kind: 'heartbeat' });
  }

  #tickLater(life: number): void {
    this.around.schedule(this.around.now() + TICK_ms, () => {
      if (life !== this.#lives || this.life.state === 'down') return;
      this.beat();
      this.step({ kind: 'second-passed', at: this.around.now() });
      this.#tickLater(life);
    });
  }

  #fallOff(): void {
    this.#act({ kind: 'open-contactor' });
    this.#act({ kind: 'set-pilot', pilot: { kind: 'X1' } });
  }

  #act(output: ModuleOutput): void {
    const { around, who: outlet } = this;
    const at = around.now();
    switch (output.kind) {
      case 'open-contactor':
        around.command(outlet, { kind: 'allow-power', on: false });
        return around.tell({ kind: 'commanded', at, outlet, output: 'open' });
      case 'close-contactor':
        around.command(outlet, { kind: 'allow-power', on: true });
        return around.tell({ kind: 'commanded', at, outlet, output: 'close' });
      case 'set-pilot':
        around.command(outlet, output);
        return around.tell({ kind: 'commanded', at, outlet, output: output.pilot.kind });
      case 'send':
        return this.send(this, output.frame);
      case 'wake':
        return around.schedule(output.at, () => this.step({ kind: 'waited', at: around.now() }));
      case 'say':
        return around.tell({ kind: 'said', at, who: outlet, text: output.text });
    }
  }
}
