// What this room writes to flash in a year under the worst plausible use, in bytes that reach the disk, its journal
// included. Made of the very bounds that the stores keep, and compared with what docs/store.md says.
import { readFileSync } from 'node:fs';
import { LOG_SIZE } from './log-files.js';
import { LINE_MAX_bytes } from './log-lines.js';
import { IN_A_ROW, REFILL_ms } from './pace.js';
import { sealed } from './seal.js';
import { SYNC_EACH_ms } from './session-log.js';

const BLOCK_bytes = 4_096;
/** Measured on ext4 (docs/store.md): 16 for a save, 4.2 for a synced append; with room for longer ones. */
const SAVE_blocks = 20;
const APPEND_blocks = 8;
const YEAR_ms = 365 * 86_400_000;
const QUARTERS = YEAR_ms / 900_000;
const RECORDS_A_QUARTER = 4;
const GB = 1e9;

const SAVES = YEAR_ms / REFILL_ms + IN_A_ROW;
const STARTS = YEAR_ms / 60_000;
const APPENDS = QUARTERS * RECORDS_A_QUARTER + YEAR_ms / SYNC_EACH_ms;
const gb = (bytes: number): string => `${(bytes / GB).toFixed(1)} GB`;

test.each([
  ['settings', 'changed without end, day and night', gb(SAVES * SAVE_blocks * BLOCK_bytes)],
  ['epoch', 'a master that is started each minute', gb(STARTS * SAVE_blocks * BLOCK_bytes)],
  [
    'session log',
    'four records that matter each quarter of an hour',
    gb(APPENDS * (APPEND_blocks * BLOCK_bytes + LINE_MAX_bytes)),
  ],
])('docs/store.md says of %s, %s: %s a year', (what, use, amount) => {
  expect(readFileSync('docs/store.md', 'utf8')).toContain(`| ${what} | ${use} | ${amount} |`);
});

test('docs/store.md says how large a log becomes', () => {
  const total = (LOG_SIZE.file_bytes * LOG_SIZE.files) / 2 ** 20;
  expect(readFileSync('docs/store.md', 'utf8')).toContain(`${LOG_SIZE.files} files of 1 MiB, ${total} MiB in all`);
});

test('docs/store.md shows a file as it is written', () => {
  const line = sealed('{"version":1,"value":{"max_A":16}}').toString().trim();
  expect(readFileSync('docs/store.md', 'utf8')).toContain(line);
});
