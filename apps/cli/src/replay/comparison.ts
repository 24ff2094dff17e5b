// Three answers side by side: what the recorded master granted, what ours grants with the same settings, and what it
// would have granted with the others. It adds up what each offered, for how long they differed, and how long the
// recorded mains stood above either limit. Pure but for its own sums.
import { parseTopic, readUnproven } from '@fairamp/protocol';
import { PHASES, sumOf, type Milliseconds, type PerPhase, type Deciamps, type Phase } from '@fairamp/units';
import { becausesOf, deciampsOf, HEARD_WITHIN_ms, SAMPLED_WITHIN_ms } from '../plain-values.js';
import { type Heard } from '../recording/line.js';
import { differs, isOver, prolonged, type Answer, type Moment } from './moments.js';
import { type Asked, type Configs, type Granted } from './player.js';

/** So long the node, which remembers nothing of before, gets to know the site. */
export const WARM_UP_ms: Milliseconds = 10_000;
/** Whoever is not heard holds nothing that counts, whatever was granted or said of it. */
const UNHEARD: Answer = { limit_dA: 0, because: ['unheard'] };
export const MOMENTS_MAX = 10_000;

const NO_GRANT: Answer = { limit_dA: 0, because: [] };
type Held = Answer & {
  readonly until: Milliseconds;
  /** In the situation as it was recorded, whatever would have been answered before. */
  readonly decided_dA: Deciamps;
};

/** decided: by the same settings, in that very situation. */
type Answers = {
  readonly recorded: Answer;
  readonly same: Answer;
  readonly other: Answer;
  readonly decided: Answer;
};

/** Limits over time, dA x ms, and times. */
export type Sums = {
  recorded: number;
  same: number;
  other: number;
  /** same and recorded are one. */
  agreed_ms: Milliseconds;
  otherwise_ms: Milliseconds;
};
export type Over = { total_ms: Milliseconds; longest_ms: Milliseconds; running_ms: Milliseconds };

export class Comparison {
  readonly sums = new Map<string, Sums>();
  readonly moments: Moment[] = [];
  momentsLeftOut = 0;
  compared_ms: Milliseconds = 0;
  readonly overSame: Over = { total_ms: 0, longest_ms: 0, running_ms: 0 };
  readonly overOther: Over = { total_ms: 0, longest_ms: 0, running_ms: 0 };
  #at: Milliseconds = WARM_UP_ms;
  readonly #recorded = new Map<string, Answer>();
  readonly #same = new Map<string, Held>();
  readonly #other = new Map<string, Held>();
  readonly #open = new Map<string, Moment>();
  readonly #heardAt = new Map<string, Milliseconds>();
  readonly #draws = new Map<string, PerPhase<Deciamps>>();
  #sample: { readonly current_dA: PerPhase<Deciamps>; readonly at: Milliseconds } | null = null;

  constructor(ids: readonly string[]) {
    for (const id of ids) this.sums.set(id, { recorded: 0, same: 0, other: 0, agreed_ms: 0, otherwise_ms: 0 });
  }

