// When what goes wrong: each fault of the scenario comes again and again, at times, for lengths and to victims that the
// seed draws. An episode has a beginning and an end, and the site counts as disturbed between them.
import { assert, MAINS, type Milliseconds } from '@fairamp/units';
import { PHYSICAL_FAULTS } from '../physical-faults.js';
import { type Dice } from '../random.js';
import { bridgeOf } from '../world/circuits.js';
import type { LinkProfile } from '../world/network.js';
import type { PointConfig, SiteConfig } from '../world/system.js';
import {
  boardDeeds,
  cutDeeds,
  type Deeds,
  type Episode,
  freezeDeeds,
  killDeeds,
  meterDeeds,
  pressDeeds,
  weldDeeds,
} from './deeds.js';
import { incidentsOf } from './incidents.js';
import { drawn_ms } from './ranges.js';
import type { Fault, Scenario } from './schema.js';

export type { Deed, Episode } from './deeds.js';

type Drawing = { readonly dice: Dice; readonly site: SiteConfig; readonly scenario: Scenario };
/** Until when, and when the house steps up before that. */
type Span = { readonly simulated_ms: Milliseconds; readonly stepsUp: readonly Milliseconds[] };
export function drawFaults(scenario: Scenario, site: SiteConfig, dice: Dice, span: Span): readonly Episode[] {
  const drawing = { dice, site, scenario };
  const drawn = scenario.faults.flatMap((fault) => episodesOf(fault, drawing, span));
  return [...incidentsOf(scenario.incidents, site.points), ...drawn].sort((a, b) => a.from - b.from);
}

function episodesOf(fault: Fault, drawing: Drawing, span: Span): readonly Episode[] {
  const { dice } = drawing;
  const episodes: Episode[] = [];
  let last: Last = { to: 0, step: -1 };
  let next = nextOf(fault, dice, span, last);
  while (next.from < span.simulated_ms) {
    const { from, step } = next;
    const to = from + drawn_ms(fault.for_s, dice);
    episodes.push({ from, to, ...deedsOf(fault, drawing) });
    last = { to, step };
    next = nextOf(fault, dice, span, last);
  }
  return episodes;
}

/** When the episode before is over, and which step of the house it followed: each step is followed once. */
type Last = { readonly to: Milliseconds; readonly step: Milliseconds };

function nextOf(
  { each_s, afterStep_s }: Fault,
  dice: Dice,
  { stepsUp }: Span,
  { to, step: before }: Last,
): { readonly from: Milliseconds; readonly step: Milliseconds } {
  if (afterStep_s === undefined) return { from: to + drawn_ms(each_s, dice), step: before };
  const delay = drawn_ms(afterStep_s, dice);
  const step = stepsUp.find((up) => up > before && up + delay > to) ?? Infinity;
  return { from: step + delay, step };
}

function deedsOf(fault: Fault, drawing: Drawing): Deeds {
  const { dice } = drawing;
  switch (fault.kind) {
    case 'kill':
      return killOf(fault, drawing);
    case 'freeze':
      return freezeDeeds(victim(fault.who, drawing));
    case 'cut':
      return cutOf(fault, drawing);
    case 'broker':
      return brokerOf(any(fault.retained, dice));
    case 'link':
      return linkOf(fault, drawing);
    case 'meter':
      return meterDeeds(meterHitBy(fault, drawing), any(fault.health, dice));
    case 'board':
      return boardOf(fault, drawing);
    case 'press':
      return pressDeeds(anyPoint(drawing).id);
    case 'weld':
      return weldDeeds(anyPoint(drawing).id);
  }
}

function boardOf(fault: Extract<Fault, { kind: 'board' }>, drawing: Drawing): Deeds {
  const { id, options } = anyPoint(drawing);
  const broken = any(fault.fault.length === 0 ? PHYSICAL_FAULTS : fault.fault, drawing.dice);
  return boardDeeds({ id, isSwapped: options?.lock.swapped === true }, broken);
}

function anyPoint({ dice, site: { points } }: Drawing): PointConfig {
  const point = points[dice.between(0, points.length - 1)];
  assert(point !== undefined, 'a site without charge points');
  return point;
}

const RETAINED = { kept: 'its', lost: 'no', old: 'old' } as const;

function brokerOf(retained: keyof typeof RETAINED): Deeds {
  const end = { kind: 'start-broker', retained } as const;
  const over = `broker is back with ${RETAINED[retained]} retained messages`;
  return { begin: { kind: 'kill', who: 'broker' }, end, text: 'broker killed', over };
}

function meterHitBy({ of }: Extract<Fault, { kind: 'meter' }>, { dice, site }: Drawing): string {
  if (of === undefined || any(of, dice) === 'mains') return MAINS;
  return anyMetered(site, dice) ?? MAINS;
}

function anyMetered(site: SiteConfig, dice: Dice): string | null {
  const metered = (site.circuits ?? []).filter(({ isMetered }) => isMetered);
  return metered[dice.between(0, metered.length - 1)]?.id ?? null;
}

function linkOf({ profile }: Extract<Fault, { kind: 'link' }>, { scenario }: Drawing): Deeds {
  const given = Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
  const worse: LinkProfile = { ...scenario.link, ...given };
  const text = `messages suffer: ${describe(profile)}`;
  return {
    begin: { kind: 'link', profile: worse },
    end: { kind: 'link', profile: scenario.link },
    text,
    over: 'messages are as before',
  };
}

function killOf(fault: Extract<Fault, { kind: 'kill' }>, drawing: Drawing): Deeds {
  const who = victim(fault.who, drawing);
  if (who === 'broker') return brokerOf('kept');
  return killDeeds(who, drawing.dice.happens(fault.storeLost_permille ?? 0));
}

function cutOf(fault: Extract<Fault, { kind: 'cut' }>, drawing: Drawing): Deeds {
  const who = victim(fault.who, drawing);
  const direction = any(fault.direction, drawing.dice);
  return cutDeeds(who, { direction, holds: drawing.dice.happens(fault.holds_permille) });
}

function victim(who: readonly string[], { dice, site }: Drawing): string {
  const chosen = any(who, dice);
  if (chosen === 'circuit-bridge') return bridgeOf(anyMetered(site, dice) ?? MAINS);
  return chosen === 'slave' ? (site.points[dice.between(0, site.points.length - 1)]?.id ?? chosen) : chosen;
}

function any<T extends string>(items: readonly T[], dice: Dice): T {
  const drawn = items[dice.between(0, items.length - 1)];
  assert(drawn !== undefined, 'a choice of nothing');
  return drawn;
}

function describe(profile: object): string {
  return Object.entries(profile)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
}
