import { PHYSICAL_FAULTS, type FittingsConfig } from '@fairamp/simulation';
import type { BoardCapabilities } from '@fairamp/board';
import type { BoardKind } from './board-bench.js';
import { boardConformance } from './board.conformance.js';
import { described, LinuxRig } from './linux-rig.js';

const MOTOR: FittingsConfig = { lock: 'motor', hasSwitch: true, residual: 'tested', hasThermometer: true };
const line = (offset: number) => ({ chip: 'gpio', offset });
const adc = (channel: string) => ({ adc: 'adc', channel, fullScale_raw: 4095, reference_mV: 3300 });
const PLAIN = {
  schema: 1,
  id: 'bench',
  terminals: { CP: 'X1.1' },
  connector: 'fixed',
  phases: 3,
  current: { min_A: 6, max_A: 32 },
  pilot: {
    pwm: { device: 'pwm', channel: 0 },
    measure: {
      kind: 'peak-detectors',
      positive: { ...adc('voltage0'), reset: line(1) },
      negative: { ...adc('voltage1'), reset: line(2) },
    },
  },
  contactor: { coil: line(3), feedback: { line: line(4), contact: 'closed' } },
  proximity: { input: adc('voltage2'), reads: { kind: 'divider', pullUp_ohm: 1000, supply_mV: 3300 } },
  failSafe: { kind: 'process', opensWithin_ms: 5000 },
  safe: { pilot: 'F' },
};
const FITTED = {
  ...PLAIN,
  terminals: { CP: '1', PP: '2', LED: '3', SW: '4', '3': '5', 'lock-B': '6', 'lock-R': '7', 'lock-W': '8' },
  connector: 'socket',
  lock: { actuator: 'motor', lock: line(6), unlock: line(7), feedback: { line: line(8) } },
  switch: { line: line(9) },
  residual: { line: line(10), test: line(11) },
  led: { led: 'evse' },
  temperature: { hwmon: 'lm75', input: 'temp1' },
  supply: { line: line(12) },
};
const BEATING = {
  ...FITTED,
  contactor: { ...PLAIN.contactor, heartbeat: line(13) },
  residual: { line: line(10) },
  failSafe: { kind: 'heartbeat', opensWithin_ms: 600 },
  safe: { pilot: 'X1' },
};
const CAPABILITIES: BoardCapabilities = {
  connector: 'socket',
  min_dA: 60,
  max_dA: 320,
  phases: 3,
  contactorFeedback: true,
  meter: false,
  failSafe: 'process',
  failSafe_ms: 5000,
  lock: true,
  switch: true,
  residual: 'tested',
  temperature: true,
  reaction_ms: 100,
};

function kindOf(
  name: string,
  description: unknown,
  fittings: FittingsConfig | null,
  differs: Partial<BoardCapabilities> = {},
): BoardKind {
  const board = described(description);
  return {
    name,
    capabilities: { ...CAPABILITIES, ...differs },
    lockedIsHigh: fittings?.lock === 'motor',
    breakable: PHYSICAL_FAULTS,
    hasLink: true,
    hasLight: board.led !== undefined,
    safePilot: board.safe.pilot,
    reclose_ms: 10_000,
    make: () => Promise.resolve(new LinuxRig(board, fittings)),
  };
}

boardConformance(kindOf('a Linux board with everything, safe by its process', FITTED, MOTOR));
boardConformance(
  kindOf(
    'a Linux board whose coil wants pulses, with a solenoid and a monitor without a test line',
    BEATING,
    { ...MOTOR, lock: 'solenoid', residual: 'monitored' },
    { failSafe: 'heartbeat', failSafe_ms: 600, residual: 'monitored' },
  ),
);
boardConformance(
  kindOf('a plain Linux board', { ...PLAIN, terminals: { CP: '1', PP: '2' } }, null, {
    connector: 'fixed',
    lock: false,
    switch: false,
    residual: 'disabled',
    temperature: false,
  }),
);
