// Times and sizes as people type them: 90s, 10m, 100MB. What is wrong is refused with the value and what is allowed.
import { failure, ok, type Milliseconds, type Result } from '@fairamp/units';

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_S = 366 * 86_400;
const BYTES: Readonly<Record<string, number>> = { kB: 1000, MB: 1_000_000, GB: 1_000_000_000 };
/** The header and a few messages. */
const SMALLEST_BYTES = 10_000;
const LARGEST_BYTES = 1e12;

export function parseDuration(text: string): Result<Milliseconds, 'refused'> {
  const [, number = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([smhd]?)$/.exec(text) ?? [];
  const seconds = Number(number) * (SECONDS[unit] ?? 1);
  if (number !== '' && seconds > 0 && seconds <= LONGEST_S) return ok(Math.round(seconds * 1000));
  return failure('refused', `"${text}": allowed are times up to a year, such as 90s, 10m, 2h or 1d`);
}

export function parseSize(text: string): Result<number, 'refused'> {
  const [, number = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(kB|MB|GB)$/.exec(text) ?? [];
  const bytes = Math.round(Number(number) * (BYTES[unit] ?? 1));
  if (number !== '' && bytes >= SMALLEST_BYTES && bytes <= LARGEST_BYTES) return ok(bytes);
  return failure('refused', `"${text}": allowed are sizes from 10kB to 1000GB, such as 100MB`);
}

/** 12_345_678 becomes `12.3 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
