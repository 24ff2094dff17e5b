// What goes wrong at exactly its time and to exactly its victim, where `faults` come again and again at drawn ones: for a
// story that the documents tell. Each is an episode like any other.
import { assert, MAINS } from '@fairamp/units';
import { z } from 'zod';
import { PHYSICAL_FAULTS } from '../physical-faults.js';
import type { PointConfig } from '../world/system.js';
import { boardDeeds, cutDeeds, type Deeds, type Episode, killDeeds, meterDeeds } from './deeds.js';

const when = { at_s: z.number().min(0), for_s: z.number().min(0.05) };
/** A charge point by its number. */
const point = z.int().min(1).max(8);

export const incidentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kill'), who: z.union([z.literal('master'), point]), ...when }),
  /** Only these messages, or frames of the bus; all where none is named. */
  z.strictObject({
    kind: z.literal('cut'),
    who: z.union([z.literal('master'), point]),
    direction: z.enum(['in', 'out', 'both']),
    only: z.array(z.enum(['grant', 'report', 'sample', 'beacon', 'request', 'answer', 'shares', 'stop'])),
    ...when,
  }),
  z.strictObject({ kind: z.literal('meter'), health: z.enum(['silent', 'frozen']), ...when }),
  z.strictObject({ kind: z.literal('board'), who: point, fault: z.enum(PHYSICAL_FAULTS), ...when }),
]);

export type Incident = z.infer<typeof incidentSchema>;

export function incidentsOf(incidents: readonly Incident[], points: readonly PointConfig[]): readonly Episode[] {
  return incidents.map((incident) => {
    const from = Math.round(1000 * incident.at_s);
    return { from, to: from + Math.round(1000 * incident.for_s), ...deedsOf(incident, points) };
  });
}

function deedsOf(incident: Incident, points: readonly PointConfig[]): Deeds {
  switch (incident.kind) {
    case 'kill':
      return killDeeds(victimOf(incident.who, points), false);
    case 'cut': {
      const { direction, only } = incident;
      return cutDeeds(victimOf(incident.who, points), { direction, holds: false, only });
    }
    case 'meter':
      return meterDeeds(MAINS, incident.health);
    case 'board': {
      const { id, options } = pointOf(incident.who, points);
      return boardDeeds({ id, isSwapped: options?.lock.swapped === true }, incident.fault);
    }
  }
}

function victimOf(who: 'master' | number, points: readonly PointConfig[]): string {
  return who === 'master' ? who : pointOf(who, points).id;
}

function pointOf(number: number, points: readonly PointConfig[]): PointConfig {
  const found = points[number - 1];
  assert(found !== undefined, `an incident at charge point ${number} of ${points.length}`);
  return found;
}
