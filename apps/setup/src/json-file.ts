// A JSON file of the build folder; one that is none is named.
import { readFileSync } from 'node:fs';
import { Refused } from './refused.js';

export function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Refused(`${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}
