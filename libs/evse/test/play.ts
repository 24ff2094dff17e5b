// Random play for the properties: events come in stretches, so that it reaches charging and then breaks it.
import fc from 'fast-check';
import {
  initialEvse,
  PLAIN,
  stepEvse,
  type EvseCommand,
  type EvseConfig,
  type EvseEvent,
  type EvseState,
  type EvseStep,
  type PilotState,
} from '../src/index.js';
import { LEVEL_mV } from './rig.js';

type Untimed = EvseEvent extends infer E ? (E extends EvseEvent ? Omit<E, 'at'> : never) : never;
/** One event, repeated; `obeys`: the feedback contact follows what was commanded. */
export type Stretch = {
  readonly event: Untimed;
  readonly times: number;
  readonly gap_ms: number;
  readonly obeys: boolean;
};

const level = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<PilotState[]>('C', 'C', 'C', 'B', 'A').map((state) => LEVEL_mV[state]) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(LEVEL_mV)) },
  { weight: 1, arbitrary: fc.integer({ min: -16_000, max: 16_000 }) },
);
const low = fc.oneof(
  { weight: 12, arbitrary: fc.constant(-12_000) },
  { weight: 1, arbitrary: fc.constantFrom(null, -9000, 0, -10_000) },
);
const limit = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 60, max: 800 }) },
);
const sample = fc.record({ kind: fc.constant('pilot-sampled' as const), high_mV: level, low_mV: low });
const asksForAir = fc.constant({ kind: 'pilot-sampled' as const, high_mV: LEVEL_mV.D, low_mV: -12_000 });
const other = fc.oneof(
  fc.record({ kind: fc.constant('limit-changed' as const), limit_dA: limit }),
  fc.record({
    kind: fc.constant('proximity-sampled' as const),
    ohm: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(100, 220, 680) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  }),
  fc.constant({ kind: 'tick' as const }),
);
const rare = fc.oneof(
  fc.record({ kind: fc.constant('contactor-confirmed' as const), closed: fc.boolean() }),
  fc.record({ kind: fc.constant('link-changed' as const), silent: fc.constantFrom(true, false, false) }),
  fc.record({ kind: fc.constant('board-changed' as const), lost: fc.constantFrom(true, false, false) }),
);
const sensed = fc.oneof(
  fc.record({ kind: fc.constant('lock-sensed' as const), high: fc.boolean() }),
  fc.record({ kind: fc.constant('switch-sensed' as const), pressed: fc.boolean() }),
  fc.record({ kind: fc.constant('residual-sensed' as const), tripped: fc.constantFrom(true, false, false) }),
  fc.record({ kind: fc.constant('temperature-sensed' as const), celsius: fc.constantFrom(-20, 20, 60, 66) }),
  fc.record({ kind: fc.constant('supply-sensed' as const), failing: fc.constantFrom(true, false, false) }),
  fc.record({ kind: fc.constant('draw-metered' as const), draw_dA: phases(fc.constantFrom(0, 60, 100, 400)) }),
  fc.record({ kind: fc.constant('limit-changed' as const), limit_dA: fc.constant(0), isShort: fc.boolean() }),
  fc.constant({ kind: 'acknowledged' as const }),
);

function phases(draw: fc.Arbitrary<number>) {
  return fc.record({ L1: draw, L2: fc.constant(0), L3: fc.constant(0) });
}

/** By a board without any of the options. */
export const plainEvent = fc.oneof(
  { weight: 10, arbitrary: sample },
  { weight: 8, arbitrary: other },
  { weight: 1, arbitrary: rare },
);
/** By one with all of them. */
export const anyEvent = fc.oneof(
  { weight: 14, arbitrary: plainEvent },
  { weight: 3, arbitrary: sensed },
  { weight: 3, arbitrary: asksForAir },
);

