// Which site is meant, when a broker may carry several: the one that was named, or the only one that is heard. Retained
// values come with the subscription, so a site that has ever spoken is heard at once.
import { setTimeout as pause } from 'node:timers/promises';
import { parseTopic } from '@fairamp/protocol';
import { Refused } from '../refused.js';

/** A participant says something each second. */
const HEARD_WITHIN_ms = 3000;
/** All that is retained comes in one go. */
const OTHERS_WITHIN_ms = 500;
const LOOKS_EACH_ms = 50;
/** More names are somebody's mischief. */
const SITES_MAX = 64;

export type Sites = {
  hear(topic: string): void;
  isKnown(site: string): boolean;
  /** @param wanted null: the only one */
  choose(wanted: string | null, url: string): Promise<string>;
};

export function listenForSites(): Sites {
  const heard = new Set<string>();
  return {
    hear: (topic) => {
      const site = parseTopic(topic)?.site;
      if (site !== undefined && heard.size < SITES_MAX) heard.add(site);
    },
    isKnown: (site) => heard.has(site),
    choose: async (wanted, url) => {
      const isThere = (): boolean => (wanted === null ? heard.size > 0 : heard.has(wanted));
      for (let waited = 0; waited < HEARD_WITHIN_ms && !isThere(); waited += LOOKS_EACH_ms) await pause(LOOKS_EACH_ms);
      if (wanted === null) await pause(OTHERS_WITHIN_ms);
      return chosen([...heard].sort(), wanted, url);
    },
  };
}

export function chosen(heard: readonly string[], wanted: string | null, url: string): string {
  const [only] = heard;
  if (only === undefined) throw new Refused(`${url}: nothing is heard below fairamp/: does a site run there?`);
  if (wanted !== null && !heard.includes(wanted))
    throw new Refused(`--site ${wanted}: not heard at ${url}; heard: ${heard.join(', ')}`);
  if (wanted === null && heard.length > 1)
    throw new Refused(`${heard.length} sites are heard at ${url}: choose with --site ${heard.join(' or --site ')}`, 2);
  return wanted ?? only;
}
