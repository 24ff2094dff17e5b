// What a hostile or broken client may do to the embedded broker, over real sockets: it is cut off, and the others notice
// nothing.
import {
  connectBytes,
  isClosedWithin,
  pause,
  publishBytes,
  rawSocket,
  startSite,
  subscribeBytes,
  topicsOf,
  waitFor,
  type Site,
} from './site.js';

const report = 'fairamp/home/telemetry/slave/garage/report';

let site: Site;

beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

describe('the embedded broker survives', () => {
  test('I10: a second slave under one id, and tells of it', async () => {
    const first = await site.join('garage');
    await site.join('garage');
    expect(await waitFor(() => !first.connected)).toBe(true);
    expect(site.told).toEqual(['duplicate-id garage']);
  });

  test('200 MB that are announced, without keeping a megabyte of them', async () => {
    const before = process.memoryUsage().rss;
    const announcement = Uint8Array.from([0x31, 0x80, 0xa0, 0xaf, 0x5f]);
    const socket = await rawSocket(
      site.broker.port,
      connectBytes('garage'),
      announcement.subarray(0, 2),
      announcement.subarray(2),
    );
    expect(await isClosedWithin(socket, 500)).toBe(true);
    expect(site.told).toEqual(['packet-size garage']);
    expect(process.memoryUsage().rss - before).toBeLessThan(32_000_000);
    expect(await site.stillServes()).toBe(true);
  });

  test('a stranger who announces 200 MB before any CONNECT', async () => {
    const socket = await rawSocket(site.broker.port, Uint8Array.from([0x10, 0x80, 0xa0, 0xaf, 0x5f]));
    expect(await isClosedWithin(socket, 500)).toBe(true);
    expect(site.told).toEqual(['packet-size']);
  });

  test.each([
    ['garage', 4000, true],
    ['garage', 4200, false],
    ['main', 60_000, true],
    ['main', 70_000, false],
  ])('%s sending %d bytes at once (taken: %s)', async (id, size, isTaken) => {
    const client = await site.join(id);
    const topic = id === 'main' ? 'fairamp/home/telemetry/master/main/x' : report;
    const viewer = await site.join();
    const topics = topicsOf(viewer);
    await viewer.subscribeAsync('fairamp/#');
    client.publish(topic, 'x'.repeat(size));
    expect(await waitFor(() => topics.length === 1, isTaken ? 2000 : 300)).toBe(isTaken);
    expect(await waitFor(() => client.connected === isTaken)).toBe(true);
  });

  test('half a CONNECT, for its time-out and no longer', async () => {
    await site.close();
    site = await startSite({ connectTimeout_ms: 300 });
    const socket = await rawSocket(site.broker.port, connectBytes('garage').subarray(0, 9));
    expect(await isClosedWithin(socket, 1000)).toBe(true);
    expect(site.told).toEqual(['connect-timeout']);
    expect(await waitFor(() => site.broker.connections === 0)).toBe(true);
  });

  test('one byte at a time', async () => {
    const pieces = [...connectBytes('garage')].map((byte) => Uint8Array.of(byte));
    const socket = await rawSocket(site.broker.port, ...pieces);
    const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    expect([...answer]).toEqual([0x20, 2, 0, 0]);
    socket.destroy();
  });

  test('a flood of one client, which is cut off', async () => {
    const packet = publishBytes(report, 'x');
    const socket = await rawSocket(
      site.broker.port,
      connectBytes('garage'),
      Buffer.concat(Array<Uint8Array>(5000).fill(packet)),
    );
    expect(await isClosedWithin(socket, 1000)).toBe(true);
    expect(site.told).toEqual(['rate garage']);
    expect(await site.stillServes()).toBe(true);
  });

  test.each([
    ['the packet that once crashed aedes (its issue 612)', '101000044d5154540502003c0321001400006202d301e0020020'],
    [
      'a second CONNECT',
      `${Buffer.from(connectBytes('garage')).toString('hex')}${Buffer.from(connectBytes('garage')).toString('hex')}`,
    ],
    [
      'a wildcard in a publish',
      Buffer.concat([connectBytes('garage'), Buffer.from('300400022b61', 'hex')]).toString('hex'),
    ],
    ['a hundred levels', Buffer.concat([connectBytes('main'), publishBytes('a/'.repeat(100), '')]).toString('hex')],
    ['nine levels in a filter', Buffer.concat([connectBytes(), subscribeBytes('a/b/c/d/e/f/g/h/i')]).toString('hex')],
    ['a browser', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n').toString('hex')],
    [
      'a packet that only a broker sends',
      Buffer.concat([connectBytes('garage'), Buffer.from('20020000', 'hex')]).toString('hex'),
    ],
  ])('%s', async (_what, hex) => {
    const socket = await rawSocket(site.broker.port, Buffer.from(hex, 'hex'));
    expect(await isClosedWithin(socket, 1000)).toBe(true);
    expect(await site.stillServes()).toBe(true);
  });

  test('1000 packets of 26 bytes that are nearly right', async () => {
    const seeds = [
      '101000044d5154540502003c0321001400006202d301e0020020',
      Buffer.from(connectBytes('garage')).toString('hex'),
    ];
    let random = 7;
    const next = (below: number): number => (random = (random * 48_271) % 0x7fff_ffff) % below;
    for (let round = 0; round < 50; round += 1) {
      const mutated = Array.from({ length: 20 }, () => {
        const bytes = Buffer.from(seeds[next(2)] ?? '', 'hex').subarray(0, 26 + next(30));
        for (let flips = next(4); flips >= 0; flips -= 1) bytes[next(bytes.length)] = next(256);
        return rawSocket(site.broker.port, bytes);
      });
      for (const socket of await Promise.all(mutated)) socket.destroy();
    }
    expect(await waitFor(() => site.broker.connections === 0, 5000)).toBe(true);
    expect(await site.stillServes()).toBe(true);
  }, 30_000);
});

test('a reader that is frozen does not keep a message from a healthy one', async () => {
  const frozen = await rawSocket(site.broker.port, connectBytes(undefined, 120), subscribeBytes('fairamp/#'));
  frozen.pause();
  const viewer = await site.join();
  await viewer.subscribeAsync('fairamp/#');
  const arrivals: number[] = [];
  viewer.on('message', () => arrivals.push(performance.now()));
  const master = await site.join('main');
  const payload = 'x'.repeat(60_000);
  const began = performance.now();
  const publishing = setInterval(() => master.publish('fairamp/home/telemetry/master/main/x', payload), 10);
  await waitFor(() => site.told.includes('slow-reader'), 8000);
  await pause(200);
  clearInterval(publishing);
  const gaps = arrivals.map((at, index) => at - (arrivals[index - 1] ?? began));
  expect(site.told).toEqual(['slow-reader']);
  expect(Math.max(...gaps)).toBeLessThan(2300);
  expect(viewer.connected).toBe(true);
  frozen.destroy();
}, 12_000);
