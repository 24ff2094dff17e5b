// docker/compose.yaml as the tests read it: what they need to start its processes, every key that is not spelled out is
// left to docker-compose's own check.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const ROOT = resolve(import.meta.dirname, '../..');
export const COMPOSE_FILE = join(ROOT, 'docker/compose.yaml');

const words = z.array(z.string()).default([]);

const service = z.looseObject({
  image: z.string(),
  build: z
    .looseObject({ context: z.string(), dockerfile: z.string(), args: z.record(z.string(), z.string()) })
    .optional(),
  user: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: words,
  environment: z.record(z.string(), z.string()).default({}),
  networks: words,
  ports: words,
  volumes: words,
  secrets: words,
  depends_on: words,
});

const compose = z.looseObject({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.looseObject({ internal: z.boolean().default(false) })),
  volumes: z.record(z.string(), z.looseObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

export type Compose = z.output<typeof compose>;
export type Service = Compose['services'][string];

export function readCompose(): Compose {
  return compose.parse(parse(readFileSync(COMPOSE_FILE, 'utf8'), { merge: true }));
}

/** `256m` */
export function bytesOf(limit: unknown): number {
  const [, megabytes] = /^(\d+)m$/.exec(String(limit)) ?? [];
  return Number(megabytes) * 1024 * 1024;
}

/** `outlets:/run/fairamp:ro` */
export function mountOf(volume: string): {
  readonly name: string;
  readonly target: string;
  readonly readOnly: boolean;
} {
  const [name = '', target = '', mode] = volume.split(':');
  return { name, target, readOnly: mode === 'ro' };
}
