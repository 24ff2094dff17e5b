import { schemaNodeOf } from '../../../runtime/src/config-keys.js';
import { describeIssues } from '../../../runtime/src/config-errors.js';
import { FITTED, PLAIN, withValue } from '../../test/descriptions.js';
import { boardSchema } from './description.js';

/** The lines that a person reads. */
function mistakesOf(board: unknown): readonly string[] {
  const parsed = boardSchema.safeParse(board, { reportInput: true });
  return parsed.success ? [] : describeIssues(parsed.error.issues, schemaNodeOf(boardSchema), board);
}

test('the boards that these tests are made of have no mistake', () => {
  expect([mistakesOf(PLAIN), mistakesOf(FITTED)]).toEqual([[], []]);
});

test('what is left out has a value', () => {
  const { pilot, contactor } = boardSchema.parse(PLAIN);
  expect(pilot.measure).toMatchObject({ period_ms: 10, reset_ms: 2, settle_ms: 2 });
  expect(pilot.measure.positive).toMatchObject({ adc: ['adc'], gain: 1, offset_mV: 0 });
  expect([pilot.pwm.inverted, contactor.coil]).toEqual([false, { chip: ['gpio'], offset: 3, activeLow: false }]);
});

const ROWS = [
  { from_mV: 2459, ohm: null },
  { from_mV: 891, ohm: 220 },
];

