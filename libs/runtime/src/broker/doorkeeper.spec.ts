import { type Clock } from '../clock.js';
import { identifyFrom } from './accounts.js';
import { type BrokerSession } from './broker-session.js';
import { Doorkeeper } from './doorkeeper.js';
import { topicRights } from './roles.js';

const CONNECT = { type: 1, length: 40 };
const PUBLISH = { type: 3, length: 200 };
const PUBACK = { type: 4, length: 4 };

function house(): {
  door: Doorkeeper;
  at: (now: number) => void;
  told: string[];
  come: (id: string, password?: string, clientId?: string) => BrokerSession;
} {
  let now = 0;
  const told: string[] = [];
  const clock: Clock = { now: () => now, every: () => () => undefined };
  const identify = identifyFrom(
    [
      { role: 'slave', id: 'garage', password: 'right' },
      { role: 'master', id: 'main', password: 'right' },
    ],
    { viewers: true },
  );
  const door = new Doorkeeper(
    { site: 'home', chargePoints: 3, identify, rights: topicRights('home') },
    {
      clock,
      onAlarm: ({ kind, id, addresses }) => told.push(`${kind} ${id} ${addresses.join(' ')}`),
      onRefusal: ({ reason, id }) => told.push(`${reason} ${id}`.trim()),
    },
  );
  const come = (id: string, password = 'right', clientId = id): BrokerSession => {
    const session = door.arrive('192.0.2.7');
    if (session === null) throw new Error('not let in');
    session.request = { clientId, keepalive_s: 5, clean: true, will: null };
    door.judgePacket(session, CONNECT);
    door.admit(session, id === '' ? null : id, password);
    return session;
  };
  return { door, at: (moment) => (now = moment), told, come };
}

describe('the doorkeeper', () => {
  test('lets a slave send 50 packets at once and 20 a second after that', () => {
    const { door, at, told, come } = house();
    const slave = come('garage');
    const passed = (count: number): number =>
      Array.from({ length: count }, () => door.judgePacket(slave, PUBLISH)).filter(Boolean).length;
    expect(passed(49)).toBe(49);
    at(1000);
    expect(passed(20)).toBe(20);
    expect(told).toEqual([]);
    expect(passed(1)).toBe(0);
    expect(told).toEqual(['rate garage']);
  });

  test('counts the acknowledgements of a viewer that asked for QoS 1 as next to nothing', () => {
    const { door, come } = house();
    const viewer = come('');
    for (let count = 0; count < 1000; count += 1) expect(door.judgePacket(viewer, PUBACK)).toBe(true);
  });

  test.each([
    ['garage', 4096, true],
    ['garage', 4097, false],
    ['main', 65_536, true],
    ['main', 65_537, false],
    ['', 4097, false],
  ])('for "%s" a packet of %d bytes passes: %s', (id, length, passes) => {
    const { door, come } = house();
    expect(door.judgePacket(come(id), { type: 3, length })).toBe(passes);
  });

  test('closes a connection that does not begin with a CONNECT', () => {
    const { door, told } = house();
    const session = door.arrive('192.0.2.7');
    expect(session !== null && door.judgePacket(session, PUBLISH)).toBe(false);
    expect(told).toEqual(['not-connect']);
  });

  test('I10: raises an alarm when a second one comes under the id of one that is alive', () => {
    const { told, come, at } = house();
    come('garage');
    at(2500);
    come('garage');
    expect(told).toEqual(['duplicate-id garage 192.0.2.7 192.0.2.7']);
  });

  test('takes the return of one that was silent for longer than 2.5 s for what it is', () => {
    const { told, come, at } = house();
    come('garage');
    at(2501);
    come('garage');
    expect(told).toEqual([]);
  });

  test("keeps a viewer from closing a slave's connection by taking its client id", () => {
    const { told, come, door } = house();
    const slave = come('garage');
    come('', '', 'garage');
    expect(told).toEqual(['client-id']);
    door.leave(slave);
    come('', '', 'garage');
    expect(told).toHaveLength(1);
  });

  test('answers the sixth guess of a password like a wrong one, even if it is right', () => {
    const { told, come, at } = house();
    for (let guess = 0; guess < 5; guess += 1) come('garage', `guess ${guess}`);
    expect(come('garage').identity).toBeNull();
    expect(told).toEqual([...Array<string>(5).fill('credentials'), 'throttled']);
    at(60_000);
    expect(come('garage').identity).toEqual({ role: 'slave', id: 'garage' });
  });

  test('keeps 64 retained topics of a slave, and the 65th only when another was cleared', () => {
    const { door, told, come } = house();
    const slave = come('garage');
    const publish = (name: string, isEmpty = false): boolean =>
      door.judgePublish(slave, `fairamp/home/telemetry/slave/garage/${name}`, true, isEmpty);
    for (let count = 0; count < 64; count += 1) expect(publish(`v${count}`)).toBe(true);
    expect(publish('v63')).toBe(true);
    expect(publish('v64')).toBe(false);
    expect(told).toEqual(['retained-number garage']);
    expect(publish('v0', true)).toBe(true);
    expect(publish('v64')).toBe(true);
  });

  test('refuses a retained grant under its own name', () => {
    const { door, told, come } = house();
    expect(door.judgePublish(come('main'), 'fairamp/home/control/slave/garage/grant', true, false)).toBe(false);
    expect(told).toEqual(['retained-control main']);
  });

  test('takes 64 filters of one client', () => {
    const { door, come } = house();
    const viewer = come('');
    const taken = Array.from({ length: 65 }, (_, count) => door.judgeSubscription(viewer, `fairamp/${count}`));
    expect(taken.lastIndexOf(true)).toBe(63);
    expect(door.judgeSubscription(viewer, 'fairamp/0')).toBe(true);
  });

  test('has 128 places for viewers and 64 for strangers of one address', () => {
    const { door, told, come } = house();
    for (let count = 0; count < 128; count += 1) come('');
    expect(told).toEqual([]);
    come('');
    expect(told).toEqual(['too-many']);
    for (let count = 0; count < 63; count += 1) expect(door.arrive('192.0.2.7')).not.toBeNull();
    expect(door.arrive('192.0.2.7')).toBeNull();
    expect(door.arrive('192.0.2.8')).not.toBeNull();
  });
});
