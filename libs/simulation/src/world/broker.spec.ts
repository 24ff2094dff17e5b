import type { Said } from '@fairamp/nodes';
import { MemoryBroker, type Client, type Packet } from './broker.js';

const text = (packet: Packet): string => new TextDecoder().decode(packet.payload);
const packet = (topic: string, payload: string, retain = false): Packet => ({
  topic,
  payload: new TextEncoder().encode(payload),
  retain,
});

/** A broker whose wires deliver when `arrive` is called, and what each client heard: `payload`, with `*` if retained. */
function site() {
  let underWay: (() => void)[] = [];
  const carried: string[] = [];
  const broker = new MemoryBroker((from, to, what, deliver) => {
    carried.push(`${from}>${to} ${what}`);
    underWay.push(deliver);
  });
  const heard: Record<string, string[]> = {};
  const client = (id: string, will: Packet | null = null): Client => ({
    id,
    subscribes: (topic) => topic.startsWith('news/'),
    hear: (message, retained) => void (heard[id] ??= []).push(`${text(message)}${retained ? '*' : ''}`),
    connected: () => void (heard[id] ??= []).push('connected'),
    will,
  });
  /** Twice, as what reaches the broker then goes on to the clients. */
  const arrive = (hops = 2): void => {
    for (let hop = 0; hop < hops; hop += 1) {
      const now = underWay;
      underWay = [];
      for (const deliver of now) deliver();
    }
  };
  const join = (id: string, will?: Packet): void => broker.connect(client(id, will));
  const say = (from: string, payload: string, retain = false, topic = `news/${from}`): void => {
    broker.publish(from, packet(topic, payload, retain));
  };
  return { broker, heard, join, say, arrive, carried };
}

describe('the broker', () => {
  test('delivers to whom a topic concerns, to the sender too, and to nobody else', () => {
    const { heard, join, say, arrive } = site();
    join('one');
    join('other');
    say('one', 'hello');
    say('one', 'whisper', false, 'private/one');
    arrive();
    expect(heard).toEqual({ one: ['connected', 'hello'], other: ['connected', 'hello'] });
  });

  test.each(['report', 'grant', 'sample', 'beacon'] as const)('tells the wires what it is: %s', (kind) => {
    const { broker, join, carried } = site();
    join('one');
    broker.publish('one', { ...packet('news/one', 'x'), says: { kind, body: {} } as unknown as Said });
    broker.publish('one', packet(`news/${kind}`, 'x'));
    expect(carried).toEqual([`one>broker ${kind}`, 'one>broker text']);
  });

  test('gives a late subscriber the newest of what is retained, marked so, and nothing of the rest', () => {
    const { heard, join, say, arrive } = site();
    join('one');
    say('one', 'old', true);
    say('one', 'gone', false);
    say('one', 'new', true);
    arrive();
    join('late');
    arrive();
    expect(heard.late).toEqual(['connected', 'new*']);
    expect(heard.one).toEqual(['connected', 'old', 'gone', 'new']);
  });

  test('takes nothing from a client that is not connected', () => {
    const { heard, join, say, arrive, carried } = site();
    join('one');
    say('stranger', 'hello', true);
    arrive();
    expect(carried).toEqual([]);
    expect(heard.one).toEqual(['connected']);
  });

  test('delivers nothing to a client that has gone since, nor to a later connection of it', () => {
    const { broker, heard, join, say, arrive } = site();
    join('one');
    join('other');
    join('third');
    say('one', 'for those who are there');
    arrive(1);
    broker.drop('other');
    broker.drop('third');
    join('other');
    arrive(1);
    expect(heard).toEqual({
      one: ['connected', 'for those who are there'],
      other: ['connected', 'connected'],
      third: ['connected'],
    });
    expect([broker.isConnected('other'), broker.isConnected('third')]).toEqual([true, false]);
  });
});

describe('the will of a client', () => {
  const WILL = packet('news/will', 'offline', true);

  test('is said when it is gone without a farewell, once, and retained as it asked', () => {
    const { broker, heard, join, arrive } = site();
    join('one', WILL);
    join('other');
    broker.drop('one');
    broker.drop('one');
    arrive();
    join('late');
    arrive();
    expect(heard.other).toEqual(['connected', 'offline']);
    expect(heard.late).toEqual(['connected', 'offline*']);
    expect(broker.isConnected('one')).toBe(false);
  });

  test('is not said while it stays, nor when it connects once more', () => {
    const { heard, join, arrive } = site();
    join('other');
    join('one', WILL);
    join('one', WILL);
    arrive();
    expect(heard.other).toEqual(['connected']);
  });

  test('dies with the broker', () => {
    const { broker, heard, join, arrive } = site();
    join('one', WILL);
    broker.kill();
    broker.drop('one');
    broker.start('kept');
    join('late');
    arrive();
    expect(heard.late).toEqual(['connected']);
  });

  test('is none where a client left none', () => {
    const { broker, heard, join, arrive } = site();
    join('one');
    join('other');
    broker.drop('one');
    arrive();
    expect(heard.other).toEqual(['connected']);
  });
});

describe('a broker that is killed', () => {
  /** It had saved `early`, then heard `late`, and was killed. */
  function killed() {
    const all = site();
    all.join('one');
    all.say('one', 'early', true);
    all.arrive();
    all.broker.save();
    all.say('one', 'late', true);
    all.arrive();
    all.broker.kill();
    return all;
  }

  test.each([
    ['kept', ['connected', 'late*']],
    ['lost', ['connected']],
    ['old', ['connected', 'early*']],
  ] as const)('starts with its retained messages %s', (retained, heard) => {
    const all = killed();
    all.broker.start(retained);
    all.join('after');
    all.arrive();
    expect(all.heard.after).toEqual(heard);
  });

  test('is away: it takes nobody in, hears nothing and says nothing', () => {
    const all = killed();
    all.join('during');
    all.say('one', 'unheard', true);
    all.arrive();
    expect([all.broker.isUp, all.broker.isConnected('one'), all.broker.isConnected('during')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(all.heard.during).toBeUndefined();
  });

  test.each([
    ['to it', 0],
    ['from it', 1],
  ])('loses what was on its way %s, also for who connects to its next life', (_, hops) => {
    const { broker, heard, join, say, arrive } = site();
    join('one');
    say('one', 'lost', true);
    arrive(hops);
    broker.kill();
    broker.start('lost');
    join('one');
    arrive();
    say('one', 'in its next life');
    arrive();
    expect(heard.one).toEqual(['connected', 'connected', 'in its next life']);
  });

  test('saves nothing while it is away', () => {
    const all = killed();
    all.broker.save();
    all.broker.start('old');
    all.join('after');
    all.arrive();
    expect(all.heard.after).toEqual(['connected', 'early*']);
  });
});
