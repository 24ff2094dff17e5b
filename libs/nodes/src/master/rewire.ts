// The wiring counts otherwise from now on: all that the master remembers by conductors of the mains is turned with it, or
// forgotten where it cannot be. Nothing that was metered under one wiring is credited under another.
import {
  initialInference,
  initialOutflow,
  initialTrust,
  type DistrustCode,
  type Suspicion,
  type TrustState,
} from '@fairamp/balancing';
import type { FreshnessState } from '@fairamp/leases';
import type { Learnt } from '@fairamp/learning';
import {
  AS_LABELLED,
  MAINS,
  PHASES,
  conductorOf,
  conductorsOf,
  labelOf,
  mapPhases,
  onMains,
  perPhase,
  readingOnMains,
  type Deciamps,
  type PerPhase,
  type Phase,
  type Rotation,
} from '@fairamp/units';
import { askedOf } from './answers.js';
import type { CircuitRecord, MasterState, SlaveRecord } from './types.js';

type Reread = (current_dA: PerPhase<Deciamps>) => PerPhase<Deciamps>;

/** One circuit, before and after. */
type Change = {
  readonly reread: Reread;
  /** Where the transformer sits now that was taken to sit on this conductor. */
  readonly movedTo: (conductor: Phase) => Phase;
  /** Conductors on which the reading, or what our cars draw, counts otherwise than before. */
  readonly otherwise: readonly Phase[];
};

export function rewired(state: MasterState, was: Learnt, is: Learnt): MasterState {
  const { newest } = state.freshness;
  const reread = rereadFrom(was, is, newest?.signed ?? true);
  const circuits = Object.entries(state.circuits).map(([id, record]): [string, CircuitRecord] => {
    const rotated = Object.values(state.slaves).flatMap((slave) => rotatedOn(slave, id, was, is));
    return [id, begun(record, id === MAINS ? mainsChange(was, is, { reread, rotated }) : belowMains(rotated))];
  });
  const slaves = Object.entries(state.slaves).map(([id, record]): [string, SlaveRecord] => {
    return [id, turned(record, was.rotations[id] ?? AS_LABELLED, is.rotations[id] ?? AS_LABELLED)];
  });
  const freshness: FreshnessState =
    newest === null
      ? state.freshness
      : { ...state.freshness, newest: { ...newest, current_dA: reread(newest.current_dA) } };
  return { ...state, freshness, circuits: Object.fromEntries(circuits), slaves: Object.fromEntries(slaves) };
}

/** Back to what the meter told, and from there by the other wiring. */
function rereadFrom({ transformers: was }: Learnt, { transformers: is }: Learnt, signed: boolean): Reread {
  return (current_dA) => {
    const told = perPhase((label) => current_dA[conductorOf(label, was.order)]);
    const isTurned = (label: Phase): boolean => signed && was.reversed.includes(label);
    const righted = mapPhases(told, (value, label) => (isTurned(label) ? 0 - value : value));
    return readingOnMains({ current_dA: righted, signed }, is);
  };
}

function mainsChange(
  { transformers: was }: Learnt,
  { transformers: is }: Learnt,
  { reread, rotated }: { readonly reread: Reread; readonly rotated: readonly Phase[] },
): Change {
  const movedTo = (conductor: Phase): Phase => conductorOf(labelOf(conductor, was.order), is.order);
  const isOther = (conductor: Phase): boolean => {
    const [before, after] = [labelOf(conductor, was.order), labelOf(conductor, is.order)];
    return before !== after || was.reversed.includes(before) !== is.reversed.includes(after);
  };
  return { reread, movedTo, otherwise: [...PHASES.filter(isOther), ...rotated] };
}

/** Only the transformers of the mains are learnt. */
function belowMains(rotated: readonly Phase[]): Change {
  return { reread: (current_dA) => current_dA, movedTo: (conductor) => conductor, otherwise: rotated };
}

