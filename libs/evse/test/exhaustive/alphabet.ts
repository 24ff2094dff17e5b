// Everything that can happen next, for the exhaustive walk: each kind of event with each of its meanings, after a gap
// that brings a deadline or does not. What a line can show depends on what is driven, so the alphabet does too.
import type { EvseConfig, EvseEvent, EvseState, PilotState } from '../../src/index.js';
import { LEVEL_mV } from '../rig.js';

type Untimed = EvseEvent extends infer E ? (E extends EvseEvent ? Omit<E, 'at'> : never) : never;
/** What happens, so long after what happened before; more of it right after, where one alone changes nothing yet. */
export type Letter = { readonly gap_ms: number; readonly event: Untimed; readonly then?: Letter };

/** Between two samples of a usual board, and of one that is slow: four of those make a second without a sample. */
const USUAL_ms = 20;
const SLOW_ms = 300;
/** Nothing due, a solenoid read, a motor read, a lock's retry or a raise, a closing, a try after NO CURRENT. */
const TICKS_ms = [10, 400, 700, 5000, 10_000, 60_000];
const DAY_ms = 86_400_000;

const STATES: readonly PilotState[] = ['A', 'B', 'C', 'D', 'E', 'F', 'invalid'];
const LOADED: readonly PilotState[] = ['B', 'C', 'D'];

const phases = (dA: number) => ({ L1: dA, L2: dA, L3: dA });
const soon = (event: Untimed): Letter => ({ gap_ms: 10, event });

/** A press counts on a switch that was seen released; a maintained one is told by its level. */
const PRESSED: Letter = { gap_ms: SLOW_ms, event: { kind: 'switch-sensed', pressed: true } };
const RELEASED: Letter = { gap_ms: SLOW_ms, event: { kind: 'switch-sensed', pressed: false } };

const OTHERS: readonly Letter[] = [
  ...[0, 160, 60].map((limit_dA) => soon({ kind: 'limit-changed', limit_dA })),
  soon({ kind: 'limit-changed', limit_dA: 0, isShort: true }),
  ...[220, null].map((ohm) => soon({ kind: 'proximity-sampled', ohm })),
  ...[true, false].flatMap((is): Letter[] => [
    soon({ kind: 'contactor-confirmed', closed: is }),
    soon({ kind: 'link-changed', silent: is }),
    soon({ kind: 'board-changed', lost: is }),
    soon({ kind: 'lock-sensed', high: is }),
    soon({ kind: 'residual-sensed', tripped: is }),
    soon({ kind: 'temperature-sensed', celsius: is ? 70 : 20 }),
    soon({ kind: 'supply-sensed', failing: is }),
    soon({ kind: 'draw-metered', draw_dA: phases(is ? 400 : 50) }),
  ]),
  soon({ kind: 'acknowledged' }),
  ...TICKS_ms.map((gap_ms): Letter => ({ gap_ms, event: { kind: 'tick' } })),
];

function sample(pilot: PilotState, low_mV: number | null, gap_ms: number): Letter {
  return { gap_ms, event: { kind: 'pilot-sampled', high_mV: LEVEL_mV[pilot], low_mV } };
}

/** Once, and twice slowly: the first after a change of the output is not read. */
function samples(pilot: PilotState, low_mV: number | null): readonly Letter[] {
  return [sample(pilot, low_mV, USUAL_ms), { ...sample(pilot, low_mV, SLOW_ms), then: sample(pilot, low_mV, SLOW_ms) }];
}

/** A steady line shows no low level, and under -12 V there is only one level. */
const STEADY = STATES.flatMap((pilot) => samples(pilot, null));
const UNDER_F = [...samples('F', null), ...samples('C', null)];
const UNDER_PWM = [
  ...STATES.flatMap((pilot) => samples(pilot, -12_000)),
  // No diode: the low half mirrors the high one.
  ...LOADED.map((pilot) => sample(pilot, -LEVEL_mV[pilot], USUAL_ms)),
  // A board that has let go of its outputs shows a steady line under PWM.
  ...(['A', 'C'] as const).flatMap((pilot) => samples(pilot, null)),
];

const LETTERS = {
  X1: [...STEADY, ...OTHERS],
  F: [...UNDER_F, ...OTHERS],
  pwm: [...UNDER_PWM, ...OTHERS],
} as const;

/** Only of what the board has: a letter that no state can hear differently says nothing. */
export function lettersFor(config: EvseConfig): (state: EvseState) => readonly Letter[] {
  const deaf = deafOf(config);
  const press = config.access === 'maintained' ? [PRESSED, RELEASED] : [{ ...RELEASED, then: PRESSED }];
  const day: readonly Letter[] = config.residual === 'tested' ? [{ gap_ms: DAY_ms, event: { kind: 'tick' } }] : [];
  const of = (letters: readonly Letter[]): readonly Letter[] => {
    return [...letters.filter(({ event }) => !deaf.includes(event.kind)), ...press, ...day];
  };
  const letters = { X1: of(LETTERS.X1), F: of(LETTERS.F), pwm: of(LETTERS.pwm) };
  return ({ offer }) => letters[offer.kind];
}

function deafOf({ connector, lock, residual, contactorFeedback }: EvseConfig): readonly string[] {
  return [
    ...(connector === 'fixed' ? ['proximity-sampled'] : []),
    ...(connector === 'fixed' || lock.actuator === 'none' ? ['lock-sensed'] : []),
    ...(residual === 'disabled' ? ['residual-sensed'] : []),
    ...(contactorFeedback ? [] : ['contactor-confirmed']),
  ];
}
