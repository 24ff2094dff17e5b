import { described, FITTED, PLAIN, withValue } from '../../test/descriptions.js';
import { capabilitiesOf } from './capabilities.js';

test('a plain board has nothing that it does not say', () => {
  expect(capabilitiesOf(described(PLAIN))).toEqual({
    connector: 'fixed',
    min_dA: 60,
    max_dA: 320,
    phases: 3,
    contactorFeedback: false,
    meter: false,
    failSafe: 'none',
    failSafe_ms: null,
    lock: false,
    switch: false,
    residual: 'disabled',
    temperature: false,
    reaction_ms: 100,
  });
});

test('a fitted one has what it says', () => {
  expect(capabilitiesOf(described(FITTED))).toMatchObject({
    connector: 'socket',
    contactorFeedback: true,
    failSafe: 'heartbeat',
    failSafe_ms: 1250,
    lock: true,
    switch: true,
    residual: 'tested',
    temperature: true,
  });
});

test('a monitor without a test line is monitored', () => {
  expect(capabilitiesOf(described(withValue(FITTED, 'residual.test', undefined))).residual).toBe('monitored');
});
