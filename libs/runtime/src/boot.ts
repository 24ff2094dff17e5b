// 64 bits of the kernel's random source for each start of a process (design 3 rule 1): a replay of an earlier life is
// told from this one by them.
import { randomBytes } from 'node:crypto';

export function newBoot(): string {
  return randomBytes(8).toString('hex');
}
