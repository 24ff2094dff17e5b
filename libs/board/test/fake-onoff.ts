// The package onoff as it behaves (io.md 2, its source): global numbers, a file for each object that only unexport closes,
// and silence about what it could not set on a line that was exported before.
import type { OnoffConstructor, OnoffGpio } from '../src/linux/gpio.js';

export class FakeLines {
  /** Physical levels by global number. */
  readonly levels = new Map<number, 0 | 1>();
  readonly directions = new Map<number, string>();
  readonly turned = new Set<number>();
  /** Outputs that show one level whatever is written. */
  readonly hanging = new Map<number, 0 | 1>();
  /** What a line that was exported before does not take. */
  readonly deaf = new Set<number>();
  readonly gone = new Set<number>();
  readonly watchers = new Map<number, Set<() => void>>();
  openFiles = 0;
  /** `515 low`, `515 = 1`, in order. */
  readonly journal: string[] = [];

  get Gpio(): OnoffConstructor {
    // onoff's class below has a `this` of its own.
    const lines = this;
    return class implements OnoffGpio {
      readonly #number: number;

      constructor(number: number, direction: 'in' | 'high' | 'low') {
        this.#number = number;
        lines.mustBeThere(number);
        lines.openFiles += 1;
        if (!lines.deaf.has(number)) this.setDirection(direction);
      }

      setDirection(direction: 'in' | 'high' | 'low'): void {
        lines.mustBeThere(this.#number);
        lines.journal.push(`${this.#number} ${direction}`);
        lines.directions.set(this.#number, direction === 'in' ? 'in' : 'out');
        if (direction !== 'in') lines.levels.set(this.#number, direction === 'high' ? 1 : 0);
      }

      activeLow(): boolean {
        return lines.turned.has(this.#number);
      }

      direction(): string {
        return lines.directions.get(this.#number) ?? 'in';
      }

      readSync(): 0 | 1 {
        lines.mustBeThere(this.#number);
        return lines.hanging.get(this.#number) ?? lines.levels.get(this.#number) ?? 0;
      }

      writeSync(level: 0 | 1): void {
        lines.mustBeThere(this.#number);
        lines.journal.push(`${this.#number} = ${level}`);
        lines.levels.set(this.#number, level);
      }

      watch(listener: () => void): void {
        lines.watchers.set(this.#number, (lines.watchers.get(this.#number) ?? new Set()).add(listener));
      }

      unwatchAll(): void {
        lines.watchers.delete(this.#number);
      }

      unexport(): void {
        this.unwatchAll();
        lines.openFiles -= 1;
        lines.journal.push(`${this.#number} given back`);
      }
    };
  }

  mustBeThere(number: number): void {
    if (this.gone.has(number)) throw new Error(`ENODEV: gpio${number}`);
  }
}
