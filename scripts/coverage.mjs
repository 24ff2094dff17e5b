// The rooms that must have every branch seen by a unit test: `npm run coverage` fails below 100 %. Branches are counted
// by babel's instrumentation, which sees defaults and short circuits that V8's own counting takes together.
import { spawnSync } from 'node:child_process';

const rooms = ['evse'];
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const { status } = spawnSync(
  process.execPath,
  [
    ...flags,
    'node_modules/jest/bin/jest.js',
    '--coverage',
    '--coverageProvider=babel',
    ...rooms.map((room) => `--collectCoverageFrom=libs/${room}/src/**/*.ts`),
    '--collectCoverageFrom=!**/*.spec.ts',
    '--coverageThreshold={"global":{"branches":100}}',
    '--coverageReporters=text',
    '--silent',
    '--selectProjects',
    'unit',
    '--testPathPatterns',
    ...rooms.map((room) => `libs/${room}/`),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
