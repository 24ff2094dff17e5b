import { closeSync, constants, openSync, readSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import { openPty, type Line } from '../src/plant/pty.js';

/** Every byte value: 0x03, 0x0a, 0x0d, 0x11 and 0x13 mean something to a terminal that is not raw. */
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, value) => value);

let line: Line;
beforeEach(async () => {
  const opened = await openPty();
  if (!opened.ok) throw new Error(opened.detail);
  line = opened.value;
});
afterEach(() => line.close());

async function openPort(): Promise<{ port: SerialPort; received: number[] }> {
  const port = new SerialPort({ path: line.path, baudRate: 1200, autoOpen: false });
  const received: number[] = [];
  port.on('data', (bytes: Buffer) => received.push(...bytes));
  await new Promise<void>((resolve, reject) => port.open((error) => (error === null ? resolve() : reject(error))));
  return { port, received };
}

const close = (port: SerialPort): Promise<void> => new Promise((resolve) => port.close(() => resolve()));

async function until(condition: () => boolean): Promise<void> {
  for (let waited_ms = 0; !condition() && waited_ms < 3000; waited_ms += 10) await pause(10);
}

test('every byte arrives as it was sent, through serialport at 1200 baud, and nothing echoes', async () => {
  const { port, received } = await openPort();
  line.write(EVERY_BYTE);
  await until(() => received.length >= EVERY_BYTE.length);
  expect(received).toEqual([...EVERY_BYTE]);
  port.write('hello');
  await pause(50);
  expect(received).toHaveLength(EVERY_BYTE.length);
  await close(port);
});

test('a reader that was away gets nothing from that time, and everything after it', async () => {
  line.write(Uint8Array.of(1));
  const first = await openPort();
  line.write(Uint8Array.of(2));
  await until(() => first.received.length > 0);
  await close(first.port);
  line.write(Uint8Array.of(3));
  const second = await openPort();
  line.write(Uint8Array.of(4));
  await until(() => second.received.length > 0);
  await close(second.port);
  expect([first.received, second.received]).toEqual([[2], [4]]);
});

test('a reader that merely sleeps finds its bytes later; when the buffer is full the rest is lost and nothing blocks', async () => {
  const sleeper = openSync(line.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const began = performance.now();
  for (let count = 0; count < 200; count += 1) line.write(EVERY_BYTE);
  expect(performance.now() - began).toBeLessThan(1000);
  await pause(50);
  const kept = Buffer.alloc(256);
  expect(readSync(sleeper, kept)).toBe(256);
  expect([...kept]).toEqual([...EVERY_BYTE]);
  closeSync(sleeper);
});
