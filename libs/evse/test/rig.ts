// A charge point with a car and a board around it, for stories: samples each 20 ms, ticks each 100 ms, proximity each
// 500 ms, a feedback contact that follows 40 ms after a command, and where the configuration has them a lock that moves
// 100 ms after a pulse begins and a residual-current monitor. What happens is data: times and values.
import type { EvseCommand, EvseConfig, EvseEvent, EvseView, LockState, PilotState } from '../src/index.js';
import { initialEvse, PLAIN, stepEvse, viewEvse, type EvseState } from '../src/index.js';

export const CONFIG: EvseConfig = {
  connector: 'socket',
  max_dA: 320,
  cable_dA: 130,
  proximity: 'manual',
  contactorFeedback: true,
  ...PLAIN,
};

export const LEVEL_mV: Readonly<Record<PilotState, number>> = {
  A: 12_000,
  B: 9000,
  C: 6000,
  D: 3000,
  E: 0,
  F: -12_000,
  invalid: -5000,
};

type Timed<T> = readonly (readonly [at: number, value: T])[];
export type Story = {
  readonly until: number;
  readonly car: Timed<PilotState>;
  readonly limit?: Timed<number>;
  readonly ohm?: Timed<number | null>;
  readonly diode?: Timed<boolean>;
  /** false: the contactor no longer follows. */
  readonly follows?: Timed<boolean>;
  readonly sampled?: Timed<boolean>;
  /** false: the board let go of its outputs; true again: it drives what it is told anew. */
  readonly drives?: Timed<boolean>;
  /** true: the lock does not move. */
  readonly jams?: Timed<boolean>;
  /** false: the residual-current monitor does not trip when it is tested. */
  readonly trips?: Timed<boolean>;
  readonly also?: readonly EvseEvent[];
  readonly config?: Partial<EvseConfig>;
};
/** Plugged in after 11 s with 16 A leased, charging from 12.1 s on; ends before anything else happens. */
export const CHARGES: Story = {
  until: 15_000,
  limit: [[0, 160]],
  car: [
    [0, 'A'],
    [11_000, 'B'],
    [12_000, 'C'],
  ],
};

export type Told = readonly [at: number, command: string];
export type Lived = { readonly told: readonly Told[]; readonly state: EvseState; readonly view: EvseView };

export function live(story: Story): Lived {
  const config = { ...CONFIG, ...story.config };
  let state = initialEvse(0);
  let due = sensedAtStart(config);
  const told: Told[] = [];
  const tell = (event: EvseEvent): void => {
    const step = stepEvse(state, event, config);
    state = step.state;
    for (const command of step.commands) {
      told.push([event.at, wordsOf(command)]);
      due = [...due.filter(({ from }) => from !== command.kind.split('-')[1]), ...answersOf(command, event.at, config)];
    }
  };
  for (let at = 0; at <= story.until; at += 20) {
    const now = due.filter((answer) => at >= answer.at);
    due = due.filter((answer) => at < answer.at);
    for (const answer of now) if (isGiven(answer.from, at, story)) tell({ ...answer.event, at });
    for (const event of eventsAt(story, at)) tell(event);
    if (valueAt(story.sampled, at) ?? true) tell(sampleAt(story, at, state));
    if (at % 100 === 0) tell({ kind: 'tick', at });
  }
  return { told, state, view: viewEvse(state, config) };
}

/** What a part of the board will say; a new command to the part withdraws it. */
type Answer = { readonly from: 'contactor' | 'lock' | 'residual'; readonly at: number; readonly event: EvseEvent };

function sensedAtStart(config: EvseConfig): readonly Answer[] {
  const residual = { kind: 'residual-sensed', at: 0, tripped: false } as const;
  return [
    ...(config.lock.actuator === 'none' ? [] : [lockAnswer('unlocked', 0, config)]),
    ...(config.residual === 'disabled' ? [] : [{ from: 'residual', at: 0, event: residual } as const]),
  ];
}

