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
  const { node, apps } = manifest;
  const version = system.run(node, ['--version']);
  if (!version.ok) return [`${node}: does not run (${version.said})`];
  return [...nativeComplaints(system, manifest), ...apps.flatMap((app) => configComplaints(system, manifest, app))];
}

/** By koffi a service says that it is ready; without it none would ever be. The others are a board's and a meter's. */
const NATIVE = ['koffi', 'onoff', 'serialport'];

function nativeComplaints(system: System, { node, prefix, entries }: Manifest): readonly string[] {
  const has = (name: string): boolean =>
    entries.some(({ path }) => path.endsWith(`/node_modules/${name}/package.json`));
  return NATIVE.filter(has).flatMap((name) => {
    const place = { paths: [`${prefix}/current`] };
    const loaded = system.run(node, ['-e', `require(require.resolve('${name}', ${JSON.stringify(place)}))`]);
    const why = firstLine(loaded.said);
    return loaded.ok ? [] : [`${prefix}/current/node_modules: ${name} does not load with ${node} (${why})`];
  });
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
