// Is everything as it was installed, and could it start? Each complaint names the file and what is wrong with it.
import type { Files } from './files.js';
import { hashOf, type Manifest } from './manifest.js';
import type { App } from './options.js';
import { isAsItShould } from './steps.js';
import type { System } from './system.js';
import { FOLDER_OF } from './build-folder.js';

export type ConfigState = 'missing' | 'pattern' | 'changed';

export function configState(files: Files, { configs, config }: Manifest, app: App): ConfigState {
  const path = `${config}/${app}.yaml`;
  if (files.look(path) === null) return 'missing';
  const written = configs.find((one) => one.path === path)?.hash;
  return hashOf(files.read(path)) === written ? 'pattern' : 'changed';
}

/** @returns what is wrong, in one line each */
export function complaints(files: Files, manifest: Manifest): readonly string[] {
  const { entries, phase } = manifest;
  const half = phase === 'installed' ? [] : [`it was interrupted while ${phase}; repeat it, or remove it`];
  const wrong = entries.filter((entry) => !isAsItShould(files, entry));
  return [
    ...half,
    ...wrong.map(({ path }) => `${path}: ${files.look(path) === null ? 'is missing' : 'is not as it was installed'}`),
  ];
}

/** Only asked where the programs can run: not inside an image. */
export function startComplaints(system: System, manifest: Manifest): readonly string[] {
  const { node, prefix, apps } = manifest;
  const version = system.run(node, ['--version']);
  if (!version.ok) return [`${node}: does not run (${version.said})`];
  const native = system.run(node, ['-e', nativeCheck(prefix)]);
  const missing = native.ok ? [] : [`${prefix}/current/node_modules: koffi does not load (${firstLine(native.said)})`];
  return [...missing, ...apps.flatMap((app) => configComplaints(system, manifest, app))];
}

/** Through it a service says that it is ready; without it none would ever be. */
function nativeCheck(prefix: string): string {
  return `require(require.resolve('koffi', { paths: [${JSON.stringify(`${prefix}/current`)}] }))`;
}

/** Asked of the program itself: it alone knows its configuration. */
export function configComplaints(system: System, { node, prefix, config }: Manifest, app: App): readonly string[] {
  const program = `${prefix}/current/${FOLDER_OF[app]}/main.mjs`;
  const file = `${config}/${app}.yaml`;
  const checked = system.run(node, [program, '--config', file, '--print-config']);
  return checked.ok ? [] : [`${file}: ${firstLine(checked.said)}`];
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? 'no reason given';
}
