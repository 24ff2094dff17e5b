// A writer that is killed again and again, by the script that people run with thousands of kills.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KILLS = 60;
const PATIENCE_ms = 180_000;

test(
  'killed at any moment, a writer leaves nothing torn and loses nothing that it acknowledged',
  async () => {
    const { stdout } = await run(process.execPath, ['test/store/kill-store.mjs', '--kills', String(KILLS), '--json'], {
      timeout: PATIENCE_ms,
    });
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toMatchObject({ kills: KILLS, torn: 0, lost: 0, told: [] });
    expect(result.acknowledged).toBeGreaterThan(KILLS);
  },
  PATIENCE_ms,
);

test('a number of kills that is none is refused by name', async () => {
  await expect(run(process.execPath, ['test/store/kill-store.mjs', '--kills', 'many'])).rejects.toThrow(/--kills many/);
});
