// `fairamp replay FILE`: the recording once for what it says of its site, once more through the shipped node, and then
// what came of it. What the world would have made of other grants is in no recording, and is not guessed.
import { asTyped, clockOf } from '@fairamp/terminal';
import { type MasterConfig } from '@fairamp/nodes';
import { parseTopic } from '@fairamp/protocol';
import { type Milliseconds } from '@fairamp/units';
import { openRecording, type Recording } from '../recording/read.js';
import { jsonText, type Heard } from '../recording/line.js';
import { Refused } from '../refused.js';
import { Comparison, WARM_UP_ms } from './comparison.js';
import { Player, TICK_ms, type Configs } from './player.js';
import { keysOf } from './reseal.js';
import { openProgress, UNTOLD, type Progress } from './progress.js';
import { replayJson, replayLines } from './result.js';
import { type Assigned } from './settings.js';
import { checkSettings, siteOf, type PlayedSite } from './site-config.js';
import { mainsOf, NOTHING_SURVEYED, surveyed, type Survey } from './survey.js';

export type ReplayOptions = {
  readonly file: string;
  readonly set: Assigned;
  readonly was: Assigned;
  readonly config: string | null;
  readonly json: boolean;
  /** How many moments are told to a person. */
  readonly moments: number;
};

export type Played = {
  readonly file: string;
  readonly recording: Recording;
  readonly survey: Survey;
  readonly site: PlayedSite;
  readonly set: Assigned;
  readonly comparison: Comparison;
  readonly unproven: number;
  /** Whose cars had charged before the recording and took no more. */
  readonly resting: readonly string[];
};

export async function replay(options: ReplayOptions): Promise<void> {
  const progress = openProgress();
  const played = await play(options, progress).finally(() => progress.close());
  const text = options.json ? jsonText(replayJson(played)) : replayLines(played, options.moments).join('\n');
  process.stdout.write(`${text}\n`);
}

export type Question = Pick<ReplayOptions, 'file' | 'set' | 'was' | 'config'>;

export async function play({ file, set, was, config }: Question, progress = UNTOLD): Promise<Played> {
  const survey = await surveyOf(file, progress);
  const recording = await openRecording(asTyped(file));
  const site = siteOf(recording.header.site, survey, was, config === null ? null : asTyped(config));
  checkSettings({ ...site.config, ...set }, survey, '--set');
  const comparison = new Comparison(site.config.roster.map(({ id }) => id));
  let [proven, unproven] = [0, 0];
  const keys = keysOf(site.config, site.isProven);
  let configs = both(site.config, set);
  const parts = {
    survey,
    keys,
    onAsked: (asked: Parameters<Comparison['take']>[0]) => comparison.take(asked),
    onUnproven: () => (unproven += 1),
    onProven: () => (proven += 1),
  };
  const player = new Player(configs, parts);
  const ticks = ticksOf((at) => {
    comparison.advance(at, configs);
    player.tick(at);
  });
  for await (const line of recording.lines) {
    progress.tell(() => `replaying ${clockOf(line.t_ms / 1000)} of ${clockOf(survey.end_ms / 1000)}`);
    ticks.until(line.t_ms);
    if ('link' in line) continue;
    comparison.advance(line.t_ms, configs);
    comparison.hear(line);
    configs = followed(configs, line, set);
    player.configure(configs);
    player.hear(line);
  }
  comparison.finish();
  if (proven === 0 && unproven > 0)
    throw new Refused(
      `none of ${unproven} messages is sealed with the keys of ${asTyped(config ?? file)}: of another site?`,
    );
  return { file, recording, survey, site, set, comparison, unproven, resting: player.before.resting };
}

async function surveyOf(file: string, progress: Progress): Promise<Survey> {
  const { header, lines } = await openRecording(asTyped(file));
  let survey = NOTHING_SURVEYED;
  for await (const line of lines) {
    progress.tell(() => `reading ${clockOf(line.t_ms / 1000)}`);
    survey = surveyed(survey, line, header.site);
  }
  if (survey.end_ms <= WARM_UP_ms) {
    const least = `the first ${WARM_UP_ms / 1000} s show a node the site`;
    throw new Refused(
      `${file}: is ${(survey.end_ms / 1000).toFixed(1)} s long; ${least}, and only what follows is compared`,
    );
  }
  return survey;
}

function both(same: MasterConfig, set: Assigned): Configs {
  return { same, other: Object.keys(set).length === 0 ? same : { ...same, ...set } };
}

/** Where the recorded master says that its settings are others now, both are asked with these. */
function followed(configs: Configs, { topic, payload }: Heard, set: Assigned): Configs {
  const place = parseTopic(topic);
  if (place?.role !== 'master' || place.leaf !== 'limit_A') return configs;
  const mains_dA = mainsOf(new TextDecoder().decode(payload));
  const isSame = mains_dA === null || mains_dA === configs.same.mains_dA;
  return isSame ? configs : both({ ...configs.same, mains_dA }, set);
}

/** After a minute without a word every lease has ended and nobody is heard: of a longer silence the middle is left out. */
const SILENCE_PLAYED_ms: Milliseconds = 60_000;

export function ticksOf(tick: (at: Milliseconds) => void): { until(at: Milliseconds): void } {
  let next = 0;
  return {
    until: (at) => {
      const middle = at - SILENCE_PLAYED_ms;
      for (const end = next + SILENCE_PLAYED_ms; next <= Math.min(at, end); next += TICK_ms) tick(next);
      next = Math.max(next, middle - (middle % TICK_ms));
      for (; next <= at; next += TICK_ms) tick(next);
    },
  };
}
