// The meter's line on real parts: a TCP serial server that comes and goes, and a pseudo-terminal through serialport.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meterLine, type MeterLine } from '../src/meter-line.js';

type Heard = { readonly bytes: number[]; readonly ports: boolean[]; readonly said: string[] };

function listen(port: string): Heard & { readonly line: MeterLine } {
  const heard: Heard = { bytes: [], ports: [], said: [] };
  const line = meterLine(port, (text) => heard.said.push(text));
  line.open({ onBytes: (bytes) => heard.bytes.push(...bytes), onPort: (open) => heard.ports.push(open) });
  return { ...heard, line };
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within 15 s: ${what}`);
}

/** Serves one client at a time and remembers it. */
async function serve(port: number, clients: Socket[]): Promise<Server> {
  const server = createServer((socket) => {
    clients.push(socket);
    socket.write(Uint8Array.from([0x7e, 1]));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe("the meter's line", () => {
  test('over tcp:// it delivers bytes, and opens again what vanished', async () => {
    const clients: Socket[] = [];
    let server = await serve(0, clients);
    const { port } = server.address() as AddressInfo;
    const { line, bytes, ports } = listen(`tcp://127.0.0.1:${port}`);
    await until(() => bytes.length === 2, 'first bytes');
    clients.forEach((client) => client.destroy());
    server.close();
    await until(() => ports.length === 2, 'the loss');
    server = await serve(port, clients);
    await until(() => bytes.length === 4, 'bytes after the return');
    expect(ports).toEqual([true, false, true]);
    line.close();
    clients.forEach((client) => client.destroy());
    server.close();
  }, 30_000);

  test('a port that is not there is said once, however often it is tried', async () => {
    const { line, ports, said } = listen('/dev/fairamp-no-such-port');
    await until(() => said.length > 0, 'the reason');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('/dev/fairamp-no-such-port');
    expect(ports).toEqual([false]);
    line.close();
  }, 15_000);

  test('a serial device is read at 1200 8N1, and read again after it was pulled and put back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fairamp-line-'));
    const device = join(folder, 'meter');
    const other = join(folder, 'other');
    const start = async (): Promise<ReturnType<typeof spawn>> => {
      const socat = spawn('socat', [`pty,raw,echo=0,link=${device}`, `pty,raw,echo=0,link=${other}`]);
      await until(() => existsSync(device) && existsSync(other), 'socat (package socat) makes its two terminals');
      return socat;
    };
    let socat = await start();
    const { line, bytes, ports } = listen(device);
    await until(() => ports.includes(true), 'the port opens');
    appendFileSync(other, Uint8Array.from([0x7e, 0xff, 0x11, 0x13]));
    await until(() => bytes.length === 4, 'bytes through the terminal, control characters too');
    socat.kill('SIGKILL');
    await once(socat, 'exit');
    await until(() => ports.includes(false), 'the loss');
    for (const link of [device, other]) rmSync(link, { force: true });
    socat = await start();
    await until(() => ports.length === 3, 'the return');
    appendFileSync(other, Uint8Array.from([0x55]));
    await until(() => bytes.length === 5, 'a byte after the return');
    expect(bytes).toEqual([0x7e, 0xff, 0x11, 0x13, 0x55]);
    line.close();
    socat.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }, 45_000);
});
