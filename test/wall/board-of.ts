// The description (board.yaml) of a board whose wiring is known, so that a line number stands in one place: the wiring.
// What a description cannot say of a wiring (more than one LED, a supply that is a voltage) is left out.
import type { Milliseconds } from '@fairamp/units';
import type { Detector, Line, Lock, Signal, Wiring } from '../front-end/wiring.js';

/** Half way, by ratio, between the plugs of 1500, 680, 220 and 100 Ohm, no plug, and a short (io.md 5). */
const PLUGS = [
  { from_ohm: 2200, ohm: null },
  { from_ohm: 1000, ohm: 1500 },
  { from_ohm: 330, ohm: 680 },
  { from_ohm: 150, ohm: 220 },
  { from_ohm: 75, ohm: 100 },
] as const;
/** What a contact and a process's last word take, beside a coil's own patience. */
const CONTACT_ms: Milliseconds = 500;
const PROCESS_ms: Milliseconds = 5000;

export function boardOf(wiring: Wiring): object {
  const { lock, access, residual, temperature, led } = wiring;
  return {
    schema: 1,
    id: 'wall',
    about: wiring.name,
    terminals: terminalsOf(wiring),
    connector: 'socket',
    phases: 3,
    current: { min_A: 6, max_A: 32 },
    pilot: pilotOf(wiring),
    proximity: { input: adcOf(wiring, wiring.proximity.channel), reads: { kind: 'table', rows: plugRowsOf(wiring) } },
    ...contactorOf(wiring),
    lock: lockOf(wiring, lock),
    ...(access === undefined ? {} : { switch: { line: lineOf(access) } }),
    residual: {
      line: lineOf(residual.fault),
      ...(residual.test === undefined ? {} : { test: lineOf(residual.test) }),
    },
    ...(led[0] === undefined ? {} : { led: { line: lineOf(led[0]) } }),
    ...(temperature === undefined ? {} : { temperature: { hwmon: temperature.name, input: 'temp1' } }),
    safe: { pilot: 'F' },
  };
}

function lineOf({ chip, offset, active }: Signal): object {
  return { chip, offset, activeLow: active === 0 };
}

function bareLine({ chip, offset }: Line): object {
  return { chip, offset };
}

function adcOf({ adc }: Wiring, channel: number): object {
  return {
    adc: adc.name,
    channel: `voltage${channel}`,
    fullScale_raw: adc.fullScale,
    reference_mV: adc.reference_mV,
  };
}

function pilotOf(wiring: Wiring): object {
  const { pwm, drive, gain, offset_mV, positive, negative } = wiring.pilot;
  const side = ({ channel, reset }: Detector): object => {
    return { ...adcOf(wiring, channel), gain, offset_mV, reset: lineOf(reset) };
  };
  return {
    pwm,
    ...(drive === undefined ? {} : { enable: lineOf(drive) }),
    measure: { kind: 'peak-detectors', positive: side(positive), negative: side(negative) },
  };
}

function plugRowsOf({ proximity: { source_mV, pullUp_ohm, series_ohm } }: Wiring): readonly object[] {
  const levelOf = (ohm: number): number =>
    Math.round((source_mV * (ohm + series_ohm)) / (ohm + series_ohm + pullUp_ohm));
  return PLUGS.map(({ from_ohm, ohm }) => ({ from_mV: levelOf(from_ohm), ohm }));
}

function contactorOf({ contactor: { enable, feedback, heartbeat } }: Wiring): object {
  const contactor = { coil: lineOf(enable), feedback: { line: lineOf(feedback), contact: 'closed' } };
  if (heartbeat === undefined) return { contactor, failSafe: { kind: 'process', opensWithin_ms: PROCESS_ms } };
  return {
    contactor: { ...contactor, heartbeat: bareLine(heartbeat.line) },
    failSafe: { kind: 'heartbeat', opensWithin_ms: heartbeat.timeout_ms + CONTACT_ms },
  };
}

function lockOf(wiring: Wiring, lock: Lock): object {
  const lines = { lock: lineOf(lock.toLock), unlock: lineOf(lock.toUnlock) };
  if (lock.kind === 'h-bridge') {
    const { channel, locked_mV, unlocked_mV } = lock.feedback;
    const between_mV = Math.round((locked_mV + unlocked_mV) / 2);
    const feedback = { input: adcOf(wiring, channel), locked_mV: [0, between_mV] };
    return { actuator: 'motor', ...lines, feedback };
  }
  // At terminal B, which a solenoid pulls low when it is locked.
  const { chip, offset, active } = lock.locked;
  return { actuator: 'solenoid', ...lines, feedback: { line: { chip, offset, activeLow: active === 1 } } };
}

function terminalsOf({ access, led }: Wiring): object {
  return {
    CP: 'pilot',
    PP: 'plug',
    '3': 'residual current',
    'lock-B': 'lock feedback',
    'lock-R': 'lock',
    'lock-W': 'unlock',
    ...(access === undefined ? {} : { SW: 'switch' }),
    ...(led.length === 0 ? {} : { LED: 'LED' }),
  };
}
