// Fairamp on a real Debian: installed and removed without a trace, its units sound, and on the booted system what they are
// there for: a slave that is killed or frozen leaves its outputs safe and comes back.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { listing } from '../../apps/setup/test/rig.js';
import { boot, type Booted } from './booted.js';
import { putFile, putSite } from './site-in-debian.js';
import { dropDebian, makeDebian, NODE, runIn, SETUP } from './debian-root.js';
import { ROOT } from './fake-sysfs.js';

const APPS = ['slave', 'master', 'bridge'] as const;
const UNITS = APPS.map((app) => `fairamp-${app}.service`);
const FROM_OUTSIDE = join(ROOT, 'dist/setup/main.mjs');

let root: string;

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  root = makeDebian();
}, 900_000);
afterAll(() => dropDebian(root));

/** The system's own tools keep the last state of what they changed. */
const isBackup = (path: string): boolean =>
  /^etc\/(passwd|group|shadow|gshadow|subuid|subgid)-$|^etc\/\.pwd\.lock$/.test(path);

function state(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(listing(root)).filter(([path]) => !isBackup(path)));
}

const inside = (...args: string[]) => runIn(root, [...SETUP, ...args]);

test('from outside, with --root: nothing remains', () => {
  const before = listing(root);
  const setup = (...args: string[]) =>
    spawnSync(process.execPath, [FROM_OUTSIDE, ...args, '--root', root], { encoding: 'utf8' });
  expect(setup('install', '--apps', APPS.join(','), '--node', NODE)).toMatchObject({ status: 0 });
  expect(setup('verify')).toMatchObject({ status: 0, stderr: '' });
  expect(Object.keys(listing(root)).length).toBeGreaterThan(Object.keys(before).length + 200);
  expect(setup('remove', '--purge')).toMatchObject({ status: 0 });
  expect(listing(root)).toEqual(before);
}, 120_000);

test('from inside, with accounts: nothing remains', () => {
  const before = state();
  const installed = inside('install', '--apps', APPS.join(','));
  expect(installed).toMatchObject({ status: 0 });
  const passwd = readFileSync(join(root, 'etc/passwd'), 'utf8');
  expect(passwd).toMatch(/^fairamp:x:\d+:\d+:Fairamp:\/var\/lib\/fairamp:\/usr\/sbin\/nologin$/m);
  expect(runIn(root, ['stat', '-c', '%U:%G %a', '/etc/fairamp', '/etc/fairamp/slave.yaml']).said).toBe(
    'root:fairamp 750\nroot:fairamp 640\n',
  );
  expect(inside('remove', '--purge')).toMatchObject({ status: 0 });
  expect(state()).toEqual(before);
}, 120_000);

