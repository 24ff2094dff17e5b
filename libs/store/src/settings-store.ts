// Settings over the lives of a process. What is set holds at once in memory and comes to the disk at the pace that flash
// allows; the last value wins. When the disk fails it is said once, the value stays, and the store tries again. Damaged
// or of a newer program: there is no value, and who opened the store shows `settings-damaged` and takes safe ones.
import { failure, type Result } from '@fairamp/units';
import { Appointment, type StoreClock } from './clock.js';
import type { FileSystem } from './file-system.js';
import { messageOf } from './system-error.js';
import { migrated, type Migration } from './migrate.js';
import { FRESH_PACE, afterWrite, retryAfter, waitOf, type Pace } from './pace.js';
import { RecordFile, type RecordFormat } from './record-file.js';
import type { Loaded } from './record-verdict.js';
import { jsonText } from './seal.js';
import { Troubles, type Trouble } from './trouble.js';

export type SettingsStoreParts<T> = {
  readonly file: string;
  readonly check: (value: unknown) => Result<T, string>;
  readonly migrations?: readonly Migration[];
  /** Only for an empty store. */
  readonly seed?: T;
  readonly clock: StoreClock;
  readonly onTrouble: (trouble: Trouble) => void;
  readonly fs?: FileSystem;
};

/** `text` decides whether anything has changed. */
type Kept<T> = { readonly value: T; readonly text: string };

export class SettingsStore<T> {
  /** What was found at the start; the reason and the file are in its detail. */
  readonly found: Loaded<T>;
  readonly #accept: RecordFormat<T>['accept'];
  readonly #record: RecordFile<T>;
  readonly #later: Appointment;
  readonly #troubles: Troubles;
  #current: Kept<T> | null = null;
  #acknowledged: Kept<T> | null = null;
  /** Does the file hold what is acknowledged? A save that failed may have come through. */
  #isSure = true;
  #isBackup = false;
  #pace: Pace = FRESH_PACE;
  #failures = 0;

  constructor(private readonly parts: SettingsStoreParts<T>) {
    const { file, check, migrations = [], fs } = parts;
    const version = migrations.length + 1;
    this.#accept = acceptBy(check, migrations);
    this.#record = new RecordFile(file, { version, accept: this.#accept }, fs);
    this.#later = new Appointment(parts.clock);
    this.#troubles = new Troubles(parts.onTrouble);
    this.found = this.#record.load();
    this.#begin(version);
  }

  /** null = damaged, of a newer program, or empty without a seed: nothing was set since. */
  get value(): T | null {
    return this.#current?.value ?? null;
  }

  /** What a power cut leaves. */
  get acknowledged(): T | null {
    return this.#acknowledged?.value ?? null;
  }

  get isDurable(): boolean {
    return this.#isSure && this.#current?.text === this.#acknowledged?.text;
  }

  /** Why the newest attempt to write failed; null = it did not. */
  get trouble(): Trouble | null {
    return this.#troubles.newest;
  }

  /** Holds at once; `isDurable` says whether it also lasts. */
  set(value: T): Result<T, string> {
    const checked = this.#accept(value, (this.parts.migrations?.length ?? 0) + 1);
    if (!checked.ok) return checked;
    const text = jsonText(checked.value);
    if (text === null) return failure('no-json', 'the settings cannot be written as JSON');
    this.#current = { value: checked.value, text };
    if (this.#isBackup) this.#isSure = false;
    this.#write();
    return checked;
  }

  /** For the end: writes now what is not written. @returns whether all of it lasts */
  flush(): boolean {
    if (!this.isDurable) this.#writeNow();
    return this.isDurable;
  }

  /** Without a flush. */
  close(): void {
    this.#later.cancel();
  }

  #begin(version: number): void {
    const { found } = this;
    if (found.kind === 'empty' && this.parts.seed !== undefined) return void this.set(this.parts.seed);
    if (!('value' in found)) return;
    this.#current = { value: found.value, text: jsonText(found.value) ?? '' };
    this.#acknowledged = this.#current;
    // A backup becomes the record only when somebody sets it: the record may be whole, and unreadable for a moment.
    this.#isBackup = found.kind === 'backup';
    this.#isSure = this.#isBackup || found.version === version;
    this.#write();
  }

  /** Now, or when it may be. */
  #write(): void {
    if (this.isDurable) return this.#later.cancel();
    const now = this.parts.clock.now();
    const wait = Math.max(waitOf(this.#pace, now), this.#retryWait(now));
    if (wait > 0) this.#later.in(wait, () => this.#write());
    else this.#writeNow();
  }

  #retryWait(now: number): number {
    return this.#failures === 0 ? 0 : (this.#pace.lastAt ?? now) + retryAfter(this.#failures) - now;
  }

  #writeNow(): void {
    const current = this.#current;
    if (current === null) return;
    this.#later.cancel();
    const saved = this.#record.save(current.value);
    this.#pace = afterWrite(this.#pace, this.parts.clock.now());
    if (saved.ok) {
      this.#acknowledged = current;
      this.#isSure = true;
      this.#isBackup = false;
      this.#failures = 0;
      return this.#troubles.over();
    }
    this.#isSure = false;
    this.#failures += 1;
    // Before it is told: who hears of it may set another value.
    this.#write();
    this.#troubles.has({ kind: saved.reason, detail: saved.detail });
  }
}

function acceptBy<T>(
  check: SettingsStoreParts<T>['check'],
  migrations: readonly Migration[],
): RecordFormat<T>['accept'] {
  return (value, version) => {
    const form = migrated(value, version, migrations);
    if (!form.ok) return form;
    try {
      return check(form.value);
    } catch (error) {
      return failure('check', `it cannot be checked: ${messageOf(error)}`);
    }
  };
}
