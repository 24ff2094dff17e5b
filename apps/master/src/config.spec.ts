import { readConfig, type ConfigOutcome } from '@fairamp/runtime';
import type { MasterConfig } from '@fairamp/nodes';
import { AS_LABELLED } from '@fairamp/units';
import { masterSchema, nodeConfig } from './config.js';

const [KEY, OTHER, THIRD] = ['ab'.repeat(32), 'cd'.repeat(32), 'ef'.repeat(32)];
const base = {
  FAIRAMP_SITE: 'home',
  FAIRAMP_ID: 'main',
  FAIRAMP_KEY: OTHER,
  FAIRAMP_BRIDGE__ID: 'meter',
  FAIRAMP_BRIDGE__KEY: THIRD,
  FAIRAMP_ROSTER: `[{ id: left, key: "${KEY}", maximum_A: 32, failSafe: process }]`,
};
const read = (env: Record<string, string | undefined>): ConfigOutcome<unknown> =>
  readConfig(masterSchema, { argv: [], env: { ...base, ...env }, name: 'fairamp-master' });

describe('the configuration of a master', () => {
  test("has the manual's defaults: MAINS 25 A, MIN 6 A", () => {
    const outcome = readConfig(masterSchema, { argv: [], env: base, name: 'fairamp-master' });
    expect(outcome.kind === 'config' ? nodeConfig(outcome.config) : outcome).toMatchObject({
      mode: 'smart',
      mains_dA: 250,
      min_dA: 60,
      oldestSample_ms: 10_000,
      roster: [{ id: 'left', maximum_dA: 320, failSafe: 'process', fallback_dA: 0 }],
    });
  });

  const written = (env: Record<string, string>): MasterConfig => {
    const outcome = readConfig(masterSchema, { argv: [], env: { ...base, ...env }, name: 'fairamp-master' });
    if (outcome.kind !== 'config') throw new Error(JSON.stringify(outcome));
    return nodeConfig(outcome.config);
  };

  test("of the wiring only what stands written is taken as given: a default is nobody's word", () => {
    expect(written({})).toMatchObject({
      learning: 'propose',
      transformers: { order: AS_LABELLED, reversed: [], isOrderConfirmed: false, areDirectionsConfirmed: false },
      roster: [{ rotation: AS_LABELLED, isRotationConfirmed: false }],
    });
    const rotated = `[{ id: left, key: "${KEY}", maximum_A: 32, failSafe: process, rotation: [L1, L2, L3] }]`;
    expect(written({ FAIRAMP_ROSTER: rotated, FAIRAMP_LEARNING: 'use' })).toMatchObject({
      learning: 'use',
      roster: [{ rotation: AS_LABELLED, isRotationConfirmed: true }],
    });
  });

  test.each([
    [
      { FAIRAMP_TRANSFORMERS__ORDER: '[L2, L1, L3]' },
      { order: ['L2', 'L1', 'L3'], isOrderConfirmed: true, areDirectionsConfirmed: false },
    ],
    [
      { FAIRAMP_TRANSFORMERS__REVERSED: '[L2]' },
      { reversed: ['L2'], isOrderConfirmed: false, areDirectionsConfirmed: true },
    ],
    [{ FAIRAMP_TRANSFORMERS__REVERSED: '[]' }, { reversed: [], isOrderConfirmed: false, areDirectionsConfirmed: true }],
  ])('of the transformers, order and directions each for itself: %j', (env, transformers) => {
    expect(written(env)).toMatchObject({ transformers });
  });

  test.each([
    [undefined, null],
    ['none', 'none'],
    ['solar', 'solar'],
  ])('I7: what feeds in, if %s is said, is %s', (said, generation) => {
    const env = { ...base, FAIRAMP_GENERATION: said };
    const outcome = readConfig(masterSchema, { argv: [], env, name: 'fairamp-master' });
    expect(outcome.kind === 'config' ? nodeConfig(outcome.config) : outcome).toMatchObject({ generation });
  });

  test.each([
    ['learning that is none of the three', { FAIRAMP_LEARNING: 'always' }, ['learning', 'always', 'propose']],
    [
      'a mains fuse below MAINS',
      { FAIRAMP_SETTINGS__MAINS_A: '63', FAIRAMP_MAINSDEVICE__CURVE: 'gG', FAIRAMP_MAINSDEVICE__RATED_A: '16' },
      ['settings.mains_A', '63', 'rating of mainsDevice, 16 A'],
    ],
    ['MAINS below 10 A', { FAIRAMP_SETTINGS__MAINS_A: '9' }, ['settings.mains_A', '9', '10 to 100']],
    ['MAINS above 100 A', { FAIRAMP_SETTINGS__MAINS_A: '101' }, ['settings.mains_A', '101', '10 to 100']],
    ['MAINS that is no number', { FAIRAMP_SETTINGS__MAINS_A: 'lots' }, ['settings.mains_A', 'lots', '10 to 100']],
    ['MIN above 16 A', { FAIRAMP_SETTINGS__MIN_A: '17' }, ['settings.min_A', '17', '6 to 16']],
    [
      'MIN above MAINS',
      { FAIRAMP_SETTINGS__MIN_A: '16', FAIRAMP_SETTINGS__MAINS_A: '10' },
      ['settings.min_A', '16', 'settings.mains_A, 10'],
    ],
    ['an unknown key', { FAIRAMP_MAINS: '25' }, ['FAIRAMP_MAINS', 'unknown']],
    ['a key that is too short', { FAIRAMP_KEY: 'abc' }, ['key']],
    ['smart without a bridge', { FAIRAMP_BRIDGE__ID: undefined, FAIRAMP_BRIDGE__KEY: undefined }, ['bridge', 'smart']],
    [
      'a name that every object has',
      { FAIRAMP_BRIDGE__ID: 'constructor' },
      ['bridge.id', 'constructor', 'another name'],
    ],
    ['one id twice', { FAIRAMP_ID: 'left' }, ['roster[0].id', 'left', 'twice']],
    ['one key twice', { FAIRAMP_KEY: KEY }, ['roster[0].key', '"left"', '"main"', 'each device has its own']],
    ['the key of the bridge twice', { FAIRAMP_KEY: THIRD }, ['bridge.key', '"meter"', '"main"']],
    [
      'a fallback',
      { FAIRAMP_ROSTER: `[{ id: left, key: "${KEY}", maximum_A: 32, failSafe: process, fallback_A: 6 }]` },
      ['fallback_A', '6', '0'],
    ],
    [
      'an unknown fail-safe',
      { FAIRAMP_ROSTER: `[{ id: left, key: "${KEY}", maximum_A: 32, failSafe: hope }]` },
      ['failSafe', 'hope', 'heartbeat'],
    ],
    ['a broker that is no address', { FAIRAMP_BROKER: 'localhost' }, ['broker', 'localhost', 'embedded']],
  ])('%s is refused, and the line names key, value and what is allowed', (_case, env, words) => {
    const outcome = read(env);
    const text = outcome.kind === 'mistakes' ? outcome.lines.join('\n') : outcome.kind;
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toContain('abababab');
  });
});

