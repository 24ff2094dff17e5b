// A look as one JSON object, for programs: amperes in amperes, the codes beside the words.
import { faultsOf, whyItWaits } from '@fairamp/terminal';
import { mapPhases, type Deciamps, type PerPhase } from '@fairamp/units';
import { type ChargePointLook, type Look } from './look.js';

const ampsOf = (current_dA: Deciamps | null): number | null => (current_dA === null ? null : current_dA / 10);
const phasesOf = (current_dA: PerPhase<Deciamps> | null): PerPhase<number> | null =>
  current_dA === null ? null : mapPhases(current_dA, (one) => one / 10);

export function statusJson(look: Look, time: string): object {
  const { site, mode, mains_dA, isMastered, load, unknownMeter, unreadable } = look;
  return {
    time,
    site,
    mode,
    mains_A: ampsOf(mains_dA),
    isMastered,
    unknownMeter,
    house_A: phasesOf(load?.house_dA ?? null),
    cars_A: phasesOf(load?.cars_dA ?? null),
    masters: look.masters.map(({ limit_dA, ...rest }) => ({ ...rest, limit_A: ampsOf(limit_dA) })),
    bridges: look.bridges.map(({ id, availability, isHeard, age_ms, current_dA }) => {
      return { id, availability, isHeard, age_ms, mains_A: phasesOf(current_dA) };
    }),
    chargePoints: look.chargePoints.map(chargePointJson),
    unreadable,
  };
}

/** Of one that is not heard nothing that it said before. */
function chargePointJson({ report, limit_dA, because, ...rest }: ChargePointLook): object {
  if (!rest.isHeard || report === null) return rest;
  const { session, pilot, contactor, draw_dA, demand_dA, phases, faults, failSafe } = report;
  return {
    ...rest,
    state: session,
    limit_A: ampsOf(limit_dA),
    draw_A: phasesOf(draw_dA),
    because,
    why: whyItWaits({ session, faults, because }).replace(/^because /, ''),
    faults,
    faultWords: faultsOf(faults),
    demand_A: ampsOf(demand_dA),
    phases,
    pilot,
    contactor,
    failSafe,
  };
}
