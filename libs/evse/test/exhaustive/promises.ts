// What no reachable step may break. Each looks at one step: the world as it was told, the commands in their order, and
// the world after it. A text says what is broken.
import type { EvseCommand, EvseConfig, EvseState, EvseView } from '../../src/index.js';
import { commanded, type World } from './world.js';

export type Stepped = {
  readonly before: EvseState;
  readonly state: EvseState;
  readonly view: EvseView;
  /** After the event, before the commands. */
  readonly world: World;
  readonly commands: readonly EvseCommand[];
  readonly config: EvseConfig;
};
type Promised = readonly [promise: string, holds: (stepped: Stepped, after: World) => boolean];
type Promises = Readonly<Record<string, Promised[1]>>;

const SOFT_STOP_ms = 6000;
const RECLOSE_ms = 10_000;
const TRAVEL_ms = 250;
const OPPOSED_ms = 500;
const UNHURRIED = ['no-serial-com', 'no-current', 'high-temperature'];
const isLocking = ({ connector, lock }: EvseConfig): boolean => connector === 'socket' && lock.actuator !== 'none';
const asks = (pilot: string, { ventilated }: EvseConfig): boolean => pilot === 'C' || (ventilated && pilot === 'D');

const promised = (promises: Promises): readonly Promised[] => Object.entries(promises);

/** Of a closed contactor, however long it has been closed. */
const WHILE_CLOSED = promised({
  'I3: one of the two newest samples asks': ({ config }, { samples }) => {
    return samples.slice(1).some((pilot) => asks(pilot, config));
  },
  'I3: the state of the pilot is C, or D where there is ventilation': ({ view, config }) => asks(view.pilot, config),
  'I3: a lease lives, or ended less than 6 s ago': (_stepped, { at, leaselessSince }) => {
    return leaselessSince === null || at - leaselessSince < SOFT_STOP_ms;
  },
  'I3: PWM is on, or a soft stop runs': ({ state }, { driven }) => driven === 'pwm' || state.stopBy !== null,
  'I3: PWM is off without a lease': (_stepped, { driven, leaselessSince }) => {
    return driven !== 'pwm' || leaselessSince === null;
  },
  'no urgent fault stands': ({ view }) => view.faults.every((fault) => UNHURRIED.includes(fault)),
  'one that let go by itself is told to open': (_stepped, { dropped }) => !dropped,
  'the board is there': (_stepped, { boardLost }) => !boardLost,
  'a cable is there': ({ config }, { ohm }) => config.connector === 'fixed' || ohm !== null,
  'the supply holds': (_stepped, { supplyFailing }) => !supplyFailing,
  'no residual current flows': ({ config }, { tripped }) => config.residual === 'disabled' || tripped === false,
  'I14: the plug is locked': ({ config }, world) => !isLocking(config) || isLocked(world, config),
  'I12: it is not welded': ({ state }) => state.contactor.fault !== 'welded',
});

/** Of a contactor that is closed in this step. */
const AT_CLOSING = promised({
  'I3: the newest sample asks, and another of the newest three': ({ config }, { samples }) => {
    return asks(samples[2], config) && samples.slice(0, 2).some((pilot) => asks(pilot, config));
  },
  'I3: a lease lives': (_stepped, { leaselessSince }) => leaselessSince === null,
  'I3: PWM is on': (_stepped, { driven }) => driven === 'pwm',
  'the newest sample shows the diode': (_stepped, { diode }) => diode,
  'no fault stands at all': ({ view }) => view.faults.length === 0,
  'it is not too hot': (_stepped, { hot }) => !hot,
  'no soft stop runs': ({ before, state }) => before.stopBy === null && state.stopBy === null,
  'I14: it is known to be open': ({ world, config }) => isKnownOpen(world, config),
  'the last closing, or the start, is 10 s ago': ({ world }) => world.at - world.closedAt >= RECLOSE_ms,
  'the residual-current monitor was seen to work': ({ state: { residual, at }, config }) => {
    if (config.residual !== 'tested') return true;
    return residual.testedAt !== null && at - residual.testedAt < 86_400_000 && residual.testingSince === null;
  },
  'a person lets it': ({ state, view, config }) => view.session === 'charging' && isLet(state, config),
  'I12: it was not welded': ({ before }) => before.contactor.fault !== 'welded',
});

