import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './compose.js';
import { allOf, execForm, lastOf, parseDockerfile } from './dockerfile.js';

const dockerfile = parseDockerfile(readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8'));
const [build, runtime] = dockerfile.stages;
const IGNORED = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const [everything, ...exceptions] = IGNORED;

if (build === undefined || runtime === undefined) throw new Error('the Dockerfile has two stages');

/** `A B folder/` copies A and B. */
const sourcesOf = (copy: string): readonly string[] => copy.split(' ').slice(0, -1);
const fromContext = [build, runtime]
  .flatMap((stage) => allOf(stage, 'COPY'))
  .filter((copy) => !copy.startsWith('--from='))
  .flatMap(sourcesOf);

describe('the image', () => {
  test('stands on a named version of a slim Node, never on whatever is newest', () => {
    expect(dockerfile.stages.map(({ base }) => base)).toEqual(['node:${NODE}', 'node:${NODE}']);
    expect(dockerfile.args).toEqual([expect.stringMatching(/^NODE=2[0-9]-[a-z]+-slim$/)]);
  });

  test('is of the app that APP names, and of none when nobody says', () => {
    expect(allOf(build, 'ARG')).toEqual(['APP']);
    const [step = ''] = allOf(build, 'RUN').filter((run) => run.includes('$APP'));
    const { status, stderr } = spawnSync('sh', ['-c', step], { encoding: 'utf8', cwd: ROOT, env: {} });
    expect(status).not.toBe(0);
    expect(stderr).toContain('give --build-arg APP=master, slave, sensorbox-bridge or lab');
  });

  test('takes from the build what was put together for it, and nothing else', () => {
    expect(allOf(runtime, 'COPY')).toEqual(['--from=build /image/ ./']);
    expect(build.label).toBe('build');
  });

  test('runs as a user who is not root, from before its entry point', () => {
    expect(lastOf(runtime, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(runtime.instructions.at(-1)?.name).toBe('ENTRYPOINT');
  });

  test('hears the signal that ends it: no shell stands between', () => {
    expect(execForm(lastOf(runtime, 'ENTRYPOINT') ?? '')).toEqual(['node', 'main.mjs']);
    expect(lastOf(runtime, 'CMD')).toBeNull();
    expect(lastOf(runtime, 'STOPSIGNAL')).toBe('SIGTERM');
  });

  test.each([
    ['sensorbox-bridge', ['@serialport/bindings-cpp', 'koffi', 'serialport']],
    ['lab', ['koffi']],
    ['master', ['koffi']],
    ['slave', ['koffi']],
  ])('of %s has the native packages that it imports, and no other', (app, packages) => {
    const folder = mkdtempSync(join(tmpdir(), 'fairamp-image-'));
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'docker/image.mjs'), app, folder], {
      encoding: 'utf8',
    });
    const known = ['@nestjs/core', '@serialport/bindings-cpp', 'koffi', 'mqtt', 'serialport'];
    const found = known.filter((name) => existsSync(join(folder, 'node_modules', name)));
    rmSync(folder, { recursive: true });
    expect({ status, stderr, found }).toEqual({ status: 0, stderr: '', found: packages });
  });
});

describe('what is sent to the builder', () => {
  test('is nothing but what the Dockerfile copies', () => {
    expect(everything).toBe('*');
    const sent = exceptions.map((line) => line.replace('!', ''));
    expect(sent.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const needed = fromContext.map((path) => path.replace(/\/$/, '').replace(/^scripts\/.*/, 'scripts'));
    expect(sent.toSorted()).toEqual([...new Set(needed)].toSorted());
  });
});

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 60_000);
