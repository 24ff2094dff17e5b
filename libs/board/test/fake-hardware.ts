// A board's hardware as objects: every write is kept in order, every call may fail, and the contact follows its coil
// unless it hangs.
import type { BoardHardware, DigitalIn, DigitalOut } from '../src/linux/ports.js';

/** The outputs, by the names under which they are kept. */
export const OUTPUTS = ['coil', 'heartbeat', 'pwm', 'enable', 'reset+', 'reset-', 'lock', 'unlock', 'test'] as const;
export type OutputName = (typeof OUTPUTS)[number];

export class FakeHardware {
  /** `coil on`, `pwm 1000`: what was taken. */
  readonly journal: string[] = [];
  /** What an output shows now. */
  readonly shows = new Map<string, boolean | number>();
  /** Every call, also those that fail. */
  calls = 0;
  /** Which calls fail, by the port's name and the call's number. */
  fails: (port: string, call: number) => boolean = () => false;
  contact: 'follows' | 'welded' | 'stuck' = 'follows';
  tripped = false;
  supplyFailing = false;
  pressed = false;
  lockHigh = false;
  high_mV = 12_000;
  low_mV = -12_000;
  plug_mV = 3300;
  celsius = 20;
  isOpen = false;
  readonly #edges = new Map<string, () => void>();

  /** All that a board may have; without `has` what it has not. */
  open(hasNot: readonly (keyof BoardHardware)[] = []): BoardHardware {
    this.isOpen = true;
    const all: BoardHardware = {
      pwm: { drive: (permille) => this.#write('pwm', permille) },
      pilotEnable: this.#output('enable'),
      positive: { reset: this.#output('reset+'), adc: this.#adc('adc+', () => this.high_mV) },
      negative: { reset: this.#output('reset-'), adc: this.#adc('adc-', () => this.low_mV) },
      proximity: this.#adc('plug', () => this.plug_mV),
      coil: this.#output('coil'),
      feedback: this.#input('feedback', () => this.isClosed),
      heartbeat: this.#output('heartbeat'),
      lock: {
        lock: this.#output('lock'),
        unlock: this.#output('unlock'),
        isHigh: () => this.#call('bolt', () => this.lockHigh),
      },
      switch: this.#input('switch', () => this.pressed),
      residual: { tripped: this.#input('residual', () => this.tripped), test: this.#output('test') },
      led: { shine: (permille) => this.#write('led', permille) },
      temperature: { celsius: () => this.#call('warmth', () => this.celsius) },
      supply: this.#input('supply', () => this.supplyFailing),
      close: () => {
        this.isOpen = false;
        this.#edges.clear();
      },
    };
    return { ...all, ...Object.fromEntries(hasNot.map((part) => [part, null])) };
  }

  get isClosed(): boolean {
    return this.contact === 'welded' || (this.contact === 'follows' && this.shows.get('coil') === true);
  }

  edge(port: string): void {
    this.#edges.get(port)?.();
  }

  #output(port: OutputName): DigitalOut {
    return { set: (on) => this.#write(port, on) };
  }

  #write(port: string, value: boolean | number): void {
    this.#call(port, () => {
      this.shows.set(port, value);
      this.journal.push(`${port} ${typeof value === 'number' ? value : value ? 'on' : 'off'}`);
    });
  }

  #adc(port: string, read: () => number): { read_mV(): number } {
    return { read_mV: () => this.#call(port, read) };
  }

  #input(port: string, read: () => boolean): DigitalIn {
    return { get: () => this.#call(port, read), onEdge: (listener) => void this.#edges.set(port, listener) };
  }

  #call<T>(port: string, run: () => T): T {
    this.calls += 1;
    if (this.fails(port, this.calls)) throw new Error(`EIO: ${port}`);
    return run();
  }
}
