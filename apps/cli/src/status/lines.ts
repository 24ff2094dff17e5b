// A look as lines of text, the same for a terminal, a pipe and a test. What is only remembered is drawn pale and says
// so: nobody who is dead may look alive.
import {
  clockOf,
  faultsOf,
  fit,
  justify,
  mainsBars,
  SESSION_INKS,
  SESSION_WORDS,
  span,
  whyItWaits,
  wrap,
  type Line,
  type Span,
} from '@fairamp/terminal';
import { amps, ownOf, PHASES, type Phase } from '@fairamp/units';
import { type Availability } from './site-state.js';
import { type BridgeLook, type ChargePointLook, type Look, type MasterLook } from './look.js';

const NOTHING: Line = [];
/** Below what a reason begins with. */
const CONTINUED_COLUMNS = 7;
const MODE_WORDS: Readonly<Record<string, string>> = { smart: 'Smart mode', normal: 'Normal mode' };
const NAME_COLUMNS = { least: 8, most: 20 } as const;

export function statusLines(look: Look, columns: number, right: string): readonly Line[] {
  return [
    title(look, columns, right),
    ...mainsLines(look, columns),
    ...look.masters.map((master) => masterLine(master, look)),
    ...(look.masters.length === 0 ? [[span(' no master has said anything here', 'bad')]] : []),
    ...look.masters.flatMap(alarmLines),
    ...look.masters.flatMap(({ goals }) => (goals?.split('; ') ?? []).map((one) => [span(` Goal: ${one}`)])),
    ...look.bridges.map((bridge) => bridgeLine(bridge, look)),
    ...chargePointPart(look, columns),
    ...wiringLines(look),
    ...unreadableLine(look),
  ].flatMap((line) => wrap(line, columns, CONTINUED_COLUMNS));
}

function title(look: Look, columns: number, right: string): Line {
  const { mode, mains_dA } = look;
  const isOld = !look.isMastered;
  const left: Line = [
    span(' Fairamp', 'title'),
    span(`  site ${look.site}`),
    ...(mode === null ? [] : [span(`  ${ownOf(MODE_WORDS, mode) ?? mode}`, isOld ? 'quiet' : 'plain')]),
    ...(mains_dA === null ? [] : [span(`  MAINS ${mains_dA / 10} A`, isOld ? 'quiet' : 'plain')]),
  ];
  return justify(left, [span(`${right} `, 'quiet')], columns);
}

function mainsLines(look: Look, columns: number): readonly Line[] {
  const { load, mains_dA, mode } = look;
  if (load !== null && mains_dA !== null)
    return mainsBars({ load, mains_dA }, columns).map((line) => fit(line, columns));
  if (look.unknownMeter !== null) {
    const there = look.bridges.map(({ id }) => id).join(', ');
    return [[span(` --meter "${look.unknownMeter}": no bridge has this name; there are: ${there}`, 'bad')]];
  }
  if (look.isMainsUnknown) return [[span(" several meters: --meter NAME says which one is the mains'", 'warn')]];
  if (mode === 'normal') return [[span(' the mains are not measured: MAINS is for the cars alone', 'quiet')]];
  return [[span(' the mains are not measured now', 'bad')]];
}

function masterLine({ id, availability, status }: MasterLook, { isMastered, masters }: Look): Line {
  const name = span(` The master ${id}: `, 'quiet');
  const said = status ?? 'it has said nothing yet';
  if (availability === 'offline') return [name, span('offline', 'bad'), ...before(said)];
  const isAlone = masters.filter((other) => other.availability !== 'offline').length === 1;
  if (isMastered && isAlone) return [name, span(said)];
  if (isMastered) return [name, span(said), span('  (one of several)', 'quiet')];
  return [name, span('nothing answers to it', 'bad'), ...before(said)];
}

function alarmLines({ alarms, id }: MasterLook): readonly Line[] {
  return alarms === null ? [] : [[span(` ALARM of ${id}: ${alarms}`, 'bad')]];
}

function bridgeLine(
  { id, isHeard, availability, age_ms, current_dA, remembered }: BridgeLook,
  { bridges }: Look,
): Line {
  const name = span(` The bridge ${id}: `, 'quiet');
  if (isHeard && age_ms !== null && current_dA !== null) {
    const old = `its newest sample is ${(age_ms / 1000).toFixed(1)} s old`;
    const currents = PHASES.map((phase) => `${phase} ${amps(current_dA[phase])}`).join('  ');
    return [name, span(bridges.length === 1 ? old : `${currents}  (${(age_ms / 1000).toFixed(1)} s old)`)];
  }
  return [name, span(silenceWords(availability, age_ms, 'sample'), 'bad'), ...before(remembered)];
}

