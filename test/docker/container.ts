// The containers of docker/compose.yaml as plain processes on this computer: what the Dockerfile's ENTRYPOINT and the
// compose file's command say, in a folder that holds what the image holds, with the files that compose mounts. Hosts
// become 127.0.0.1, ports free ones, and the paths of volumes and secrets folders of the test. What only an engine can do
// (users, read-only file systems, networks) is not shown here.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../free-port.js';
import { bytesOf, COMPOSE_FILE, mountOf, readCompose, ROOT, type Service } from './compose.js';
import { allOf, environmentOf, execForm, lastOf, parseDockerfile } from './dockerfile.js';

export type Container = {
  readonly name: string;
  readonly service: Service;
  readonly child: ChildProcess;
  readonly said: () => string;
};

export type World = {
  readonly folder: string;
  /** As a container sees it -> as it is here: paths, `//host:port`, ports that are listened on. */
  readonly places: readonly (readonly [string | RegExp, string])[];
  readonly mqttPort: number;
};

const compose = readCompose();
const [build, runtime] = parseDockerfile(readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8')).stages;
if (build === undefined || runtime === undefined) throw new Error('the Dockerfile has two stages');

const SECRETS = '/run/secrets';
const IMAGE = /(?<= )\/image(?= |$)/g;

/** @param site the folder that `npm run docker:site` wrote */
export async function makeWorld(folder: string, site: string): Promise<World> {
  const [mqttPort, meterPort] = [await freePort(), await freePort()];
  const mounts = Object.values(compose.services).flatMap(({ volumes }) => volumes.map(mountOf));
  const folders = mounts.map(({ name, target }) => [target, join(folder, 'volumes', name)] as const);
  const hosts = Object.keys(compose.services).join('|');
  const places: World['places'] = [
    ...folders,
    [SECRETS, join(folder, 'secrets')],
    [new RegExp(`//(${hosts}):`, 'g'), '//127.0.0.1:'],
    ['0.0.0.0', '127.0.0.1'],
    [/\b1883\b/g, String(mqttPort)],
    [/\b4001\b/g, String(meterPort)],
  ];
  for (const [, here] of folders) mkdirSync(here, { recursive: true });
  const world = { folder, places, mqttPort };
  for (const [name, { file }] of Object.entries(compose.secrets))
    mountSecret(world, name, file.replace('./site', site));
  return world;
}

function mountSecret(world: World, name: string, file: string): void {
  const mounted = join(world.folder, 'secrets', name);
  mkdirSync(dirname(mounted), { recursive: true });
  const text = readFileSync(file, 'utf8');
  // Nothing but salted hashes, in which a port would be an accident.
  writeFileSync(mounted, name.endsWith('.passwords') ? text : translated(text, world));
  // As it was written, for mosquitto reads it as a user of its own.
  chmodSync(mounted, statSync(file).mode);
}

function translated(text: string, { places }: World): string {
  return places.reduce((soFar, [there, here]) => soFar.replaceAll(there, here), text);
}

/** What stands in the Dockerfile is done, from the build to the folder that becomes the image. */
export function makeImages({ folder }: World): void {
  const apps = Object.values(compose.services).flatMap(({ build: own }) =>
    own === undefined ? [] : [own.args['APP']],
  );
  const steps = build === undefined ? [] : allOf(build, 'RUN').filter((run) => run.includes('$APP'));
  for (const app of new Set(apps)) {
    for (const step of steps) {
      const command = step.replaceAll(IMAGE, join(folder, 'images', app ?? ''));
      const env = { PATH: pathWithNode(), APP: app };
      const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${command}: ${stderr}`);
    }
  }
}

/** Where daemons are kept is not in everybody's. */
function pathWithNode(): string {
  return [dirname(process.execPath), process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(':');
}

export function startContainer(name: string, world: World): Container {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`${COMPOSE_FILE} has no service "${name}"`);
  const [command = '', ...args] = commandOf(service).map((word) => translated(word, world));
  const child = spawn(command, args, {
    cwd: service.build === undefined ? world.folder : join(world.folder, 'images', service.build.args['APP'] ?? ''),
    env: { PATH: pathWithNode(), ...environment(service) },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...userOf(service),
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  }
  return { name, service, child, said: () => text };
}

function commandOf({ build: own, entrypoint, command }: Service): readonly string[] {
  const ofImage = own === undefined || runtime === undefined ? [] : execForm(lastOf(runtime, 'ENTRYPOINT') ?? '');
  const words = [...(entrypoint ?? ofImage ?? []), ...command];
  if (words.length === 0) throw new Error('what an image runs by itself is not known here');
  return words;
}

function environment({ build: own, environment: set }: Service): Readonly<Record<string, string>> {
  return { ...(own === undefined || runtime === undefined ? {} : environmentOf(runtime)), ...set };
}

/** Ours run as whoever tests; mosquitto, started by root, would look for a user of its own choice. */
function userOf({ user }: Service): { uid?: number; gid?: number } {
  if (user === undefined || process.getuid?.() !== 0) return {};
  const [uid, gid] = user.split(':').map(Number);
  return { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) };
}

/** The most memory that it ever had, and what compose.yaml allows. */
export function memoryOf({ child, service }: Container): { readonly peak_bytes: number; readonly limit_bytes: number } {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return { peak_bytes: Number(kilobytes) * 1024, limit_bytes: bytesOf(service['mem_limit']) };
}

/** With the signal that the image asks for. @returns its exit code, or the signal that it died of */
export async function stopContainer({ child, service }: Container): Promise<number | string | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
  const own = service.build === undefined || runtime === undefined ? null : lastOf(runtime, 'STOPSIGNAL');
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  child.kill((own ?? 'SIGTERM') as NodeJS.Signals);
  const [code, signal] = await exit;
  return code ?? signal;
}

/** Each after those that it depends on. */
export function startOrder(): readonly string[] {
  const order: string[] = [];
  const add = (name: string): void => {
    compose.services[name]?.depends_on.forEach(add);
    if (!order.includes(name)) order.push(name);
  };
  Object.keys(compose.services).forEach(add);
  return order;
}
