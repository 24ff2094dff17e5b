import { connectBytes, pause, publishBytes, rawSocket, startSite, topicsOf, waitFor, type Site } from './site.js';

const grant = 'fairamp/home/control/slave/garage/grant';
const report = 'fairamp/home/telemetry/slave/garage/report';
const sample = 'fairamp/home/telemetry/bridge/meter/sample';

let site: Site;

beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

describe('the embedded broker delivers', () => {
  test('what each role may read, and to a viewer of everything telemetry alone', async () => {
    const viewer = await site.join();
    const garage = await site.join('garage');
    const master = await site.join('main');
    const bridge = await site.join('meter');
    const [seen, asked, collected] = [topicsOf(viewer), topicsOf(garage), topicsOf(master)];
    await viewer.subscribeAsync('fairamp/#');
    await garage.subscribeAsync(grant);
    await master.subscribeAsync('fairamp/home/telemetry/#');
    master.publish(grant, '{}');
    garage.publish(report, '{}', { retain: true });
    bridge.publish(sample, '{}');
    expect(await waitFor(() => seen.length === 2 && asked.length === 1 && collected.length === 2)).toBe(true);
    await pause(50);
    expect(seen.toSorted()).toEqual([sample, report]);
    expect(asked).toEqual([grant]);
    expect(site.told).toEqual([]);
  });

  test('a retained report to who comes later, marked as retained', async () => {
    const garage = await site.join('garage');
    await garage.publishAsync(report, 'kept', { retain: true, qos: 1 });
    const viewer = await site.join();
    const kept: unknown[] = [];
    viewer.on('message', (topic, payload, { retain }) => kept.push([topic, payload.toString(), retain]));
    await viewer.subscribeAsync('fairamp/#');
    expect(await waitFor(() => kept.length > 0)).toBe(true);
    expect(kept).toEqual([[report, 'kept', true]]);
  });

  test('what is retained and what is not in the order in which it came, though both came at once', async () => {
    const viewer = await site.join();
    const topics = topicsOf(viewer);
    await viewer.subscribeAsync('fairamp/#');
    const passing = 'fairamp/home/telemetry/slave/garage/passing';
    const said = [publishBytes(report, 'x', true), publishBytes(passing, 'x'), publishBytes(report, 'y', true)];
    const socket = await rawSocket(site.broker.port, connectBytes('garage'), Buffer.concat(said));
    await waitFor(() => topics.length === 3);
    expect(topics).toEqual([report, passing, report]);
    socket.destroy();
  });

  test('nothing of its own ($SYS) to a viewer who asks', async () => {
    const viewer = await site.join();
    const topics = topicsOf(viewer);
    await viewer.subscribeAsync(['$SYS/#', '#']);
    await site.join('garage');
    await pause(100);
    expect(topics).toEqual([]);
  });

  test('the will of a participant that vanished', async () => {
    const viewer = await site.join();
    const topics = topicsOf(viewer);
    await viewer.subscribeAsync('fairamp/#');
    const will = {
      topic: 'fairamp/home/telemetry/slave/garage/availability',
      payload: Buffer.from('offline'),
      qos: 0 as const,
      retain: true,
    };
    const garage = await site.join('garage', { will });
    garage.stream.destroy();
    expect(await waitFor(() => topics.includes(will.topic))).toBe(true);
  });
});

describe('the embedded broker refuses', () => {
  const connects: readonly (readonly [string, string | undefined, object, string])[] = [
    ['a wrong password', 'garage', { password: 'x' }, 'credentials'],
    ["another's client id", 'garage', { clientId: 'street' }, 'client-id'],
    ['keepalive 0', 'garage', { keepalive: 0 }, 'keepalive'],
    ['a slave with a keepalive of a minute', 'garage', { keepalive: 60 }, 'keepalive'],
    ['a viewer with keepalive 0', undefined, { keepalive: 0 }, 'keepalive'],
    ['a session that is to be kept', undefined, { clean: false, clientId: 'tv' }, 'session'],
    [
      "a will on another's topic",
      'garage',
      { will: { topic: sample, payload: Buffer.from(''), qos: 0, retain: false } },
      'will',
    ],
  ];
  test.each(connects)('a CONNECT with %s', async (_what, id, over, reason) => {
    await expect(site.join(id, over)).rejects.toThrow(/refused|closed/i);
    expect(site.told).toEqual([reason]);
    expect(await site.stillServes()).toBe(true);
  });

  test('MQTT 5, which aedes does not speak', async () => {
    await expect(site.join('garage', { protocolVersion: 5 })).rejects.toThrow();
    expect(await site.stillServes()).toBe(true);
  });

  test.each<[string, string, string, boolean, string]>([
    ['a retained grant of the master', 'main', grant, true, 'retained-control main'],
    ['a grant of a slave', 'garage', grant, false, 'publish garage'],
    ["a report on another's topic", 'street', report, true, 'publish street'],
    ['anything outside of the site', 'main', 'elsewhere/x', false, 'publish main'],
  ])('%s, and closes that connection', async (_what, id, topic, ...[retain, told]) => {
    const client = await site.join(id);
    const viewer = await site.join('garage' === id ? 'main' : 'garage');
    const topics = topicsOf(viewer);
    await viewer.subscribeAsync(viewer.options.clientId === 'main' ? 'fairamp/home/#' : grant);
    client.publish(topic, 'x', { retain });
    expect(await waitFor(() => !client.connected)).toBe(true);
    expect(site.told).toEqual([told]);
    expect(topics).toEqual([]);
    expect(viewer.connected).toBe(true);
  });

  test("a subscription to another's grants, with the code for it", async () => {
    const street = await site.join('street');
    await expect(street.subscribeAsync(grant)).rejects.toThrow();
    expect(site.told).toEqual(['subscribe street']);
    expect(street.connected).toBe(true);
  });

  test('the guesser of a password after five attempts, and nobody else', async () => {
    for (let guess = 0; guess < 6; guess += 1) await site.join('garage', { password: 'x' }).catch(() => undefined);
    await expect(site.join('garage')).rejects.toThrow();
    expect(site.told).toEqual([...Array<string>(5).fill('credentials'), 'throttled', 'throttled']);
    expect(await site.stillServes()).toBe(true);
  });
});
