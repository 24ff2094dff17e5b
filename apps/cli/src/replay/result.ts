// What a replay found, for a person in 80 columns and for a program.
import { clockOf, whyOf } from '@fairamp/terminal';
import { amps, type Milliseconds } from '@fairamp/units';
import { MOMENTS_MAX, WARM_UP_ms, type Comparison, type Over, type Sums } from './comparison.js';
import { DIFFERS_dA, longest, type Moment, type Stood } from './moments.js';
import { type Played } from './replay.js';
import { settingsWords } from './settings.js';

const COLUMNS = 80;

export function replayLines(played: Played, most: number): readonly string[] {
  const { set, comparison } = played;
  const isAsked = Object.keys(set).length > 0;
  return [
    ...heading(played),
    ...(isAsked ? momentLines(comparison, settingsWords(set), most) : []),
    '',
    ...offeredLines(comparison, isAsked ? settingsWords(set) : null),
    ...overLines(played, isAsked),
    '',
    ...agreementLines(comparison),
    ...notesOf(played).flatMap((note) => wrapped(`note: ${note}`, ' ', '       ')),
  ];
}

function heading({ file, recording, survey, site, set }: Played): readonly string[] {
  const asked = settingsWords(set);
  return [
    ` ${file}: site ${recording.header.site}, ${clockOf(survey.end_ms / 1000)}, ${survey.messages} messages`,
    ` recorded with  ${settingsWords({ mains_dA: site.config.mains_dA, min_dA: site.config.min_dA, mode: site.config.mode })}`,
    ...(asked === '' ? [] : [` asked about    ${asked}`]),
    '',
    ...wrapped(OPEN_LOOP, ' ', ' '),
  ];
}

const OPEN_LOOP =
  'Each decision is asked twice in the situation as it was recorded. The recorded cars and house do not react to other ' +
  'limits: this shows where another setting decides otherwise, not what would have become of it.';

function momentLines({ moments, momentsLeftOut }: Comparison, asked: string, most: number): readonly string[] {
  const shown = moments.slice(0, most);
  const more = moments.length + momentsLeftOut - shown.length;
  if (moments.length === 0) return ['', ` With ${asked} no decision would have been another.`];
  return [
    '',
    ...shown.flatMap((moment) => momentPart(moment, asked)),
    ...(more > 0 ? [` and ${more} more (--moments N shows N of them, --json all)`] : []),
  ];
}

function momentPart(moment: Moment, asked: string): readonly string[] {
  const { id, from_ms, to_ms, recorded, other } = moment;
  return [
    ` ${clockOf(from_ms / 1000)}  ${id}, for ${secondsWords(to_ms - from_ms)}`,
    ...stoodLines('recorded', recorded, asked.length),
    ...stoodLines(asked, other, asked.length),
  ];
}

function stoodLines(whose: string, stood: Stood, columns: number): readonly string[] {
  const { least_dA, most_dA } = stood;
  const limit = least_dA === most_dA ? `${amps(most_dA)} A` : `${amps(least_dA)} to ${amps(most_dA)} A`;
  const start = `   ${whose.padEnd(Math.max(columns, 8))}  ${limit.padEnd(14)}  `;
  return wrapped(whyOf(longest(stood)), start, ' '.repeat(start.length));
}

function offeredLines({ sums }: Comparison, asked: string | null): readonly string[] {
  const name = Math.max(8, ...[...sums.keys()].map((id) => id.length));
  const columns = ['recorded', 'replayed', ...(asked === null ? [] : [asked, 'otherwise'])];
  const widths = columns.map((column) => Math.max(column.length, 9) + 2);
  const row = (first: string, cells: readonly string[]): string =>
    ` ${first.padEnd(name)}${cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join('')}`;
  return [row('OFFERED', columns), ...[...sums].map(([id, one]) => row(id, cellsOf(one).slice(0, columns.length)))];
}

function cellsOf({ recorded, same, other, otherwise_ms }: Sums): readonly string[] {
  return [...[recorded, same, other].map((sum) => `${ampHours(sum).toFixed(3)} Ah`), secondsWords(otherwise_ms)];
}

function overLines({ comparison, site, set }: Played, isAsked: boolean): readonly string[] {
  const { overSame, overOther } = comparison;
  const other_dA = set.mains_dA ?? site.config.mains_dA;
  return [
    '',
    ` The recorded mains, while our cars drew, were above`,
    overLine(site.config.mains_dA, overSame),
    ...(isAsked && other_dA !== site.config.mains_dA ? [overLine(other_dA, overOther)] : []),
  ];
}

