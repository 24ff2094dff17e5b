// When two states of a charge point count as one for the exhaustive walk: the same facts, the same faults, and the same
// deadlines due. How long ago something was, beyond due or not, is forgotten; the walk keeps one real state for each.
import type { EvseConfig, EvseState, EvseView } from '../../src/index.js';

const CLOSING_ms = 10_000;
const RAISE_ms = 5000;

/** The further it is from closing, the coarser: what is kept open anyway is not told apart in every detail. */
export function keyOf(state: EvseState, view: EvseView, config: EvseConfig): string {
  const isHeld = view.session === 'denied' || view.session === 'stopped';
  const seen = [state.pilot.state, view.session, contactorOf(state), view.faults.join()].join('|');
  if (view.faults.length > 1) return seen;
  const isLive = state.limit_dA > 0 && !state.silent;
  const outlines = `${seen}|${state.offer.kind}|${lockOf(state, config)}|${isLive}|${state.supplyFailing}`;
  const known = `${outlines}|${state.pilot.diode}|${residualOf(state)}|${accessOf(state, config)}`;
  const isNear = view.faults.length === 0 && !isHeld && (view.contactorOpen || state.contactor.wanted === 'closed');
  return isNear ? `${known}|${doubtsOf(state)}|${dueOf(state)}` : known;
}

function contactorOf({ contactor: { wanted, feedback, fault, doubt_ms } }: EvseState): string {
  return `${wanted} ${feedback} ${fault} ${doubt_ms === null}`;
}

/** Whether its contact may be read yet matters only where that says locked. */
function lockOf({ lock, at }: EvseState, { connector, lock: { actuator } }: EvseConfig): string {
  if (connector === 'fixed' || actuator === 'none') return '';
  const isRead = lock.pulses > 0 && at - lock.pulsedAt >= (actuator === 'motor' ? 700 : 400);
  return `${lock.wanted} ${lock.sensed} ${lock.wanted === 'locked' && lock.sensed === 'locked' && isRead}`;
}

function residualOf({ residual: { tripped, testingSince, answered, testedAt } }: EvseState): string {
  return `${tripped} ${testingSince !== null} ${answered} ${testedAt !== null}`;
}

/** Where each press counts the walk knows presses alone, so that a switch is always found released. */
function accessOf({ access: { pressed, granted, stoppedAt } }: EvseState, config: EvseConfig): string {
  return config.access === 'maintained' ? `${pressed}` : `${granted} ${stoppedAt !== null}`;
}

/** Of what contradicts only C counts by name: it alone must be seen twice. */
function doubtsOf({ pilot }: EvseState): string {
  const contradicted = pilot.newest !== pilot.state && (pilot.newest === 'C' ? 'C' : 'x');
  return `${contradicted} ${pilot.lowMissed} ${pilot.steadySince !== null} ${pilot.discard === 'next'}`;
}

function dueOf({ at, contactor, raisedAt, offer }: EvseState): string {
  return `${at - contactor.closedAt >= CLOSING_ms} ${offer.kind === 'pwm' || at - raisedAt >= RAISE_ms}`;
}
