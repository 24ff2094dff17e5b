// What of a charge point outlives its process, in the folder that the configuration names: its settings, a residual
// current that nobody has acknowledged, the journal of its sessions and the safe outputs for the script that runs when no
// process is left. A disk that fails is told, and charging goes on; without a folder nothing is kept.
import { join } from 'node:path';
import { safeOutputsOf, safeText } from '@fairamp/board';
import type { JournalEntry, KeptSlave } from '@fairamp/nodes';
import { messageOf, systemClock, type Log } from '@fairamp/runtime';
import { parseSettings, type WrittenSettings } from '@fairamp/settings';
import { lockStore, SessionLog, SettingsStore, writeAtomically, type StoreLock } from '@fairamp/store';
import { failure, ok, type Result } from '@fairamp/units';
import { slaveSchema, type SlaveAppConfig } from './config.js';
import type { BoardPlan } from './make-board.js';

/** What a participant begins with. */
export type Beginning = KeptSlave & {
  readonly settings: SlaveAppConfig['settings'];
  /** They could not be read: those of the configuration stand in, and nothing charges. */
  readonly settingsDamaged: boolean;
};

/** What a charge point wants to be kept. */
export type Kept =
  { readonly kind: 'journal'; readonly entry: JournalEntry } | { readonly kind: 'latched'; readonly residual: boolean };

export interface Keeping {
  readonly beginning: Beginning;
  keep(kept: Kept): void;
  close(): void;
}

export function nothingKept({ settings }: SlaveAppConfig): Keeping {
  const beginning = { settings, settingsDamaged: false, residualLatched: false };
  return { beginning, keep: () => undefined, close: () => undefined };
}

/**
 * A folder that cannot be made or read is a store that is damaged: nothing charges by settings that nobody knows, and the
 * charge point is there to say so.
 * @throws when another process has the folder
 */
export async function openKeeping(
  folder: string,
  { config, plan, log }: { readonly config: SlaveAppConfig; readonly plan: BoardPlan; readonly log: Log },
): Promise<Keeping> {
  const lock = await lockStore(folder).catch(asError);
  if (lock instanceof Error) {
    log.error({ alarm: true }, `store ${folder}: ${messageOf(lock)}: nothing can be kept, and nothing charges`);
    const { beginning, ...rest } = nothingKept(config);
    return { ...rest, beginning: { ...beginning, settingsDamaged: true } };
  }
  if (lock === null) throw new Error(`store ${folder}: another process holds it; one slave a store`);
  if (plan.kind === 'linux') writeSafeOutputs(folder, plan, log);
  return new FolderKeeping(folder, { config, log, lock });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}

function writeSafeOutputs(folder: string, plan: Extract<BoardPlan, { kind: 'linux' }>, log: Log): void {
  try {
    writeAtomically(join(folder, 'safe.conf'), safeText(safeOutputsOf(plan.description)));
  } catch (error) {
    log.error({}, `${folder}/safe.conf: ${messageOf(error)}: what dies without a word may stay switched on`);
  }
}

type Latches = { readonly residual: boolean };
const QUIET: Latches = { residual: false };

type FolderParts = { readonly config: SlaveAppConfig; readonly log: Log; readonly lock: StoreLock };

class FolderKeeping implements Keeping {
  readonly beginning: Beginning;
  readonly #parts: FolderParts;
  readonly #settings: SettingsStore<SlaveAppConfig['settings']>;
  readonly #latches: SettingsStore<Latches>;
  readonly #journal: SessionLog;

