// Real datagrams on a real socket, as systemd would receive them: by a path and by a name without a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNotifySocket } from '../src/notify-socket.js';
import { closeListeners, listenOn } from './notice-listener.js';

const folder = mkdtempSync(join(tmpdir(), 'fairamp-notify-'));
afterEach(closeListeners);
afterAll(() => rmSync(folder, { recursive: true }));

async function opened(address: string) {
  const found = await openNotifySocket(address);
  if (!found.ok) throw new Error(found.detail);
  return found.value;
}

test.each([
  ['a path', join(folder, 'notify')],
  ['the longest path that there is', join(folder, 'n'.repeat(107 - folder.length - 1))],
  ['a name without a file', `@fairamp-test-${process.pid}`],
])('each line is one datagram: %s', async (_, address) => {
  const heard = listenOn(address);
  const { send } = await opened(address);
  expect([send('READY=1'), send('STATUS=Ladepunkt „links“ läuft')]).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect([heard(), heard(), heard()]).toEqual(['READY=1', 'STATUS=Ladepunkt „links“ läuft', null]);
});

test('nobody there, and nobody who reads: an answer each time, and never a wait', async () => {
  const address = join(folder, 'away');
  const { send } = await opened(address);
  expect(send('READY=1')).toEqual({ ok: false, reason: 'not-sent', detail: `NOTIFY_SOCKET "${address}": error 2` });
  const heard = listenOn(address);
  let sent = 0;
  while (sent < 100_000 && send('WATCHDOG=1').ok) sent += 1;
  expect(send('WATCHDOG=1')).toMatchObject({ ok: false, detail: expect.stringContaining('error 11') as string });
  expect(sent).toBeGreaterThan(0);
  expect(heard()).toBe('WATCHDOG=1');
  expect(send('WATCHDOG=1').ok).toBe(true);
});

test.each([[''], ['relative'], ['@'], ['/a\0b'], [`/${'n'.repeat(107)}`], ['vsock:2:1']])(
  'an address that is none: %j',
  async (address) => {
    expect(await openNotifySocket(address)).toEqual({
      ok: false,
      reason: 'no-socket',
      detail: `NOTIFY_SOCKET "${address}": neither a path nor @name`,
    });
  },
);
