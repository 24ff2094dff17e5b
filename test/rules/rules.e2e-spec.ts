// Each rule of leases is taken out of the source, and the simulator has to notice: a checker that nothing can provoke
// proves nothing. What ships is simulated over the same scenarios and seeds and is accused of nothing.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RULES } from './rules.mjs';

const run = promisify(execFile);
/** The bound on the search. Most are found at once; a rare one takes some dozens of seeds. */
const SEEDS = '1..1000';
const PATIENCE_ms = 600_000;

async function hunt(...args: string[]): Promise<{ code: number; found: Record<string, unknown> }> {
  const { stdout, code } = await run(process.execPath, ['test/rules/hunt.mjs', ...args], { timeout: PATIENCE_ms }).then(
    ({ stdout }) => ({ stdout, code: 0 }),
    ({ stdout, code }: { stdout: string; code: number }) => ({ stdout, code }),
  );
  return { code, found: JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') as Record<string, unknown> };
}

describe('a rule that is missing is found', () => {
  test.each(RULES.map(({ id, without }) => [id, without] as const))(
    '%s, without %s',
    async (id) => {
      const { code, found } = await hunt(id, '--seeds', SEEDS);
      expect(found).toMatchObject({ rule: id, seed: expect.any(Number) as number });
      expect(found.invariant).toMatch(/^(I\d+|trip)$/);
      expect(code).toBe(0);
    },
    PATIENCE_ms,
  );

  test('as it ships, nothing is found in any of their scenarios', async () => {
    const { code, found } = await hunt('nothing', '--seeds', '1..3');
    expect(found).toMatchObject({ rule: 'nothing', seed: null });
    expect(code).toBe(0);
  }, 600_000);
});

test('a rule that is not in the table is refused by name', async () => {
  await expect(run(process.execPath, ['test/rules/hunt.mjs', 'B99'])).rejects.toThrow(/no rule "B99"/);
});
