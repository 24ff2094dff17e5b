// The test's end of the fake sysfs's control pipe: questions with an answer each, and what it tells unasked. All times
// are nanoseconds of CLOCK_MONOTONIC, taken by the fake sysfs. The words are in the README of this folder.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { assert } from '@fairamp/units';

/** A write that was taken; look: what an onlooker measures after it (a level, or a duty in permille). */
export type Wrote = {
  readonly at_ns: number;
  readonly key: string;
  readonly attribute: string;
  readonly text: string;
  readonly look: number;
};
/** level: a line's; pulsed and dropped: a coil driver that needs pulses. */
export type Told =
  | ({ readonly kind: 'wrote' } & Wrote)
  | { readonly kind: 'level'; readonly at_ns: number; readonly key: string; readonly level: number }
  | { readonly kind: 'pulsed' | 'dropped'; readonly at_ns: number; readonly key: string };

export type Failing = { readonly of: 'read' | 'write'; readonly errno: number; readonly times: number };
export type Trial = {
  readonly key: string;
  readonly attribute: string;
  readonly text: string;
  readonly within_ms: number;
  readonly set: Readonly<Record<string, number>>;
};
/** wroteAt_ns: null = not in time. */
export type Reaction = { readonly setAt_ns: number; readonly wroteAt_ns: number | null };

/** No answer takes so long on a computer that still runs. */
const PATIENCE_ms = 30_000;

type Waiting = { readonly resolve: (words: readonly string[]) => void; readonly reject: (error: Error) => void };

export class Control {
  readonly #to: Writable;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listeners = new Set<(told: Told) => void>();
  #count = 0;
  #ended: string | null = null;

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    // A pipe that breaks is told by the end of the other one.
    to.on('error', () => undefined);
    createInterface({ input: from }).on('line', (line) => this.#hear(line));
  }

  onTold(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All at one moment. @returns that moment */
  async set(values: Readonly<Record<string, number>>): Promise<number> {
    return numberOf(await this.ask(`set ${settings(values)}`), 2);
  }

  async look(key: string): Promise<number> {
    return numberOf(await this.ask(`get ${key}`), 3);
  }

  /** A line that shows this level whatever is written; null: mended. */
  async stick(key: string, level: 0 | 1 | null): Promise<void> {
    await this.ask(`stick ${key} ${level ?? 'free'}`);
  }

  /** A converter that goes on showing what it shows. */
  async freeze(key: string, on: boolean): Promise<void> {
    await this.ask(`freeze ${key} ${on ? 'on' : 'off'}`);
  }

  /** The next reads or writes of a file fail; times -1: until it is mended, errno 0: mended. */
  async fail(key: string, attribute: string, { of, errno, times }: Failing): Promise<void> {
    await this.ask(`fail ${key} ${attribute} ${of} ${errno} ${times}`);
  }

  async watch(...keys: readonly string[]): Promise<void> {
    await this.ask(`watch ${keys.join(' ')}`);
  }

  /** Sets now, and tells when the file is next written with the text: a reaction time by one clock. */
  async trial({ key, attribute, text, within_ms, set }: Trial): Promise<Reaction> {
    const words = await this.ask(`trial ${key} ${attribute} ${text} ${within_ms} set ${settings(set)}`, within_ms);
    return { setAt_ns: numberOf(words, 2), wroteAt_ns: words[1] === 'trial' ? numberOf(words, 3) : null };
  }

  /** For descriptions before the mount, and whatever has no method. Throws what was refused. */
  ask(message: string, more_ms = 0): Promise<readonly string[]> {
    if (this.#ended !== null) return Promise.reject(new Error(`${this.#ended}, asked: ${message}`));
    const id = String((this.#count += 1));
    return this.#expect(id, `${id} ${message}\n`, more_ms);
  }

  /** The moment at which it is mounted. */
  async mount(path: string): Promise<void> {
    const isReady = this.#expect('ready', '', 0);
    await Promise.all([isReady, this.ask(`mount ${path}`)]);
  }

  /** Nobody waits for one that is gone. */
  end(because: string): void {
    this.#ended = because;
    for (const { reject } of this.#waiting.values()) reject(new Error(because));
    this.#waiting.clear();
  }

  #expect(id: string, message: string, more_ms: number): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to: ${id} ${message.trim()}`)), PATIENCE_ms + more_ms);
      const settled = <T>(settle: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          this.#waiting.delete(id);
          settle(value);
        };
      };
      this.#waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      this.#to.write(message);
    });
  }

  #hear(line: string): void {
    const words = line.split(' ');
    const waiting = this.#waiting.get(words[0] ?? '');
    if (waiting === undefined) {
      const told = toldBy(words);
      assert(told !== null, `the fake sysfs said: ${line}`);
      for (const listener of this.#listeners) listener(told);
    } else if (words[1] === 'refused') waiting.reject(new Error(`the fake sysfs refused: ${words.slice(2).join(' ')}`));
    else waiting.resolve(words);
  }
}

function toldBy(words: readonly string[]): Told | null {
  const [kind, , key = '', attribute = '', text = ''] = words;
  if (kind === 'wrote') return { kind, at_ns: numberOf(words, 1), key, attribute, text, look: numberOf(words, 5) };
  if (kind === 'level') return { kind, at_ns: numberOf(words, 1), key, level: numberOf(words, 3) };
  if (kind === 'pulsed' || kind === 'dropped') return { kind, at_ns: numberOf(words, 1), key };
  return null;
}

function numberOf(words: readonly string[], index: number): number {
  const value = Number(words[index] ?? NaN);
  assert(Number.isSafeInteger(value), `no number at ${index} of: ${words.join(' ')}`);
  return value;
}

function settings(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${value}`)
    .join(' ');
}
