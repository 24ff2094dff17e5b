import { parseOptions } from './options.js';
import { USAGE } from './usage.js';

const options = (...argv: string[]) => {
  const asked = parseOptions(argv);
  if (!asked.ok || asked.value.kind !== 'command') throw new Error(asked.ok ? 'help' : asked.detail);
  return asked.value.options;
};

test.each([
  ['install --apps slave', { command: 'install', apps: ['slave'], root: '/', start: false }],
  ['install --apps bridge,slave', { apps: ['slave', 'bridge'] }],
  ['install --apps=master --start', { apps: ['master'], start: true }],
  ['install', { apps: null, prefix: null, config: null, node: null, from: null }],
  ['install --root /tmp/image/ --prefix /srv/fairamp', { root: '/tmp/image', prefix: '/srv/fairamp' }],
  [
    'install --config /etc/charging --node /usr/local/bin/node',
    { config: '/etc/charging', node: '/usr/local/bin/node' },
  ],
  ['install --from ../build --dry-run --json', { from: '../build', dryRun: true, json: true }],
  ['remove --purge', { command: 'remove', purge: true }],
  ['status --json', { command: 'status', json: true }],
  ['verify --root /mnt', { command: 'verify', root: '/mnt' }],
])('takes %s', (line, expected) => {
  expect(options(...line.split(' '))).toMatchObject(expected);
});

test.each([
  [['uninstall'], 'uninstall: no such command; allowed are install, remove, status, verify'],
  [['install', '--apps', 'slave,lab'], '--apps slave,lab: no app "lab"; allowed are slave, master, bridge'],
  [['install', '--apps', ''], '--apps: a value is missing'],
  [['install', '--apps'], '--apps: a value is missing'],
  [['install', '--purge'], '--purge: not an option of install'],
  [['remove', '--apps', 'slave'], '--apps: not an option of remove; allowed are --root, --json, --purge, --dry-run'],
  [['status', 'now'], 'now: not an option of status'],
  [['install', '--root', 'image'], '--root image: allowed is an absolute path'],
  [['install', '--prefix', '/opt/../etc'], '--prefix /opt/../etc: allowed is an absolute path'],
  [['install', '--prefix', '/opt/my programs'], '--prefix /opt/my programs: allowed is an absolute path'],
  [['install', '--config', '/etc/%n'], '--config /etc/%n: allowed is an absolute path'],
  [['install', '--node', '/bin/sh\nExecStart=/bin/evil'], 'allowed is an absolute path'],
  [['install', '--prefix', '/'], '/: allowed is a folder below /'],
  [['install', '--config', '//'], '--config //: allowed is an absolute path'],
  [['install', '--start', '--root', '/mnt'], '--start: nothing runs inside --root /mnt'],
])('refuses %j', (argv, detail) => {
  const asked = parseOptions(argv);
  expect(asked.ok ? 'taken' : asked.detail).toContain(detail);
});

test.each([[[]], [['--help']], [['install', '-h']]])('%j asks for help', (argv) => {
  expect(parseOptions(argv)).toEqual({ ok: true, value: { kind: 'help' } });
});

test('the help names every option, and no other', () => {
  const named = [...new Set(USAGE.match(/--[a-z-]+/g))].toSorted();
  const [every] = ['--apps --config --dry-run --from --help --json --node --prefix --purge --root --start'.split(' ')];
  expect(named).toEqual(every);
});
