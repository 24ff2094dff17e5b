// The commands as the running system sees them: what is asked of it, in which order, and what is left alone.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMAND, type Outcome, type Setting } from '../src/commands.js';
import { filesBelow } from '../src/files.js';
import { parseOptions } from '../src/options.js';
import type { Ran } from '../src/system.js';
import { image, listing, put } from './rig.js';

const PROJECT = resolve(import.meta.dirname, '../../..');

let root: string;
let from: string;
let asked: string[];
let said: string[];
let answers: Readonly<Record<string, Ran>>;

beforeEach(() => {
  root = image();
  from = join(root, 'build');
  [asked, said, answers] = [[], [], {}];
  put(root, 'usr/bin/node', '');
  put(root, 'etc/passwd', 'root:x:0:0::/root:/bin/sh\n');
  put(root, 'etc/group', 'root:x:0:\ndialout:x:20:\n');
  buildInto('1.0.0');
});
afterEach(() => rmSync(root, { recursive: true }));

/** As `npm run build` leaves it, with one native package and one for another computer. */
function buildInto(version: string): void {
  const dependencies = { koffi: '1' };
  put(from, 'package.json', JSON.stringify({ version, dependencies }));
  for (const app of ['slave', 'master', 'sensorbox-bridge', 'setup']) {
    put(from, `dist/${app}/main.mjs`, `${app} ${version}`);
    put(from, `dist/${app}/.main.built.json`, JSON.stringify({ packages: ['class-validator', 'koffi'] }));
  }
  put(from, 'node_modules/koffi/package.json', JSON.stringify({ optionalDependencies: { 'koffi-mars': '1' } }));
  put(from, 'node_modules/class-validator/package.json', '{}');
  put(from, 'docs/deploy.md', '');
  for (const file of [
    'safe-state.sh',
    'fairamp-setup.sh',
    'udev/60-fairamp.rules',
    'sysusers.d/fairamp.conf',
    'tmpfiles.d/fairamp.conf',
  ])
    put(from, `deploy/${file}`, file);
  for (const app of ['slave', 'master', 'bridge']) {
    put(from, `deploy/systemd/fairamp-${app}.service`, '@NODE@ @PREFIX@ @CONFIG@');
    put(from, `deploy/config/${app}.yaml`, 'key: ""\n');
  }
}

function run(line: string): Outcome {
  const parsed = parseOptions(line.split(' '));
  if (!parsed.ok || parsed.value.kind === 'help') throw new Error(parsed.ok ? 'help' : parsed.detail);
  const setting: Setting = {
    files: filesBelow(root),
    system: {
      isRunning: true,
      run: (command, args) => {
        const words = [command, ...args].join(' ');
        asked.push(words);
        return Object.entries(answers).find(([part]) => words.includes(part))?.[1] ?? { ok: true, said: '' };
      },
    },
    ownNode: '/usr/bin/node',
    ownBuild: from,
    report: (text) => void said.push(text),
  };
  return COMMAND[parsed.value.options.command](setting, parsed.value.options);
}

/** Without accounts and udev. */
const systemctl = (): readonly string[] => asked.splice(0).filter((words) => words.startsWith('systemctl'));

test('a first installation makes the accounts and starts nothing', () => {
  expect(run('install --apps slave,master').ok).toBe(true);
  expect(asked.slice(0, 3)).toEqual([
    'systemd-sysusers /usr/local/lib/sysusers.d/fairamp.conf',
    'systemd-tmpfiles --create /usr/local/lib/tmpfiles.d/fairamp.conf',
    'systemctl daemon-reload',
  ]);
  expect(asked.filter((words) => / (start|restart|enable)/.test(words))).toEqual([]);
});

test('copies what the bundles load, and nothing that Nest would take if it were there', () => {
  run('install --apps slave');
  const packages = Object.keys(listing(join(root, 'opt/fairamp/current/node_modules')));
  expect(packages).toEqual(['', 'koffi', 'koffi/package.json']);
});

test('an upgrade restarts what runs, the same again restarts nothing', () => {
  run('install --apps slave,master');
  systemctl();
  buildInto('1.1.0');
  run('install');
  expect(systemctl()).toContain('systemctl try-restart fairamp-slave.service fairamp-master.service');
  run('install');
  expect(systemctl()).toEqual(['systemctl daemon-reload']);
});

