// The configuration of the master that plays. What the recording says of its settings stands before a file, which may
// have changed since; what it cannot say comes from the file, else it is inferred, and every inference is told.
import { createHash } from 'node:crypto';
import { PLAIN_POINT, PLAIN_SITE, type MasterConfig } from '@fairamp/nodes';
import { readConfig } from '@fairamp/runtime';
import { defaults } from '@fairamp/settings';
import { PHASES } from '@fairamp/units';
import { masterSchema, nodeConfig, ROSTER_MAX } from '../../../master/src/config.js';
import { Refused } from '../refused.js';
import { contradiction, settingsWords, type Assigned, type SiteSettings } from './settings.js';
import { type Survey } from './survey.js';

export type PlayedSite = {
  readonly config: MasterConfig;
  /** Real keys, so that what was not said by a device of the site is left out. */
  readonly isProven: boolean;
  /** For a person: what was taken for granted. */
  readonly notes: readonly string[];
};

/** Where no car came, nothing is granted either. */
const UNKNOWN_MAXIMUM_dA = 800;
const LOWEST_MAXIMUM_dA = 60;

/** @param was what the recording cannot say, as a person knows it */
export function siteOf(site: string, survey: Survey, was: Assigned, file: string | null): PlayedSite {
  const given = file === null ? inferred(site, survey) : { ...fromFile(file), isProven: true };
  if (given.config.site !== site)
    throw new Refused(`${file ?? ''}: is of site "${given.config.site}", the recording of "${site}"`);
  const settings = settingsOf(survey, was, given.config);
  const told = { mains_dA: settings.mains_dA, mode: settings.mode };
  const differs = settingsWords(told) !== settingsWords({ mains_dA: given.config.mains_dA, mode: given.config.mode });
  const config = { ...given.config, ...settings };
  checkSettings(config, survey, 'the recording');
  const notes =
    file !== null && differs ? [`${file} has other settings than the recording, which has ${settingsWords(told)}`] : [];
  return { config, isProven: given.isProven, notes: [...given.notes, ...notes, ...minNotes(was, file, settings)] };
}

export function checkSettings(config: MasterConfig, survey: Survey, whose: string): void {
  const wrong = contradiction(config);
  if (wrong !== null) throw new Refused(`${whose}: ${wrong}`, 2);
  const hasSamples = Object.keys(survey.bridges).length > 0;
  if (config.mode === 'smart' && !hasSamples)
    throw new Refused(`${whose}: MODE Smart needs samples of the mains, and the recording has none`, 2);
}

function minNotes(was: Assigned, file: string | null, { min_dA }: SiteSettings): readonly string[] {
  if (was.min_dA !== undefined || file !== null) return [];
  return [`MIN is taken to have been ${min_dA / 10} A: no message tells it (--was MIN=8, or --config FILE)`];
}

function settingsOf(survey: Survey, was: Assigned, given: MasterConfig): SiteSettings {
  const told = toldIn(survey);
  for (const key of ['mode', 'mains_dA'] as const) {
    if (was[key] === undefined || told[key] === undefined || was[key] === told[key]) continue;
    const [asWas, asTold] = [settingsWords({ [key]: was[key] }), settingsWords({ [key]: told[key] })];
    throw new Refused(`--was ${asWas}: the recording itself says ${asTold}; --set asks about another value`, 2);
  }
  const { mode, mains_dA, min_dA } = given;
  return { mode, mains_dA, min_dA, ...was, ...told };
}

/** By the plain values of the master. */
function toldIn({ master }: Survey): Assigned {
  const mode = modeOf(master?.mode ?? null);
  const mains_dA = master?.mains_dA ?? null;
  return { ...(mode === null ? {} : { mode }), ...(mains_dA === null ? {} : { mains_dA }) };
}

function modeOf(text: string | null): SiteSettings['mode'] | null {
  return text === 'smart' || text === 'normal' ? text : null;
}

type Given = PlayedSite;

function fromFile(file: string): Omit<Given, 'isProven'> {
  const outcome = readConfig(masterSchema, { argv: ['--config', file], env: {}, name: 'fairamp replay' });
  if (outcome.kind === 'config') return { config: nodeConfig(outcome.config), notes: [] };
  throw new Refused(outcome.kind === 'mistakes' ? outcome.lines.join('\n') : outcome.text);
}

function inferred(site: string, survey: Survey): Given {
  const slaves = Object.values(survey.slaves).sort((a, b) => a.id.localeCompare(b.id, 'en'));
  const bridges = Object.keys(survey.bridges);
  const [meter] = bridges;
  if (slaves.length === 0) throw new Refused(`the recording of site "${site}" has no report of a charge point`);
  if (slaves.length > ROSTER_MAX) {
    const most = `more than ${ROSTER_MAX} charge points, as many as a master may have`;
    throw new Refused(`the recording has reports of ${most}: --config FILE says which are meant`);
  }
  if (bridges.length > 1)
    throw new Refused(`the recording has ${bridgeWords(bridges)}: which is the mains' says --config FILE`);
  const roster = slaves.map(({ id, demand_dA, failSafe }) => ({
    ...PLAIN_POINT,
    id,
    key: standInKey(id),
    maximum_dA: demand_dA === 0 ? UNKNOWN_MAXIMUM_dA : Math.max(demand_dA, LOWEST_MAXIMUM_dA),
    failSafe,
    fallback_dA: 0,
  }));
  const { mains_dA, min_dA } = defaults();
  const config: MasterConfig = {
    ...PLAIN_SITE,
    site,
    id: survey.master?.id ?? 'master',
    mode: meter === undefined ? 'normal' : 'smart',
    mains_dA,
    min_dA,
    mainsPhases: PHASES,
    bridge: meter === undefined ? null : { id: meter, key: standInKey(meter) },
    roster,
    oldestSample_ms: 10_000,
  };
  return { config, isProven: false, notes: inferenceNotes(survey, roster) };
}

function inferenceNotes({ onlyRetained, master }: Survey, roster: MasterConfig['roster']): readonly string[] {
  const points = roster.map(({ id, maximum_dA }) => `${id} ${maximum_dA / 10} A`).join(', ');
  return [
    `without --config the roster is inferred from the reports (${points}), and nobody's word is proven`,
    ...(master === null ? ['no master said what its settings were: the defaults are taken (--was MAINS=25)'] : []),
    ...(onlyRetained.length === 0
      ? []
      : [`left out, as nothing but old values is there of: ${onlyRetained.join(', ')}`]),
  ];
}

const NAMED_MOST = 5;

function bridgeWords(ids: readonly string[]): string {
  const count = ids.length > ROSTER_MAX ? `more than ${ROSTER_MAX}` : String(ids.length);
  const named = [...ids.slice(0, NAMED_MOST), ...(ids.length > NAMED_MOST ? ['...'] : [])].join(', ');
  return `${count} bridges (${named})`;
}

/** Nobody's secret: it seals what the replay itself hands to the node. */
function standInKey(id: string): Uint8Array {
  return createHash('sha256').update(`replay ${id}`).digest();
}
