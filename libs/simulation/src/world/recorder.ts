// Fills a recording for people: a row now and then, and what happened.
import {
  becauseWords,
  mapPhases,
  FAULT_WORDS,
  FAULTS,
  NO_GRANT_WORDS,
  type Deciamps,
  type Milliseconds,
} from '@fairamp/units';
import type { CircuitTruth, Fact, Moment, SlaveTruth, Violation } from '../checks/moment.js';
import { carsOn } from '../checks/truth.js';
import type { Strategy } from '../outcome.js';
import { ampsOf } from '../picture/axes.js';
import type { Happening, Recording, Row } from '../picture/recording.js';
import type { WorldConfig } from '../scenario/draw.js';
import { pointsBelow } from './circuits.js';
import { phasesOf } from './look.js';

const SAID_EVERY_ms: Milliseconds = 60_000;
/** A limit that moved so far is worth a line though the reason is the same: half of the least that a car can use. */
const MOVED_dA: Deciamps = 30;
/** A reason that stood no longer than this, after which it is as it was, is none that a person would ask for. */
const FLEETING_ms: Milliseconds = 2000;
/** What a node says of a message that it does not take; the topic and the details are for its log. */
const DROPPED = /^dropped a message on \S+: ([^:]+)/;
/** What a charge point says of a fault of its own. */
const FAULT = /^fault (\S+) has (come|gone)$/;

/** Why a slave's limit is what it is, as it was noted. */
type Reason = {
  readonly because: string;
  readonly limit_dA: Deciamps;
  readonly noted: Happening;
  readonly before: Reason | undefined;
};

type Disturbed = Pick<Happening, 'at' | 'who' | 'text'> & { readonly pair?: string | undefined };

export class Recorder {
  readonly #rows: Row[] = [];
  #happenings: Happening[] = [];
  readonly #reasons = new Map<string, Reason>();
  readonly #saidAt = new Map<string, Milliseconds>();
  #nextRowAt: Milliseconds = 0;

  constructor(private readonly rowsEach_ms: Milliseconds) {}

  hear(fact: Fact): void {
    if (fact.kind !== 'said') return;
    const { at, who } = fact;
    const [, dropped] = DROPPED.exec(fact.text) ?? [];
    const text = dropped === undefined ? shownAs(fact.text) : `dropped: ${dropped}`;
    const subject = dropped === undefined ? text.replaceAll(/\d+/g, '#') : 'dropped';
    if (!this.#isRepeated(`${who} ${subject}`, at)) this.note(at, 'said', who, text);
  }

  /** As the apps' logs: at most once a minute, whatever its figures; what is dropped once for each process. */
  #isRepeated(key: string, at: Milliseconds): boolean {
    const last = this.#saidAt.get(key);
    if (last !== undefined && at - last < SAID_EVERY_ms) return true;
    this.#saidAt.set(key, at);
    return false;
  }

  note(at: Milliseconds, kind: Happening['kind'], who: string, text: string): void {
    this.#happenings.push({ at, kind, who, text });
  }

  disturb({ pair, ...done }: Disturbed): void {
    this.#happenings.push({ ...done, kind: 'disturbance', ...(pair === undefined ? {} : { pair }) });
  }

  accuse({ at, invariant, detail }: Violation): void {
    this.note(at, 'violation', invariant, detail);
  }

  look(moment: Moment): void {
    if (moment.at < this.#nextRowAt) return;
    this.#nextRowAt = moment.at - (moment.at % this.rowsEach_ms) + this.rowsEach_ms;
    const points = moment.outlets.map((outlet, index) => ({
      limit_dA: moment.system.slaves[index]?.held_dA ?? 0,
      offered_dA: outlet.offered_dA,
      draw_dA: outlet.draw_dA,
      isClosed: outlet.isClosed,
      isPlugged: outlet.pilot !== 'A',
    }));
    const [mains, ...below] = moment.circuits.map((circuit) => flowOf(circuit, moment));
    const circuits = below.length === 0 ? {} : { circuits: below };
    if (mains !== undefined) this.#rows.push({ at: moment.at, ...mains, points, ...circuits });
    for (const slave of moment.system.slaves) if (slave.life.state === 'up') this.#reason(moment.at, slave);
  }

  finish(
    { scenario, about, seed, simulated_ms, site, plant, houseNotes = [] }: WorldConfig,
    strategy: Strategy,
  ): Recording {
    const points = site.points.map(({ id, maximum_dA }, index) => {
      const outlet = plant.outlets[index];
      return { id, maximum_dA, phases: outlet === undefined ? [] : phasesOf(outlet) };
    });
    const houses = houseNotes.filter(({ at }) => at <= simulated_ms);
    for (const note of houses) this.disturb({ ...note, who: 'site' });
    const happenings = this.#happenings.sort((a, b) => a.at - b.at);
    const circuits = (site.circuits ?? []).map(({ id, limit_dA }) => {
      return { id, limit_dA, points: pointsBelow(id, site) };
    });
    const run = { scenario, about, seed, strategy, limit_dA: site.mains_dA, until: simulated_ms };
    const tree = circuits.length === 0 ? {} : { circuits };
    return { ...run, points, ...tree, rows: this.#rows, happenings };
  }

  #reason(at: Milliseconds, slave: SlaveTruth): void {
    const { who, held_dA } = slave;
    const because = becauseOf(slave);
    const last = this.#reasons.get(who);
    if (because === '' || (last !== undefined && isStill(last, because, held_dA))) return;
    if (last?.before !== undefined && at - last.noted.at <= FLEETING_ms && isStill(last.before, because, held_dA)) {
      this.#happenings = this.#happenings.filter((happening) => happening !== last.noted);
      this.#reasons.set(who, last.before);
      return;
    }
    const noted: Happening = { at, kind: 'reason', who, text: `${ampsOf(held_dA)}: ${because}` };
    this.#happenings.push(noted);
    this.#reasons.set(who, { because, limit_dA: held_dA, noted, before: last && { ...last, before: undefined } });
  }
}

/** Of a lease that has run out the last grant's reasons are over; a slave says so too (`no-grant`). */
function becauseOf({ because, faults }: SlaveTruth): string {
  const isSilent = because.length > 0 && faults.includes('no-serial-com');
  return isSilent ? NO_GRANT_WORDS : because.map(becauseWords).join(', ');
}

/** A fault as the display has it. */
function shownAs(text: string): string {
  const [, name, change] = FAULT.exec(text) ?? [];
  const fault = FAULTS.find((each) => each === name);
  if (fault === undefined) return text;
  return change === 'come' ? FAULT_WORDS[fault] : `${FAULT_WORDS[fault]} no more`;
}

function isStill(reason: Reason, because: string, limit_dA: Deciamps): boolean {
  return reason.because === because && Math.abs(reason.limit_dA - limit_dA) < MOVED_dA;
}

function flowOf(circuit: CircuitTruth, moment: Moment): Pick<Row, 'house_dA' | 'mains_dA'> {
  const { house_dA } = circuit;
  return { house_dA, mains_dA: mapPhases(house_dA, (current, phase) => current + carsOn(moment, phase, circuit)) };
}