function overLine(mains_dA: number, { total_ms, longest_ms }: Over): string {
  const longestWords = total_ms === 0 ? '' : `, at most ${secondsWords(longest_ms)} without a break`;
  return `   ${mains_dA / 10} A for ${secondsWords(total_ms)}${longestWords}`;
}

function agreementLines(comparison: Comparison): readonly string[] {
  const text =
    `Replayed with the settings of the recording, the limits are the recorded ones within ${amps(DIFFERS_dA)} A ` +
    `for ${(agreementOf(comparison) * 100).toFixed(1)} % of the time. The first ${WARM_UP_ms / 1000} s are not compared.`;
  return wrapped(text, ' ', ' ');
}

/** Share of the compared time, over all charge points. */
export function agreementOf({ sums, compared_ms }: Comparison): number {
  const all = [...sums.values()];
  const agreed_ms = all.reduce((total, { agreed_ms: one }) => total + one, 0);
  return compared_ms === 0 ? 1 : agreed_ms / (compared_ms * all.length);
}

function notesOf({ survey, site, recording: { damage }, unproven, comparison, resting }: Played): readonly string[] {
  return [
    ...site.notes,
    ...(survey.hasGoals ? ['the goals of cars are left out: the replay decides as if nobody had said any'] : []),
    ...(resting.length === 0
      ? []
      : [`taken to be full since before the recording, as their because says: the cars of ${resting.join(', ')}`]),
    ...(damage.isTorn ? ['the last line is torn, as of a recorder that was killed; it is left out'] : []),
    ...(damage.unreadable === 0 ? [] : [`${damage.unreadable} lines cannot be read; ${damage.first ?? ''}`]),
    ...(unproven === 0 ? [] : [`${unproven} messages are left out: unreadable, or not sealed with their sender's key`]),
    ...(comparison.momentsLeftOut === 0 ? [] : [`more than ${MOMENTS_MAX} moments: the rest is counted alone`]),
  ];
}

export function replayJson(played: Played): object {
  const { file, recording, survey, site, set, comparison } = played;
  const { mode, mains_dA, min_dA } = site.config;
  const written = (settings: typeof set): object => ({
    ...(settings.mains_dA === undefined ? {} : { MAINS_A: settings.mains_dA / 10 }),
    ...(settings.min_dA === undefined ? {} : { MIN_A: settings.min_dA / 10 }),
    ...(settings.mode === undefined ? {} : { MODE: settings.mode }),
  });
  return {
    file,
    site: recording.header.site,
    started: recording.header.started,
    seconds: survey.end_ms / 1000,
    messages: survey.messages,
    recordedWith: written({ mode, mains_dA, min_dA }),
    askedAbout: written(set),
    /** The recorded world does not react. */
    openLoop: true,
    comparedFrom_s: WARM_UP_ms / 1000,
    agreement: Math.round(agreementOf(comparison) * 10_000) / 10_000,
    chargePoints: [...comparison.sums].map(([id, one]) => ({
      id,
      recorded_Ah: rounded(ampHours(one.recorded)),
      replayed_Ah: rounded(ampHours(one.same)),
      asked_Ah: rounded(ampHours(one.other)),
      otherwise_s: one.otherwise_ms / 1000,
    })),
    mainsOver: { recordedWith: overJson(comparison.overSame), askedAbout: overJson(comparison.overOther) },
    moments: comparison.moments.map(momentJson),
    momentsLeftOut: comparison.momentsLeftOut,
    notes: notesOf(played),
  };
}

function momentJson({ id, from_ms, to_ms, recorded, other }: Moment): object {
  return { from_s: from_ms / 1000, to_s: to_ms / 1000, id, recorded: stoodJson(recorded), asked: stoodJson(other) };
}

function stoodJson(stood: Stood): object {
  return { least_A: stood.least_dA / 10, most_A: stood.most_dA / 10, because: longest(stood) };
}

function overJson({ total_ms, longest_ms }: Over): object {
  return { seconds: total_ms / 1000, longest_s: longest_ms / 1000 };
}

function ampHours(sum_dAms: number): number {
  return sum_dAms / 36_000_000;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function secondsWords(duration_ms: Milliseconds): string {
  const seconds = duration_ms / 1000;
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;
}

function wrapped(text: string, first: string, others: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isStart = true;
  for (const word of text.split(' ')) {
    if (!isStart && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = others;
      isStart = true;
    }
    line += isStart ? word : ` ${word}`;
    isStart = false;
  }
  return [...lines, line];
}
