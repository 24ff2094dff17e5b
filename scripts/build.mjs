// `npm run build`: one file for each process, dist/<app>/<process>.mjs. Bundled, because a slave must be back within
// seconds: a bundle starts in a quarter of the CPU time that some 2,000 files under node_modules need. What has not
// changed is not built again, so that a second `npm start` is quick. Names of apps as arguments build those alone.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

/** Native code stays a file of its own, found under node_modules when the process starts. */
const NATIVE = ['serialport', '@serialport/*', 'koffi', 'onoff', 'epoll'];
/** What every bundle depends on, beside its own sources. The lock stands for everything under node_modules. */
const COMMON_INPUTS = ['scripts/build.mjs', 'tsconfig.json', 'package-lock.json'];

/** `src/main.ts` is dist/<app>/main.mjs; `src/plant/main.ts`, a process beside it, dist/<app>/plant.mjs. */
function processesOf(app) {
  const source = join('apps', app, 'src');
  if (!existsSync(source)) return [];
  const beside = readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(source, entry.name, 'main.ts')))
    .map(({ name }) => ({ name, entry: join(source, name, 'main.ts') }));
  const own = existsSync(join(source, 'main.ts')) ? [{ name: 'main', entry: join(source, 'main.ts') }] : [];
  return [...own, ...beside];
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of [...COMMON_INPUTS, ...files])
    hash.update(`${file}\0`).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

function isUpToDate(output, record) {
  if (!existsSync(output) || !existsSync(record)) return false;
  const { inputs, hash } = JSON.parse(readFileSync(record, 'utf8'));
  return hashOf(inputs) === hash;
}

/** Nest 12 loads its optional peers in two ways that esbuild does not see through; both become ordinary externals. */
const nestPeers = {
  name: 'nest-peers',
  setup(build) {
    build.onLoad({ filter: /node_modules\/@nestjs\/.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('createRequire(import.meta.url)(', 'require('),
      loader: 'js',
    }));
    build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'asked' || !/node_modules\/@nestjs\//.test(from.importer)) return undefined;
      const found = await build.resolve(path, { ...from, namespace: 'file', pluginData: 'asked' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** CommonJS packages inside an ESM bundle ask for these. */
const BANNER = [
  "import { createRequire as $createRequire } from 'node:module';",
  'const require = $createRequire(import.meta.url);',
  'const __filename = import.meta.filename ?? new URL(import.meta.url).pathname;',
  'const __dirname = import.meta.dirname ?? new URL(".", import.meta.url).pathname;',
].join('\n');

async function bundle(entry, output) {
  const { build } = await import('esbuild');
  const { metafile, warnings } = await build({
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: 'tsconfig.json',
    external: NATIVE,
    plugins: [nestPeers],
    banner: { js: BANNER },
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  if (warnings.length > 0) throw new Error(`${entry}: ${warnings.length} warnings`);
  const imports = Object.values(metafile.outputs).flatMap((written) => written.imports);
  return {
    inputs: Object.keys(metafile.inputs).filter((file) => !file.includes('node_modules/')),
    // For whoever installs the bundle: what it finds under node_modules when it starts.
    packages: [
      ...new Set([...imports.filter(isPackage).map(({ path }) => packageOf(path)), ...namedIn(output)]),
    ].sort(),
  };
}

const isPackage = ({ external, path }) => external && !isBuiltin(path);

/** Native code may be asked for by a name that only the running program puts together. */
function namedIn(output) {
  const text = readFileSync(output, 'utf8');
  return NATIVE.filter((name) => text.includes(`"${name}"`));
}

/** `@serialport/stream/x` is of the package `@serialport/stream`. */
function packageOf(path) {
  return path.split('/', path.startsWith('@') ? 2 : 1).join('/');
}

async function buildProcess(app, { name, entry }) {
  const output = join('dist', app, `${name}.mjs`);
  const record = join('dist', app, `.${name}.built.json`);
  if (isUpToDate(output, record)) return false;
  const began = performance.now();
  rmSync(record, { force: true });
  mkdirSync(dirname(output), { recursive: true });
  const { inputs, packages } = await bundle(entry, output);
  writeFileSync(record, JSON.stringify({ inputs, packages, hash: hashOf(inputs) }));
  process.stdout.write(`built ${relative(root, output)} in ${Math.round(performance.now() - began)} ms\n`);
  return true;
}

const apps = process.argv.length > 2 ? process.argv.slice(2) : readdirSync('apps');
let built = 0;
for (const app of apps) for (const process of processesOf(app)) if (await buildProcess(app, process)) built += 1;
process.stdout.write(built === 0 ? 'build: everything is up to date\n' : `build: ${built} built\n`);
