// Installing into an image: what is written, what is kept, and what is not touched.
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow } from '../src/files.js';
import { enable } from '../src/install.js';
import { readManifest } from '../src/manifest.js';
import { complaints } from '../src/verify.js';
import { build, doInstall, doRemove, image, killedAt, listing, PLAN, put } from './rig.js';

const first = build('1.0.0');
const CONFIG = 'etc/fairamp/slave.yaml';

let root: string;
beforeEach(() => {
  root = image();
});
afterEach(() => rmSync(root, { recursive: true }));

const text = (path: string): string => readFileSync(join(root, path), 'utf8');

test('names its places in what systemd reads, and leads there by one link', () => {
  const { version } = doInstall(filesBelow(root), first);
  expect(text('usr/local/lib/systemd/system/fairamp-slave.service')).toBe(
    'systemd/fairamp-slave.service of 1: /usr/bin/node /opt/fairamp /etc/fairamp\n',
  );
  expect(readlinkSync(join(root, 'opt/fairamp/current'))).toBe(`versions/${version}`);
  expect(text('opt/fairamp/current/slave/main.mjs')).toBe('slave 1.0.0');
});

test('a second time changes nothing at all', () => {
  doInstall(filesBelow(root), first);
  const { files, changes } = killedAt(root, 1, false);
  // Its manifest says that it began, and then that it is done.
  const before = listing(root);
  expect(() => doInstall(files, first)).toThrow();
  expect(changes()).toBe(1);
  doInstall(filesBelow(root), first);
  expect(listing(root)).toEqual(before);
});

test('an upgrade takes the old version away, whatever was in it', () => {
  const old = doInstall(filesBelow(root), build('1.0.0', { 'node_modules/gone/index.js': 'old' }));
  const { version, isNew } = doInstall(filesBelow(root), build('1.0.1'));
  const versions = Object.keys(listing(root)).filter((path) => path.startsWith('opt/fairamp/versions/'));
  expect([isNew, versions.filter((path) => path.includes(old.version))]).toEqual([true, []]);
  expect(versions).toContain(`opt/fairamp/versions/${version}/slave/main.mjs`);
});

test.each([
  [
    'follows the release while nobody has touched it',
    null,
    'config/slave.yaml of 2: /usr/bin/node /opt/fairamp /etc/fairamp\n',
    'written',
  ],
  ['is never overwritten once a person has', 'site: mine\n', 'site: mine\n', 'changed'],
])('a configuration %s', (_, written, expected, state) => {
  doInstall(filesBelow(root), first);
  if (written !== null) put(root, CONFIG, written);
  for (const release of ['2.0.0', '2.0.1', '2.0.2']) doInstall(filesBelow(root), build(release));
  expect(text(CONFIG)).toBe(expected);
  const { configs } = doInstall(filesBelow(root), build('3.0.0'));
  expect(configs.map((config) => config.state)).toEqual([state]);
});

test("a configuration that was there before the first installation is a person's", () => {
  put(root, CONFIG, 'site: mine\n');
  doInstall(filesBelow(root), first);
  doInstall(filesBelow(root), build('2.0.0'));
  expect(text(CONFIG)).toBe('site: mine\n');
  doRemove(filesBelow(root), false);
  expect(text(CONFIG)).toBe('site: mine\n');
});

test('remove keeps configuration and state, a purge after it takes them too', () => {
  const clean = listing(root);
  doInstall(filesBelow(root), first);
  enable(filesBelow(root), ['slave']);
  put(root, 'var/lib/fairamp/slave/settings.json', '{}');
  doRemove(filesBelow(root), false);
  const kept = Object.keys(listing(root)).filter((path) => !(path in clean));
  expect(kept.toSorted()).toEqual([
    'etc/fairamp',
    CONFIG,
    'var/lib',
    'var/lib/fairamp',
    'var/lib/fairamp/setup.json',
    'var/lib/fairamp/slave',
    'var/lib/fairamp/slave/settings.json',
  ]);
  doRemove(filesBelow(root), true);
  expect(listing(root)).toEqual(clean);
});

test('a purge leaves a folder that was there before, and what others put beside ours', () => {
  put(root, 'var/lib/fairamp/else', 'somebody else\n');
  put(root, 'etc/fairamp/else.conf', 'somebody else\n');
  const clean = listing(root);
  doInstall(filesBelow(root), first);
  doRemove(filesBelow(root), true);
  expect(listing(root)).toEqual(clean);
});

test('another prefix takes the place of the first', () => {
  doInstall(filesBelow(root), first);
  doInstall(filesBelow(root), first, { ...PLAN, prefix: '/srv/fairamp' });
  const paths = Object.keys(listing(root));
  expect(paths.filter((path) => path.startsWith('opt/fairamp'))).toEqual([]);
  expect(paths).toContain('srv/fairamp/current');
});

test('no link inside the image leads out of it', () => {
  const outside = mkdtempSync(join(tmpdir(), 'fairamp-outside-'));
  mkdirSync(join(root, 'data'));
  rmSync(join(root, 'opt'), { recursive: true });
  symlinkSync('/data', join(root, 'opt'));
  symlinkSync(`../../../../../../../..${outside}`, join(root, 'srv'));
  mkdirSync(join(root, outside), { recursive: true });
  doInstall(filesBelow(root), first);
  expect(listing(root)).toHaveProperty('data/fairamp/current');
  doInstall(filesBelow(root), first, { ...PLAN, prefix: '/srv/fairamp' });
  expect(Object.keys(listing(outside))).toEqual(['']);
  expect(listing(join(root, outside))).toHaveProperty('fairamp/current');
  rmSync(outside, { recursive: true });
});

test('links in a circle are an error, not an endless walk', () => {
  rmSync(join(root, 'opt'), { recursive: true });
  symlinkSync('/srv', join(root, 'opt'));
  symlinkSync('/opt', join(root, 'srv'));
  expect(() => doInstall(filesBelow(root), first)).toThrow('more than 40 links');
});

test.each([
  ['not-json', '{'],
  ['of another form', '{"form":2}'],
  [
    'with a way out',
    JSON.stringify({ form: 1, phase: 'installed', entries: [{ kind: 'link', path: '/../etc', to: '' }] }),
  ],
])('a manifest that is %s stops everything before it begins', (_, broken) => {
  put(root, 'var/lib/fairamp/setup.json', broken);
  const before = listing(root);
  expect(() => doInstall(filesBelow(root), first)).toThrow('is no manifest of this version');
  expect(() => doRemove(filesBelow(root), true)).toThrow('is no manifest of this version');
  expect(listing(root)).toEqual(before);
});

test.each([
  [
    'changed',
    () => put(root, 'usr/local/lib/systemd/system/fairamp-slave.service', '[Unit]\n'),
    'is not as it was installed',
  ],
  ['missing', () => rmSync(join(root, 'usr/local/lib/systemd/system/fairamp-slave.service')), 'is missing'],
])('verify names a file that is %s', (_, spoil, said) => {
  const files = filesBelow(root);
  doInstall(files, first);
  const manifest = readManifest(files);
  if (manifest === null) throw new Error('no manifest');
  expect(complaints(files, manifest)).toEqual([]);
  spoil();
  expect(complaints(files, manifest)).toEqual([`/usr/local/lib/systemd/system/fairamp-slave.service: ${said}`]);
});
