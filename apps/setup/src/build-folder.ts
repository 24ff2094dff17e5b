// What there is to install: the bundles of the chosen apps, the native packages that they load when they start, and what
// systemd is given. Reads a build folder and nothing else.
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from './json-file.js';
import type { App } from './options.js';
import { neededPackages } from './packages.js';
import { Refused } from './refused.js';

export type Item = { readonly path: string; readonly bytes: Uint8Array; readonly mode: number };

export type Build = {
  readonly release: string;
  /** Relative to the folder of one version. */
  readonly items: readonly Item[];
  /** With places for what is only known at the installation: `@PREFIX@`. */
  readonly template: (file: string) => string;
};

/** The word for it on the command line is shorter. */
export const FOLDER_OF: Readonly<Record<App, string>> = {
  slave: 'slave',
  master: 'master',
  bridge: 'sensorbox-bridge',
};

const record = z.object({ packages: z.array(z.string()).default([]) });
const about = z.object({ version: z.string().regex(/^[\w.+-]+$/) });

export function readBuild(folder: string, apps: readonly App[]): Build {
  const bundles = [...apps.map((app) => FOLDER_OF[app]), 'setup'].map((name) => join('dist', name));
  const missing = bundles.find((bundle) => !existsSync(join(folder, bundle, 'main.mjs')));
  if (missing !== undefined)
    throw new Refused(
      `${join(folder, missing, 'main.mjs')}: is not there; build first (npm run build), or give --from`,
    );
  const names = bundles.flatMap((bundle) => recordsOf(join(folder, bundle)).flatMap(({ packages }) => packages));
  const packages = neededPackages(folder, [...new Set(names)]);
  return {
    release: about.parse(jsonOf(join(folder, 'package.json'))).version,
    items: [
      ...bundles.flatMap((bundle) => itemsBelow(folder, bundle, bundle.replace('dist/', '')).filter(isBundle)),
      ...packages.flatMap((place) => itemsBelow(folder, place, place).filter(isOwnOf(place))),
      item(folder, 'deploy/safe-state.sh', 0o755),
      item(folder, 'docs/deploy.md', 0o644),
    ],
    template: (file) => readFileSync(join(folder, 'deploy', file), 'utf8'),
  };
}

function recordsOf(bundle: string): readonly z.output<typeof record>[] {
  const files = readdirSync(bundle).filter((name) => /^\.\w+\.built\.json$/.test(name));
  if (files.length === 0) throw new Refused(`${bundle}: does not say what it loads; build again (npm run build)`);
  return files.map((name) => record.parse(jsonOf(join(bundle, name))));
}

const isBundle = ({ path }: Item): boolean => path.endsWith('.mjs');

/** Packages inside a package are in the list by themselves. */
const isOwnOf = (place: string) => {
  return ({ path }: Item): boolean => !path.slice(place.length).includes('/node_modules/');
};

function itemsBelow(root: string, folder: string, as: string): readonly Item[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const [from, to] = [join(folder, entry.name), join(as, entry.name)];
    if (entry.isDirectory()) return itemsBelow(root, from, to);
    return entry.isFile() ? [{ ...item(root, from, modeOf(join(root, from))), path: to }] : [];
  });
}

/** Whoever built it, on whatever umask. */
function modeOf(file: string): number {
  return (lstatSync(file).mode & 0o100) === 0 ? 0o644 : 0o755;
}

function item(root: string, path: string, mode: number): Item {
  return { path, bytes: readFileSync(join(root, path)), mode };
}
