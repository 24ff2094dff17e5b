import { readConfig, type ConfigOutcome } from '@fairamp/runtime';
import { masterSchema, nodeConfig } from './config.js';

const [KEY, OTHER, THIRD] = ['ab', 'cd', 'ef'].map((pair) => pair.repeat(32));
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

  test.each([
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
    ['one id twice', { FAIRAMP_ID: 'left' }, ['roster[0].id', 'left', 'twice']],
    ['one key twice', { FAIRAMP_KEY: KEY }, ['roster[0].key', 'each device has its own']],
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
