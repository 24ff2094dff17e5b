// `node bench/meter-trust.mjs [--hours N] [--seeds N]`: honest hours and their accusations, then a row of detection times
// for each lie and beginning, as Markdown. docs/meter-trust.md sets several runs side by side.
import process, { argv, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { recordedHouse } from '../../src/recorded-house.js';
import { detection, type Detection, honestHour, SOURCES, type Source } from './measure.js';
import type { Lie } from './meters.js';

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    hours: { type: 'string', default: '100' },
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    /** Seconds without a proof after which the master tests its meter; 0 = never. */
    probe: { type: 'string', default: '0' },
    /** Every report comes so many ms late. */
    late: { type: 'string', default: '0' },
    /** A recording in the place of the built-in house. */
    house: { type: 'string', default: '' },
  },
});
const [hours, seeds, from] = [Number(values.hours), Number(values.seeds), Number(values.from)];
const LIES: readonly Lie[] = ['frozen', 'sign-flipped', 'swapped', 'unplugged', 'outside', 'scaled', 'spike'];
const probing = values.probe === '0' ? {} : { probeEach_ms: 1000 * Number(values.probe) };
const recorded = values.house === '' ? null : recordedHouse(readFileSync(values.house, 'utf8'), 1);
if (recorded !== null && !recorded.ok) throw new Error(recorded.detail);
const common = { ...probing, lateBy: Number(values.late), ...(recorded === null ? {} : { house: recorded.value }) };
const say = (line: string) => stdout.write(`${line}\n`);
const nameOf = ({ source, generation }: Source) => `${source}, ${generation}`;
const chosen = SOURCES.filter((source) => nameOf(source).includes(values.only));

if (hours > 0) {
  say('| source, what feeds in | hours | our cars draw | accusations | doubts | of the time in doubt |');
  say('| --- | ---: | ---: | ---: | ---: | ---: |');
}
for (const setup of hours > 0 ? chosen : []) {
  let [drawing_ms, accused, doubts, doubt_ms] = [0, 0, 0, 0];
  for (let seed = from; seed < from + hours; seed += 1) {
    const hour = honestHour(seed, { ...setup, ...common });
    drawing_ms += hour.drawing_ms;
    doubts += hour.doubts;
    doubt_ms += hour.doubt_ms;
    accused += hour.accusations.length;
    for (const one of hour.accusations) say(`<!-- ${one} -->`);
  }
  if (accused > 0) process.exitCode = 1;
  const draw = `${((100 * drawing_ms) / hours / 3_600_000).toFixed(0)} %`;
  const share = `${((100 * doubt_ms) / hours / 3_600_000).toFixed(2)} %`;
  say(`| ${nameOf(setup)} | ${hours} | ${draw} | ${accused} | ${doubts} | ${share} |`);
}

if (seeds > 0) {
  say('');
  say('| lie | source, what feeds in | found | median | 95 % | longest | as |');
  say('| --- | --- | ---: | ---: | ---: | ---: | --- |');
}
for (const lie of seeds > 0 ? LIES : []) {
  for (const setup of chosen) {
    if (lie === 'sign-flipped' && setup.source === 'sensorbox') continue;
    for (const begins of ['always', 'suddenly'] as const) {
      const all = Array.from({ length: seeds }, (_, index) =>
        detection(from + index, lie, begins, { ...setup, ...common }),
      );
      say(rowOf(`${lie}, ${begins}`, nameOf(setup), all));
    }
  }
}

function rowOf(lie: string, name: string, all: readonly Detection[]): string {
  // Where our cars never drew there was nothing to see.
  const tested = all.filter(({ drawn_ms, because }) => drawn_ms > 0 || because !== null);
  const times = tested.flatMap(({ after_ms }) => (after_ms === null ? [] : [after_ms])).sort((a, b) => a - b);
  const at = (share: number): string => {
    const value = times[Math.min(Math.ceil(share * times.length), times.length) - 1];
    return value === undefined ? '' : `${(value / 1000).toFixed(0)} s`;
  };
  const codes = new Map<string, number>();
  for (const { because } of tested) if (because !== null) codes.set(because, (codes.get(because) ?? 0) + 1);
  const as = [...codes].sort((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
  const early = times.filter((time) => time < 0).length;
  const found = `${times.length} of ${tested.length}${early > 0 ? ` (${early} before it lied)` : ''}`;
  return `| ${lie} | ${name} | ${found} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${as.join(', ')} |`;
}
