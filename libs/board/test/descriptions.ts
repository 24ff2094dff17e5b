// Board descriptions for tests: a plain one, and one with everything.
import { boardSchema, type BoardDescription } from '../src/linux/description.js';

const line = (offset: number) => ({ chip: 'gpio', offset });
const adc = (channel: string) => ({ adc: 'adc', channel, fullScale_raw: 4095, reference_mV: 3300 });

export const PLAIN = {
  schema: 1,
  id: 'plain',
  terminals: { CP: '1' },
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
  contactor: { coil: line(3) },
  failSafe: { kind: 'none' },
  safe: { pilot: 'X1' },
};

export const FITTED = {
  ...PLAIN,
  id: 'fitted',
  terminals: {
    CP: '1',
    PP: '2',
    LED: '3',
    SW: '4',
    '3': '5',
    'lock-B': '6',
    'lock-R': '7',
    'lock-W': '8',
    A: '9',
    B: '10',
  },
  connector: 'socket',
  pilot: { ...PLAIN.pilot, enable: line(14) },
  contactor: { coil: line(3), feedback: { line: line(4), contact: 'closed' }, heartbeat: line(13) },
  proximity: { input: adc('voltage2'), reads: { kind: 'divider', pullUp_ohm: 1000, supply_mV: 3300 } },
  lock: { actuator: 'motor', lock: line(6), unlock: line(7), feedback: { line: line(8) } },
  switch: { line: line(9) },
  residual: { line: line(10), test: line(11) },
  led: { led: 'evse:green:led1' },
  temperature: { hwmon: 'lm75', input: 'temp1' },
  supply: { line: line(12) },
  serial: { path: '/dev/ttyAMA0' },
  failSafe: { kind: 'heartbeat', opensWithin_ms: 1250 },
  safe: { pilot: 'F' },
};

export function described(board: unknown): BoardDescription {
  return boardSchema.parse(board);
}

/** As `board`, with what stands at a dotted path put in its place; undefined takes it away. */
export function withValue<Board extends object>(board: Board, path: string, value: unknown): unknown {
  const copy = structuredClone(board);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place = copy as Record<string, unknown>;
  for (const key of keys) place = (place[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}
