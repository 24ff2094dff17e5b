// A breadth-first walk over everything that a charge point can come to: from each state that counts as new, each letter
// of the alphabet, with the shipped step function. A broken promise is told with the shortest way to it.
import {
  initialEvse,
  stepEvse,
  viewEvse,
  type EvseConfig,
  type EvseEvent,
  type EvseState,
  type EvseView,
} from '../../src/index.js';
import { keyOf } from './abstraction.js';
import { lettersFor, type Letter } from './alphabet.js';
import { judge } from './promises.js';
import { heard, initialWorld, type World } from './world.js';

type Place = {
  readonly state: EvseState;
  readonly view: EvseView;
  readonly world: World;
  readonly from: Place | null;
  readonly by: Letter | null;
};

type Tally = { readonly met: Record<string, number>; readonly broken: string[]; pairs: number };
type Stepped = { readonly place: Place; readonly broken: string | null; readonly words: readonly string[] };

export type Walked = {
  readonly states: number;
  readonly pairs: number;
  /** How often the contactor was closed, the lock pulsed, a fault met: a walk that never charges proves nothing. */
  readonly met: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
};

/** With more faults than these at once a state is judged, but not left. */
const FAULTS_MAX = 2;
/** One way to each broken promise is enough to read. */
const BROKEN_MAX = 3;

export function walk(config: EvseConfig): Walked {
  const letters = lettersFor(config);
  const start = placed(initialEvse(0), config);
  const known = new Set([keyOf(start.state, start.view, config)]);
  const tally = { met: {} as Record<string, number>, broken: [] as string[], pairs: 0 };
  let ring = [start];
  while (ring.length > 0 && tally.broken.length < BROKEN_MAX) {
    const reached = ring.flatMap((place) => {
      return letters(place.state).flatMap((letter) => counted(steps(place, letter, config), tally));
    });
    ring = reached.filter(({ state, view }) => isNew(known, keyOf(state, view, config)));
  }
  return { ...tally, states: known.size, broken: tally.broken.slice(0, BROKEN_MAX) };
}

function placed(state: EvseState, config: EvseConfig): Place {
  return { state, view: viewEvse(state, config), world: initialWorld(state.at), from: null, by: null };
}

/** @returns the place to go on from, where there is one */
function counted({ place, broken, words }: Stepped, tally: Tally): readonly Place[] {
  tally.pairs += 1;
  for (const word of words) tally.met[word] = (tally.met[word] ?? 0) + 1;
  if (broken !== null) tally.broken.push(`${broken}\n${wayTo(place)}`);
  return broken !== null || place.view.faults.length > FAULTS_MAX ? [] : [place];
}

function isNew(known: Set<string>, key: string): boolean {
  return known.size < known.add(key).size;
}

function steps(from: Place, by: Letter, config: EvseConfig): Stepped {
  const first = step(from, by, config);
  if (by.then === undefined || first.broken !== null) return first;
  const rest = steps(first.place, by.then, config);
  return { ...rest, words: [...first.words, ...rest.words] };
}

function step(from: Place, by: Letter, config: EvseConfig): Stepped {
  const event = { ...by.event, at: from.state.at + by.gap_ms } as EvseEvent;
  const { state, commands } = stepEvse(from.state, event, config);
  const view = viewEvse(state, config);
  const world = heard(from.world, event);
  const { broken, after } = judge({ before: from.state, state, view, world, commands, config });
  const words = commands.flatMap((command) => {
    if (command.kind === 'open-contactor') return [`open ${command.reason}`];
    return command.kind === 'note' || command.kind === 'set-indicator' ? [] : [command.kind];
  });
  return { place: { state, view, world: after, from, by }, broken, words };
}

function wayTo(place: Place): string {
  const way: string[] = [];
  for (let here: Place | null = place; here !== null && here.by !== null; here = here.from) {
    way.unshift(`  +${here.by.gap_ms} ms ${JSON.stringify(here.by.event)}`);
  }
  return way.join('\n');
}
