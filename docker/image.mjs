// `node docker/image.mjs APP FOLDER`: what an app's image holds, as a folder. Its bundles, and the packages that they
// import instead of containing them (native code), each with everything that it needs, as the lock has them. Which those
// are is asked of the bundles themselves. Called by the Dockerfile after the build, and by the test of the images.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const [app, folder] = process.argv.slice(2);
const bundles = join('dist', app);
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;

/** `@serialport/stream/x` is of the package `@serialport/stream`. */
const packageOf = (path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

async function importsOf(files) {
  const { metafile } = await build({
    entryPoints: files,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'unwritten',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [
    ...new Set(imports.filter(({ external, path }) => external && !isBuiltin(path)).map(({ path }) => packageOf(path))),
  ];
}

/** As Node looks for it: beside the package that asks, then outwards. null: not in the lock. */
function placeOf(name, asker) {
  for (let at = asker; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = join(at, 'node_modules', name);
    if (place in lock) return place;
    if (at === '') return null;
  }
}

/** Packages for other platforms are in the lock and not on the disk. */
function withNeeds(place, found) {
  if (found.has(place) || !existsSync(place)) return;
  found.add(place);
  const { dependencies, optionalDependencies } = lock[place];
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const needed = placeOf(name, place);
    if (needed !== null) withNeeds(needed, found);
  }
}

const files = readdirSync(bundles).filter((name) => name.endsWith('.mjs'));
mkdirSync(folder, { recursive: true });
for (const name of files) cpSync(join(bundles, name), join(folder, name));
const packages = new Set();
// What the lock does not know is an optional part of Nest that this project does without.
for (const name of await importsOf(files.map((name) => join(bundles, name)))) {
  const place = placeOf(name, '');
  if (place !== null) withNeeds(place, packages);
}
for (const place of packages) {
  const isOwn = (path) => !path.slice(place.length).includes('node_modules');
  cpSync(place, join(folder, place), { recursive: true, filter: isOwn });
}
process.stdout.write(`${folder}: ${[...files, ...packages].join(', ')}\n`);