  constructor(folder: string, parts: FolderParts) {
    this.#parts = parts;
    const { config, log } = parts;
    const onTrouble = ({ detail }: { detail: string }): void => log.error({}, `cannot be kept: ${detail}`);
    this.#settings = new SettingsStore({
      file: join(folder, 'settings.json'),
      check: (value) => checkSettings(value, config),
      seed: config.settings,
      clock: systemClock,
      onTrouble,
    });
    // Of the same kind as settings: what could not be written is tried again.
    this.#latches = new SettingsStore<Latches>({
      file: join(folder, 'latches.json'),
      check: acceptLatches,
      clock: systemClock,
      onTrouble: ({ detail }) => log.error({ alarm: true }, `a latched fault cannot be kept yet: ${detail}`),
    });
    this.#journal = new SessionLog({ folder: join(folder, 'sessions'), clock: systemClock, onTrouble });
    this.beginning = { ...this.#begin(config), residualLatched: this.#latched() };
  }

  keep(kept: Kept): void {
    if (kept.kind === 'journal') return this.#write(kept.entry);
    this.#latches.set({ residual: kept.residual });
  }

  close(): void {
    this.#settings.flush();
    this.#latches.flush();
    this.#journal.flush();
    this.#journal.close();
    this.#parts.lock.release();
  }

  #begin({ settings }: SlaveAppConfig): Omit<Beginning, 'residualLatched'> {
    const { found, value } = this.#settings;
    if (value === null) {
      const detail = 'detail' in found ? found.detail : found.kind;
      this.#parts.log.error(
        { alarm: true },
        `the settings cannot be used, and nothing charges (to begin with those of the configuration, stop the slave and remove the file): ${detail}`,
      );
      return { settings, settingsDamaged: true };
    }
    if (found.kind === 'backup') this.#parts.log.warn({}, `the settings are those before the last: ${found.detail}`);
    for (const line of differences(value, settings)) this.#parts.log.warn({}, line);
    return { settings: value, settingsDamaged: false };
  }

  /** Not readable is latched: somebody has to look. */
  #latched(): boolean {
    const { found } = this.#latches;
    if (found.kind === 'good') return found.value.residual;
    if (found.kind === 'empty') return QUIET.residual;
    // The backup is the word before the last, and each word is the opposite of the one before.
    this.#parts.log.error({ alarm: true }, `whether a residual current was acknowledged is not known: ${found.detail}`);
    return true;
  }

  #write(entry: JournalEntry): void {
    const record = { ...entry, at: wallClock(), up_s: Math.round(systemClock.now() / 1000) };
    const appended = this.#journal.append(record, entry.kind !== 'charging');
    if (!appended.ok) this.#parts.log.error({}, `the journal refuses ${entry.kind}: ${appended.detail}`);
  }
}

/** A clock that was never set says a year before this program was written (I13); then there is no date. */
function wallClock(): string | null {
  const now = new Date();
  return now.getUTCFullYear() < 2025 ? null : now.toISOString();
}

/** The configuration's settings only fill an empty store; somebody who has changed one there should read so. */
function differences(kept: WrittenPart, given: WrittenPart): readonly string[] {
  return Object.entries(given)
    .filter(([key, value]) => kept[key as keyof WrittenPart] !== value)
    .map(
      ([key, value]) =>
        `settings.${key}: ${value} of the configuration is not used, the store has ${kept[key as keyof WrittenPart]}`,
    );
}

type WrittenPart = SlaveAppConfig['settings'];

/** What is missing in a store of an older version is as the configuration says; CAL is the bridge's. */
function checkSettings(value: unknown, config: SlaveAppConfig): Result<WrittenPart, string> {
  const parsed = parseSettings(value);
  if (!parsed.ok) return failure('settings', parsed.detail);
  const shape = config.settings;
  const given = Object.entries(value as Partial<WrittenSettings>).filter(([key]) => key in shape);
  const settings = { ...shape, ...Object.fromEntries(given) };
  // Together with the rest of the configuration: a lone charge point in Smart mode needs its bridge, wherever that is said.
  const checked = slaveSchema.safeParse({ ...config, settings });
  if (!checked.success) return failure('settings', checked.error.issues[0]?.message ?? 'they do not fit');
  return ok(checked.data.settings);
}

function acceptLatches(value: unknown): Result<Latches, string> {
  const residual: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'residual') : undefined;
  return typeof residual === 'boolean' ? ok({ residual }) : failure('latches', 'residual is neither true nor false');
}
