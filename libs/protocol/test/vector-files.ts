// Where recorded frames come from: the project's own file, and every frames.json below the folder that the
// environment variable FAIRAMP_VECTORS names. A folder that holds nothing of the kind is a mistake, not an empty pass.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

export type Vector = {
  readonly name: string;
  readonly protocol: string;
  readonly hex: string;
  /** What the reference receiver does. */
  readonly valid: boolean;
  readonly payloadHex?: string;
  readonly mainLoopBetweenBytes?: boolean;
  readonly decoded: { readonly rawSamples?: readonly unknown[] };
  readonly receiver207?: { readonly irmsDeciAmp: readonly number[] };
};

const FRAMES = 'frames.json';
/** A vector folder holds files of these names; the second is the balancing's. */
const KNOWN_FILES = [FRAMES, 'classic-207.jsonl'];

/** @throws when the folder is missing or holds no vector file: the whole test file then fails with this message */
export function vectorFiles(folder: string | undefined): readonly string[] {
  const own = resolve(import.meta.dirname, 'vectors', FRAMES);
  if (folder === undefined || folder === '') return [own];
  if (!existsSync(folder)) throw new Error(`FAIRAMP_VECTORS=${folder}: no such folder`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    KNOWN_FILES.includes(basename(file)),
  );
  if (files.length === 0) throw new Error(`FAIRAMP_VECTORS=${folder}: holds no ${KNOWN_FILES.join(' and no ')}`);
  return [own, ...files.filter((file) => basename(file) === FRAMES).map((file) => join(folder, file))];
}

export function readVectors(file: string): readonly unknown[] {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(content) || content.length === 0) throw new Error(`${file}: not a list of vectors`);
  return content;
}

/** The protocols that a room reads, and those that it knows by name and leaves to others. */
export type Competence = { readonly reads: string; readonly knows: readonly string[] };

/** What a room cannot make sense of, in words; null when it reads the vector or knows that it need not. */
export function misunderstood(vector: unknown, { reads, knows }: Competence): string | null {
  const { name, protocol, ...form } = (vector ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof protocol !== 'string') return 'no name or no protocol';
  if (protocol !== reads) return knows.includes(protocol) ? null : `${name}: unknown protocol ${protocol}`;
  const complaint = malformed(form);
  return complaint === null ? null : `${name}: ${complaint}`;
}

function malformed({ hex, valid, decoded }: Record<string, unknown>): string | null {
  if (typeof hex !== 'string' || !/^([0-9a-f]{2})+$/i.test(hex)) return 'hex is no bytes';
  if (typeof valid !== 'boolean') return `valid is ${JSON.stringify(valid)}`;
  if (typeof decoded !== 'object' || decoded === null) return 'no decoded';
  const { rawSamples, effect } = decoded as Record<string, unknown>;
  return Array.isArray(rawSamples) || typeof effect === 'string' ? null : 'neither samples nor an effect';
}