test('--start starts and enables those whose configuration is complete, and says of the others why not', () => {
  answers = { 'master/main.mjs': { ok: false, said: 'key: must be 64 hex digits\n' } };
  expect(run('install --apps slave,master --start').ok).toBe(false);
  expect(systemctl()).toEqual(['systemctl daemon-reload', 'systemctl restart fairamp-slave.service']);
  expect(said).toContain('master is not started: /etc/fairamp/master.yaml: key: must be 64 hex digits');
  const enabled = Object.keys(listing(join(root, 'etc/systemd/system/multi-user.target.wants')));
  expect(enabled).toEqual(['', 'fairamp-slave.service']);
});

test('a unit that does not start is told, and what is installed stays', () => {
  answers = { 'systemctl restart': { ok: false, said: 'Job for fairamp-slave.service failed' } };
  expect(run('install --apps slave --start').ok).toBe(false);
  expect(said).toContain('systemctl restart fairamp-slave.service: Job for fairamp-slave.service failed');
  expect(run('status').ok).toBe(true);
});

test('an app that is left out of an upgrade is stopped first, and goes', () => {
  run('install --apps slave,master --start');
  systemctl();
  run('install --apps slave');
  expect(systemctl()[0]).toBe('systemctl stop fairamp-master.service');
  const left = Object.keys(listing(root)).filter(
    (path) => path.includes('fairamp-master') && !path.startsWith('build'),
  );
  expect(left).toEqual([]);
});

test('remove stops what runs before its files go, and forgets it after', () => {
  run('install --apps slave,bridge');
  systemctl();
  run('remove');
  expect(systemctl()).toEqual([
    'systemctl stop fairamp-slave.service fairamp-bridge.service',
    'systemctl daemon-reload',
    'systemctl reset-failed fairamp-slave.service fairamp-bridge.service',
  ]);
});

test('a purge takes the accounts that were made for us, and no other', () => {
  run('install --apps slave');
  put(root, 'etc/passwd', 'root:x:0:0::/root:/bin/sh\nfairamp:x:999:999::/:/bin/false\n');
  put(root, 'etc/group', 'root:x:0:\ndialout:x:20:\ngpio:x:998:\n');
  // Once more, when they are there: whose they are is not forgotten.
  run('install');
  asked = [];
  run('remove --purge');
  expect(asked.filter((words) => /^(user|group)del/.test(words))).toEqual(['userdel fairamp', 'groupdel gpio']);
});

test('a dry run asks nothing of the system and changes nothing', () => {
  const before = listing(root);
  expect(run('remove --purge --dry-run').text).toBe('nothing is installed');
  expect([asked, listing(root)]).toEqual([[], before]);
});

test.each([
  ['install', () => undefined, '--apps: nothing is installed yet'],
  ['install --apps slave --node /usr/bin/nodejs', () => undefined, '/usr/bin/nodejs: is not there'],
  ['install --apps slave --node /root/node', () => put(root, 'root/node', ''), "/root/node: is in a person's home"],
  [
    'install --apps slave',
    () => rmSync(join(from, 'dist/slave'), { recursive: true }),
    'dist/slave/main.mjs: is not there; build first',
  ],
  [
    'install --apps slave',
    () => rmSync(join(from, 'dist/slave/.main.built.json')),
    'does not say what it loads; build again',
  ],
  [
    'install --apps slave',
    () => rmSync(join(from, 'node_modules/koffi'), { recursive: true }),
    'node_modules/koffi: a bundle needs it',
  ],
  ['install --apps slave', () => put(from, 'package.json', '{'), 'package.json: cannot be read'],
  ['verify', () => undefined, 'nothing is installed'],
])('%s is refused before anything is done: %#', (line, spoil, reason) => {
  spoil();
  const before = listing(root);
  expect(() => run(line)).toThrow(reason);
  expect([asked, listing(root)]).toEqual([[], before]);
});

test('the real units and patterns leave nothing to be filled in', () => {
  for (const file of ['systemd', 'config', 'tmpfiles.d', 'fairamp-setup.sh'])
    cpSync(join(PROJECT, 'deploy', file), join(from, 'deploy', file), { recursive: true });
  run('install --apps slave,master,bridge');
  const texts = Object.keys(listing(root)).filter(
    (path) => /^(usr\/local|etc)\/.*fairamp[^/]*(\/[^/]*\.yaml)?$/.test(path) && path !== 'etc/fairamp',
  );
  const contents = texts.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  expect(contents.length).toBeGreaterThan(8);
  expect(contents.filter(([, text]) => /@[A-Z]+@/.test(text))).toEqual([]);
});
