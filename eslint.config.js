// The house rules that a machine can hold: which room imports which, the two sizes, complexity, and no clock, timer,
// randomness or console in a pure room. Form is prettier's business. Zero warnings: every rule is an error.
import tseslint from 'typescript-eslint';

/** Room -> what it may import beside its own files. The one table; the README shows it to people. */
const rooms = {
  units: [],
  protocol: ['@fairamp/units', 'zod', 'node:crypto', 'node:buffer'],
  leases: ['@fairamp/units'],
  evse: ['@fairamp/units'],
  balancing: ['@fairamp/units'],
  learning: ['@fairamp/units'],
  settings: ['@fairamp/units', '@fairamp/evse'],
  nodes: [
    '@fairamp/units',
    '@fairamp/protocol',
    '@fairamp/leases',
    '@fairamp/evse',
    '@fairamp/balancing',
    '@fairamp/learning',
  ],
  simulation: [
    '@fairamp/units',
    '@fairamp/protocol',
    '@fairamp/leases',
    '@fairamp/evse',
    '@fairamp/balancing',
    '@fairamp/nodes',
    'zod',
    'node:crypto',
  ],
  board: ['@fairamp/units', '@fairamp/evse', 'zod', 'node:[a-z/_]+'],
  store: ['@fairamp/units', 'node:[a-z/_]+'],
  terminal: ['@fairamp/units', '@fairamp/evse', 'node:[a-z/_]+'],
  runtime: [
    '@fairamp/units',
    '@fairamp/protocol',
    '@fairamp/settings',
    '@nestjs/[a-z-]+',
    'rxjs',
    'mqtt',
    'aedes',
    'zod',
    'yaml',
    'pino',
    'commander',
    'koffi',
    'reflect-metadata',
    'node:[a-z/_]+',
  ],
};
const pureRooms = ['units', 'protocol', 'leases', 'evse', 'balancing', 'learning', 'settings', 'nodes', 'simulation'];
/** The three participants; the plant's physics are no business of theirs. */
const appsMayImport = [
  '@fairamp/(units|protocol|leases|evse|balancing|settings|nodes|board|store|runtime)',
  '@nestjs/[a-z-]+',
  'reflect-metadata',
  'rxjs',
  'zod',
  'commander',
  'serialport',
  'node:[a-z/_]+',
];
const labMayImport = [...appsMayImport, '@fairamp/simulation', '@fairamp/terminal', 'koffi', 'mqtt', 'yaml'];
/** What installs must run where nothing is installed yet. */
const setupMayImport = ['@fairamp/units', 'zod', 'node:[a-z/_]+'];
/** A viewer, no participant. What a master's configuration is stands with the master alone: a replay reads the same. */
const cliMayImport = [
  '@fairamp/(units|protocol|settings|nodes|runtime|terminal)',
  '\\.\\./\\.\\./\\.\\./master/src/config\\.js',
  'commander',
  'zod',
  'node:[a-z/_]+',
];
/** No participant and no Nest: the nodes run inside the simulation. */
const simulatorMayImport = ['@fairamp/units', '@fairamp/simulation', 'commander', 'zod', 'node:[a-z/_]+'];

/** Its own files: beside it, or one folder up and never into the tests; no way leads through `..` into another room. */
const OWN_FILES = ['\\./(?!.*\\.\\.)', '\\.\\./(?!.*\\.\\.|test/|src/)'];
const NO_ROW = "not in this room's row of the import table (eslint.config.js)";
const importsOnly = (allowed) => {
  const names = [...OWN_FILES, ...allowed.map((name) => `${name}$`)].join('|');
  // Of node:crypto a pure room gets what is a function of its arguments.
  const crypto = {
    name: 'node:crypto',
    allowImportNames: ['createHash', 'createHmac', 'createSecretKey', 'KeyObject', 'timingSafeEqual'],
    message: NO_ROW,
  };
  const isPure = !allowed.some((name) => name.startsWith('node:['));
  return ['error', { patterns: [{ regex: `^(?!${names})`, message: NO_ROW }], ...(isPure ? { paths: [crypto] } : {}) }];
};

const ambient = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
  'process',
  'console',
  'performance',
  'fetch',
  'require',
  'globalThis',
  'global',
  'crypto',
  'AbortSignal',
  'WebSocket',
  'Intl',
  'eval',
  'Worker',
  'BroadcastChannel',
  'MessageChannel',
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 40 }],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      complexity: ['error', 10],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'id-match': ['error', '^(?!.*(Manager|Helper|Util)).*$', { onlyDeclarations: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^$' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/strict-boolean-expressions': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
    },
  },
  {
    // A room that is not in the table may import nothing.
    files: ['libs/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': importsOnly([]) },
  },
  ...Object.entries(rooms).map(([room, allowed]) => ({
    files: [`libs/${room}/src/**/*.ts`],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': importsOnly(allowed) },
  })),
  {
    files: pureRooms.map((room) => `libs/${room}/src/**/*.ts`),
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', 'Date', ...ambient],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "VariableDeclarator[init.name='Math'] Property[key.name='random']",
          message: 'randomness arrives in an event or the initial state',
        },
        { selector: 'ImportExpression', message: 'what a room imports stands at the top of its files' },
        {
          selector: ":not(MemberExpression):not(VariableDeclarator[id.type='ObjectPattern']) > Identifier[name='Math']",
          message: 'Math by another name hides Math.random',
        },
      ],
    },
  },
  {
    files: ['apps/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'apps/lab/**', 'apps/setup/**', 'apps/simulator/**', 'apps/cli/**'],
    rules: { 'no-restricted-imports': importsOnly(appsMayImport) },
  },
  {
    files: ['apps/lab/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': importsOnly(labMayImport) },
  },
  {
    files: ['apps/cli/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': importsOnly(cliMayImport) },
  },
  {
    files: ['apps/setup/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': importsOnly(setupMayImport) },
  },
  {
    files: ['apps/simulator/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': importsOnly(simulatorMayImport) },
  },
  {
    // A describe block is a table of cases, not a function with a control flow.
    files: ['**/*.spec.ts', '**/*.e2e-spec.ts', 'libs/*/test/**/*.ts', 'test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