const ALWAYS = promised({
  'I11: the first command of a life opens the contactor': ({ world, commands }) => {
    return world.told !== null || commands[0]?.kind === 'open-contactor';
  },
  'I11: a board that comes back is told to open': ({ before, state, commands }) => {
    return !before.boardLost || state.boardLost || commands[0]?.kind === 'open-contactor';
  },
  'a contactor command stands first, and never two': ({ commands }) => {
    const moves = commands.filter(({ kind }) => kind.endsWith('-contactor'));
    const opens = commands.findIndex(({ kind }) => kind === 'open-contactor');
    return moves.length <= 1 && opens <= 0;
  },
  'I12: a weld is never cleared': ({ before, state }) => {
    return before.contactor.fault !== 'welded' || state.contactor.fault === 'welded';
  },
  'I12: a contact that says the opposite for 0.5 s is a fault': ({ view, config }, { opposed_ms }) => {
    return !config.contactorFeedback || opposed_ms < OPPOSED_ms || view.faults.includes('contactor');
  },
  'I14: no lock is driven where there is none': ({ config }, { lock }) => isLocking(config) || lock === null,
  'nothing is offered without a lease': (_stepped, { driven, leaselessSince }) => {
    return driven !== 'pwm' || leaselessSince === null;
  },
  'nothing is offered while a soft stop runs': ({ state }, { driven }) => driven !== 'pwm' || state.stopBy === null,
  'a soft stop once begun ends with the contactor open': ({ before, state }, { told }) => {
    return before.stopBy === null || state.stopBy !== null || told === 'open';
  },
  'nothing is offered under a fault': ({ view }, { driven }) => driven !== 'pwm' || view.faults.length === 0,
});

/** @returns the first promise that the step breaks, and the world after it */
export function judge(stepped: Stepped): { readonly broken: string | null; readonly after: World } {
  const { after, unlocked } = obeyed(stepped);
  return { broken: unlocked ?? brokenBy(stepped, after), after };
}

function obeyed({ world, commands, config }: Stepped): { readonly after: World; readonly unlocked: string | null } {
  let after = world;
  let unlocked: string | null = null;
  for (const command of commands) {
    const mayUnlock = isKnownOpen(after, config);
    after = commanded(after, command, config);
    const unlocks = command.kind === 'pulse-lock' && after.lock?.toward === 'unlocked';
    if (unlocks && !mayUnlock) unlocked = 'I14: unlocked under a contactor that may be closed';
  }
  return { after, unlocked };
}

function brokenBy(stepped: Stepped, after: World): string | null {
  const always = first(ALWAYS, stepped, after);
  if (always !== null || after.told !== 'closed') return always;
  const isClosing = stepped.commands.some(({ kind }) => kind === 'close-contactor');
  return first(WHILE_CLOSED, stepped, after) ?? (isClosing ? first(AT_CLOSING, stepped, after) : null);
}

function first(promises: readonly Promised[], stepped: Stepped, after: World): string | null {
  return promises.find(([, holds]) => !holds(stepped, after))?.[0] ?? null;
}

function isKnownOpen({ told, contact, at, openedAt }: World, { contactorFeedback }: EvseConfig): boolean {
  return told === 'open' && (contactorFeedback ? contact === 'open' : at - openedAt >= TRAVEL_ms);
}

/** Pulsed toward it so long ago that its contact may be read, and the contact says so. */
function isLocked({ lock, lockHigh, at }: World, { lock: { actuator } }: EvseConfig): boolean {
  const readAfter_ms = actuator === 'motor' ? 700 : 400;
  const isRead = lock?.toward === 'locked' && at - lock.at >= readAfter_ms;
  return isRead && lockHigh === (actuator === 'motor');
}

function isLet({ access, at }: EvseState, config: EvseConfig): boolean {
  const isStopped =
    access.stoppedAt !== null && !(config.stopRestart_s > 0 && at - access.stoppedAt >= config.stopRestart_s * 1000);
  if (isStopped) return false;
  if (config.access === 'momentary') return access.granted;
  return config.access === 'disabled' || access.pressed === true;
}
