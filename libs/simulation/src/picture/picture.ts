// A recording as a picture for people, an SVG that needs nothing beside it: `picture` of one run, `compare` of several of
// the same story, one above the other on the same axes. Says what is in the recording and nothing more. Called by the
// command; pure, so that the same recording is the same picture to the byte.
import { type Deciamps, sumOf } from '@fairamp/units';
import { UNHURRIED_dA } from '../overload.js';
import { PAGE, type TimeAxis, ampsOf, clockOf, durationOf, timeAxis } from './axes.js';
import { type Conductor, conductorsOf, overloadsOf } from './flows.js';
import { key } from './key.js';
import { type Marking } from './marks.js';
import { type Block, stacked } from './page.js';
import { type Recording } from './recording.js';
import { type Stage, heldUntil, markingOf, section, spanOf, stageOf } from './section.js';
import { COLOUR, SIZE, STYLE } from './style.js';
import { element, escaped, moved, tidy, words, wrapped } from './svg.js';

export function picture(recording: Recording): string {
  return compare([recording]);
}

export function compare(compared: readonly Recording[]): string {
  const time = timeAxis(...spanOf(compared));
  const recordings = compared.map((recording) => heldUntil(time.to, recording));
  const conductors = conductorsOf(recordings);
  const stage = stageOf(recordings, time, conductors);
  const drawn = numbered(recordings, stage).map(({ recording, marking }) => ({
    ...stacked([heading(recording, stage), section(recording, stage, marking)], 10),
    told: toldBy(recording, marking, time),
  }));
  const body = stacked([stacked([title(recordings), key(recordings)], 8), ...drawn], 24);
  const told = drawn.map((each) => each.told);
  return document(body, nameOf(recordings), [aboutOf(recordings), ...told].join(' '));
}

/** Numbers go on from one recording to the next, so that each means one thing on the page. */
function numbered(
  recordings: readonly Recording[],
  stage: Stage,
): readonly { readonly recording: Recording; readonly marking: Marking }[] {
  let next = 1;
  return recordings.map((recording) => {
    const marking = markingOf(recording, stage, next);
    next += marking.marks.length;
    return { recording, marking };
  });
}

function nameOf(recordings: readonly Recording[]): string {
  const [first] = recordings;
  if (first === undefined) return 'nothing was recorded';
  const strategies = recordings.map(({ strategy }) => strategy).join(' and ');
  return `${first.scenario}, seed ${first.seed}: ${strategies}`;
}

function aboutOf(recordings: readonly Recording[]): string {
  return recordings[0]?.about ?? '';
}

function title(recordings: readonly Recording[]): Block {
  const room = { width_px: PAGE.width - 2 * PAGE.margin, size_px: SIZE.text, lines: 3 };
  const about = wrapped(aboutOf(recordings), room);
  return {
    height_px: 26 + about.length * 17,
    svg: [
      words(nameOf(recordings), PAGE.margin, 18, { class: 'title' }),
      ...about.map((line, row) => words(line, PAGE.margin, 40 + row * 17)),
    ].join(''),
  };
}

/** The strategy and what came of it. */
function heading(recording: Recording, { conductors, time }: Stage): Block {
  const wrong = wrongOf(recording);
  const facts = `${durationOf(time.to - time.from)}, MAINS ${ampsOf(recording.limit_dA)}; ${worstOf(recording, conductors)}`;
  return {
    height_px: 20,
    svg: [
      element('rect', { x: PAGE.margin, y: 2, width: 5, height: 17, fill: wrong === '' ? COLOUR.right : COLOUR.wrong }),
      element(
        'text',
        { x: PAGE.margin + 14, y: 15 },
        element('tspan', { class: 'strong' }, escaped(recording.strategy)),
        element('tspan', { dx: 12, ...(wrong === '' ? {} : { class: 'wrong' }) }, escaped(wrong || 'no violation')),
        element('tspan', { dx: 12 }, escaped(facts)),
      ),
    ].join(''),
  };
}

/** `2 violations, 1 trip`; nothing when all was well. A trip alone may be the house's doing. */
function wrongOf({ happenings }: Recording): string {
  const [violations = 0, trips = 0] = (['violation', 'trip'] as const).map((kind) =>
    sumOf(happenings, (each) => (each.kind === kind ? 1 : 0)),
  );
  if (violations + trips === 0) return '';
  const counted = (count: number, what: string): string => `${count || 'no'} ${what}${count > 1 ? 's' : ''}`;
  return [counted(violations, 'violation'), ...(trips > 0 ? [counted(trips, 'trip')] : [])].join(', ');
}

function worstOf(recording: Recording, conductors: readonly Conductor[]): string {
  const of = (beyond_dA: Deciamps) => conductors.flatMap((conductor) => overloadsOf(recording, conductor, beyond_dA));
  const [overloads, hurried] = [of(0), of(UNHURRIED_dA)];
  if (overloads.length === 0) return 'looked at each second, never above MAINS while a car drew';
  const worst_dA = Math.max(...overloads.map((overload) => overload.worst_dA));
  const worst = `at worst ${ampsOf(worst_dA)} above MAINS while a car drew`;
  if (hurried.length === 0) return worst;
  const longest_ms = Math.max(...hurried.map(({ from, to }) => to - from));
  return `${worst}, at longest ${Math.round(longest_ms / 1000)} s in a row by more than ${ampsOf(UNHURRIED_dA)}`;
}

/** For who cannot see the picture. */
function toldBy(recording: Recording, { marks }: Marking, time: TimeAxis): string {
  const entries = marks.flatMap((mark) => mark.entries.map(({ at, text }) => `${clockOf(at, time)} ${text}.`));
  return `${recording.strategy}: ${wrongOf(recording) || 'no violation'}. ${entries.join(' ')}`;
}

function document({ height_px, svg }: Block, name: string, told: string): string {
  const height = height_px + 2 * PAGE.margin;
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${PAGE.width} ${tidy(height)}`,
    width: PAGE.width,
    height,
    role: 'img',
    'aria-labelledby': 'title about',
  };
  const drawn = element(
    'svg',
    root,
    element('title', { id: 'title' }, escaped(name)),
    element('desc', { id: 'about' }, escaped(told)),
    element('style', {}, STYLE),
    element('rect', { width: PAGE.width, height, rx: 6, fill: COLOUR.ground }),
    moved(0, PAGE.margin, svg),
  );
  return `${drawn}\n`;
}
