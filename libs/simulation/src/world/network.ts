// The wires between the participants, which may lose, repeat, delay and reorder what they carry, and be cut in one
// direction or both. Healthy ones keep the order. A cut wire loses, or holds what was sent until it is joined again, as
// TCP does. Everything is drawn from one seeded sequence.
import { type Milliseconds } from '@fairamp/units';
import { type Dice } from '../random.js';
import { type Timeline } from './timeline.js';

export type LinkProfile = {
  readonly loss_permille: number;
  readonly duplicate_permille: number;
  /** Of what arrives (and of repetitions, always): so many come later, and out of order. */
  readonly late_permille: number;
  readonly late_ms: readonly [Milliseconds, Milliseconds];
  readonly delay_ms: readonly [Milliseconds, Milliseconds];
  /** What suffers: `grant`, `report`, `sample`, `beacon`, `text`; empty = everything. */
  readonly only: readonly string[];
};

export type Cut = {
  readonly direction: 'in' | 'out' | 'both';
  readonly holds: boolean;
  /** Everything else passes; none, or nothing said = nothing passes. */
  readonly only?: readonly string[];
};

type Sent = { readonly from: string; readonly to: string; readonly deliver: () => void };

/** TCP's window, in our small messages. */
const HELD_MAX = 500;

export function isHealthy({ loss_permille, duplicate_permille, late_permille }: LinkProfile): boolean {
  return loss_permille === 0 && duplicate_permille === 0 && late_permille === 0;
}

export class Network {
  profile: LinkProfile;
  readonly #cuts = new Map<string, Cut>();
  readonly #held = new Map<string, Sent[]>();
  /** When the newest orderly delivery of each wire happens, by its ends. */
  readonly #orderly = new Map<string, Map<string, Milliseconds>>();

  constructor(
    profile: LinkProfile,
    private readonly timeline: Timeline,
    private readonly dice: Dice,
  ) {
    this.profile = profile;
  }

  cut(who: string, cut: Cut): void {
    this.#cuts.set(who, cut);
  }

  join(who: string): void {
    this.#cuts.delete(who);
    const held = this.#held.get(who) ?? [];
    this.#held.delete(who);
    for (const sent of held) this.#inOrder(sent);
  }

  carry(from: string, to: string, what: string, deliver: () => void): void {
    const { profile, dice } = this;
    const cutter = this.#cutterOf(from, to, what);
    if (cutter !== null) return this.#hold(cutter, { from, to, deliver });
    const suffers = profile.only.length === 0 || profile.only.includes(what);
    if (suffers && dice.happens(profile.duplicate_permille)) this.#later(deliver);
    if (suffers && dice.happens(profile.loss_permille)) return;
    if (suffers && dice.happens(profile.late_permille)) return this.#later(deliver);
    this.#inOrder({ from, to, deliver });
  }

  #inOrder({ from, to, deliver }: Sent): void {
    const wires = this.#wiresFrom(from);
    const at = Math.max(this.timeline.now + this.#delay(), wires.get(to) ?? 0);
    wires.set(to, at);
    this.timeline.schedule(at, deliver);
  }

  #wiresFrom(from: string): Map<string, Milliseconds> {
    const known = this.#orderly.get(from);
    if (known !== undefined) return known;
    const wires = new Map<string, Milliseconds>();
    this.#orderly.set(from, wires);
    return wires;
  }

  #later(deliver: () => void): void {
    const [shortest, longest] = this.profile.late_ms;
    this.timeline.schedule(this.timeline.now + this.dice.between(shortest, longest), deliver);
  }

  #delay(): Milliseconds {
    const [shortest, longest] = this.profile.delay_ms;
    return this.dice.between(shortest, longest);
  }

  #cutterOf(from: string, to: string, what: string): string | null {
    const out = this.#cuts.get(from);
    if (out !== undefined && out.direction !== 'in' && isStopped(out, what)) return from;
    const into = this.#cuts.get(to);
    return into !== undefined && into.direction !== 'out' && isStopped(into, what) ? to : null;
  }

  #hold(who: string, sent: Sent): void {
    if (this.#cuts.get(who)?.holds !== true) return;
    const held = this.#held.get(who) ?? [];
    if (held.length < HELD_MAX) held.push(sent);
    this.#held.set(who, held);
  }
}

function isStopped({ only = [] }: Cut, what: string): boolean {
  return only.length === 0 || only.includes(what);
}