/** The conductors on which a charge point below this meter was taken to draw and does not, or the other way round. */
function rotatedOn({ id, report, answers }: SlaveRecord, circuit: string, was: Learnt, is: Learnt): readonly Phase[] {
  const [before, after] = [was.rotations[id] ?? AS_LABELLED, is.rotations[id] ?? AS_LABELLED];
  if (report === null || before.join() === after.join() || !Object.hasOwn(answers, circuit)) return [];
  const own = report.message.phases.map((conductor) => labelOf(conductor, before));
  return [...report.message.phases, ...conductorsOf(own, after)];
}

/** What was heard of a branch may have been another's: the worst of the three counts for each. */
function begun(record: CircuitRecord, change: Change): CircuitRecord {
  const { heat, overSince, recent, trust, inference, outflow } = record;
  const warmest = Math.max(...PHASES.map((phase) => heat[phase]));
  const since = PHASES.flatMap((phase) => overSince[phase] ?? []);
  return {
    ...record,
    heat: perPhase(() => warmest),
    overSince: perPhase(() => (since.length === 0 ? null : Math.min(...since))),
    recent: recent.map(({ at, beside_dA }) => {
      const highest_dA = Math.max(...PHASES.map((phase) => beside_dA[phase]));
      return { at, beside_dA: perPhase(() => highest_dA) };
    }),
    inference: inference === null ? null : initialInference(),
    outflow: outflow === null ? null : initialOutflow(),
    trust: trust === null ? null : judgedAnew(trust, change),
  };
}

/** No matter how it is connected, such a meter lies. */
const WHATEVER_THE_WIRING: readonly DistrustCode[] = ['frozen', 'implausible', 'unplugged'];

/**
 * What else was held against it was our own mistake where a conductor counts otherwise now, or will be seen again. That it
 * was accused is never forgotten: only its own right answers clear it (trust/accusing.ts).
 */
function judgedAnew({ boot, accusation, accusations }: TrustState, change: Change): TrustState {
  const anew = { ...initialTrust(), boot, accusations };
  if (accusation === null || isExplained(accusation, change)) return anew;
  const { phases, reading_dA } = accusation;
  const moved = phases.map((conductor) => change.movedTo(conductor)).sort();
  return { ...anew, accusation: { ...accusation, phases: moved, reading_dA: change.reread(reading_dA) } };
}

function isExplained({ because, phases }: Suspicion, { otherwise }: Change): boolean {
  return !WHATEVER_THE_WIRING.includes(because) && phases.some((conductor) => otherwise.includes(conductor));
}

/** By its own conductors all stays as it was told. What it has answered counts as not answered, until the next sample. */
function turned(record: SlaveRecord, was: Rotation, is: Rotation): SlaveRecord {
  const turn = (current_dA: PerPhase<Deciamps>): PerPhase<Deciamps> =>
    onMains(
      perPhase((own) => current_dA[conductorOf(own, was)]),
      is,
    );
  const { report, draws } = record;
  const asked = Object.keys(record.answers).reduce((next, circuit) => askedOf(next, circuit), record);
  return {
    ...asked,
    draws: draws.map((note) => ({ ...note, draw_dA: turn(note.draw_dA) })),
    report: report === null ? null : { ...report, message: turnedReport(report.message, turn, { was, is }) },
  };
}

type Message = NonNullable<SlaveRecord['report']>['message'];

function turnedReport(
  message: Message,
  turn: (current_dA: PerPhase<Deciamps>) => PerPhase<Deciamps>,
  { was, is }: { readonly was: Rotation; readonly is: Rotation },
): Message {
  const { draw_dA, drawLow_dA, phases } = message;
  return {
    ...message,
    draw_dA: draw_dA === null ? null : turn(draw_dA),
    drawLow_dA: drawLow_dA === null ? null : turn(drawLow_dA),
    phases: [
      ...conductorsOf(
        phases.map((conductor) => labelOf(conductor, was)),
        is,
      ),
    ],
  };
}
