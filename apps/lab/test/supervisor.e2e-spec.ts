import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChildEvent } from '../src/supervise/child.js';
import { Supervisor } from '../src/supervise/supervisor.js';

const POLITE = `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.log('ready')`;
const CRASHING = `console.error('no such port'); process.exit(3)`;

let folder: string;
let events: ChildEvent[];
let supervisor: Supervisor;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairamp-supervisor-'));
  events = [];
  supervisor = new Supervisor((event) => events.push(event));
});
afterEach(async () => {
  await supervisor.stop([['child']]);
  rmSync(folder, { recursive: true });
});

function add(script: string) {
  const logFile = join(folder, 'child.log');
  return supervisor.add({ name: 'child', command: process.execPath, args: ['-e', script], logFile });
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited_ms = 0; !condition() && waited_ms < 8000; waited_ms += 20) await pause(20);
}

/** It listens to SIGTERM by then. */
async function ready(): Promise<void> {
  const logFile = join(folder, 'child.log');
  await until(() => existsSync(logFile) && readFileSync(logFile, 'utf8').includes('ready'));
}

const ends = () => events.filter((event) => event.kind === 'ended');
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('an end that was asked for is told as such', async () => {
  const child = add(POLITE);
  child.start();
  await ready();
  child.end();
  await child.ended();
  expect(ends()).toEqual([{ kind: 'ended', name: 'child', asked: true, how: 'exit code 0' }]);
  expect(child.state).toBe('down');
});

test('kill -9 is an end that was asked for too', async () => {
  const child = add(POLITE);
  child.start();
  child.kill9();
  await child.ended();
  expect(ends()).toEqual([{ kind: 'ended', name: 'child', asked: true, how: 'SIGKILL' }]);
});

test('an end that nobody asked for is told with the last words of the process', async () => {
  const child = add(CRASHING);
  child.start();
  await child.ended();
  expect(ends()).toEqual([{ kind: 'ended', name: 'child', asked: false, how: 'exit code 3: no such port' }]);
});

test('a program that does not exist ends at once and says why', async () => {
  const logFile = join(folder, 'child.log');
  supervisor.add({ name: 'child', command: join(folder, 'none'), args: [], logFile }).start();
  await until(() => ends().length > 0);
  expect(ends()[0]).toMatchObject({ asked: false, how: expect.stringContaining('ENOENT') });
});

test('a frozen process is seen as frozen, thaws, and can be ended while frozen', async () => {
  const child = add(POLITE);
  child.start();
  await ready();
  child.freeze();
  expect(child.state).toBe('frozen');
  child.thaw();
  expect(child.state).toBe('up');
  child.freeze();
  child.end();
  await child.ended();
  expect(ends()).toMatchObject([{ asked: true }]);
});

test('a start while it still ends comes after the end', async () => {
  const child = add(POLITE);
  child.start();
  await ready();
  child.end();
  child.start();
  await until(() => events.length === 3);
  expect(events.map(({ kind }) => kind)).toEqual(['started', 'ended', 'started']);
  expect(child.state).toBe('up');
});

test('when its parent is killed by -9, a child that watches its standard input ends by itself', async () => {
  const watching = `process.stdin.resume().on('end', () => process.exit(0)); setInterval(() => {}, 1000)`;
  const parentScript = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(watching)}], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    console.log(child.pid); setInterval(() => {}, 1000)`;
  const parent = spawn(process.execPath, ['-e', parentScript], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  await pause(300);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid));
  expect(isAlive(pid)).toBe(false);
});
