import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfig } from './config.js';

const schema = z
  .strictObject({
    site: z
      .string()
      .regex(/^[a-z]+$/)
      .default('home')
      .describe('the name in every topic'),
    mains_A: z.int().min(10).max(100).default(40).describe('MAINS of the manual'),
    min_A: z.int().min(6).max(16).default(6),
    max_A: z.int().min(10).max(80).default(16),
    mode: z.enum(['normal', 'smart']).default('smart'),
    mqtt: z
      .strictObject({
        url: z.string().default('mqtt://127.0.0.1:1883'),
        password: z.string().optional().meta({ secret: true }),
      })
      .prefault({}),
    broker: z.union([z.literal('embedded'), z.strictObject({ url: z.string() })]).default('embedded'),
    slaves: z.array(z.strictObject({ id: z.string(), max_A: z.int().max(80).optional() })).default([]),
  })
  .refine((config) => config.min_A <= config.max_A, { error: 'MIN is above MAX', path: ['min_A'] });

const folder = mkdtempSync(join(tmpdir(), 'fairamp-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Given = { argv?: string[]; env?: Record<string, string>; file?: string };

function read({ argv = [], env = {}, file }: Given): ReturnType<typeof readConfig<typeof schema>> {
  const path = join(folder, 'config.yaml');
  if (file !== undefined) writeFileSync(path, file);
  return readConfig(schema, {
    argv: file === undefined ? argv : ['--config', path, ...argv],
    env,
    name: 'fairamp-test',
    about: 'A test.',
  });
}

describe('a mistake in the configuration is told in one line: key, value, what is allowed', () => {
  test.each<[string, Given, string]>([
    [
      'an unknown key',
      { file: 'mainz_A: 40' },
      'mainz_A: unknown key; known here: site, mains_A, min_A, max_A, mode, mqtt, broker, slaves',
    ],
    ['an unknown key further in', { file: 'mqtt: { uri: x }' }, 'mqtt.uri: unknown key; known here: url, password'],
    ['MAINS 9', { file: 'mains_A: 9' }, 'mains_A: 9 is not allowed; allowed: a whole number, 10 to 100'],
    ['MAINS 101', { file: 'mains_A: 101' }, 'mains_A: 101 is not allowed; allowed: a whole number, 10 to 100'],
    [
      'MAINS 10.5',
      { env: { FAIRAMP_MAINS_A: '10.5' } },
      'mains_A: 10.5 is not allowed; allowed: a whole number, 10 to 100',
    ],
    [
      'MAINS as a word',
      { argv: ['--set', 'mains_A=lots'] },
      'mains_A: "lots" is not allowed; allowed: a whole number, 10 to 100',
    ],
    ['MIN above MAX', { file: 'min_A: 16\nmax_A: 13' }, 'min_A: 16 is not allowed: MIN is above MAX'],
    [
      'a word that is none of them',
      { file: 'mode: fast' },
      'mode: "fast" is not allowed; allowed: "normal" or "smart"',
    ],
    ['a site with a wildcard', { file: 'site: "+"' }, 'site: "+" is not allowed; allowed: a text that fits ^[a-z]+$'],
    ['neither of two forms', { file: 'broker: 5' }, 'broker: 5 is not allowed; allowed: "embedded", or a map of url'],
    ['a missing key in a list', { file: 'slaves: [{ max_A: 16 }]' }, 'slaves[0].id: missing; allowed: a text'],
    [
      'a value in a list',
      { file: 'slaves: [{ id: a, max_A: 81 }]' },
      'slaves[0].max_A: 81 is not allowed; allowed: a whole number, at most 80',
    ],
    [
      'a secret is not shown',
      { file: 'mqtt: { password: 5 }' },
      'mqtt.password: the value (secret) is not allowed; allowed: a text',
    ],
    [
      'an environment name that is no key',
      { env: { FAIRAMP_MAINS: '40' } },
      'environment FAIRAMP_MAINS: unknown key; --help lists the names',
    ],
    ['--set without a value', { argv: ['--set', 'mains_A'] }, '--set mains_A: write it as key=value'],
    [
      '--set of something inherited',
      { argv: ['--set', '__proto__.x=1'] },
      '--set __proto__.x: unknown key; known: site, mains_A, min_A, max_A, mode, mqtt.url, mqtt.password, broker, slaves',
    ],
    ['an unknown option', { argv: ['--mains', '40'] }, "unknown option '--mains'"],
    [
      'a file that is not there',
      { argv: ['--config', '/nowhere/x.yaml'] },
      "/nowhere/x.yaml: ENOENT: no such file or directory, open '/nowhere/x.yaml'",
    ],
    ['a list instead of a map', { file: '[1]' }, `${join(folder, 'config.yaml')}: must hold a map of keys, not [1]`],
    [
      'the same key twice',
      { file: 'site: a\nsite: b' },
      `${join(folder, 'config.yaml')}: Map keys must be unique at line 2, column 1:`,
    ],
  ])('%s', (_what, given, line) => {
    expect(read(given)).toEqual({ kind: 'mistakes', lines: [line] });
  });

  test('several mistakes are several lines', () => {
    const outcome = read({ file: 'mains_A: 9\nmax_A: 81\nx: 1' });
    expect(outcome.kind === 'mistakes' && outcome.lines.map((line) => line.split(':')[0])).toEqual([
      'mains_A',
      'max_A',
      'x',
    ]);
  });
});

describe('a configuration', () => {
  test('has its defaults without any source', () => {
    expect(read({})).toMatchObject({
      kind: 'config',
      config: { site: 'home', mains_A: 40, mqtt: { url: 'mqtt://127.0.0.1:1883' } },
    });
  });

  test('takes the environment over the file, and --set over both', () => {
    const outcome = read({
      file: '{"site": "file", "mains_A": 25, "min_A": 7}',
      env: { FAIRAMP_MAINS_A: '30', FAIRAMP_MIN_A: '8', FAIRAMP_MQTT__PASSWORD: '0123', PATH: '/bin' },
      argv: ['--set', 'mains_A=35', '--set', 'slaves=[{id: a}]', '--set', 'mqtt.url=mqtt://a=b'],
    });
    expect(outcome).toMatchObject({
      kind: 'config',
      config: {
        site: 'file',
        mains_A: 35,
        min_A: 8,
        mqtt: { url: 'mqtt://a=b', password: '0123' },
        slaves: [{ id: 'a' }],
      },
    });
  });

  test('minds no variable of the viewer, who may sit in the same shell', () => {
    const env = { FAIRAMP_VIEW_BROKER: 'mqtt://far:1883', FAIRAMP_PASSWORD: 'secret' };
    expect(read({ env })).toMatchObject({ kind: 'config' });
  });

  test('is read from the file that FAIRAMP_CONFIG names', () => {
    const path = join(folder, 'by-env.yaml');
    writeFileSync(path, 'site: elsewhere');
    expect(read({ env: { FAIRAMP_CONFIG: path } })).toMatchObject({ config: { site: 'elsewhere' } });
  });

  test('cannot be changed at any depth', () => {
    const outcome = read({ file: 'slaves: [{ id: a }]' });
    if (outcome.kind !== 'config') throw new Error('no configuration');
    expect(Object.isFrozen(outcome.config.slaves[0])).toBe(true);
    expect(Object.isFrozen(outcome.config.mqtt)).toBe(true);
  });

  test('is printed without its secrets', () => {
    const outcome = read({ file: 'mqtt: { password: abc }', argv: ['--print-config'] });
    expect(outcome.kind === 'text' && outcome.text).toContain('password: (secret)\n');
    expect(outcome.kind === 'text' && outcome.text).toContain('mains_A: 40\n');
  });

  test('--help lists every key with its range, default and environment name', () => {
    const outcome = read({ argv: ['--help'] });
    expect(outcome.kind === 'text' && outcome.text).toMatch(/^Usage: fairamp-test/);
    expect(outcome.kind === 'text' && outcome.text).toMatch(
      /mains_A +a whole number, 10 to 100 +40 +FAIRAMP_MAINS_A +MAINS of the manual\n/,
    );
    expect(outcome.kind === 'text' && outcome.text).toMatch(/mqtt.url .*FAIRAMP_MQTT__URL/);
  });
});