function answersOf(command: EvseCommand, at: number, config: EvseConfig): readonly Answer[] {
  switch (command.kind) {
    case 'open-contactor':
    case 'close-contactor': {
      const closed = command.kind === 'close-contactor';
      return [{ from: 'contactor', at: at + 40, event: { kind: 'contactor-confirmed', at, closed } }];
    }
    case 'pulse-lock': {
      const other = command.toward === 'locked' ? 'unlocked' : 'locked';
      return [lockAnswer(config.lock.swapped ? other : command.toward, at + 100, config)];
    }
    case 'test-residual':
      return [40, 400].map((after_ms) => {
        return {
          from: 'residual',
          at: at + after_ms,
          event: { kind: 'residual-sensed', at, tripped: after_ms === 40 },
        };
      });
    default:
      return [];
  }
}

/** Terminal B: low is locked for a solenoid, high for a motor. */
function lockAnswer(lock: LockState, at: number, { lock: { actuator } }: EvseConfig): Answer {
  return { from: 'lock', at, event: { kind: 'lock-sensed', at, high: (lock === 'locked') === (actuator === 'motor') } };
}

function isGiven(from: Answer['from'], at: number, story: Story): boolean {
  if (from === 'contactor') return valueAt(story.follows, at) ?? true;
  return from === 'lock' ? !(valueAt(story.jams, at) ?? false) : (valueAt(story.trips, at) ?? true);
}

/** The switch, released at the start and pressed for 0.3 s at these seconds. */
export const press = (...seconds: readonly number[]): readonly EvseEvent[] => [
  { kind: 'switch-sensed', at: 0, pressed: false },
  ...seconds.flatMap((second) => [
    { kind: 'switch-sensed', at: second * 1000, pressed: true } as const,
    { kind: 'switch-sensed', at: second * 1000 + 300, pressed: false } as const,
  ]),
];

/** Only the commands of one kind, from a time on; the indicator's only where they are asked for. */
export function toldOf(lived: Lived, word: string, from = 0): readonly Told[] {
  const isMeant = (command: string): boolean => {
    return word === '' ? !command.startsWith('indicator') : command.startsWith(word);
  };
  return lived.told.filter(([at, command]) => at >= from && isMeant(command));
}

function eventsAt(story: Story, at: number): EvseEvent[] {
  const limits = (story.limit ?? []).filter(([when]) => when === at);
  const proximity = { kind: 'proximity-sampled', at, ohm: valueAt(story.ohm ?? [[0, 220]], at) ?? null } as const;
  return [
    ...(story.also ?? []).filter((event) => event.at === at),
    ...limits.map(([, limit_dA]) => ({ kind: 'limit-changed', at, limit_dA }) as const),
    ...(at % 500 === 0 ? [proximity] : []),
  ];
}

function sampleAt(story: Story, at: number, state: EvseState): EvseEvent {
  const high_mV = state.offer.kind === 'F' ? LEVEL_mV.F : LEVEL_mV[valueAt(story.car, at) ?? 'A'];
  const low_mV = (valueAt(story.diode, at) ?? true) ? -12_000 : -high_mV;
  return { kind: 'pilot-sampled', at, high_mV, low_mV: isDriven(story, at, state) ? low_mV : null };
}

function isDriven({ drives }: Story, at: number, { offer }: EvseState): boolean {
  return offer.kind === 'pwm' && (valueAt(drives, at) ?? true);
}

function valueAt<T>(timed: Timed<T> | undefined, at: number): T | undefined {
  return timed?.findLast(([since]) => since <= at)?.[1];
}

function wordsOf(command: EvseCommand): string {
  switch (command.kind) {
    case 'open-contactor':
      return `open ${command.reason}`;
    case 'close-contactor':
      return 'close';
    case 'set-pilot':
      return command.pilot.kind === 'pwm' ? `pilot ${command.pilot.duty_permille}` : `pilot ${command.pilot.kind}`;
    case 'pulse-lock':
      return `pulse ${command.toward} ${command.for_ms}`;
    case 'test-residual':
      return 'test residual';
    case 'set-indicator':
      return `indicator ${command.indicator}`;
    case 'note':
      return `note ${command.text}`;
  }
}