  /** What stood until now is added up. */
  advance(at: Milliseconds, configs: Configs): void {
    const lasted_ms = at - this.#at;
    if (lasted_ms <= 0) return;
    for (const [id, sums] of this.sums) this.#addUp(id, sums, { from_ms: this.#at, to_ms: at });
    addOver(this.overSame, this.#isOver(configs.same, at), lasted_ms);
    addOver(this.overOther, this.#isOver(configs.other, at), lasted_ms);
    this.#at = at;
    this.compared_ms += lasted_ms;
  }

  /** What the recorded site said of itself. */
  hear(heard: Heard): void {
    const place = parseTopic(heard.topic);
    if (place?.role === 'slave' && this.sums.has(place.id)) this.#hearSlave(place.id, place.leaf, heard);
    if (place?.role !== 'bridge' || place.leaf !== 'sample' || heard.retain) return;
    const read = readUnproven('sample', heard.payload);
    if (read.ok) this.#sample = { current_dA: read.value.current_dA, at: heard.t_ms };
  }

  take({ at, same, other }: Asked): void {
    for (const granted of same) this.#same.set(granted.id, answered(this.#same.get(granted.id), granted, at));
    for (const granted of other) this.#other.set(granted.id, answered(this.#other.get(granted.id), granted, at));
  }

  finish(): void {
    for (const moment of this.#open.values()) this.#keep(moment);
    this.#open.clear();
    this.moments.sort((a, b) => a.from_ms - b.from_ms);
  }

  #hearSlave(id: string, leaf: string, { payload, retain, t_ms }: Heard): void {
    const before = this.#recorded.get(id) ?? NO_GRANT;
    if (leaf === 'limit_A')
      this.#recorded.set(id, { ...before, limit_dA: deciampsOf(textOf(payload)) ?? before.limit_dA });
    if (leaf === 'because') this.#recorded.set(id, { ...before, because: becausesOf(textOf(payload)) });
    if (leaf !== 'report' || retain) return;
    this.#heardAt.set(id, t_ms);
    this.#hearDraw(id, payload);
  }

  #hearDraw(id: string, payload: Uint8Array): void {
    const read = readUnproven('report', payload);
    if (read.ok && read.value.draw_dA !== null) this.#draws.set(id, read.value.draw_dA);
  }

  #addUp(id: string, sums: Sums, time: { readonly from_ms: Milliseconds; readonly to_ms: Milliseconds }): void {
    const lasted_ms = time.to_ms - time.from_ms;
    const { recorded, same, other, decided } = this.#answersOf(id, time.from_ms);
    sums.recorded += recorded.limit_dA * lasted_ms;
    sums.same += same.limit_dA * lasted_ms;
    sums.other += other.limit_dA * lasted_ms;
    if (!differs(decided, recorded)) sums.agreed_ms += lasted_ms;
    const open = this.#open.get(id) ?? null;
    // Due to the setting, and otherwise than it was.
    if (differs(same, other) && differs(recorded, other)) {
      sums.otherwise_ms += lasted_ms;
      this.#open.set(id, prolonged(open, id, { recorded, other }, time));
    } else if (open !== null && isOver(open, time.to_ms)) {
      this.#keep(open);
      this.#open.delete(id);
    }
  }

  #isHeard(id: string, at: Milliseconds): boolean {
    return at - (this.#heardAt.get(id) ?? -Infinity) <= HEARD_WITHIN_ms;
  }

  #answersOf(id: string, at: Milliseconds): Answers {
    if (!this.#isHeard(id, at)) return { recorded: UNHEARD, same: UNHEARD, other: UNHEARD, decided: UNHEARD };
    const recorded = this.#recorded.get(id) ?? NO_GRANT;
    const same = this.#same.get(id);
    const decided = { ...alive(same, at), limit_dA: same !== undefined && same.until > at ? same.decided_dA : 0 };
    return { recorded, same: alive(same, at), other: alive(this.#other.get(id), at), decided };
  }

  #keep(moment: Moment): void {
    if (this.moments.length < MOMENTS_MAX) this.moments.push(moment);
    else this.momentsLeftOut += 1;
  }

  /** Above MAINS where our cars draw; what the house does alone is not theirs. */
  #isOver({ mode, mains_dA, mainsPhases }: Configs['same'], at: Milliseconds): boolean {
    const draws = [...this.#draws].filter(([id]) => this.#isHeard(id, at)).map(([, draw]) => draw);
    const drawn_dA = (phase: Phase): Deciamps => sumOf(draws, (draw) => draw[phase]);
    if (mode === 'normal') return PHASES.some((phase) => drawn_dA(phase) > mains_dA);
    const sample = this.#sample;
    if (sample === null || at - sample.at > SAMPLED_WITHIN_ms) return false;
    return mainsPhases.some((phase) => drawn_dA(phase) > 0 && sample.current_dA[phase] > mains_dA);
  }
}

/**
 * A raise that waits for its 5 s waits because of a raise that was made in the recording, not of one of its own: the
 * higher answer of before stands.
 */
function answered(before: Held | undefined, granted: Granted, at: Milliseconds): Held {
  const { limit_dA, because, validFor_ms } = granted;
  const until = at + validFor_ms;
  const waits = because.includes('raise-interval') && before !== undefined && before.until > at;
  const answer = waits && before.limit_dA > limit_dA ? before : { limit_dA, because };
  return { ...answer, until, decided_dA: limit_dA };
}

function alive(answer: Held | undefined, at: Milliseconds): Answer {
  return answer === undefined || answer.until <= at ? NO_GRANT : answer;
}

function addOver(over: Over, isOver: boolean, lasted_ms: Milliseconds): void {
  over.running_ms = isOver ? over.running_ms + lasted_ms : 0;
  if (isOver) over.total_ms += lasted_ms;
  over.longest_ms = Math.max(over.longest_ms, over.running_ms);
}

function textOf(payload: Uint8Array): string {
  return new TextDecoder().decode(payload);
}
