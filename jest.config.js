const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@fairamp/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
const project = (displayName, testMatch) => ({ ...shared, displayName, testMatch });

/** Five layers, quickest first (CONTRIBUTING.md says what belongs where). */
export default {
  testSequencer: '<rootDir>/scripts/long-first.mjs',
  projects: [
    project('unit', [
      '<rootDir>/{libs,apps}/*/src/**/*.spec.ts',
      '<rootDir>/libs/*/test/**/*.vectors.spec.ts',
      '<rootDir>/libs/*/test/**/*stories.spec.ts',
      '<rootDir>/test/{defects,front-end,house}/*.spec.ts',
    ]),
    project('property', ['<rootDir>/libs/*/test/**/*.property.spec.ts']),
    project('sim', ['<rootDir>/{libs,apps,test}/**/*.sim.spec.ts']),
    project('conformance', ['<rootDir>/test/conformance/**/*.spec.ts']),
    project('e2e', [
      '<rootDir>/apps/*/test/**/*.e2e-spec.ts',
      '<rootDir>/libs/runtime/test/**/*.e2e-spec.ts',
      '<rootDir>/test/*/*.e2e-spec.ts',
    ]),
  ],
};