const stretchOf = (event: fc.Arbitrary<Untimed>): fc.Arbitrary<Stretch> =>
  fc.record({
    event,
    times: fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 6 }) }),
    gap_ms: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(10, 20, 100) }, { weight: 1, arbitrary: fc.nat(7000) }),
    obeys: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  });
export const stretch = stretchOf(plainEvent);
const plain = {
  connector: fc.constantFrom('socket' as const, 'fixed' as const),
  max_dA: fc.integer({ min: 100, max: 800 }),
  cable_dA: fc.integer({ min: 130, max: 800 }),
  proximity: fc.constantFrom('manual' as const, 'standard' as const),
  contactorFeedback: fc.boolean(),
};
export const config: fc.Arbitrary<EvseConfig> = fc.record(plain).map((drawn) => ({ ...drawn, ...PLAIN }));

/** With any of the options. */
export const optionConfig: fc.Arbitrary<EvseConfig> = fc.record({
  ...plain,
  connector: fc.constantFrom('socket' as const, 'socket' as const, 'fixed' as const),
  lock: fc.record({
    actuator: fc.constantFrom('none' as const, 'solenoid' as const, 'motor' as const),
    swapped: fc.boolean(),
  }),
  access: fc.constantFrom('disabled' as const, 'momentary' as const, 'maintained' as const),
  stopRestart_s: fc.constantFrom(0, 15),
  residual: fc.constantFrom('disabled' as const, 'monitored' as const, 'tested' as const),
  ventilated: fc.boolean(),
  settingsDamaged: fc.constant(false),
});

export type Seen = { readonly before: EvseState; readonly event: EvseEvent; readonly step: EvseStep };

/** All is well and somebody has granted access: what is drawn comes on top of that. */
const OPENING: readonly Stretch[] = [
  { kind: 'contactor-confirmed', closed: false } as const,
  { kind: 'proximity-sampled', ohm: 220 } as const,
  { kind: 'switch-sensed', pressed: false } as const,
  { kind: 'residual-sensed', tripped: false } as const,
  { kind: 'switch-sensed', pressed: true } as const,
].map((event) => ({ event, times: 1, gap_ms: event.kind === 'switch-sensed' ? 200 : 20, obeys: true }));

export function play(stretches: readonly Stretch[], settings: EvseConfig, see: (seen: Seen) => void): EvseState {
  let state = initialEvse(0);
  const tell = (event: EvseEvent): readonly EvseCommand[] => {
    const step = stepEvse(state, event, settings);
    see({ before: state, event, step });
    state = step.state;
    return step.commands;
  };
  for (const { event, times, gap_ms, obeys } of [...OPENING, ...stretches]) {
    for (let turn = 0; turn < times; turn += 1) {
      const commands = tell({ ...event, at: state.at + gap_ms });
      const answers = obeys ? commands.flatMap((command) => answersOf(command, settings)) : [];
      for (const answer of answers) tell({ ...answer, at: state.at + 15 });
    }
  }
  return state;
}

/** What a board that obeys says of it. */
function answersOf(command: EvseCommand, { lock }: EvseConfig): readonly Untimed[] {
  switch (command.kind) {
    case 'open-contactor':
      return [{ kind: 'contactor-confirmed', closed: false }];
    case 'close-contactor':
      return [{ kind: 'contactor-confirmed', closed: true }];
    case 'pulse-lock': {
      const isLocked = (command.toward === 'locked') !== lock.swapped;
      return [{ kind: 'lock-sensed', high: isLocked === (lock.actuator === 'motor') }];
    }
    case 'test-residual':
      return [
        { kind: 'residual-sensed', tripped: true },
        { kind: 'residual-sensed', tripped: false },
      ];
    default:
      return [];
  }
}

/** As long as it says: fast-check's own idea of long is ten. */
export function stretches(length: number, event: fc.Arbitrary<Untimed> = plainEvent): fc.Arbitrary<Stretch[]> {
  return fc.array(stretchOf(event), { maxLength: length, size: 'max' });
}
