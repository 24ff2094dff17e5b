// What is told to the running system after its files have changed: accounts, udev, systemd. The files say everything that
// matters, so a failure here is told and can be repeated; nothing is undone for it.
import type { Files } from './files.js';
import type { Report } from './install.js';
import type { Manifest } from './manifest.js';
import type { App } from './options.js';
import type { System } from './system.js';
import { SYSUSERS, TMPFILES, unitOf } from './wanted.js';

const USER = 'fairamp';
const GROUPS = ['gpio', 'dialout'] as const;

/** Accounts that an installation is going to make, as they are not there yet. */
export function missingAccounts(files: Files): Manifest['accounts'] {
  const has = (file: string, name: string): boolean => {
    return files.look(file) !== null && `\n${Buffer.from(files.read(file)).toString()}`.includes(`\n${name}:`);
  };
  return { user: !has('/etc/passwd', USER), groups: GROUPS.filter((group) => !has('/etc/group', group)) };
}

/** The user, the rights of the configurations, the rights of the outputs. */
export function makeKnown(system: System, report: Report): void {
  attempt(system, report, 'systemd-sysusers', [SYSUSERS]);
  attempt(system, report, 'systemd-tmpfiles', ['--create', TMPFILES]);
  if (!system.isRunning) return;
  attempt(system, report, 'systemctl', ['daemon-reload']);
  attempt(system, report, 'udevadm', ['control', '--reload']);
  attempt(system, report, 'udevadm', ['trigger', '--action=add', '--subsystem-match=gpio', '--subsystem-match=pwm']);
}

/** @returns whether each did */
export function startAll(system: System, report: Report, apps: readonly App[]): boolean {
  return apps.map((app) => attempt(system, report, 'systemctl', ['restart', unitOf(app)])).every((done) => done);
}

/** Those that run go on with what is new; it costs a charging car about half a minute. */
export function restartRunning(system: System, report: Report, apps: readonly App[]): void {
  if (system.isRunning) attempt(system, report, 'systemctl', ['try-restart', ...apps.map(unitOf)]);
}

export function stopAll(system: System, report: Report, apps: readonly App[]): void {
  if (!system.isRunning || apps.length === 0) return;
  report(`stopping ${apps.map(unitOf).join(', ')}`);
  attempt(system, report, 'systemctl', ['stop', ...apps.map(unitOf)]);
}

export function forget(system: System, report: Report, units: readonly App[]): void {
  if (!system.isRunning) return;
  attempt(system, report, 'systemctl', ['daemon-reload']);
  // What failed once would be remembered by name.
  system.run('systemctl', ['reset-failed', ...units.map(unitOf)]);
  attempt(system, report, 'udevadm', ['control', '--reload']);
}

export function dropAccounts(
  system: System,
  files: Files,
  report: Report,
  { user, groups }: Manifest['accounts'],
): void {
  const still = missingAccounts(files);
  if (user && !still.user) attempt(system, report, 'userdel', [USER]);
  for (const group of groups.filter((name) => !still.groups.includes(name)))
    attempt(system, report, 'groupdel', [group]);
}

export function stateOf(system: System, app: App): string {
  return system.isRunning ? system.run('systemctl', ['is-active', unitOf(app)]).said : 'not known';
}

function attempt(system: System, report: Report, command: string, args: readonly string[]): boolean {
  const { ok, said } = system.run(command, args);
  if (!ok) report(`${command} ${args.join(' ')}: ${said === '' ? 'failed' : said}`);
  return ok;
}