describe('each mistake is one line that names its key', () => {
  test.each<[path: string, value: unknown, line: RegExp]>([
    ['schema', 2, /^schema: 2 is not allowed/],
    ['id', 'My Board', /^id: "My Board" is not allowed/],
    ['about', 'x'.repeat(501), /^about: "xxx/],
    ['connector', 'plug', /^connector: "plug" is not allowed/],
    ['phases', 2, /^phases: 2 is not allowed/],
    ['current.min_A', 5, /^current\.min_A: 5 is not allowed/],
    ['current.max_A', 81, /^current\.max_A: 81 is not allowed/],
    ['current.max_A', 16.5, /^current\.max_A: 16\.5 is not allowed/],
    ['current.min_A', 40, /^current\.min_A: 40 is not allowed: must not be above max_A, 32$/],
    ['pilot.pwm.device', '../etc', /^pilot\.pwm\.device: "\.\.\/etc" is not allowed/],
    ['pilot.pwm.channel', 32, /^pilot\.pwm\.channel: 32 is not allowed/],
    ['pilot.measure.kind', 'average', /^pilot\.measure\.kind: "average" is not allowed/],
    ['pilot.measure.period_ms', 51, /^pilot\.measure\.period_ms: 51 is not allowed/],
    ['pilot.measure.settle_ms', 1, /^pilot\.measure\.settle_ms: 1 is not allowed/],
    ['pilot.measure.positive.channel', 'current0', /^pilot\.measure\.positive\.channel: "current0" is not allowed/],
    ['pilot.measure.positive.gain', 0, /^pilot\.measure\.positive\.gain: 0 is not allowed/],
    ['pilot.measure.negative.reset', undefined, /^pilot\.measure\.negative\.reset: missing/],
    ['contactor.coil.chip', [], /^contactor\.coil\.chip: \[\] is not allowed/],
    ['contactor.coil.offset', -1, /^contactor\.coil\.offset: -1 is not allowed/],
    ['contactor.coil.offset', 512, /^contactor\.coil\.offset: 512 is not allowed/],
    ['contactor.feedback.contact', 'no', /^contactor\.feedback\.contact: "no" is not allowed/],
    ['proximity.poll_ms', 501, /^proximity\.poll_ms: 501 is not allowed/],
    ['proximity.reads.kind', 'magic', /^proximity\.reads/],
    ['lock.actuator', 'magnet', /^lock\.actuator: "magnet" is not allowed/],
    ['lock.longest_ms', 4001, /^lock\.longest_ms: 4001 is not allowed/],
    ['switch.debounce_ms', 9, /^switch\.debounce_ms: 9 is not allowed/],
    ['temperature.input', 'in0', /^temperature\.input: "in0" is not allowed/],
    ['serial.path', 'tty', /^serial\.path: "tty" is not allowed/],
    ['failSafe.opensWithin_ms', 6001, /^failSafe/],
    ['safe.pilot', 'E', /^safe\.pilot: "E" is not allowed/],
    ['terminals.CP', '', /^terminals\.CP: "" is not allowed/],
  ])('%s = %j', (path, value, line) => {
    const mistakes = mistakesOf(withValue(FITTED, path, value));
    expect(mistakes).toEqual([expect.stringMatching(line)]);
  });
});

describe('what contradicts itself although each part is right', () => {
  test.each<[about: string, board: unknown, mistakes: readonly string[]]>([
    [
      'a period that leaves no time to rest',
      withValue(FITTED, 'pilot.measure', { ...FITTED.pilot.measure, period_ms: 12, reset_ms: 10, settle_ms: 2 }),
      ['pilot.measure.period_ms: 12 is not allowed: must be longer than reset_ms and settle_ms, 12'],
    ],
    [
      'a socket that reads no plug',
      withValue(withValue(FITTED, 'proximity', undefined) as object, 'terminals.PP', undefined),
      ['proximity: missing: must be given for a socket'],
    ],
    [
      'a lock on a fixed cable',
      withValue(FITTED, 'connector', 'fixed'),
      [expect.stringMatching(/^lock: .* is not allowed: must not be given for a fixed cable$/) as string],
    ],
    [
      'a heartbeat that no fail-safe speaks of',
      withValue(FITTED, 'failSafe', { kind: 'process', opensWithin_ms: 5000 }),
      [
        expect.stringMatching(
          /^contactor\.heartbeat: .* is not allowed: must be given with failSafe\.kind "heartbeat", and only then$/,
        ) as string,
      ],
    ],
    [
      'a fail-safe by heartbeat without its line',
      withValue(FITTED, 'contactor.heartbeat', undefined),
      ['contactor.heartbeat: missing: must be given with failSafe.kind "heartbeat", and only then'],
    ],
    [
      'two outputs on one line',
      withValue(FITTED, 'lock.lock.offset', 3),
      [expect.stringMatching(/^lock\.lock: .* is not allowed: is the same as contactor\.coil: gpio line 3$/) as string],
    ],
    [
      'one line under two models',
      withValue(FITTED, 'supply.line', { chip: ['other', 'gpio'], offset: 10 }),
      [expect.stringMatching(/^supply\.line: .*: is the same as residual\.line: other\|gpio line 10$/) as string],
    ],
    [
      'one channel read as two things',
      withValue(FITTED, 'pilot.measure.negative.channel', 'voltage0'),
      [
        expect.stringMatching(
          /^pilot\.measure\.negative: .*: is the same as pilot\.measure\.positive: adc voltage0$/,
        ) as string,
      ],
    ],
    [
      'rows that do not fall, so that a thin cable passes for a thick one',
      withValue(FITTED, 'proximity.reads', { kind: 'table', rows: ROWS.toReversed() }),
      ['proximity.reads.rows.1.from_mV: 2459 is not allowed: must be below that of the row before, 891'],
    ],
    [
      'two rows that begin alike',
      withValue(FITTED, 'proximity.reads', { kind: 'table', rows: [...ROWS, { from_mV: 891, ohm: 680 }] }),
      ['proximity.reads.rows.2.from_mV: 891 is not allowed: must be below that of the row before, 891'],
    ],
    [
      'a range that ends before it begins',
      withValue(FITTED, 'lock.feedback', {
        input: { adc: 'adc', channel: 'voltage5', fullScale_raw: 4095, reference_mV: 3300 },
        locked_mV: [850, 0],
      }),
      ['lock.feedback.locked_mV: [850,0] is not allowed: must be [from, to], and 850 is above 0'],
    ],
  ])('%s', (_, board, mistakes) => {
    expect(mistakesOf(board)).toEqual(mistakes);
  });

  test('the same number on another chip, or another channel, is another thing', () => {
    expect(mistakesOf(withValue(FITTED, 'lock.lock', { chip: 'other', offset: 3 }))).toEqual([]);
    expect(mistakesOf(withValue(FITTED, 'proximity.reads', { kind: 'table', rows: ROWS }))).toEqual([]);
  });
});

describe('terminals', () => {
  test.each<[part: string, terminals: readonly string[]]>([
    ['proximity', ['PP']],
    ['lock', ['lock-B', 'lock-R', 'lock-W']],
    ['switch', ['SW']],
    ['residual', ['3']],
    ['led', ['LED']],
    ['serial', ['A', 'B']],
  ])('"%s" needs %j named, each', (part, terminals) => {
    for (const terminal of terminals)
      expect(mistakesOf(withValue(FITTED, `terminals.${terminal}`, undefined))).toEqual([
        `terminals.${terminal}: missing: must be named, for the board has "${part}"`,
      ]);
    const without = { ...FITTED, connector: 'fixed', [part]: undefined };
    const unnamed = part === 'lock' ? without : { ...without, lock: undefined };
    const lockTerminals = part === 'lock' ? [] : ['lock-B', 'lock-R', 'lock-W'];
    const names = Object.entries(FITTED.terminals).filter(([name]) => !lockTerminals.includes(name));
    expect(mistakesOf({ ...unnamed, terminals: Object.fromEntries(names) })).toEqual(
      terminals.map(
        (terminal) =>
          expect.stringMatching(`^terminals\\.${terminal}: .*: is named, and the board has no "${part}"$`) as string,
      ),
    );
  });

  test('the pilot is always named', () => {
    expect(mistakesOf(withValue(PLAIN, 'terminals', {}))).toEqual(['terminals.CP: missing: must be named']);
  });

  test('12V and GND may be, and no others exist', () => {
    expect(mistakesOf({ ...PLAIN, terminals: { CP: '1', '12V': '2', GND: '3' } })).toEqual([]);
    expect(mistakesOf({ ...PLAIN, terminals: { CP: '1', IO3: '2' } })).toEqual([expect.stringContaining('terminals')]);
  });
});

test('what is no board at all is said, and never thrown', () => {
  for (const nothing of [null, undefined, 7, 'board', [], {}]) expect(mistakesOf(nothing).length).toBeGreaterThan(0);
});
