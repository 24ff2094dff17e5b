import { covers, isTopicName } from './topic-filter.js';
import { limitsOf, topicRights, type ClientRole } from './roles.js';

const rights = topicRights('home');
const ids: Record<ClientRole, string> = {
  slave: 'garage',
  bridge: 'meter',
  master: 'main',
  lone: 'garage',
  viewer: 'anyone',
};
const as = (role: ClientRole): { role: ClientRole; id: string } => ({ role, id: ids[role] });

describe('a topic filter', () => {
  test.each<[string, string, boolean]>([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/#', 'a/b/c', true],
    ['a/#', 'a', true],
    ['a/#', 'b', false],
    ['a/b', 'a', false],
    ['a/+/c', 'a/#', false],
    ['a/+', 'a/+', true],
    ['a/b', 'a/+', false],
    ['a/#', 'a/+/c', true],
    ['a/#', '#', false],
    ['#', '#', true],
  ])('%s covers %s: %s', (filter, inner, expected) => {
    expect(covers(filter, inner)).toBe(expected);
  });

  test.each<[string, string, boolean]>([
    ['an ordinary name', 'fairamp/home/telemetry/slave/garage/report', true],
    ['a wildcard', 'fairamp/+/x', false],
    ['nine levels', 'a/b/c/d/e/f/g/h/i', false],
    ['129 bytes', 'x'.repeat(129), false],
    ['a control character', 'fairamp/\u0000', false],
    ['nothing', '', false],
  ])('%s is a topic name: %s', (_what, topic, expected) => {
    expect(isTopicName(topic)).toBe(expected);
  });
});

describe('who may publish', () => {
  test.each<[ClientRole, string, boolean, boolean]>([
    ['slave', 'fairamp/home/telemetry/slave/garage/report', true, true],
    ['slave', 'fairamp/home/telemetry/slave/garage/limit_A', false, true],
    ['slave', 'fairamp/home/telemetry/slave/street/report', true, false],
    ['slave', 'fairamp/home/telemetry/bridge/garage/sample', false, false],
    ['slave', 'fairamp/home/control/slave/garage/grant', false, false],
    ['slave', 'fairamp/away/telemetry/slave/garage/report', true, false],
    ['slave', 'fairamp/home/settings/slave/garage/max', true, false],
    ['bridge', 'fairamp/home/telemetry/bridge/meter/sample', false, true],
    ['bridge', 'fairamp/home/telemetry/slave/meter/report', false, false],
    ['bridge', 'fairamp/home/control/bridge/meter/beacon', false, false],
    ['master', 'fairamp/home/control/slave/garage/grant', false, true],
    ['master', 'fairamp/home/control/slave/garage/grant', true, false],
    ['master', 'fairamp/home/control/bridge/meter/beacon', false, true],
    ['master', 'fairamp/home/telemetry/master/main/status', true, true],
    ['master', 'fairamp/home/telemetry/slave/garage/report', false, false],
    ['master', 'fairamp/home/settings/slave/garage/max', true, true],
    ['lone', 'fairamp/home/telemetry/slave/garage/report', true, true],
    ['lone', 'fairamp/home/control/bridge/meter/beacon', false, true],
    ['lone', 'fairamp/home/control/bridge/meter/beacon', true, false],
    ['lone', 'fairamp/home/telemetry/slave/street/report', true, false],
    ['viewer', 'fairamp/home/telemetry/slave/garage/report', false, false],
    ['viewer', 'fairamp/home/control/slave/garage/grant', false, false],
    ['master', '$SYS/x', false, false],
    ['master', 'fairamp/home/control/#', false, false],
  ])('%s on %s, retained %s: %s', (role, topic, retain, allowed) => {
    expect(rights.mayPublish(as(role), topic, retain)).toBe(allowed);
  });
});

describe('who receives', () => {
  const grant = 'fairamp/home/control/slave/garage/grant';
  const report = 'fairamp/home/telemetry/slave/garage/report';
  test.each<[ClientRole, string, boolean]>([
    ['slave', grant, true],
    ['slave', 'fairamp/home/control/slave/street/grant', false],
    ['slave', 'fairamp/home/settings/slave/garage/max', true],
    ['slave', report, false],
    ['bridge', 'fairamp/home/control/bridge/meter/beacon', true],
    ['bridge', grant, false],
    ['master', grant, true],
    ['master', report, true],
    ['viewer', report, true],
    ['viewer', grant, false],
    ['viewer', 'fairamp/home/settings/slave/garage/max', false],
    ['viewer', 'fairamp/away/telemetry/slave/garage/report', false],
    ['viewer', '$SYS/broker/clients', false],
  ])('%s from %s: %s', (role, topic, allowed) => {
    expect(rights.mayReceive(as(role), topic)).toBe(allowed);
  });

  test.each<[ClientRole, string, boolean]>([
    ['viewer', 'fairamp/#', true],
    ['viewer', '#', true],
    ['slave', 'fairamp/home/control/slave/garage/#', true],
    ['slave', 'fairamp/#', false],
    ['slave', 'fairamp/home/control/slave/+/grant', false],
    ['bridge', 'fairamp/home/control/bridge/meter/beacon', true],
    ['master', 'fairamp/home/telemetry/slave/+/report', true],
    ['master', '#', false],
    ['viewer', 'a/b/c/d/e/f/g/h/i', false],
  ])('%s may subscribe to %s: %s', (role, filter, allowed) => {
    expect(rights.maySubscribe(as(role), filter)).toBe(allowed);
  });
});

test('a master with 32 charge points may send 840 packets a second, a slave 20 whatever their number', () => {
  expect(limitsOf('master', 32).packets_per_s).toBe(840);
  expect(limitsOf('slave', 32).packets_per_s).toBe(20);
});
