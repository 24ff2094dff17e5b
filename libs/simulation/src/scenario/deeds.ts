// What is done to a world when something goes wrong, how it is undone, and both in words for people. Who is hit, and when,
// is drawn by draw-faults.ts or said by incidents.ts.
import { MAINS, type Milliseconds } from '@fairamp/units';
import { LIE_WORDS, type MeterLie } from '../meter-lies.js';
import { PHYSICAL_FAULT_WORDS, type PhysicalFault } from '../physical-faults.js';
import type { MeterHealth } from '../sensorbox15.js';
import type { Cut, LinkProfile } from '../world/network.js';
import type { Disturbance } from '../world/system.js';

/** What is done to the world; a process's part goes on to the system. */
export type Deed =
  | Disturbance
  | { readonly kind: 'cut'; readonly who: string; readonly cut: Cut }
  | { readonly kind: 'join'; readonly who: string }
  | { readonly kind: 'link'; readonly profile: LinkProfile }
  | { readonly kind: 'meter'; readonly circuit: string; readonly health: MeterHealth }
  | { readonly kind: 'weld'; readonly outlet: string; readonly on: boolean }
  | { readonly kind: 'board'; readonly outlet: string; readonly fault: PhysicalFault; readonly on: boolean }
  | { readonly kind: 'press'; readonly outlet: string; readonly pressed: boolean };

export type Episode = {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly begin: Deed;
  readonly end: Deed;
  /** For people: what was done, to whom; and how it ended. */
  readonly text: string;
  readonly over: string;
};

export type Deeds = Pick<Episode, 'begin' | 'end' | 'text' | 'over'>;

export function killDeeds(who: string, storeLost: boolean): Deeds {
  const text = `${who} killed${storeLost ? ', its store is lost' : ''}`;
  return { begin: { kind: 'kill', who }, end: { kind: 'start', who, storeLost }, text, over: `${who} is back` };
}

export function freezeDeeds(who: string): Deeds {
  return {
    begin: { kind: 'freeze', who },
    end: { kind: 'thaw', who },
    text: `${who} stands still`,
    over: `${who} goes on`,
  };
}

export function cutDeeds(who: string, cut: Cut): Deeds {
  const { direction, holds, only = [] } = cut;
  const heard = {
    in: `hears ${only.length === 0 ? 'nothing' : `no ${only.join(', no ')}`}`,
    out: `is not heard${only.length === 0 ? '' : `: no ${only.join(', no ')}`}`,
    both: 'is cut off',
  }[direction];
  const text = `${who} ${heard}${holds ? '; it all arrives later' : ''}`;
  return {
    begin: { kind: 'cut', who, cut },
    end: { kind: 'join', who },
    text,
    over: `${who} is joined again`,
  };
}

/** @param circuit whose meter it is */
export function meterDeeds(circuit: string, health: 'silent' | MeterLie): Deeds {
  const of = circuit === MAINS ? '' : `${circuit}: `;
  const text = health === 'silent' ? 'meter says nothing' : LIE_WORDS[health];
  const over = health === 'silent' ? 'meter speaks again' : 'meter tells the truth again';
  return {
    begin: { kind: 'meter', circuit, health },
    end: { kind: 'meter', circuit, health: 'well' },
    text: `${of}${text}`,
    over: `${of}${over}`,
  };
}

/** Wires that are swapped as its settings say are mended by swapping them back. */
export function boardDeeds(
  { id: outlet, isSwapped }: { readonly id: string; readonly isSwapped: boolean },
  fault: PhysicalFault,
): Deeds {
  const on = !(fault === 'lock-swapped' && isSwapped);
  const what = `${outlet}: ${PHYSICAL_FAULT_WORDS[fault]}`;
  return {
    begin: { kind: 'board', outlet, fault, on },
    end: { kind: 'board', outlet, fault, on: !on },
    text: what,
    over: `${what} no more`,
  };
}

export function weldDeeds(outlet: string): Deeds {
  return {
    begin: { kind: 'weld', outlet, on: true },
    end: { kind: 'weld', outlet, on: false },
    text: `contactor of ${outlet} welds, if closed`,
    over: `contactor of ${outlet} mended`,
  };
}

export function pressDeeds(outlet: string): Deeds {
  return {
    begin: { kind: 'press', outlet, pressed: true },
    end: { kind: 'press', outlet, pressed: false },
    text: `the switch of ${outlet} is pressed`,
    over: `the switch of ${outlet} is let go`,
  };
}
