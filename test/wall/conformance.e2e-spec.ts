// The pilot's and the fittings' part of the board conformance suite on a real Linux board, in real time. What it promises of
// the contactor is left to the stories beside this file and to the suite on wires of the test's own: 20 of those
// tests wait 10 s for a contact that may close again, and real time has no shorter ones.
import { PHYSICAL_FAULTS } from '@fairamp/simulation';
import { benchOf, type BoardKind } from '../conformance/board-bench.js';
import { fittingsConformance } from '../conformance/board-fittings.conformance.js';
import { pilotConformance } from '../conformance/board-pilot.conformance.js';
import { wallRig } from './wall-rig.js';
import { RASPBERRY } from './wirings.js';

// No global in an ES module. A closing takes 10 s.
(import.meta as unknown as { readonly jest: typeof jest }).jest.setTimeout(60_000);

const KIND: BoardKind = {
  name: `a Linux board on ${RASPBERRY.name}`,
  capabilities: {
    connector: 'socket',
    min_dA: 60,
    max_dA: 320,
    phases: 3,
    contactorFeedback: true,
    meter: false,
    failSafe: 'heartbeat',
    failSafe_ms: 3000,
    lock: true,
    switch: true,
    residual: 'tested',
    temperature: true,
    reaction_ms: 100,
  },
  lockedIsHigh: false,
  // A supply that is a voltage is none of a description's lines.
  breakable: PHYSICAL_FAULTS.filter((fault) => fault !== 'supply-failing'),
  hasLink: false,
  hasLight: true,
  safePilot: 'F',
  reclose_ms: 10_000,
  make: () => wallRig(RASPBERRY),
};

describe(`${KIND.name} as a board`, () => {
  const at = benchOf(KIND);

  test('says what it is', () => {
    expect(at().rig.board.capabilities).toEqual(KIND.capabilities);
  });
  pilotConformance(KIND, at);
  fittingsConformance(KIND, at);
});