describe('installed', () => {
  beforeAll(() => {
    const { status, said } = inside('install', '--apps', APPS.join(','));
    if (status !== 0) throw new Error(said);
  }, 120_000);

  test('systemd finds nothing to complain about', () => {
    expect(runIn(root, ['systemd-analyze', 'verify', ...UNITS])).toEqual({ status: 0, said: '' });
  }, 60_000);

  test.each(UNITS)(
    '%s is well closed off',
    (unit) => {
      const { said } = runIn(root, ['systemd-analyze', 'security', '--offline=true', '--threshold=20', unit]);
      expect(said).toMatch(/Overall exposure level for .*: [01]\.\d|: 2\.0/);
    },
    60_000,
  );

  test.each(['slave', 'master', 'sensorbox-bridge'])(
    '%s starts there, and finds what it loads',
    (folder) => {
      const program = `/opt/fairamp/current/${folder}/main.mjs`;
      expect(runIn(root, [NODE, program, '--help'])).toMatchObject({
        status: 0,
        said: expect.stringContaining('--print-config') as string,
      });
    },
    60_000,
  );

  test('verify names a configuration that is not filled in yet, and nothing else', () => {
    const { status, said } = inside('verify');
    expect(status).toBe(1);
    expect(
      said
        .trim()
        .split('\n')
        .map((line) => line.replace(/\.yaml.*/, '.yaml')),
    ).toEqual(['fairamp-setup: /etc/fairamp/slave.yaml', '/etc/fairamp/master.yaml', '/etc/fairamp/bridge.yaml']);
  }, 60_000);

  test('--start starts nothing whose configuration is not filled in, and says why', () => {
    const { status, said } = inside('install', '--start');
    expect(status).toBe(1);
    expect(said).toContain('slave is not started: /etc/fairamp/slave.yaml: ');
  }, 60_000);

  describe('and booted', () => {
    let system: Booted;
    beforeAll(async () => {
      putSite(root);
      const { status, said } = inside('install', '--start');
      if (status !== 0) throw new Error(said);
      system = await boot(root);
    }, 180_000);
    afterAll(() => system.stop(), 60_000);

    const show = (unit: string, property: string): string => system.run('systemctl', 'show', '-P', property, unit).said;
    const slave = (property: string): string => show('fairamp-slave', property);
    const output = (file: string): string => readFileSync(join(root, 'srv/sys/class', file), 'utf8').trim();
    const outputs = (): readonly string[] => ['gpio/gpio534/value', 'pwm/pwmchip0/pwm0/duty_cycle'].map(output);
    const charging = ['1', '266000'];
    const safe = ['0', '0'];

    async function until(holds: () => boolean, what: string): Promise<void> {
      const deadline = performance.now() + 60_000;
      while (performance.now() < deadline) {
        if (holds()) return;
        await pause(100);
      }
      throw new Error(
        `not within a minute: ${what}\n${system.run('journalctl', '-n', '20', '--no-pager', '-u', 'fairamp-*').said}`,
      );
    }
    // A small system has no program for it, but every shell does.
    const send = (signal: string, pid: string): void => {
      expect(system.run('sh', '-c', `kill -${signal} ${pid}`)).toEqual({ status: 0, said: '' });
    };
    const allRun = (): boolean => UNITS.every((unit) => show(unit, 'ActiveState') === 'active');

    test('all three are ready under every restriction of their units, by the user fairamp', async () => {
      await until(allRun, 'all three say that they are ready');
      expect(outputs()).toEqual(safe);
      for (const unit of UNITS) {
        const user = system.run('stat', '-c', '%U', `/proc/${show(unit, 'MainPID')}`).said;
        expect([unit, user, show(unit, 'NRestarts')]).toEqual([unit, 'fairamp', '0']);
      }
    }, 120_000);

    test('nobody is ended by the watchdog who decides', async () => {
      await until(allRun, 'all three run');
      const before = UNITS.map((unit) => show(unit, 'NRestarts'));
      // Three times the master's watchdog, six times the slave's.
      await pause(12_000);
      expect(UNITS.map((unit) => show(unit, 'NRestarts'))).toEqual(before);
    }, 120_000);

    test.each([
      ['is killed', 'KILL', 'signal'],
      ['freezes', 'STOP', 'watchdog'],
      ['crashes', 'SEGV', 'signal'],
      ['ends by itself', 'TERM', 'success'],
    ])(
      'I2: a slave that %s leaves its outputs safe, and comes back',
      async (_, signal, result) => {
        await until(allRun, 'all three run');
        const [pid, restarts] = [slave('MainPID'), Number(slave('NRestarts'))];
        putFile(root, 'srv/sys/class/gpio/gpio534/value', '1\n');
        putFile(root, 'srv/sys/class/pwm/pwmchip0/pwm0/duty_cycle', '266000\n');
        expect(outputs()).toEqual(charging);
        send(signal, pid);
        await until(() => outputs().join() === safe.join(), `outputs are safe after SIG${signal}`);
        await until(() => Number(slave('NRestarts')) > restarts && allRun(), 'it runs again');
        expect(slave('MainPID')).not.toBe(pid);
        const said = system.run('journalctl', '--no-pager', '-o', 'cat', '-u', 'fairamp-slave').said;
        expect(said).toContain('safe-state: 2 outputs are safe');
        if (result !== 'success') expect(said).toContain(`Failed with result '${result}'`);
      },
      180_000,
    );

    test('I2: stopped, it leaves its outputs safe', async () => {
      await until(allRun, 'all three run');
      putFile(root, 'srv/sys/class/gpio/gpio534/value', '1\n');
      expect(system.run('systemctl', 'stop', 'fairamp-slave').status).toBe(0);
      expect([slave('ActiveState'), ...outputs()]).toEqual([
        'inactive',
        ...['0', output('pwm/pwmchip0/pwm0/duty_cycle')],
      ]);
      expect(system.run('systemctl', 'start', 'fairamp-slave').status).toBe(0);
    }, 120_000);

    test.each(['master', 'bridge'])(
      'a %s that freezes is ended and comes back',
      async (app) => {
        await until(allRun, 'all three run');
        const pid = show(`fairamp-${app}`, 'MainPID');
        send('STOP', pid);
        await until(() => show(`fairamp-${app}`, 'MainPID') !== pid && allRun(), 'it runs again');
        expect(show(`fairamp-${app}`, 'NRestarts')).toBe('1');
      },
      120_000,
    );

    test('removed while it runs: it is stopped, and nothing of it is left', async () => {
      await until(allRun, 'all three run');
      const removed = system.run('fairamp-setup', 'remove', '--purge');
      expect(removed).toMatchObject({ status: 0 });
      expect(system.run('systemctl', 'list-units', '--all', '--plain', '--no-legend', 'fairamp-*').said).toBe('');
      const left = Object.keys(listing(root)).filter((path) => path.includes('fairamp'));
      // The test's own drop-in, its shim and its fake.
      expect(left).toEqual([
        'etc/systemd/system/fairamp-slave.service.d',
        'etc/systemd/system/fairamp-slave.service.d/test.conf',
      ]);
    }, 120_000);
  });
});
