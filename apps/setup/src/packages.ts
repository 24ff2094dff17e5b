// Which packages a bundle needs beside it: those that it was built to load, each with everything that they need, where Node
// would find it. As a production install has them, but only what is asked for.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from './json-file.js';
import { Refused } from './refused.js';

const names = z.record(z.string(), z.unknown()).default({});
const manifest = z.object({ dependencies: names, optionalDependencies: names });

/** @returns places below the build folder: `node_modules/koffi` */
export function neededPackages(folder: string, asked: readonly string[]): readonly string[] {
  const { dependencies, optionalDependencies } = readPackage(folder, '');
  const found = new Set<string>();
  for (const name of asked) {
    // What the project does not depend on is an optional part of Nest that it does without.
    if (name in dependencies && !(name in optionalDependencies))
      add({ folder, found }, placeOf(folder, name, '', true));
    else if (name in optionalDependencies) add({ folder, found }, placeOf(folder, name, '', false));
  }
  return [...found].sort();
}

type Search = { readonly folder: string; readonly found: Set<string> };

function add({ folder, found }: Search, place: string | null): void {
  if (place === null || found.has(place)) return;
  found.add(place);
  const { dependencies, optionalDependencies } = readPackage(folder, place);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
    add({ folder, found }, placeOf(folder, name, place, !(name in optionalDependencies)));
}

/** Beside the package that asks, then outwards. null: an optional one, made for another computer. */
function placeOf(folder: string, name: string, asker: string, isNeeded: boolean): string | null {
  for (let at = asker; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = join(at, 'node_modules', name);
    if (existsSync(join(folder, place, 'package.json'))) return place;
    if (at !== '') continue;
    if (!isNeeded) return null;
    const whose = asker === '' ? 'a bundle' : asker;
    throw new Refused(
      `${join(folder, place)}: ${whose} needs it; install the packages first (node scripts/install.mjs)`,
    );
  }
}

function readPackage(folder: string, place: string): z.output<typeof manifest> {
  const file = join(folder, place, 'package.json');
  if (!existsSync(file)) throw new Refused(`${file}: is not there; --from must be a build folder`);
  return manifest.parse(jsonOf(file));
}
