import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPOSE_FILE, mountOf, readCompose, ROOT } from './compose.js';

const compose = readCompose();
const services = Object.entries(compose.services);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairamp-compose-'));
  const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'lab'], { encoding: 'utf8' });
  if (build.status !== 0) throw new Error(build.stderr);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The plugin of today where there is one, else the program of before. */
function composeConfig(file: string): { status: number | null; said: string } {
  const hasPlugin = spawnSync('docker', ['compose', 'version']).status === 0;
  const [program, ...args] = hasPlugin ? ['docker', 'compose'] : ['docker-compose'];
  const run = spawnSync(program ?? '', [...args, '-f', file, 'config', '-q'], { encoding: 'utf8' });
  if (run.error !== undefined) {
    throw new Error('docker-compose is not on the PATH: install the package "docker-compose" (apt-get install)');
  }
  return { status: run.status, said: run.stderr };
}

describe('compose.yaml', () => {
  test('is right in the eyes of docker-compose', () => {
    expect(composeConfig(COMPOSE_FILE)).toEqual({ status: 0, said: '' });
  });

  test.each([
    ['read_only: true', 'read_onyl: true', 'read_onyl'],
    ['cap_drop: [ALL]', 'cap_drop: ALL', 'cap_drop'],
    ['depends_on: [broker]', 'depends_on: [brocker]', 'brocker'],
  ])('is wrong in its eyes with `%s` written `%s`', (right, wrong, named) => {
    const text = readFileSync(COMPOSE_FILE, 'utf8');
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, text.replace(right, wrong));
    const { status, said } = composeConfig(file);
    expect(text).toContain(right);
    expect(status).not.toBe(0);
    expect(said).toContain(named);
  });
});

describe('each container', () => {
  test.each(services)('%s can gain nothing, fill nothing up, and comes back by itself', (_name, service) => {
    expect(service).toMatchObject({
      restart: 'unless-stopped',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      pids_limit: expect.any(Number),
      mem_limit: expect.stringMatching(/^\d+m$/),
      logging: { options: { 'max-size': '1m' } },
    });
    expect(service.image).not.toMatch(/(:latest|^[^:]+)$/);
    // Ours say so in the Dockerfile.
    if (service.build === undefined) expect(service.user).toMatch(/^[1-9]\d*:/);
  });

  test('has a network of its own making, and only the broker one that leads outside', () => {
    const outside = Object.keys(compose.networks).filter((name) => compose.networks[name]?.internal !== true);
    const reachable = services.filter(([, { networks }]) => networks.some((name) => outside.includes(name)));
    expect(services.every(([, { networks }]) => networks.length > 0)).toBe(true);
    expect(reachable.map(([name]) => name)).toEqual(['broker']);
    expect(compose.services['broker']?.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });

  test.each(services)('%s names only networks and volumes that there are', (_name, { networks, volumes }) => {
    const named = [...networks, ...volumes.map((volume) => mountOf(volume).name)];
    const known = [...Object.keys(compose.networks), ...Object.keys(compose.volumes)];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('is given its own file: no key is seen by two', () => {
    const given = services.flatMap(([, { secrets }]) => secrets);
    expect(given.toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
  });

  test('that writes has a volume, and the master alone has the store', () => {
    const writers = services.flatMap(([name, { volumes }]) =>
      volumes.map(mountOf).flatMap((mount) => (mount.readOnly ? [] : [`${name} ${mount.name}`])),
    );
    expect(writers.toSorted()).toEqual(['master master-store', 'plant outlets']);
  });
});

describe('npm run docker:site', () => {
  const site = (): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [join(ROOT, 'dist/lab/containers.mjs'), join(folder, 'site')]);

  test('writes every file that compose.yaml mounts, for this person and the containers alone', () => {
    expect(site().status).toBe(0);
    const files = Object.values(compose.secrets).map(({ file }) => file.replace('./site/', ''));
    expect(readdirSync(join(folder, 'site')).toSorted()).toEqual(files.toSorted());
    const modeOf = (name: string): number => statSync(join(folder, 'site', name)).mode & 0o777;
    expect([modeOf('.'), modeOf('master.yaml')]).toEqual([0o700, 0o644]);
  });

  test('keeps the keys of a site that is there', () => {
    const before = readFileSync(join(folder, 'site', 'master.yaml'), 'utf8');
    expect(site().status).toBe(0);
    expect(readFileSync(join(folder, 'site', 'master.yaml'), 'utf8')).toBe(before);
  });

  test('writes where git does not look', () => {
    expect(readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')).toContain('docker/site*/');
  });
});
