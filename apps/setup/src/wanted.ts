// What an installation consists of: one folder for the version, `current` that leads to it, and what systemd looks for
// elsewhere. Pure. Everything outside the version's folder goes through `current`, so an upgrade is one link that turns.
// Ours lies below /usr/local/lib, so that /etc/systemd stays a person's.
import type { Build, Item } from './build-folder.js';
import { hashOf, type Entry } from './manifest.js';
import type { App } from './options.js';

export type Plan = {
  readonly apps: readonly App[];
  readonly prefix: string;
  readonly config: string;
  readonly node: string;
};

export type WantedFile = { readonly path: string; readonly bytes: Uint8Array; readonly mode: number };
export type WantedLink = { readonly path: string; readonly to: string };

export type Wanted = {
  readonly version: string;
  readonly versionFiles: readonly WantedFile[];
  readonly current: WantedLink;
  readonly systemFiles: readonly WantedFile[];
  /** Written once; then a person's. */
  readonly configs: readonly WantedFile[];
};

const SYSTEM = '/usr/local/lib';
export const SYSUSERS = `${SYSTEM}/sysusers.d/fairamp.conf`;
export const TMPFILES = `${SYSTEM}/tmpfiles.d/fairamp.conf`;
const PROGRAM = '/usr/local/sbin/fairamp-setup';

export const unitOf = (app: App): string => `fairamp-${app}.service`;
/** What `systemctl enable` makes, and `disable` takes away. */
export const enablingLink = (app: App): WantedLink => ({
  path: `/etc/systemd/system/multi-user.target.wants/${unitOf(app)}`,
  to: `${SYSTEM}/systemd/system/${unitOf(app)}`,
});

export function wantedOf(build: Build, plan: Plan): Wanted {
  const systemFiles = systemFilesOf(build, plan);
  const version = `${build.release}-${digest([...build.items, ...systemFiles])}`;
  const folder = `${plan.prefix}/versions/${version}`;
  return {
    version,
    versionFiles: build.items.map((item) => ({ ...item, path: `${folder}/${item.path}` })),
    current: { path: `${plan.prefix}/current`, to: `versions/${version}` },
    systemFiles,
    configs: plan.apps.map((app) => ({
      path: `${plan.config}/${app}.yaml`,
      bytes: Buffer.from(rendered(build.template(`config/${app}.yaml`), plan)),
      mode: 0o640,
    })),
  };
}

function systemFilesOf(build: Build, plan: Plan): readonly WantedFile[] {
  const file = (path: string, template: string, mode = 0o644): WantedFile => {
    return { path, bytes: Buffer.from(rendered(build.template(template), plan)), mode };
  };
  const rules = file(`${SYSTEM}/udev/rules.d/60-fairamp.rules`, 'udev/60-fairamp.rules');
  return [
    file(SYSUSERS, 'sysusers.d/fairamp.conf'),
    file(TMPFILES, 'tmpfiles.d/fairamp.conf'),
    ...(plan.apps.includes('slave') ? [rules] : []),
    ...plan.apps.map((app) => file(`${SYSTEM}/systemd/system/${unitOf(app)}`, `systemd/${unitOf(app)}`)),
    file(PROGRAM, 'fairamp-setup.sh', 0o755),
  ];
}

function rendered(template: string, { prefix, config, node }: Plan): string {
  return template.replaceAll('@PREFIX@', prefix).replaceAll('@CONFIG@', config).replaceAll('@NODE@', node);
}

/** The same files at the same places are the same version. */
function digest(items: readonly Item[]): string {
  const lines = items.map(({ path, bytes, mode }) => `${path} ${mode} ${hashOf(bytes)}`);
  return hashOf(lines.toSorted().join('\n')).slice(0, 12);
}

export function entriesOf({ versionFiles, current, systemFiles }: Wanted): readonly Entry[] {
  return [...[...versionFiles, ...systemFiles].map(fileEntry), { kind: 'link', ...current }];
}

function fileEntry({ path, bytes, mode }: WantedFile): Entry {
  return { kind: 'file', path, mode, hash: hashOf(bytes) };
}
