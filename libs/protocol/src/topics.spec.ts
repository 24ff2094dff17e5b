import { beaconTopic, grantTopic, parseTopic, plainTopic, reportTopic, sampleTopic, topicName } from './topics.js';

const topic = { site: 'home', tree: 'telemetry', role: 'slave', id: 'garage', leaf: 'report' } as const;

describe('topics', () => {
  test.each([
    [reportTopic('home', 'garage'), 'fairamp/home/telemetry/slave/garage/report'],
    [grantTopic('home', 'garage'), 'fairamp/home/control/slave/garage/grant'],
    [sampleTopic('home', 'bridge'), 'fairamp/home/telemetry/bridge/bridge/sample'],
    [beaconTopic('home', 'bridge'), 'fairamp/home/control/bridge/bridge/beacon'],
    [plainTopic('home', 'master', 'm1', 'limit_A'), 'fairamp/home/telemetry/master/m1/limit_A'],
  ])('%s', (name, text) => {
    expect(name).toBe(text);
    const parsed = parseTopic(name);
    expect(parsed === null ? null : topicName(parsed)).toBe(text);
  });

  test('is read into its parts', () => {
    expect(parseTopic('fairamp/home/telemetry/slave/garage/report')).toEqual(topic);
    expect(parseTopic('fairamp/0/settings/bridge/b-2/max_A')).toEqual({
      site: '0',
      tree: 'settings',
      role: 'bridge',
      id: 'b-2',
      leaf: 'max_A',
    });
  });

  const name = topicName(topic);
  test.each([
    ['nothing', ''],
    ['one level missing', 'fairamp/home/telemetry/slave/garage'],
    ['a seventh level', `${name}/x`],
    ['an empty seventh level', `${name}/`],
    ['nine levels, the first six right', `${name}/x/y/z`],
    ['a thousand levels', `${name}${'/x'.repeat(1_000)}`],
    ['an empty first level', `/${name}`],
    ['an empty site', name.replace('home', '')],
    ['another product', name.replace('fairamp', 'smartevse')],
    ['another spelling', name.replace('fairamp', 'Fairamp')],
    ['a tree that is none', name.replace('telemetry', 'secrets')],
    ['a role that is none', name.replace('slave', 'viewer')],
    ['the system`s topics', '$SYS/broker/uptime/a/b/c'],
    ['a line end', `${name}\n`],
    ['a zero', `${name}\0`],
    ['a slave that every object has', name.replace('garage', 'constructor')],
    ['a site that every object has', name.replace('home', 'constructor')],
  ])('null for %s', (_, text) => {
    expect(parseTopic(text)).toBeNull();
  });

  test.each([
    '+',
    '#',
    '..',
    '.',
    'a+',
    'a#',
    'Garage',
    ' garage',
    'a b',
    '-a',
    'ä',
    'a'.repeat(33),
    '%2f',
    '__proto__',
  ])('no site and no id is called %j', (id) => {
    expect(parseTopic(topicName({ ...topic, id }))).toBeNull();
    expect(parseTopic(topicName({ ...topic, site: id }))).toBeNull();
  });

  test.each(['+', '#', '..', '', '0', '_a', 'limit-A', 'a b', 'ä', 'a'.repeat(33)])('no leaf is called %j', (leaf) => {
    expect(parseTopic(topicName({ ...topic, leaf }))).toBeNull();
  });

  test('an id cannot add a level', () => {
    expect(parseTopic(reportTopic('home', 'garage/grant'))).toBeNull();
  });
});
