// A file that was named on the command line: npm runs its scripts in the project's folder, whoever typed was in another.
import { resolve } from 'node:path';

export function asTyped(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', file);
}