function before(text: string | null): readonly Span[] {
  return text === null ? [] : [span(`  before: ${text}`, 'quiet')];
}

function silenceWords(availability: Availability, silent_ms: number | null, what: string): string {
  if (availability === 'offline') return 'offline';
  return silent_ms === null ? `no ${what} is heard` : `no ${what} for ${Math.floor(silent_ms / 1000)} s`;
}

function chargePointPart({ chargePoints }: Look, columns: number): readonly Line[] {
  if (chargePoints.length === 0) return [[span(' no charge point has said anything here', 'bad')]];
  const longest = Math.max(...chargePoints.map(({ id }) => id.length));
  const name = Math.min(Math.max(longest, NAME_COLUMNS.least), NAME_COLUMNS.most);
  const heading = ` ${'NAME'.padEnd(name)}  STATE       LIMIT   DRAWS L1    L2    L3   COULD USE`;
  return [
    NOTHING,
    fit([span(heading, 'quiet')], columns),
    ...chargePoints.flatMap((one) => chargePointLines(one, name, columns)),
  ];
}

function chargePointLines(one: ChargePointLook, nameColumns: number, columns: number): readonly Line[] {
  const name = span(` ${one.id.slice(0, nameColumns).padEnd(nameColumns)}  `, one.isHeard ? 'title' : 'quiet');
  if (!one.isHeard || one.report === null) return [unheardLine(one, name)];
  const { session, draw_dA, demand_dA, phases, faults } = one.report;
  const isDrawing = draw_dA !== null && PHASES.some((phase) => draw_dA[phase] > 0);
  const draws =
    draw_dA === null ? 'not metered'.padStart(18) : PHASES.map((phase) => amps(draw_dA[phase]).padStart(6)).join('');
  const figures: Line = [
    name,
    span(SESSION_WORDS[session].padEnd(10), SESSION_INKS[session]),
    span(`${one.limit_dA === null ? '-' : amps(one.limit_dA)} A`.padStart(7)),
    span('   '),
    span(draws, isDrawing ? 'cars' : 'quiet'),
    span(demand_dA === 0 ? '' : `   ${amps(demand_dA)} A on ${phases.join(' ')}`, 'quiet'),
  ];
  const told = faultsOf(faults);
  const why = whyItWaits({ session, faults, because: one.because });
  const marked = told === '' ? NOTHING : [span(`${told}  `, 'bad')];
  return [fit(figures, columns), [span('     '), ...marked, span(why)]];
}

function unheardLine({ availability, unheard_ms, report, limit_dA }: ChargePointLook, name: Span): Line {
  const was =
    report === null ? null : `${SESSION_WORDS[report.session]}, ${limit_dA === null ? '-' : amps(limit_dA)} A`;
  return [name, span(silenceWords(availability, unheard_ms, 'report'), 'bad'), ...before(was)];
}

/** Below the charge points: its evidence is long, and nobody acts on it today. */
function wiringLines({ masters }: Look): readonly Line[] {
  const learnt = masters.flatMap(({ learning }) => learning.map((one) => [span(` Wiring: ${one}`)]));
  return learnt.length === 0 ? [] : [NOTHING, ...learnt];
}

function unreadableLine({ unreadable }: Look): readonly Line[] {
  if (unreadable === 0) return [];
  const messages = unreadable === 1 ? 'message is' : 'messages are';
  return [NOTHING, [span(` ${unreadable} ${messages} none that this version can read`, 'warn')]];
}

/** For a pipe or a log, one line now and then. */
export function statusLine(look: Look, elapsed_s: number): string {
  const { load, unknownMeter } = look;
  const unknown = unknownMeter === null ? 'mains unknown' : `mains unknown: no bridge "${unknownMeter}"`;
  const amperes = (phase: Phase): string => (load === null ? '' : amps(load.house_dA[phase] + load.cars_dA[phase]));
  const measured = load === null ? unknown : `mains ${PHASES.map(amperes).join(' ')} A`;
  const points = look.chargePoints.map(({ id, isHeard, report, limit_dA }) => {
    if (!isHeard || report === null) return `${id} not heard`;
    return `${id} ${SESSION_WORDS[report.session]}${limit_dA === null ? '' : ` ${amps(limit_dA)} A`}`;
  });
  return [clockOf(elapsed_s), measured, ...points].join(' | ');
}
