// How long each condition has held, and the moment at which that became a violation: told once per episode, for a
// condition that ends and begins again is a new one.
import { type Condition } from './conditions.js';

export type Violation = {
  readonly invariant: Condition['invariant'];
  readonly at_s: number;
  readonly detail: string;
};

type Episode = { readonly since_s: number; readonly told: boolean };
export type Episodes = ReadonlyMap<string, Episode>;

export const NO_EPISODES: Episodes = new Map();

const keyOf = ({ invariant, subject }: Condition): string => `${invariant} ${subject}`;

export function stepEpisodes(
  episodes: Episodes,
  conditions: readonly Condition[],
  at_s: number,
): { readonly episodes: Episodes; readonly violations: readonly Violation[] } {
  const next = new Map<string, Episode>();
  const violations: Violation[] = [];
  for (const condition of conditions) {
    const { since_s, told } = episodes.get(keyOf(condition)) ?? { since_s: at_s, told: false };
    const isOver = at_s - since_s > condition.bound_s;
    if (isOver && !told) violations.push({ invariant: condition.invariant, at_s, detail: condition.detail });
    next.set(keyOf(condition), { since_s, told: told || isOver });
  }
  return { episodes: next, violations };
}

/** How long this condition has held; 0 when it does not. */
export function heldFor_s(
  episodes: Episodes,
  invariant: Condition['invariant'],
  subject: string,
  at_s: number,
): number {
  const episode = episodes.get(`${invariant} ${subject}`);
  return episode === undefined ? 0 : at_s - episode.since_s;
}
