// A real Linux board as the board conformance suite takes it, in real time: the pilot's and the fittings' part, a file each,
// so that they run beside each other. What it promises of the contactor is left to the stories of this folder and to the
// suite on wires of the test's own: 20 of those tests wait 10 s for a contact that may close again, and real time has no
// shorter ones.
import { PHYSICAL_FAULTS } from '@fairamp/simulation';
import type { BoardKind } from '../conformance/board-bench.js';
import { wallRig } from './wall-rig.js';
import { RASPBERRY } from './wirings.js';

/** A closing takes 10 s, and the computer stalls. */
export const PATIENCE_ms = 60_000;

export const WALL_BOARD: BoardKind = {
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
  // Shown with more patience, in conformance-fittings.
  indicators: [],
  safePilot: 'F',
  reclose_ms: 10_000,
  make: () => wallRig(RASPBERRY),
};
