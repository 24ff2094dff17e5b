import { perPhase } from '@fairamp/units';
import { aMinute, alike, drawing, happening, IDLE, recording, row } from '../../test/recordings.js';
import { currentAxis } from './axes.js';
import { compare, picture } from './picture.js';
import { type Happening } from './recording.js';

/** The few rules of XML that a program can break: tags that match, attributes in quotes, nothing raw in between. */
function faultsOf(svg: string): readonly string[] {
  const open: string[] = [];
  const faults: string[] = [];
  const TAG = /<(\/?)([a-zA-Z]+)(?: [a-zA-Z0-9:-]+="[^"<]*")*(\/?)>/g;
  for (const [, ends, name = '', empty] of svg.matchAll(TAG)) {
    if (ends === '/' && open.pop() !== name) faults.push(`</${name}> closes another`);
    if (ends === '' && empty === '') open.push(name);
  }
  if (open.length > 0) faults.push(`open at the end: ${open.join(' ')}`);
  if (/[<>]/.test(svg.replaceAll(TAG, ''))) faults.push('a raw bracket');
  return [...faults, ...RAW.filter(([, pattern]) => pattern.test(svg)).map(([fault]) => fault)];
}

const RAW: readonly (readonly [fault: string, pattern: RegExp])[] = [
  ['a raw ampersand', /&(?!amp;|lt;|gt;|quot;)/],
  ['a control character', /[\u0000-\u0008\u000b-\u001f]/],
  ['a figure that is none', /NaN|undefined|Infinity/],
];

const STORY: readonly Happening[] = [
  happening(12, 'disturbance', 'site', 'master killed'),
  happening(20, 'reason', 'slave2', 'mains-L1, fair-share'),
  happening(25, 'said', 'bridge', 'no beacon of "master" for 3 s <or more> & names another'),
  happening(40, 'violation', 'I1', 'L1 2.0 A above MAINS for 20.0 s'),
  happening(41, 'trip', 'MCB B25', 'opens on L1'),
];

describe('a picture is well-formed', () => {
  const hour = Array.from({ length: 3601 }, (_, second) =>
    row(second, alike(second % 97), second % 50 < 30 ? drawing(100 + (second % 13)) : IDLE),
  );
  test.each([
    ['of a minute', aMinute({ happenings: STORY })],
    ['of an hour', recording(hour, { happenings: STORY })],
    ['of nothing', recording([])],
    ['of one second', recording([row(0, alike(50), IDLE)])],
    ['without charge points', recording([row(0, alike(50)), row(1, alike(50))])],
    ['of a house that exports', recording([row(0, alike(-80), drawing(60)), row(9, alike(-90), drawing(60))])],
    ['of words that are markup', aMinute({ scenario: '<b>&"', about: 'a\u0000b </svg>', happenings: STORY })],
  ])('%s', (_, of) => {
    expect(faultsOf(picture(of))).toEqual([]);
  });

  test('and so is a comparison', () => {
    expect(faultsOf(compare([aMinute({ strategy: 'classic', happenings: STORY }), aMinute()]))).toEqual([]);
  });

  test('the check itself sees a fault', () => {
    expect(faultsOf('<svg><g></svg>')).not.toEqual([]);
    expect(faultsOf('<svg>a & b</svg>')).not.toEqual([]);
    expect(faultsOf('<svg>a < b</svg>')).not.toEqual([]);
  });
});

/** All words in it, each text element as a line; a tooltip is none. */
function wordsIn(svg: string): string {
  const texts = svg.match(/<text[^>]*>.*?<\/text>/g) ?? [];
  return texts
    .map((text) =>
      text
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>'),
    )
    .join('\n');
}

describe('what a picture says', () => {
  const words = wordsIn(picture(aMinute({ happenings: STORY })));

  test.each([
    ['the story and the seed', 'two-cars, seed 7: fairamp'],
    ['what it is about', 'Two cars share 25 A with a house.'],
    ['what came of it', '1 violation, 1 trip'],
    ['how bad it was', 'at worst 2 A above MAINS while a car drew, at longest 20 s in a row by more than 0.5 A'],
    ['where it was over', '2 A over, 20 s'],
    ['what was done', 'master killed'],
    ['why a limit is what it is', 'slave2: mains-L1, fair-share'],
    ['an alarm', '3 s <or more>'],
    ['a violation', 'I1: L1 2.0 A above MAINS for 20.0 s'],
    ['a trip', 'MCB B25: opens on L1'],
    ['when', '00:12'],
    ['the limit', 'MAINS\n25 A'],
    ['when a contactor closed and opened', '00:20 to 00:40'],
    ['when one closed for good', 'from 00:10'],
  ])('%s', (_, said) => {
    expect(words).toContain(said);
  });

  test('a trip without a violation is told as just that', () => {
    const [trip] = STORY.filter(({ kind }) => kind === 'trip');
    expect(wordsIn(picture(aMinute({ happenings: trip === undefined ? [] : [trip] })))).toContain(
      'no violation, 1 trip',
    );
  });

  test('who cannot see it is told the same', () => {
    const svg = picture(aMinute({ happenings: STORY }));
    expect(svg).toContain('role="img"');
    expect(/<desc[^>]*>(.*?)<\/desc>/.exec(svg)?.[1]).toContain('00:12 master killed. 00:20 slave2: mains-L1');
  });

  test('nothing is over when the house alone is above MAINS', () => {
    const rows = [0, 1, 2, 3].map((second) => row(second, alike(300), IDLE));
    const svg = picture(recording(rows));
    expect(wordsIn(svg)).toContain('never above MAINS while a car drew');
    expect(svg).not.toContain('class="over"');
  });

  test('the same recording is the same picture', () => {
    expect(picture(aMinute({ happenings: STORY }))).toBe(picture(aMinute({ happenings: STORY })));
  });
});

