// Random play for the properties: events come in stretches, so that it reaches charging and then breaks it.
import fc from 'fast-check';
import {
  initialEvse,
  PLAIN,
  stepEvse,
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
export const stretch: fc.Arbitrary<Stretch> = fc.record({
  event: fc.oneof({ weight: 10, arbitrary: sample }, { weight: 8, arbitrary: other }, { weight: 1, arbitrary: rare }),
  times: fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 6 }) }),
  gap_ms: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(10, 20, 100) }, { weight: 1, arbitrary: fc.nat(7000) }),
  obeys: fc.oneof({ weight: 30, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});
export const config: fc.Arbitrary<EvseConfig> = fc.record({
  connector: fc.constantFrom('socket' as const, 'fixed' as const),
  max_dA: fc.integer({ min: 100, max: 800 }),
  cable_dA: fc.integer({ min: 130, max: 800 }),
  proximity: fc.constantFrom('manual' as const, 'standard' as const),
  contactorFeedback: fc.boolean(),
  lock: fc.constant(PLAIN.lock),
  access: fc.constant(PLAIN.access),
  stopRestart_s: fc.constant(0),
  residual: fc.constant(PLAIN.residual),
  ventilated: fc.constant(false),
  settingsDamaged: fc.constant(false),
});

export type Seen = { readonly before: EvseState; readonly event: EvseEvent; readonly step: EvseStep };

/** Plugged in with a live lease: what is drawn comes on top of that. */
const OPENING: readonly Stretch[] = [
  { event: { kind: 'contactor-confirmed', closed: false }, times: 1, gap_ms: 20, obeys: true },
  { event: { kind: 'proximity-sampled', ohm: 220 }, times: 1, gap_ms: 20, obeys: true },
];

export function play(stretches: readonly Stretch[], settings: EvseConfig, see: (seen: Seen) => void): EvseState {
  let state = initialEvse(0);
  const tell = (event: EvseEvent): readonly { readonly kind: string }[] => {
    const step = stepEvse(state, event, settings);
    see({ before: state, event, step });
    state = step.state;
    return step.commands;
  };
  for (const { event, times, gap_ms, obeys } of [...OPENING, ...stretches]) {
    for (let turn = 0; turn < times; turn += 1) {
      const commands = tell({ ...event, at: state.at + gap_ms });
      const moved = commands.some(({ kind }) => kind.endsWith('-contactor'));
      if (moved && obeys) {
        tell({ kind: 'contactor-confirmed', at: state.at + 15, closed: state.contactor.wanted === 'closed' });
      }
    }
  }
  return state;
}

/** As long as it says: fast-check's own idea of long is ten. */
export function stretches(length: number): fc.Arbitrary<Stretch[]> {
  return fc.array(stretch, { maxLength: length, size: 'max' });
}
