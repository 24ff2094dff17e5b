// Two boards, as unlike as two boards with the same port can be. What is known of them is from public sources (their
// front ends' scales, devices and thresholds); line numbers are examples, for which only the label and offset count.
import type { Wiring } from './wiring.js';

/** An i.MX6ULL with its own front end: motor lock with a voltage for feedback, supply read, a line that gates the driver. */
export const TARRAGON: Wiring = {
  name: 'a board like the Tarragon',
  gpioChips: [
    { label: '209c000.gpio', base: 512, count: 32 },
    { label: '20a0000.gpio', base: 544, count: 32 },
    { label: '20a4000.gpio', base: 576, count: 32 },
  ],
  // The digital inputs' threshold is a PWM too, and comes first: who goes by the number takes the wrong one.
  pwmChips: [
    { device: '2084000.pwm', count: 1 },
    { device: '20fc000.pwm', count: 1 },
  ],
  adc: { device: '2198000.adc', name: '2198000.adc', channels: 10, fullScale: 4095, reference_mV: 3300 },
  pilot: {
    pwm: { device: '20fc000.pwm', channel: 0 },
    drive: { chip: '20a0000.gpio', offset: 4, active: 1 },
    gain: 4561 / 476,
    offset_mV: -16_013,
    positive: { channel: 2, reset: { chip: '20a0000.gpio', offset: 6, active: 1 } },
    negative: { channel: 3, reset: { chip: '20a0000.gpio', offset: 7, active: 1 } },
    settle_us: 1000,
  },
  // A fit through the five thresholds of its driver, within 1.5 %.
  proximity: { channel: 5, source_mV: 3750, pullUp_ohm: 1310, series_ohm: 255 },
  contactor: {
    enable: { chip: '209c000.gpio', offset: 8, active: 1 },
    // A normally closed auxiliary contact, so that both kinds are met.
    feedback: { chip: '209c000.gpio', offset: 9, active: 0 },
  },
  lock: {
    kind: 'h-bridge',
    toUnlock: { chip: '20a4000.gpio', offset: 2, active: 0 },
    toLock: { chip: '20a4000.gpio', offset: 3, active: 1 },
    feedback: { channel: 0, locked_mV: 400, unlocked_mV: 3100 },
  },
  residual: { fault: { chip: '20a4000.gpio', offset: 11, active: 1 } },
  led: [{ chip: '209c000.gpio', offset: 20, active: 1 }],
  supply: { channel: 4, scale: 4.0909 },
};

/** A Raspberry Pi with an MCP3208: solenoid lock, a coil that needs pulses, a monitor with a test line, a switch. */
export const RASPBERRY: Wiring = {
  name: 'a board like a Raspberry Pi with an MCP3208',
  gpioChips: [
    { label: 'raspberrypi-exp-gpio', base: 570, count: 8 },
    { label: 'pinctrl-bcm2711', base: 512, count: 58 },
  ],
  pwmChips: [{ device: 'fe20c000.pwm', count: 2 }],
  adc: { device: 'spi0.0', name: 'mcp3208', channels: 8, fullScale: 4095, reference_mV: 3300 },
  pilot: {
    pwm: { device: 'fe20c000.pwm', channel: 0 },
    gain: 9.6,
    offset_mV: -16_000,
    positive: { channel: 0, reset: { chip: 'pinctrl-bcm2711', offset: 23, active: 1 } },
    negative: { channel: 1, reset: { chip: 'pinctrl-bcm2711', offset: 24, active: 1 } },
    settle_us: 1000,
  },
  proximity: { channel: 2, source_mV: 3300, pullUp_ohm: 1000, series_ohm: 0 },
  contactor: {
    enable: { chip: 'pinctrl-bcm2711', offset: 22, active: 1 },
    feedback: { chip: 'pinctrl-bcm2711', offset: 27, active: 1 },
    heartbeat: { line: { chip: 'pinctrl-bcm2711', offset: 17 }, timeout_ms: 200 },
  },
  lock: {
    kind: 'solenoid',
    toLock: { chip: 'pinctrl-bcm2711', offset: 5, active: 1 },
    toUnlock: { chip: 'pinctrl-bcm2711', offset: 6, active: 1 },
    locked: { chip: 'pinctrl-bcm2711', offset: 13, active: 1 },
  },
  // Pulled down, so that a broken wire reads as tripped.
  residual: {
    fault: { chip: 'pinctrl-bcm2711', offset: 25, active: 0 },
    test: { chip: 'pinctrl-bcm2711', offset: 26, active: 1 },
  },
  access: { chip: 'pinctrl-bcm2711', offset: 16, active: 0 },
  led: [
    { chip: 'pinctrl-bcm2711', offset: 19, active: 1 },
    { chip: 'pinctrl-bcm2711', offset: 20, active: 1 },
    { chip: 'pinctrl-bcm2711', offset: 21, active: 1 },
  ],
  temperature: { device: '1-0048', name: 'lm75' },
};
