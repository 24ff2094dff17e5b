// Everything that a charge point can come to, for each kind of outlet: docs/charge-point-proof.md says what that means.
import type { EvseConfig } from '../../src/index.js';
import { CONFIG } from '../rig.js';
import { walk } from './walk.js';

type Row = {
  readonly outlet: string;
  readonly config: Partial<EvseConfig>;
  /** Which a walk of this outlet must have met at least so often: one that never charges would prove nothing. */
  readonly met: readonly string[];
};

const CLOSED = ['close-contactor', 'open soft-stop-over', 'open car-left', 'open car-stopped', 'open fault'];
const ROWS: readonly Row[] = [
  { outlet: 'a fixed cable', config: { connector: 'fixed', cable_dA: 320 }, met: CLOSED },
  {
    outlet: 'a socket, a motor lock with swapped wires',
    config: { lock: { actuator: 'motor', swapped: true } },
    met: [...CLOSED, 'pulse-lock'],
  },
  {
    outlet: 'a socket, a solenoid lock, a residual-current monitor, no feedback contact',
    config: { lock: { actuator: 'solenoid', swapped: false }, residual: 'monitored', contactorFeedback: false },
    met: [...CLOSED, 'pulse-lock'],
  },
  {
    outlet: 'a fixed cable, a residual-current monitor that is tested, a momentary switch',
    config: { connector: 'fixed', cable_dA: 320, residual: 'tested', access: 'momentary' },
    met: [...CLOSED, 'test-residual'],
  },
  {
    outlet: 'a socket, a solenoid lock, a maintained switch, ventilation',
    config: { lock: { actuator: 'solenoid', swapped: false }, access: 'maintained', ventilated: true },
    met: [...CLOSED, 'pulse-lock'],
  },
];

const AT_LEAST = 10;
const MINUTE_ms = 60_000;

test.each(ROWS)(
  'I3, I11, I12, I14: no reachable step breaks a promise: $outlet',
  ({ outlet, config, met }) => {
    const walked = walk({ ...CONFIG, ...config });
    process.stdout.write(`${outlet}: ${walked.states} states, ${walked.pairs} pairs\n`);
    expect(walked.broken).toEqual([]);
    expect(met.filter((word) => (walked.met[word] ?? 0) < AT_LEAST)).toEqual([]);
    expect(walked.pairs).toBeGreaterThan(50_000);
  },
  5 * MINUTE_ms,
);