const METER = 'd1'.repeat(32);
const garage = `{ id: garage, limit_A: 32, meter: { id: board, key: "${METER}" } }`;
const carport =
  '{ id: carport, parent: garage, limit_A: { L1: 16, L2: 16, L3: 10 }, device: { curve: gG, rated_A: 20 }, allowance_A: 2 }';
const inCarport = `[{ id: left, key: "${KEY}", maximum_A: 32, failSafe: process, circuit: carport, rotation: [L2, L3, L1] }]`;

describe('circuits below the mains', () => {
  test('are a tree with limits, devices, meters and allowances, on which charge points hang', () => {
    const env = { ...base, FAIRAMP_CIRCUITS: `[${garage}, ${carport}]`, FAIRAMP_ROSTER: inCarport };
    const outcome = readConfig(masterSchema, { argv: [], env, name: 'fairamp-master' });
    expect(outcome.kind === 'config' ? nodeConfig(outcome.config) : outcome).toMatchObject({
      mainsDevice: null,
      turn_ms: 900_000,
      circuits: [
        {
          id: 'garage',
          parent: 'mains',
          limit_dA: { L1: 320, L2: 320, L3: 320 },
          device: { curve: 'gG', rated_dA: 320 },
          meter: { id: 'board', oldestSample_ms: 10_000 },
          allowance_dA: null,
        },
        {
          id: 'carport',
          parent: 'garage',
          limit_dA: { L1: 160, L2: 160, L3: 100 },
          device: { curve: 'gG', rated_dA: 200 },
          meter: null,
          allowance_dA: { L1: 20, L2: 20, L3: 20 },
        },
      ],
      roster: [{ id: 'left', circuit: 'carport', rotation: ['L2', 'L3', 'L1'], priority: 0, minimum_dA: null }],
    });
  });

  test.each([
    ['a feeder that comes later', `[${carport}, ${garage}]`, ['circuits[0].parent', 'garage', 'mains']],
    ['one id twice', `[${garage}, ${garage}]`, ['circuits[1].id', 'garage', 'another']],
    ['the name of the mains', '[{ id: mains, limit_A: 16, allowance_A: 0 }]', ['circuits[0].id', 'mains', 'another']],
    ['neither meter nor allowance', '[{ id: garage, limit_A: 16 }]', ['circuits[0].meter', 'allowance_A']],
    [
      'a breaker below its limit',
      '[{ id: garage, limit_A: 32, device: { curve: C, rated_A: 20 }, allowance_A: 0 }]',
      ['circuits[0].limit_A', '32', 'rating of its device, 20 A'],
    ],
    ['more allowed than its limit', '[{ id: garage, limit_A: 16, allowance_A: 17 }]', ['allowance_A', '17', 'limit_A']],
    [
      'the bridge of the mains once more',
      `[{ id: garage, limit_A: 16, meter: { id: meter, key: "${METER}" } }]`,
      ['circuits[0].meter.id', 'meter', 'another'],
    ],
    ['a limit that is none', '[{ id: garage, limit_A: lots, allowance_A: 0 }]', ['circuits[0].limit_A', 'lots']],
  ])('%s is refused', (_case, circuits, words) => {
    const outcome = read({ FAIRAMP_CIRCUITS: circuits });
    const text = outcome.kind === 'mistakes' ? outcome.lines.join('\n') : outcome.kind;
    for (const word of words) expect(text).toContain(word);
  });

  const keyed = (id: string, key: string): string =>
    `{ id: ${id}, limit_A: 32, meter: { id: at-${id}, key: "${key}" } }`;
  test.each<[string, string, readonly string[]]>([
    ['the master', `[${keyed('shed', OTHER)}]`, ['circuits[0].meter.key', '"at-shed"', '"main"']],
    ['the bridge of the mains', `[${keyed('shed', THIRD)}]`, ['circuits[0].meter.key', '"at-shed"', '"meter"']],
    [
      'each other',
      `[${keyed('shed', METER)}, ${keyed('barn', METER)}]`,
      ['circuits[1].meter.key', '"at-barn"', '"at-shed"'],
    ],
    ['a charge point', `[${keyed('shed', KEY)}]`, ['roster[0].key', '"left"', '"at-shed"']],
  ])('a meter with the key of %s is refused, and both are named', (_case, circuits, words) => {
    const outcome = read({ FAIRAMP_CIRCUITS: circuits });
    const text = outcome.kind === 'mistakes' ? outcome.lines.join('\n') : outcome.kind;
    for (const word of [...words, 'each device has its own']) expect(text).toContain(word);
    for (const key of [KEY, OTHER, THIRD, METER]) expect(text).not.toContain(key.slice(0, 8));
  });

  const hanging = (circuits: string, point = ''): string => {
    const roster = `[{ id: left, key: "${KEY}", maximum_A: 32, failSafe: process, circuit: shed${point} }]`;
    const outcome = read({ FAIRAMP_CIRCUITS: circuits, FAIRAMP_ROSTER: roster });
    return outcome.kind === 'mistakes' ? outcome.lines.join('\n') : outcome.kind;
  };
  const metered = (limit: string): string => `[{ id: shed, limit_A: ${limit}, meter: { id: board, key: "${METER}" } }]`;
  const fed = '[{ id: barn, limit_A: 5, allowance_A: 0 }, { id: shed, parent: barn, limit_A: 16, allowance_A: 0 }]';

  test.each([
    ['below 6 A', metered('5'), '', ['circuits[0].limit_A', '5', '"left"', '6 A']],
    [
      'below 6 A on each conductor',
      metered('{ L1: 5.9, L2: 5, L3: 0 }'),
      '',
      ['circuits[0].limit_A', '5.9 A for cars'],
    ],
    ['below 6 A in what feeds it', fed, '', ['circuits[0].limit_A', '5 A for cars']],
    ['below its own minimum', metered('8'), ', min_A: 10', ['circuits[0].limit_A', '8', '10 A']],
    ['below 6 A beside what flows there', '[{ id: shed, limit_A: 16, allowance_A: 10.5 }]', '', ['5.5 A for cars']],
  ])(
    'a charge point on a circuit that leaves %s could never charge, and is refused',
    (_case, circuits, point, words) => {
      const text = hanging(circuits, point);
      for (const word of words) expect(text).toContain(word);
    },
  );

  test.each([
    ['6 A', metered('6')],
    ['6 A on one conductor', metered('{ L1: 6, L2: 0, L3: 0 }')],
    ['6 A beside what flows there', '[{ id: shed, limit_A: 16, allowance_A: 10 }]'],
  ])('one that leaves %s is not', (_case, circuits) => {
    expect(hanging(circuits)).toBe('config');
  });

  test('a small circuit without a charge point harms nobody', () => {
    expect(read({ FAIRAMP_CIRCUITS: '[{ id: shed, limit_A: 2, allowance_A: 1 }]' }).kind).toBe('config');
  });

  test.each([
    ['a circuit that is not there', 'circuit: garage', ['roster[0].circuit', 'garage', 'mains']],
    ['a rotation that names a conductor twice', 'rotation: [L1, L1, L2]', ['roster[0].rotation', 'once']],
  ])('a charge point on %s is refused', (_case, given, words) => {
    const roster = `[{ id: left, key: "${KEY}", maximum_A: 32, failSafe: process, ${given} }]`;
    const outcome = read({ FAIRAMP_ROSTER: roster });
    const text = outcome.kind === 'mistakes' ? outcome.lines.join('\n') : outcome.kind;
    for (const word of words) expect(text).toContain(word);
  });
});
