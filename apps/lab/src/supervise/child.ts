// One real process of the lab and its life: started, ended (politely or not), frozen and thawed, and noticed when it
// ends without having been asked. It writes its log straight into a file, so that a busy lab never slows it down, and it
// holds a pipe to the lab as standard input: when that ends, the lab is gone, and a child of the lab stops by itself.
import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { type ProcessState } from '../view/snapshot.js';
import { lastWordsOf } from './last-words.js';

export type ChildSpec = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  /** With a channel for messages (the plant). */
  readonly onMessage?: (message: unknown) => void;
};

export type ChildEvent =
  | { readonly kind: 'started'; readonly name: string }
  | { readonly kind: 'ended'; readonly name: string; readonly asked: boolean; readonly how: string }
  | { readonly kind: 'overdue'; readonly name: string };

/** A participant ends within 2 s or is ended by itself (runtime, shutdown); on a loaded computer that takes its time. */
const END_WITHIN_ms = 8000;

export class Child {
  readonly #spec: ChildSpec;
  readonly #notify: (event: ChildEvent) => void;
  #process: ChildProcess | null = null;
  #asked = false;
  #frozen = false;
  #startAgain = false;
  #overdue: NodeJS.Timeout | undefined;

  constructor(spec: ChildSpec, notify: (event: ChildEvent) => void) {
    this.#spec = spec;
    this.#notify = notify;
  }

  get state(): ProcessState {
    if (this.#process === null) return 'down';
    return this.#frozen ? 'frozen' : 'up';
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** While it is still ending, it starts as soon as it has ended. */
  start(): void {
    this.#startAgain = this.#process !== null && this.#asked;
    if (this.#process !== null) return;
    const { command, args, name, onMessage } = this.#spec;
    const log = openSync(this.#spec.logFile, 'a');
    const stdio: StdioOptions = ['pipe', log, log, ...(onMessage === undefined ? [] : ['ipc' as const])];
    const child = spawn(command, args, { stdio, env: withoutOurs(process.env) });
    closeSync(log);
    this.#process = child;
    this.#asked = false;
    this.#frozen = false;
    if (onMessage !== undefined) child.on('message', onMessage);
    // The pipe breaks when the child dies; that is told by its exit.
    child.stdin?.on('error', () => undefined);
    child.once('error', (error) => this.#onEnd(child, error.message));
    child.once('exit', (code, signal) => this.#onEnd(child, signal ?? `exit code ${code}`));
    this.#notify({ kind: 'started', name });
  }

  /** SIGTERM; a frozen one is thawed, or it would not hear it. */
  end(): void {
    if (this.#process === null) return;
    this.#asked = true;
    this.#startAgain = false;
    this.#process.kill('SIGTERM');
    this.thaw();
    this.#overdue ??= setTimeout(() => this.#forceEnd(), END_WITHIN_ms);
  }

  kill9(): void {
    if (this.#process === null) return;
    this.#asked = true;
    this.#startAgain = false;
    this.#process.kill('SIGKILL');
  }

  freeze(): void {
    if (this.#process?.kill('SIGSTOP') === true) this.#frozen = true;
  }

  thaw(): void {
    if (this.#process?.kill('SIGCONT') === true) this.#frozen = false;
  }

  /** @returns false when nobody is there to take it */
  send(message: object): boolean {
    return this.#process?.connected === true && this.#process.send(message);
  }

  async ended(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
  }

  #forceEnd(): void {
    this.#notify({ kind: 'overdue', name: this.#spec.name });
    this.#process?.kill('SIGKILL');
  }

  #onEnd(child: ChildProcess, how: string): void {
    if (this.#process !== child) return;
    clearTimeout(this.#overdue);
    this.#overdue = undefined;
    this.#process = null;
    this.#frozen = false;
    const asked = this.#asked;
    const words = asked ? '' : lastWordsOf(this.#spec.logFile);
    this.#notify({ kind: 'ended', name: this.#spec.name, asked, how: words === '' ? how : `${how}: ${words}` });
    if (this.#startAgain) this.start();
  }
}

/** FAIRAMP_ variables configure an app (@fairamp/runtime): what this shell has set is not meant for the lab's. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('FAIRAMP_')));
}