describe('where a picture draws', () => {
  /** The y of each horizontal dashed line: MAINS of each panel, from the panel's own upper edge. */
  const heightsOf = (svg: string): readonly number[] =>
    [...svg.matchAll(/<line x1="128" y1="([\d.]+)" x2="1112" y2="([\d.]+)" class="limit"\/>/g)].map((found) =>
      Number(found[1]),
    );

  test('MAINS stands at its own height, and what flows at MAINS reaches it exactly', () => {
    const rows = [0, 10, 20].map((second) => row(second, alike(130), drawing(120)));
    const svg = picture(recording(rows));
    const [mains] = heightsOf(svg);
    // 25 A of 28.75 A on 210 px: 1.15 times MAINS is the upper end.
    expect(mains).toBe(27.4);
    expect(svg).toContain(`<path class="mains" d="M128 ${mains}H1112"/>`);
  });

  test('a charge point has its limit at the height of its amperes', () => {
    const rows = [0, 10, 20].map((second) => row(second, alike(0), drawing(60, 160)));
    const { y } = currentAxis(0, 160 * 1.06, 54);
    const height = String(Math.round(y(160) * 10) / 10);
    expect(picture(recording(rows))).toContain(`<path class="limit" d="M128 ${height}H1112">`);
  });

  test('phases that are alike share a panel, others have one each, and an empty one has none', () => {
    const panels = (house_dA: Parameters<typeof row>[1]): number =>
      heightsOf(picture(recording([row(0, house_dA), row(9, house_dA)]))).length;
    expect(panels(alike(50))).toBe(1);
    expect(panels({ L1: 50, L2: 54, L3: 50 })).toBe(1);
    expect(panels({ L1: 50, L2: 60, L3: 50 })).toBe(3);
    expect(panels({ L1: 50, L2: 0, L3: 0 })).toBe(1);
    expect(panels({ L1: 50, L2: 0, L3: 20 })).toBe(2);
  });

  test('of a whole hour one second above MAINS is seen', () => {
    const seconds = Array.from({ length: 3601 }, (_, second) => second);
    const rows = seconds.map((second) =>
      row(
        second,
        perPhase(() => 50),
        drawing(second === 1801 ? 260 : 100),
      ),
    );
    const svg = picture(recording(rows));
    expect(wordsIn(svg)).toContain('6 A over, 1 s');
    expect(svg).toContain('<path class="over"');
  });

  test('half an ampere above MAINS is red, but its time is not told', () => {
    const rows = Array.from({ length: 31 }, (_, second) => {
      const current_dA = second < 5 || second > 25 ? 100 : second < 10 ? 230 : 203;
      return row(second, alike(50), drawing(current_dA));
    });
    const svg = picture(recording(rows));
    expect(wordsIn(svg)).toContain('3 A over, 5 s');
    expect(wordsIn(svg)).toContain('at worst 3 A above MAINS while a car drew, at longest 5 s in a row');
    expect(svg).toMatch(/class="over" x="292" y="-5" width="688.8"/);
    const faint = picture(recording(rows.slice(10)));
    expect(wordsIn(faint)).toContain('at worst 0.3 A above MAINS while a car drew');
    expect(wordsIn(faint)).not.toMatch(/A over,|at longest/);
  });

  test('a minute is a minute, though its last row was written a moment before its end', () => {
    const rows = [0, 30, 59.1].map((second) => row(second, alike(50)));
    const whole = picture(recording(rows, { until: 60_000 }));
    expect(wordsIn(whole)).toContain('1 min, MAINS');
    expect(whole).toContain('H1112"/>');
    expect(wordsIn(picture(recording(rows.slice(0, 2))))).toContain('30 s, MAINS');
  });

  test('of a comparison both halves have the same axes, whoever flows higher', () => {
    const high = recording(
      [0, 60].map((second) => row(second, alike(100), drawing(300))),
      { strategy: 'classic' },
    );
    const low = recording([0, 30].map((second) => row(second, alike(100), drawing(100))));
    const svg = compare([high, low]);
    const [above, below] = heightsOf(svg);
    expect(above).toBe(below);
    expect(wordsIn(svg)).toContain('two-cars, seed 7: classic and fairamp');
    expect(svg.indexOf('classic</tspan>')).toBeLessThan(svg.indexOf('fairamp</tspan>'));
    // Half of the width is half of the minute.
    expect(svg).toContain('H620"/>');
  });

  test('an hour is a picture that a page can hold', () => {
    const rows = Array.from({ length: 3601 }, (_, second) =>
      row(second, { L1: second % 90, L2: second % 70, L3: second % 50 }, drawing(60 + (second % 40)), drawing(100)),
    );
    expect(picture(recording(rows)).length).toBeLessThan(500_000);
  });
});
