// Who waits for a place in a played site, and for how long.
import type { Site } from '../src/index.js';
import { type Moment, type Play, momentsOf } from './closed-loop.js';

/** Two cycles of the closed loop: in one of them a turn ends, in the next somebody begins. */
const SLACK_ms = 100_000;

/** Who waits, and is not told that not even alone it could charge. */
function waitingIn({ site, decisions }: Moment): Site['chargePoints'] {
  return site.chargePoints.filter(({ id, need, seatedAt }) => {
    const { seated = false, because = [] } = decisions.get(id) ?? {};
    return need !== 'none' && seatedAt === null && !seated && !because.includes('no-current');
  });
}

/** Who has waited for longer than there were others at any time of its wait, each with a turn. */
export function longestWaits(play: Play, cycles: number): readonly string[] {
  const late: string[] = [];
  let rivals: ReadonlyMap<string, number> = new Map();
  momentsOf(play, cycles, (moment) => {
    const { now, chargePoints } = moment.site;
    const others = chargePoints.filter(({ need }) => need !== 'none').length - 1;
    const waiting = waitingIn(moment);
    rivals = new Map(waiting.map(({ id }) => [id, Math.max(rivals.get(id) ?? 0, others)]));
    for (const { id, waitsSince } of waiting) {
      const bound_ms = (rivals.get(id) ?? 0) * play.site.turn_ms + SLACK_ms;
      if (now - waitsSince > bound_ms) late.push(`${id} waits for ${now - waitsSince} ms`);
    }
  });
  return late;
}
