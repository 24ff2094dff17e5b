// The test's hands at the files inside a namespace: a program there that reads and writes what it is asked to, through
// the kernel, as any program would.
import { jest } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Inside, Namespace } from './namespace.js';

export const PROGRAMS = join(import.meta.dirname, 'programs');
/** Longer than any stall of a loaded computer; what is sound takes a hundredth of it. */
const PATIENCE_ms = 30_000;
jest.setTimeout(2 * PATIENCE_ms);

/** The value, or the code of the error that the system gave. */
type Answer = { readonly value?: unknown; readonly code?: string };

export class AtFiles {
  readonly inside: Inside;
  #asked = 0;

  constructor(namespace: Namespace) {
    this.inside = namespace.startInside(process.execPath, [join(PROGRAMS, 'at-files.cjs')]);
  }

  /** @returns the text without its newline, or the error's code */
  async read(path: string): Promise<string> {
    const { value, code } = await this.#ask(['read', path]);
    return code ?? String(value).trim();
  }

  /** @returns ok, or the error's code */
  async write(path: string, text: string | number): Promise<string> {
    return (await this.#ask(['write', path, String(text)])).code ?? 'ok';
  }

  async list(path: string): Promise<readonly string[]> {
    return (await this.#ask(['list', path])).value as string[];
  }

  async link(path: string): Promise<string> {
    const { value, code } = await this.#ask(['link', path]);
    return code ?? String(value);
  }

  async #ask(question: readonly string[]): Promise<Answer> {
    this.#asked += 1;
    this.inside.child.stdin.write(`${JSON.stringify(question)}\n`);
    const isOver = (): boolean => this.inside.child.exitCode !== null || this.inside.child.signalCode !== null;
    await until(() => this.#answers().length >= this.#asked || isOver(), `${question.join(' ')}: ${this.inside.err()}`);
    const answer = this.#answers()[this.#asked - 1];
    if (answer === undefined) throw new Error(`the program at the files has ended: ${this.inside.err()}`);
    return JSON.parse(answer) as Answer;
  }

  #answers(): readonly string[] {
    return this.inside.out().split('\n').slice(0, -1);
  }
}

export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${PATIENCE_ms} ms in vain for: ${what}`);
    await pause(2);
  }
}
