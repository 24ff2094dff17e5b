// A charge point alone, on real parts: slave and bridge as processes, the slave's own broker, the plant's
// pseudo-terminal. It charges within the mains, and an orderly stop opens the contactor.
import { once } from 'node:events';
import { buildApps, connected, freePort, LoneParts, until, values } from './lone-parts.js';

const parts = new LoneParts();

beforeAll(buildApps, 60_000);

afterAll(() => parts.close());

test('LOADBL Disabled in Smart mode: it balances for itself, hosts the broker, and stops in order', async () => {
  const [key, meterKey] = ['ab'.repeat(32), 'cd'.repeat(32)];
  const port = await freePort();
  const outlets = [{ id: 'left', car: 'single-phase', wired: ['L1', 'L2', 'L3'] }];
  const { child: plant, meter, socket } = await parts.startPlant({ house: { kind: 'model' }, outlets });
  const settings = { loadbl: 'disabled', mode: 'smart', mains_A: 25, max_A: 16 };
  const listen = { port, viewers: 'anonymous' };
  const bridge = { id: 'meter', key: meterKey };
  const slave = parts.start('slave', {
    site: 'home',
    listen,
    id: 'left',
    key,
    settings,
    bridge,
    board: { plant: socket, outlet: 'left' },
  });
  parts.start('sensorbox-bridge', { site: 'home', ...bridge, broker: `mqtt://127.0.0.1:${port}`, port: meter });
  plant.send({ kind: 'plug', outlet: 'left' });
  const client = await connected(port);
  const seen = await values(client);
  const isRaised = (): boolean => Number(seen.get('slave/left/limit_A')) >= 10;
  const isSound = (): boolean =>
    seen.get('slave/left/state') === 'charging' && seen.get('slave/left/faults') === 'none';
  const isMetered = (): boolean => /^L1 \d/.test(seen.get('bridge/meter/mains_A') ?? '');
  // Each value is a message of its own.
  await until(() => isRaised() && isSound() && isMetered(), `it raises its car; ${JSON.stringify([...seen])}`);
  // Its own grants stay inside, and a viewer sees no control.
  expect([...seen.keys()].filter((topic) => topic.includes('grant') || topic.includes('beacon'))).toEqual([]);
  await client.endAsync();
  slave.kill('SIGTERM');
  const [code] = (await once(slave, 'exit')) as [number];
  expect(code).toBe(0);
}, 120_000);
